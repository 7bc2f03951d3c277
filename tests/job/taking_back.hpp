// What an undo must come to, worked out a second way: from what the report of the job says that its
// rows did, and from which of them the undo says that it took back.
#ifndef ROLLCALL_TESTS_JOB_TAKING_BACK_HPP
#define ROLLCALL_TESTS_JOB_TAKING_BACK_HPP

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::tests {

// Fields that are not null, as they stand in a directory.json.
using Fields = std::map<std::string, std::string>;
// By kind and key.
using Objects = std::map<std::pair<std::string, std::string>, Fields>;

[[nodiscard]] Objects objects_of(const schema::Schema& schema, std::string_view directory);

// A row of a report.
struct ToldRow {
  struct Change {
    std::string op, kind, key;
    std::map<std::string, std::pair<std::string, std::string>> fields = {}; // before, after
    std::set<std::string> secrets = {}; // of these: nobody sees what they are
  };
  // Of what an undo found in its way.
  struct Conflict {
    std::string object, field, now; // "user 3"
  };
  std::uint64_t line = 0;
  std::string outcome = {};
  std::vector<Change> changes = {};
  std::vector<Conflict> conflicts = {};
};

[[nodiscard]] std::vector<ToldRow> rows_of_report(std::string_view report);

// Objects as they were before an undo, from which rows of its job are taken back. What somebody has
// edited since is never overwritten, and a row that stays has something in its way: both fail.
class TakingBack {
 public:
  // `since`: what another job has done after it.
  TakingBack(const schema::Schema& schema, Objects before, const std::vector<ToldRow>& job,
             const std::vector<ToldRow>& since);

  // Rows of the undo, in the order of its report.
  void take(const std::vector<ToldRow>& undo);

  [[nodiscard]] const Objects& objects() const noexcept { return objects_; }
  [[nodiscard]] std::size_t kept() const noexcept { return kept_; } // edits that stayed

 private:
  void take_back(const ToldRow::Change& change);
  void check_unedited(const ToldRow::Change& change) const;
  void check_kept(const ToldRow& undo);
  [[nodiscard]] bool is_held(const std::string& value, const std::string& by) const;
  [[nodiscard]] bool is_edited(const ToldRow::Conflict& conflict) const;
  [[nodiscard]] const std::vector<schema::Set>& undo_of(const std::string& kind) const;

  const schema::Schema& schema_;
  Objects objects_;
  std::map<std::uint64_t, ToldRow> rows_;              // of the job, by line
  std::set<std::array<std::string, 3>> secrets_since_; // kind, key, field
  std::size_t kept_ = 0;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_TAKING_BACK_HPP
