// judging.hpp: judges some rows of a draft as if they were a file, by the code that judges files.
//
// Which rows have to be judged together, others decide (verdicts.hpp). What is given out in the
// order of the file (pools, limits) is no matter of some rows: here it is only noted who asks.
#ifndef ROLLCALL_DRAFT_JUDGING_HPP
#define ROLLCALL_DRAFT_JUDGING_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "check/known_objects.hpp"
#include "draft/table.hpp"
#include "plan/allotment.hpp"
#include "plan/changes.hpp"
#include "plan/claims.hpp"
#include "plan/line_book.hpp"
#include "plan/row_note.hpp"
#include "plan/touches.hpp"
#include "plan/turns.hpp"
#include "report/message.hpp"
#include "rollcall/context.hpp"

namespace rollcall::draft {

// What a row comes to, but for what is given out.
struct Verdict {
  plan::RowNote::Was was = plan::RowNote::Was::unchanged;
  bool is_said = false; // there are findings; warnings among them:
  bool is_warned = false;
  std::uint8_t asks = 0;
};

// Rows that are judged, in the order of the draft; by their place among them.
struct Rows {
  std::span<const RowId> ids = {};
  // Told of what they have to do with; none: nobody asks.
  std::function<void(RowId row, std::uint64_t thing)> on_touch = {};
  // Told of the number of objects that a row makes, where it is not one.
  std::function<void(RowId row, std::span<const plan::Allotment::Count>)> on_counts = {};
  // Told of the findings of rows that there are any of; none: nobody asks. `say` adds what the
  // judge cannot know.
  std::function<bool(RowId row)> is_told = {};
  std::function<void(RowId row, std::vector<Finding>&& findings)> on_told = {};
  std::function<void(check::Checker& checker, std::size_t in_batch, RowId row)> say = {};
};

class Judging {
 public:
  // All outlive it; `key` is a fresh one, and the same for all that is ever judged of a draft.
  // The watcher may be null.
  Judging(const schema::CompiledSchema& schema, const Table& table, Directory& directory,
          const Context& context, const Seams& seams, const SipKey& key, JobWatcher* watcher);

  // Reads facts and header. If they refuse the file, no row can be judged.
  [[nodiscard]] Result<void> start();
  [[nodiscard]] bool is_refused() const noexcept { return is_refused_; }
  // About the file as a whole.
  [[nodiscard]] const std::vector<Finding>& findings() const noexcept { return findings_; }
  [[nodiscard]] const check::Header& header() const noexcept { return header_; }

  // A verdict for each row.
  [[nodiscard]] Result<void> judge(const Rows& rows, std::pmr::vector<Verdict>& verdicts);

  // The thing that rows which want this value have to do with.
  [[nodiscard]] std::uint64_t thing_of(std::uint16_t claim, std::string_view value);
  // What is given out, by who knows all rows.
  [[nodiscard]] plan::Allotment& allotment() noexcept { return allotment_; }
  [[nodiscard]] const plan::Allotment& allotment() const noexcept { return allotment_; }
  [[nodiscard]] check::Checker& checker() noexcept { return *checker_; }
  [[nodiscard]] Directory& directory() noexcept { return known_.directory(); }

 private:
  class Reading;

  [[nodiscard]] Result<void> ask_ahead();
  [[nodiscard]] Result<void> judge_together(Reading& reading);
  [[nodiscard]] Result<void> judge_in_turn(Reading& reading);
  void note(Reading& reading, plan::RowNumber first, const plan::Turns* turns);
  void tell(Reading& reading, plan::RowNumber first);

  const schema::CompiledSchema& schema_;
  const Table& table_;
  const Context& context_;
  Seams seams_;
  SipKey key_;
  JobWatcher* watcher_;
  check::KnownObjects known_;
  check::Facts facts_;
  std::vector<check::ReadyColumn> columns_;
  check::Header header_;
  std::optional<check::Checker> checker_;
  std::optional<plan::Changes> changes_;
  std::optional<report::Messages> messages_;
  plan::Allotment asking_;
  plan::Allotment allotment_;
  plan::ClaimIndex prints_;
  std::vector<Finding> findings_;
  bool is_refused_ = false;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_JUDGING_HPP
