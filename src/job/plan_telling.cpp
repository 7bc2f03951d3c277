// plan_telling.cpp: the n-th row of the plan is the n-th row of the file.
#include "job/plan_telling.hpp"

#include <algorithm>
#include <utility>

#include "apply/planned_group.hpp"
#include "base/facts.hpp"
#include "job/job_run.hpp"
#include "job/outcome_counts.hpp"
#include "job/settle.hpp"
#include "report/plan_words.hpp"

namespace rollcall::job {
namespace {

constexpr std::uint64_t rows_between_questions = 4096;

} // namespace

using plan::Outcome;

// A row as the columns of a result ask about it: what the plan has kept for them.
class PlanTelling::Frame final : public expr::Frame {
 public:
  Frame(const std::vector<expr::Slot>& slots, const plan::PlanRow& row, const check::Facts& facts)
      : slots_{slots}, row_{row}, facts_{facts}
  {
  }
  [[nodiscard]] std::size_t rows() const noexcept override { return row_.result.row + 1; }
  void presences(const expr::Slot& slot, expr::Mask into) const override
  {
    if (value(slot, row_.result.row).what != expr::What::null) set(into);
  }
  void truths(const expr::Slot& slot, expr::Mask into) const override
  {
    if (value(slot, row_.result.row).truth) set(into);
  }
  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    if (slot.space == expr::Space::fact) return facts_.value(slot, 0);
    const plan::ResultCell* const cell = find(slot);
    return cell != nullptr ? cell->value : expr::Value{};
  }
  [[nodiscard]] bool is_range(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    const plan::ResultCell* const cell = find(slot);
    return cell != nullptr && cell->is_range;
  }

 private:
  void set(expr::Mask into) const
  {
    into[row_.result.row / 64] |= std::uint64_t{1} << row_.result.row % 64;
  }
  [[nodiscard]] const plan::ResultCell* find(const expr::Slot& slot) const
  {
    const auto at = std::find(slots_.begin(), slots_.end(), slot);
    const auto index = static_cast<std::size_t>(at - slots_.begin());
    return index < row_.cells.size() ? &row_.cells[index] : nullptr;
  }

  const std::vector<expr::Slot>& slots_;
  const plan::PlanRow& row_;
  const check::Facts& facts_;
};

PlanTelling::PlanTelling(const schema::CompiledSchema& schema, check::Facts& facts, Source* file,
                         const apply::Fates& fates, const Outputs& outputs, const Limits& limits,
                         const Seams& seams)
    : schema_{schema},
      facts_{facts},
      file_{file},
      fates_{fates},
      outputs_{outputs},
      limits_{limits},
      seams_{seams},
      slots_{plan::result_slots(schema)},
      evaluator_{schema.book(), *seams.memory},
      texts_{seams.memory}
{
}

bool PlanTelling::needs_file(const Outputs& outputs) noexcept
{
  return outputs.result != nullptr || outputs.error_rows != nullptr || outputs.findings != nullptr;
}

Result<void> PlanTelling::run(plan::PlanReader& plan, JobSummary& job)
{
  next_id_ = fates_.first_id;
  ROLLCALL_CHECK(open(plan.header(), job.file));
  for (plan::PlanRow row;;) {
    texts_.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, texts_));
    if (!is_row) break;
    ROLLCALL_CHECK(tell(row, job));
    if (told_->has_failed()) return told_->finish(job);
    if (row.result.number % rows_between_questions == 0) ROLLCALL_CHECK(ask(job.id, row));
  }
  const plan::PlanEnd& end = plan.end();
  job.findings = end.findings;
  job.blank_rows = end.blank_rows;
  job.rows = end.rows;
  job.sha256 = end.sha256;
  job.bytes = end.bytes;
  for (const Finding& finding : job.findings) job.counts.count(finding);
  settle(job);
  if (fates_.is_cancelled) job.state = JobState::cancelled;
  return told_->finish(job);
}

Result<void> PlanTelling::ask(JobId id, const plan::PlanRow& row) const
{
  return job::ask(watcher_, {.id = id,
                             .step = JobStep::tells,
                             .rows = row.result.number,
                             .groups = fates_.is_cut_short() ? 0 : groups_,
                             .groups_planned = groups_});
}

Result<void> PlanTelling::open(const plan::PlanHeader& header, const std::string& file_name)
{
  ROLLCALL_TRY(columns_, check::ready_columns(schema_, facts_));
  Source* source = file_;
  if (source == nullptr) {
    header_text_ = std::make_unique<MemorySource>(std::string_view{header.header});
    source = header_text_.get();
  }
  csv::ReaderOptions options{
      .dialect = header.dialect, .limits = limits_, .memory = seams_.memory, .digest = false};
  if (file_ == nullptr) options.dialect.encoding = csv::Encoding::utf_8; // as it was read
  ROLLCALL_TRY(csv::Reader reader, csv::Reader::open(*source, options));
  reader_.emplace(std::move(reader));
  reader_->use_delimiter(header.dialect.separator());
  ROLLCALL_TRY(const bool has_header, reader_->next());
  if (!has_header) return Error{ErrorCode::corrupt, "the file is not the one that was planned"};
  header_ = check::read_header(schema_, columns_, reader_->batch(), limits_);
  sort(header_.findings);
  messages_.emplace(schema_, header_);
  ROLLCALL_TRY(auto told, RowOutputs::open(outputs_, schema_, header_, header.dialect, *messages_,
                                           file_name, seams_.memory));
  told_.emplace(std::move(told));
  told_->put_header(reader_->batch());
  return success();
}

