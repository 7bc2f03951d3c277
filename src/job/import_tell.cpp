// import_tell.cpp: what became of each row is told: at once, as long as that can be known and taken
// back, or in a second reading.
#include <algorithm>
#include <utility>

#include "job/import.hpp"
#include "job/outcome_counts.hpp"
#include "job/settle.hpp"

namespace rollcall::job {

using plan::Outcome;
using plan::RowNumber;

// Is it good as far as the row itself and claims go?
bool Import::stands(RowNumber row) const noexcept
{
  return notes_[row - 1].was != plan::RowNote::Was::rejected && !claims_.has_fallen(row);
}

Outcome Import::outcome_of(RowNumber row) const noexcept
{
  const plan::RowNote& note = notes_[row - 1];
  if (!stands(row) || allotment_.is_left_out(row)) return Outcome::rejected;
  if (note.was == plan::RowNote::Was::unchanged) return Outcome::unchanged;
  if (withholds_) return Outcome::withheld;
  return note.was == plan::RowNote::Was::creates ? Outcome::created : Outcome::updated;
}

void Import::count()
{
  const auto rows = static_cast<RowNumber>(notes_.size());
  for (RowNumber row = 1; row <= rows && options_.atomic && !withholds_; ++row)
    withholds_ = outcome_of(row) == Outcome::rejected;
  for (RowNumber row = 1; row <= rows; ++row) ++count_of(*job_, outcome_of(row));
  job_->rows = rows;
}

bool Import::can_tell_at_once() const noexcept
{
  const auto sinks = outputs_.all();
  return (plan_ == nullptr || plan_->can_restart()) &&
         std::all_of(sinks.begin(), sinks.end(),
                     [](const Sink* sink) { return sink == nullptr || sink->can_restart(); });
}

// Makes ready to judge, and to tell if that may be told at once.
Result<void> Import::begin_telling(const csv::RowBatch& header)
{
  if (!checker_) {
    checker_.emplace(schema_, columns_, header_, limits_, facts_, known_, *seams_.memory);
    changes_.emplace(schema_, *checker_, *seams_.memory);
    messages_.emplace(schema_, header_);
    if (plan_ != nullptr) {
      checker_->note_reads();
      reads_.emplace(schema_, *checker_, *seams_.memory);
    }
    if (!can_tell_at_once()) return success();
  }
  ROLLCALL_TRY(auto outputs, RowOutputs::open(outputs_, schema_, header_, job_->dialect, *messages_,
                                              options_.file_name, seams_.memory));
  telling_.emplace(Telling{std::move(outputs), report::FoundCounts{*messages_}});
  telling_->outputs.put_header(header);
  return plan_ != nullptr ? open_plan(header) : success();
}

// Rows of a batch that was just judged, if it is known what became of them.
Result<void> Import::tell_at_once(const csv::RowBatch& batch)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  bool is_open =
      turns_ ? turns_->has_contests() : !claims_.settle_so_far(first) || allotment_.draws();
  if (!is_open && !turns_) ROLLCALL_CHECK(allot(batch));
  for (std::size_t row = 0; row != batch.size() && options_.atomic && !is_open; ++row)
    is_open = outcome_of(first + static_cast<RowNumber>(row)) == Outcome::rejected;
  if (is_open) return take_back();
  ROLLCALL_CHECK(say_claims(first));
  return tell_batch(batch);
}

// All rows, once it is known which of them stand.
Result<void> Import::allot()
{
  if (notes_.empty()) return success();
  allotment_.take_back();
  const auto end = static_cast<RowNumber>(notes_.size()) + 1;
  ROLLCALL_CHECK(give(1, end, false));
  allotment_.take_back();
  return success();
}

// The rows of the batch that was judged.
Result<void> Import::allot(const csv::RowBatch& batch)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  const auto end = first + static_cast<RowNumber>(batch.size());
  return give(first, end, true);
}

// The first row that wants a value has it, or nobody has.
Result<void> Import::give(RowNumber first, RowNumber end, bool fills)
{
  const auto is_standing = [this](RowNumber row) { return stands(row); };
  const auto is_wanted = [this](std::uint16_t claim, std::string_view value) {
    const auto row = claims_.wanting(claim, value);
    return row && stands(*row);
  };
  return allotment_.give(*checker_, first, end, is_standing, is_wanted, fills);
}

Result<void> Import::say_claims(RowNumber first)
{
  if (turns_)
    turns_->say(*checker_, first);
  else
    ROLLCALL_CHECK(claims_.say(*checker_, first));
  allotment_.say(*checker_, first);
  checker_->settle();
  return success();
}

Result<void> Import::take_back()
{
  telling_.reset();
  for (Sink* const sink : outputs_.all())
    if (sink != nullptr) ROLLCALL_CHECK(sink->restart());
  return plan_ != nullptr ? plan_->restart() : success();
}

Result<void> Import::finish_telling()
{
  telling_->counts.add_to(job_->counts);
  job_->warnings = telling_->warnings;
  for (const Finding& finding : job_->findings) job_->counts.count(finding);
  settle(*job_);
  ROLLCALL_CHECK(telling_->outputs.finish(*job_));
  return telling_->plan ? finish_plan() : success();
}

