// import.hpp: one run of a file: read once to judge it, and once more to tell what came of it.
//
// Between the two only a byte a row is kept, and the claims. So the second time rows are judged
// again where there is something to say of them, by the same code, with the same answer. As long as
// no row hangs on rows to come, rows are told at once, to outputs that can take it back; if that
// holds to the end, there is no second reading.
#ifndef ROLLCALL_JOB_IMPORT_HPP
#define ROLLCALL_JOB_IMPORT_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <vector>

#include "check/checker.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "check/known_objects.hpp"
#include "job/row_outputs.hpp"
#include "plan/allotment.hpp"
#include "plan/changes.hpp"
#include "plan/claims.hpp"
#include "plan/line_book.hpp"
#include "plan/plan_writer.hpp"
#include "plan/reads.hpp"
#include "plan/row_note.hpp"
#include "plan/turns.hpp"
#include "report/found_counts.hpp"
#include "report/message.hpp"
#include "rollcall/job.hpp"

namespace rollcall::job {

class Import {
 public:
  // All outlive it; `key` is a fresh one.
  Import(const schema::CompiledSchema& schema, Source& source, Directory& directory,
         const Context& context, const JobOptions& options, const Outputs& outputs, Seams seams,
         const SipKey& key);

  // Judges the file, and fills in the summary; with a sink for it, the plan of what is to be done
  // is written. Of its header, what the file and the facts say is filled in.
  [[nodiscard]] Result<void> run(schema::Action action, JobSummary& job, Sink* plan = nullptr,
                                 const plan::PlanHeader& header = {});

  // It is a retry, whose rows people know from another file. That outlives it.
  void stand_for(const plan::FirstPlaces& first) noexcept
  {
    first_ = &first;
    lines_.show(first);
  }

  // The header row as it was read, or its beginning; empty if it did not come that far.
  [[nodiscard]] const std::string& header_text() const noexcept { return header_text_; }
  // Of the plan that was written.
  [[nodiscard]] std::uint64_t groups_planned() const noexcept { return groups_planned_; }

 private:
  // The outputs as they are written, and what is counted for them.
  struct Telling {
    RowOutputs outputs;
    report::FoundCounts counts;
    std::uint64_t warnings = 0;
    std::optional<plan::PlanWriter> plan = {};
  };

  [[nodiscard]] Result<bool> is_refused_unread(schema::Action action);
  [[nodiscard]] Result<csv::Reader> open_reader(bool digest);
  [[nodiscard]] Result<void> read_once();
  [[nodiscard]] Result<void> judge_rows(csv::Reader& reader);
  [[nodiscard]] Result<void> judge(const csv::RowBatch& batch);
  [[nodiscard]] bool has_too_many_numbers();
  void place_faults();
  void note_rows(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> ask(std::uint64_t rows, std::uint64_t bytes) const;
  [[nodiscard]] Result<void> allot();
  [[nodiscard]] Result<void> allot(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> give(plan::RowNumber first, plan::RowNumber end, bool fills);
  [[nodiscard]] bool stands(plan::RowNumber row) const noexcept;
  void count();
  [[nodiscard]] bool can_tell_at_once() const noexcept;
  [[nodiscard]] Result<void> begin_telling(const csv::RowBatch& header);
  [[nodiscard]] Result<void> tell_at_once(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> take_back();
  [[nodiscard]] Result<void> read_again();
  [[nodiscard]] Result<void> judge_again(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> say_claims(plan::RowNumber first);
  [[nodiscard]] Result<plan::Work> work_of(std::size_t row, std::optional<std::string_view> key);
  [[nodiscard]] Result<void> tell_batch(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> open_plan(const csv::RowBatch& header);
  [[nodiscard]] Result<void> plan_row(const plan::RowResult& result, const csv::RowBatch& batch);
  [[nodiscard]] Result<void> finish_plan();
  [[nodiscard]] Result<void> finish_telling();
  void note_groups();
  [[nodiscard]] Result<void> ask_next_id();
  [[nodiscard]] plan::Outcome outcome_of(plan::RowNumber row) const noexcept;
  [[nodiscard]] std::optional<std::string_view> key_of(std::size_t row,
                                                       std::optional<std::string_view> given) const;
  [[nodiscard]] std::optional<std::string_view> given_key(std::size_t row, plan::Outcome outcome);

  [[nodiscard]] Result<bool> next(csv::Reader& reader);
  void refuse(Finding&& finding);
  [[nodiscard]] Result<void> refuse_unreadable(Error&& why);
  void note_undecodable(const csv::Reader& reader);

  const schema::CompiledSchema& schema_;
  Source* source_;
  const Context& context_;
  const JobOptions& options_;
  const Outputs& outputs_;
  Seams seams_;
  Limits limits_;
  check::KnownObjects known_;
  check::Facts facts_;
  std::vector<check::ReadyColumn> columns_;
  check::Header header_;
  std::string header_text_;
  const plan::FirstPlaces* first_ = nullptr;
  plan::LineBook lines_;
  plan::Claims claims_;              // of rows that are judged together
  plan::Allotment allotment_;        // likewise
  std::optional<plan::Turns> turns_; // of those that act in turn
  std::optional<check::Checker> checker_;
  std::optional<plan::Changes> changes_;
  std::pmr::vector<plan::RowNote> notes_;
  JobSummary* job_ = nullptr;
  RowOutputs::Needs needs_;
  Sink* plan_ = nullptr; // where the plan goes, if one is wanted
  plan::PlanHeader plan_header_;
  std::optional<plan::Reads> reads_;
  std::vector<expr::Slot> result_slots_;
  std::vector<plan::ResultCell> result_cells_; // of the row that is told
  std::vector<Finding> findings_;              // likewise
  // Of the rows of a group those that do something; who is first may have been rejected since.
  struct EndsOfGroup {
    plan::RowNumber first = 0, last = 0;
  };
  std::map<plan::RowNumber, EndsOfGroup> ends_of_group_;
  std::optional<report::Messages> messages_;
  std::optional<Telling> telling_;
  std::optional<std::uint64_t> first_id_, next_id_;
  std::string id_;            // of the row that is told
  std::uint64_t numbers_ = 0; // of ranges, and of rows that are none
  std::uint64_t groups_planned_ = 0;
  bool withholds_ = false;
  bool is_noted_ = false; // that bytes could not be decoded
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_IMPORT_HPP