// Where the row is in the batch at hand, which is the one that has it.
Result<std::size_t> PlanTelling::find_row(std::uint64_t number)
{
  const auto is_here = [&] {
    const csv::RowBatch& batch = reader_->batch();
    return number >= 1 && batch.size() != 0 && batch.number(0) <= number &&
           number < batch.number(0) + batch.size();
  };
  if (number == 1 || !is_here()) {
    ROLLCALL_TRY(const bool more, reader_->next());
    if (!more || !is_here())
      return Error{ErrorCode::corrupt, "the file is not the one that was planned"};
  }
  return static_cast<std::size_t>(number - reader_->batch().number(0));
}

Result<void> PlanTelling::tell(plan::PlanRow& row, JobSummary& job)
{
  plan::RowResult& result = row.result;
  if (file_ != nullptr) {
    ROLLCALL_TRY(result.row, find_row(result.number));
  }
  const apply::RowFate* const fate = fates_.find(result.number);
  guess_key(row, fate);
  const Outcome planned = result.outcome;
  result.outcome = fates_.outcome(result.number, planned);
  readings_.clear();
  const bool is_as_planned = result.outcome == planned;
  if (fate != nullptr && fate->finding && is_as_planned == (fate->outcome == planned)) {
    if (is_as_planned) keep_withdrawn(result, *fate->finding);
    readings_.push_back(*fate->finding);
    readings_.back().place = {.row = result.shown_number()};
  }
  readings_.insert(readings_.end(), row.readings.begin(), row.readings.end());
  if (result.outcome != planned) {
    const bool is_given = !result.changes.empty() && result.changes.front().gives_key;
    result.changes = {};
    result.effects = {};
    result.withdraws = {};
    if (is_given) result.key.reset();
  }
  find(readings_, result.row);
  result.findings = found_;
  ++count_of(job, result.outcome);
  for (const Finding& finding : readings_) {
    job.warnings += finding.severity == Severity::warning ? 1U : 0U;
    job.counts.count(finding);
  }
  const Frame frame{slots_, row, facts_};
  told_->put_row(result, reader_->batch(), {frame, evaluator_, readings_});
  return success();
}

// But for one that somebody has done before it could be withdrawn, as the finding says.
void PlanTelling::keep_withdrawn(plan::RowResult& row, const Finding& finding)
{
  withdrawn_.clear();
  for (const std::string_view effect : row.withdraws)
    if (fact_of(finding, "what") != effect) withdrawn_.push_back(effect);
  row.withdraws = withdrawn_;
}

// As who applied it did: in the order of the file, whatever became of the row.
void PlanTelling::guess_key(plan::PlanRow& row, const apply::RowFate* fate)
{
  const std::span<const Change> changes = row.result.changes;
  if (changes.empty() || !changes.front().gives_key) return;
  std::string id;
  if (next_id_) {
    id = std::to_string((*next_id_)++);
    if (*next_id_ == 0) next_id_.reset();
  }
  if (fate != nullptr && !fate->key.empty()) id = fate->key;
  if (!id.empty()) apply::fill_key(row, id, texts_);
}

void PlanTelling::find(std::span<const Finding> readings, std::size_t row)
{
  found_.clear();
  for (const Finding& reading : readings) {
    check::Found made{.row = static_cast<std::uint32_t>(row),
                      .cell = reading.place.column,
                      .code = reading.code,
                      .severity = reading.severity,
                      .reading = static_cast<std::uint32_t>(found_.size())};
    const auto cell = static_cast<std::size_t>(reading.place.column);
    if (reading.place.column >= 0 && cell < header_.column_of.size()) {
      const auto& column = header_.column_of[cell];
      if (column) made.column = static_cast<std::uint16_t>(*column);
    } else if (!reading.column.empty()) {
      for (std::size_t i = 0; i != schema_.columns.size(); ++i)
        if (header_.name_of(schema_, i) == reading.column)
          made.column = static_cast<std::uint16_t>(i);
    }
    if (reading.code == Code::rule) made.rule = rule_of(reading.rule);
    found_.push_back(made);
  }
}

std::uint16_t PlanTelling::rule_of(std::string_view code) const noexcept
{
  const std::size_t count = schema_.rules.size() + schema_.limits.size();
  for (std::size_t rule = 0; rule != count; ++rule)
    if (schema_.code_of_rule(rule) == code) return static_cast<std::uint16_t>(rule);
  return check::no_rule;
}

void PlanTelling::sum_up(const plan::PlanReader& plan, const apply::Fates& fates, JobSummary& job)
{
  const plan::PlanEnd& end = plan.end();
  for (std::size_t i = 0; i != plan::outcome_count; ++i)
    count_of(job, static_cast<Outcome>(i)) = end.outcomes[i];
  fates.each([&](const apply::RowFate& fate) {
    if (fate.finding) job.counts.count(*fate.finding);
    if (fate.outcome == fate.planned) return;
    --count_of(job, fate.planned);
    ++count_of(job, fate.outcome);
  });
  job.rows = end.rows;
  job.blank_rows = end.blank_rows;
  job.findings = end.findings;
  job.sha256 = end.sha256;
  job.bytes = end.bytes;
  for (const auto& [code, count] : end.codes) {
    Finding counted{.rule = code};
    if (const auto known = code_of(code)) counted = finding(*known);
    job.counts.count(counted, count);
  }
  settle(job);
  if (fates.is_cancelled) job.state = JobState::cancelled;
  job.warnings = end.warnings;
}

} // namespace rollcall::job
