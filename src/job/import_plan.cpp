// import_plan.cpp: what a file would do is written as a plan, while its rows are told.
#include <algorithm>
#include <utility>

#include "job/header_told.hpp"
#include "job/import.hpp"
#include "rollcall/job_store.hpp"

namespace rollcall::job {

using plan::Outcome;
using plan::RowNumber;

// Where groups of several rows begin and end; there are such only in a second reading.
void Import::note_groups()
{
  if (plan_ == nullptr || turns_) return;
  const auto rows = static_cast<RowNumber>(notes_.size());
  for (RowNumber row = 1; row <= rows; ++row) {
    const RowNumber group = claims_.group_of(row);
    if (group == 0) continue;
    const Outcome outcome = outcome_of(row);
    if (outcome != Outcome::created && outcome != Outcome::updated) continue;
    EndsOfGroup& ends = ends_of_group_[group];
    if (ends.first == 0) ends.first = row;
    ends.last = row;
  }
}

Result<void> Import::open_plan(const csv::RowBatch& header)
{
  result_slots_ = plan::result_slots(schema_);
  plan::Seal seal;
  if (JobStore* const store = options_.store)
    seal = [store](std::string_view digest) { return store->seal(digest); };
  ROLLCALL_TRY(auto writer,
               plan::PlanWriter::open(*plan_, schema_, seams_.memory, std::move(seal)));
  telling_->plan.emplace(std::move(writer));
  plan_header_.format = schema_.schema().id;
  plan_header_.schema = schema_.digest;
  plan_header_.file = options_.file_name;
  plan_header_.dialect = job_->dialect;
  plan_header_.header = header_told(header, header_);
  plan_header_.context = context_;
  plan_header_.settings = facts_.settings();
  plan_header_.atomic = options_.atomic;
  if (schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host) {
    ROLLCALL_TRY(plan_header_.next_id, known_.directory().next_id(schema_.own_kind()));
  }
  telling_->plan->put_header(plan_header_);
  return success();
}

Result<void> Import::plan_row(const plan::RowResult& result, const csv::RowBatch& batch)
{
  const check::JudgedBatch& judged = checker_->judged();
  plan::PlanRow row{.result = result};
  if (!result.changes.empty() || !result.effects.empty()) {
    ROLLCALL_TRY(row.reads, reads_->of(result.row));
    const auto number = static_cast<RowNumber>(result.number);
    const RowNumber group = turns_ ? 0 : claims_.group_of(number);
    if (const auto at = ends_of_group_.find(group); at != ends_of_group_.end()) {
      const EndsOfGroup& ends = at->second;
      if (ends.first != ends.last) row.group = ends.first;
      row.is_last = ends.last == number;
    }
  }
  result_cells_.clear();
  if (!result_slots_.empty() && judged.looked_at.has(result.row)) {
    for (const expr::Slot& slot : result_slots_) {
      const auto& frame = checker_->frame();
      result_cells_.push_back({frame.value(slot, result.row), frame.is_range(slot, result.row)});
    }
  }
  row.cells = result_cells_;
  findings_.clear();
  for (const check::Found& found : result.findings) {
    findings_.push_back(messages_->finding_of(found, result, batch, judged.readings));
    // Only faults of the reader stand at a byte; the others, in their row.
    if (found.reading == check::no_reading) findings_.back().place = {.column = found.cell};
  }
  row.readings = findings_;
  telling_->plan->put_row(row);
  return success();
}

Result<void> Import::finish_plan()
{
  plan::PlanEnd end{.sha256 = job_->sha256,
                    .bytes = job_->bytes,
                    .rows = job_->rows,
                    .blank_rows = job_->blank_rows,
                    .warnings = job_->warnings,
                    .findings = job_->findings};
  end.codes = {job_->counts.by_slug().begin(), job_->counts.by_slug().end()};
  end.outcomes = {job_->created,  job_->updated, job_->unchanged, job_->rejected,
                  job_->withheld, job_->stale,   job_->failed,    job_->unknown};
  ROLLCALL_CHECK(telling_->plan->finish(end));
  groups_planned_ = end.groups;
  return success();
}

} // namespace rollcall::job
