// finding_kinds.hpp: findings counted by code and column, and, if asked for, by what mends them, in
// the order in which the first of each came up. A schema has so many codes and a header so many
// columns: it does not grow with the rows.
#ifndef ROLLCALL_REPORT_FINDING_KINDS_HPP
#define ROLLCALL_REPORT_FINDING_KINDS_HPP

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "report/findings_writer.hpp"

namespace rollcall::report {

enum class MendedBy : std::uint8_t { fix, guess, hand };

// All findings of a code in a column.
struct FindingKind {
  std::size_t index = 0; // in their order, from 0
  std::string slug = {}, column = {};
  Code code = Code::rule;
  std::int32_t cell = -1;             // where the column is in the file
  MendedBy by = MendedBy::hand;       // if they are parted by it
  Severity severity = Severity::info; // of the worst of them
  std::uint64_t count = 0;
};

class FindingKinds {
 public:
  enum class Part : std::uint8_t { by_column, by_column_and_mend };

  explicit FindingKinds(Part part = Part::by_column) : part_{part} {}

  // One more of its kind.
  FindingKind& count(const Seen& seen);

  [[nodiscard]] const std::deque<FindingKind>& all() const noexcept { return kinds_; }

 private:
  [[nodiscard]] FindingKind& kind_of(const Seen& seen);

  using Name = std::tuple<std::string_view, std::string_view, MendedBy>;

  Part part_;
  std::deque<FindingKind> kinds_;
  std::map<Name, FindingKind*> by_name_;
  std::unordered_map<std::uint64_t, FindingKind*> by_number_; // the same, of what a checker found
};

// "value.email in Email", on one line; "row.short", if it is about no column.
[[nodiscard]] std::string title_of(const FindingKind& kind);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDING_KINDS_HPP