Result<void> Import::read_again()
{
  ROLLCALL_CHECK(source_->rewind());
  ROLLCALL_TRY(csv::Reader reader, open_reader(false));
  reader.use_delimiter(*job_->dialect.delimiter);
  ROLLCALL_TRY(bool more, reader.next());
  std::size_t seen = 0;
  if (more) {
    ROLLCALL_CHECK(begin_telling(reader.batch()));
    next_id_ = first_id_;
    if (turns_) ROLLCALL_CHECK(turns_->start());
  }
  while (more) {
    ROLLCALL_TRY(more, reader.next());
    if (!more) break;
    seen += reader.batch().size();
    if (seen > notes_.size()) break;
    ROLLCALL_CHECK(judge_again(reader.batch()));
    ROLLCALL_CHECK(tell_batch(reader.batch()));
    ROLLCALL_CHECK(ask(seen, 0));
  }
  if (reader.refusal() || seen != notes_.size() || !telling_)
    return Error{ErrorCode::corrupt, "the file changed while it was read"};
  return finish_telling();
}

// Where outputs read what is not kept, and where there is something to say.
Result<void> Import::judge_again(const csv::RowBatch& batch)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  if (turns_) {
    ROLLCALL_CHECK(judge(batch));
    return say_claims(first);
  }
  check::RowMask rows{seams_.memory};
  rows.assign(batch.size(), needs_.cells || needs_.changes);
  for (std::size_t row = 0; row != batch.size(); ++row)
    if (notes_[first + row - 1].is_said || !stands(first + static_cast<RowNumber>(row)) ||
        allotment_.is_left_out(first + static_cast<RowNumber>(row)))
      rows.set(row);
  if (rows.is_empty()) {
    checker_->skip(batch.size());
  } else {
    ROLLCALL_CHECK(checker_->check(batch, &rows));
    place_faults();
  }
  ROLLCALL_CHECK(allot(batch));
  return say_claims(first);
}

Result<void> Import::tell_batch(const csv::RowBatch& batch)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  if (needs_.changes && !turns_) {
    check::RowMask standing{checker_->judged().is_new};
    standing |= checker_->judged().is_update;
    for (std::size_t row = 0; row != batch.size(); ++row) {
      const Outcome outcome = outcome_of(first + static_cast<RowNumber>(row));
      if (outcome != Outcome::created && outcome != Outcome::updated) standing.clear(row);
    }
    ROLLCALL_CHECK(changes_->start(standing));
  }

  checker_->hide_moved_cells();
  const auto& found = checker_->judged().found;
  telling_->counts.add(found, checker_->judged().readings);
  for (const check::Found& each : found)
    telling_->warnings += each.severity == Severity::warning ? 1U : 0U;
  const RowsSeen seen{checker_->frame(), checker_->evaluator(), checker_->judged().readings};
  auto begin = found.begin();
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    auto end = begin;
    while (end != found.end() && end->row == row) ++end;
    plan::RowResult result{
        .number = number, .row = row, .outcome = outcome_of(number), .findings = {begin, end}};
    begin = end;
    if (first_ != nullptr) result.retries = first_->of(number).row;
    if (needs_.lines || !result.findings.empty()) result.line = lines_.of(number);
    const auto given = given_key(row, result.outcome);
    if (needs_.keys || needs_.changes || !result.findings.empty()) result.key = key_of(row, given);
    const bool acts = result.outcome == Outcome::created || result.outcome == Outcome::updated;
    if (needs_.changes && acts) {
      ROLLCALL_TRY(const plan::Work work, work_of(row, given));
      result.changes = work.changes;
      result.effects = work.effects;
    }
    telling_->outputs.put_row(result, batch, seen);
    if (telling_->plan) ROLLCALL_CHECK(plan_row(result, batch));
  }
  // The first failure ends it; who finishes is told.
  if (telling_->outputs.has_failed()) return telling_->outputs.finish(*job_);
  return telling_->plan && telling_->plan->has_failed() ? finish_plan() : success();
}

Result<plan::Work> Import::work_of(std::size_t row, std::optional<std::string_view> key)
{
  if (turns_) return turns_->work(row);
  return changes_->make(row, key);
}

Result<void> Import::ask_next_id()
{
  if (schema_.kinds[schema_.own_kind()].keys != schema::Keys::from_host) return success();
  ROLLCALL_TRY(first_id_, known_.directory().next_id(schema_.own_kind()));
  next_id_ = first_id_;
  return success();
}

// What a report shows as the row's key (spec F3).
std::optional<std::string_view> Import::key_of(std::size_t row,
                                               std::optional<std::string_view> given) const
{
  const check::JudgedBatch& judged = checker_->judged();
  if (!judged.looked_at.has(row)) return {};
  if (!schema_.schema().key.empty()) {
    const check::Cell& cell = judged.cell(schema_.key_column, row);
    return cell.is_good() ? std::optional{cell.text()} : std::nullopt;
  }
  if (judged.object(row) == nullptr && !judged.is_new.has(row)) return {};
  const auto own = changes_->own_key(row);
  return own ? own : given;
}

// The key that the host gives to an object that is created: a number after the others.
std::optional<std::string_view> Import::given_key(std::size_t row, Outcome outcome)
{
  if (!next_id_ || outcome != Outcome::created || !checker_->judged().is_new.has(row)) return {};
  id_ = std::to_string(*next_id_);
  if (++*next_id_ == 0) next_id_.reset();
  return id_;
}

} // namespace rollcall::job
