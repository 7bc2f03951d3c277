// row_outputs.cpp: one row, told to report, result file and error rows.
#include "job/row_outputs.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "report/findings_lines.hpp"

namespace rollcall::job {
namespace {

using schema::RowFact;
using Writers = std::vector<std::unique_ptr<report::FindingsWriter>>;

Result<Writers> open_findings(const Outputs& outputs, const report::FindingsOptions& options)
{
  Writers made;
  if (outputs.findings != nullptr) {
    ROLLCALL_TRY(auto writer,
                 report::open_findings(*outputs.findings, outputs.findings_form, options));
    made.push_back(std::move(writer));
  }
  if (outputs.error_log != nullptr) {
    ROLLCALL_TRY(auto writer, report::open_error_log(*outputs.error_log, options));
    made.push_back(std::move(writer));
  }
  if (outputs.error_log_json != nullptr) {
    ROLLCALL_TRY(auto writer, report::open_error_log_jsonl(*outputs.error_log_json, options));
    made.push_back(std::move(writer));
  }
  return made;
}

bool is_fact(const expr::Slot& slot, RowFact fact) noexcept
{
  return slot.space == expr::Space::row && slot.index == static_cast<std::uint16_t>(fact);
}

// Do rows that came to the same and change the same columns, and of which nothing is said, have the
// same result columns?
bool are_alike(const schema::CompiledSchema& schema)
{
  return std::all_of(schema.result.begin(), schema.result.end(),
                     [&](const schema::CompiledCell& cell) {
                       const auto& reads = schema.book().program(cell.value).reads;
                       return std::all_of(reads.begin(), reads.end(), [](const expr::Slot& slot) {
                         return is_fact(slot, RowFact::outcome) || is_fact(slot, RowFact::ok) ||
                                is_fact(slot, RowFact::messages) || is_fact(slot, RowFact::updated);
                       });
                     });
}

} // namespace

// A row as the columns of a result ask about it: what it came to, beside its cells.
class RowOutputs::ResultFrame final : public expr::Frame {
 public:
  ResultFrame(const expr::Frame& rows, const plan::RowResult& row, std::string_view messages,
              std::string_view updated)
      : rows_{rows}, row_{row}, messages_{messages}, updated_{updated}
  {
  }

  [[nodiscard]] std::size_t rows() const noexcept override { return rows_.rows(); }
  void presences(const expr::Slot& slot, expr::Mask into) const override
  {
    ask_each(slot, into, [](const expr::Value& value) { return value.what != expr::What::null; });
  }
  void truths(const expr::Slot& slot, expr::Mask into) const override
  {
    ask_each(slot, into, [](const expr::Value& value) { return value.truth; });
  }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t row) const override
  {
    if (slot.space != expr::Space::row) return rows_.value(slot, row);
    const auto text = [](std::string_view of) {
      return expr::Value{.what = expr::What::text, .text = of};
    };
    using plan::Outcome;
    switch (static_cast<RowFact>(slot.index)) {
      case RowFact::number:
        return text(written(row_.shown_number(), number_));
      case RowFact::line:
        return text(written(row_.line, line_));
      case RowFact::key:
        return row_.key ? text(*row_.key) : expr::Value{};
      case RowFact::outcome:
        return text(slug(row_.outcome));
      case RowFact::ok:
        return {.what = expr::What::truth,
                .truth = row_.outcome == Outcome::updated || row_.outcome == Outcome::unchanged};
      case RowFact::messages:
        return messages_.empty() ? expr::Value{} : text(messages_);
      case RowFact::updated:
        return updated_.empty() ? expr::Value{} : text(updated_);
    }
    return {};
  }
  [[nodiscard]] bool is_range(const expr::Slot& slot, std::size_t row) const override
  {
    return rows_.is_range(slot, row);
  }

 private:
  template <class Test>
  void ask_each(const expr::Slot& slot, expr::Mask into, Test test) const
  {
    std::fill(into.begin(), into.end(), 0);
    if (test(value(slot, row_.row))) into[row_.row / 64] |= std::uint64_t{1} << row_.row % 64;
  }

  using Digits = std::array<char, 20>;
  [[nodiscard]] static std::string_view written(std::uint64_t number, Digits& into)
  {
    const char* const end = std::to_chars(into.data(), into.data() + into.size(), number).ptr;
    return {into.data(), static_cast<std::size_t>(end - into.data())};
  }

  const expr::Frame& rows_;
  const plan::RowResult& row_;
  std::string_view messages_;
  std::string_view updated_;
  mutable Digits number_ = {};
  mutable Digits line_ = {};
};

Result<RowOutputs> RowOutputs::open(const Outputs& outputs, const schema::CompiledSchema& schema,
                                    const check::Header& header, const csv::Dialect& dialect,
                                    const report::Messages& messages, const std::string& file_name,
                                    std::pmr::memory_resource* memory)
{
  RowOutputs made{schema, header, messages, memory};
  made.needs_ = needs(outputs, schema);
  ROLLCALL_TRY(made.findings_, open_findings(outputs, {.file = file_name,
                                                       .path = outputs.findings_path,
                                                       .colour = outputs.findings_colour,
                                                       .columns = outputs.findings_columns,
                                                       .schema = &schema.schema(),
                                                       .dialect = dialect,
                                                       .memory = memory}));
  if (outputs.report != nullptr) {
    ROLLCALL_TRY(auto report, report::ReportJsonl::open(*outputs.report, schema, messages, memory));
    made.report_.emplace(std::move(report));
  }
  if (outputs.result != nullptr) {
    ROLLCALL_TRY(auto result,
                 report::ResultCsv::open(*outputs.result, schema, header, dialect, memory));
    made.result_.emplace(std::move(result));
    made.are_alike_ = are_alike(schema);
  }
  if (outputs.error_rows != nullptr) {
    ROLLCALL_TRY(auto rows,
                 report::ErrorRows::open(*outputs.error_rows, schema, header, dialect, memory));
    made.error_rows_.emplace(std::move(rows));
  }
  return made;
}

RowOutputs::Needs RowOutputs::needs(const Outputs& outputs, const schema::CompiledSchema& schema)
{
  Needs needs;
  needs.changes = needs.lines = needs.keys = outputs.report != nullptr;
  if (outputs.result != nullptr) {
    for (const schema::CompiledCell& cell : schema.result) {
      for (const expr::Slot& slot : schema.book().program(cell.value).reads) {
        needs.changes = needs.changes || is_fact(slot, RowFact::updated);
        needs.lines = needs.lines || is_fact(slot, RowFact::line);
        needs.keys = needs.keys || is_fact(slot, RowFact::key);
        needs.cells =
            needs.cells || (slot.space != expr::Space::row && slot.space != expr::Space::fact);
      }
    }
  }
  needs.cells = needs.cells || needs.changes || needs.keys;
  return needs;
}

void RowOutputs::put_header(const csv::RowBatch& batch)
{
  if (result_) result_->put_header(batch);
  if (error_rows_) error_rows_->put_header(batch);
  // What the header says comes first, as in the file; the rest of what is about the file as a whole
  // is known at its end.
  for (const auto& findings : findings_) {
    findings->begin({*schema_, *header_, *messages_}, batch);
    for (const Finding& finding : header_->findings) findings->put(finding);
  }
}

namespace {

// Not those that were withheld: there is nothing wrong with them.
bool has_errors(plan::Outcome outcome) noexcept
{
  using enum plan::Outcome;
  return outcome == rejected || outcome == stale || outcome == failed || outcome == unknown;
}

} // namespace

void RowOutputs::put_row(const plan::RowResult& row, const csv::RowBatch& batch,
                         const RowsSeen& seen)
{
  const auto& readings = seen.readings;
  if (report_) report_->put_row(row, readings);
  if (!row.findings.empty())
    for (const auto& findings : findings_) findings->put_row(row, batch, readings);
  const bool is_error_row = error_rows_ && has_errors(row.outcome);
  std::size_t errors_size = 0;
  text_.clear();
  if (!row.findings.empty() && (result_ || is_error_row))
    errors_size = messages_->append_notes(text_, row, readings);
  if (result_) put_result(row, batch, seen);
  if (is_error_row) error_rows_->put_row(batch, row.row, text_.view().substr(0, errors_size));
}

void RowOutputs::put_result(const plan::RowResult& row, const csv::RowBatch& batch,
                            const RowsSeen& seen)
{
  const auto updated =
      are_alike_ && row.findings.empty() ? updated_columns(row) : std::optional<std::uint64_t>{};
  Alike& alike = alike_[alike_place(row.outcome, updated.value_or(0))];
  if (updated && !alike.own.is_empty() && alike.outcome == row.outcome && alike.updated == *updated)
    return result_->put_row(batch, row.row, alike.own);
  list_updated(row);
  const ResultFrame frame{seen.frame, row, text_.view(), updated_};
  values_.clear();
  for (const schema::CompiledCell& cell : schema_->result)
    values_.push_back(result_value(cell, frame, seen.evaluator, row.row));
  if (updated) {
    auto made = result_->own_cells(values_);
    if (made.has_value())
      alike = {.outcome = row.outcome, .updated = *updated, .own = std::move(made).assume_value()};
  }
  result_->put_row(batch, row.row, values_, row.outcome == plan::Outcome::rejected);
  seen.evaluator.forget();
}

std::size_t RowOutputs::alike_place(plan::Outcome outcome, std::uint64_t updated) noexcept
{
  const std::uint64_t both = updated * plan::outcome_count + static_cast<std::uint64_t>(outcome);
  return static_cast<std::size_t>(both * 0x9E37'79B9'7F4A'7C15 >> 59U);
}

// The columns of the row's own object that it changes, a bit each; none if there are too many.
std::optional<std::uint64_t> RowOutputs::updated_columns(const plan::RowResult& row) const
{
  std::uint64_t columns = 0;
  if (!needs_.changes || row.changes.empty() || row.changes.front().op != Op::update)
    return columns;
  const schema::CompiledKind& kind = schema_->kinds[schema_->own_kind()];
  for (const FieldChange& change : row.changes.front().fields) {
    const std::uint16_t column = kind.fields[change.field].column;
    if (column == schema::none) continue;
    if (column >= 64) return {};
    columns |= std::uint64_t{1} << column;
  }
  return columns;
}

// The same, by their headers.
void RowOutputs::list_updated(const plan::RowResult& row)
{
  updated_.clear();
  if (!needs_.changes || row.changes.empty() || row.changes.front().op != Op::update) return;
  const schema::CompiledKind& kind = schema_->kinds[schema_->own_kind()];
  for (const FieldChange& change : row.changes.front().fields) {
    const std::uint16_t column = kind.fields[change.field].column;
    if (column == schema::none) continue;
    updated_.append(updated_.empty() ? "" : ", ").append(header_->name_of(*schema_, column));
  }
}

report::ResultValue RowOutputs::result_value(const schema::CompiledCell& cell,
                                             const ResultFrame& frame, expr::Evaluator& evaluator,
                                             std::size_t row)
{
  const auto& slot = schema_->book().program(cell.value).slot;
  const expr::Value value =
      slot ? frame.value(*slot, row) : evaluator.value(cell.value, frame, row);
  if (value.what == expr::What::truth) return {value.truth ? "true" : "false", true};
  const bool is_ours = slot && is_fact(*slot, RowFact::outcome);
  return {value.text, is_ours};
}

bool RowOutputs::has_failed() const noexcept
{
  return (report_ && report_->has_failed()) || (result_ && result_->has_failed()) ||
         (error_rows_ && error_rows_->has_failed()) ||
         std::any_of(findings_.begin(), findings_.end(),
                     [](const auto& findings) { return findings->has_failed(); });
}

Result<void> RowOutputs::finish(const JobSummary& job)
{
  if (report_) {
    report_->put_job(job);
    ROLLCALL_CHECK(report_->finish());
  }
  if (result_) ROLLCALL_CHECK(result_->finish());
  if (error_rows_) ROLLCALL_CHECK(error_rows_->finish());
  const auto& told = header_->findings;
  for (const auto& findings : findings_) {
    for (const Finding& finding : job.findings)
      if (std::find(told.begin(), told.end(), finding) == told.end()) findings->put(finding);
    findings->put_job(job);
    ROLLCALL_CHECK(findings->finish());
  }
  return success();
}

Result<void> RowOutputs::refuse(const Outputs& outputs, const schema::CompiledSchema& schema,
                                const JobSummary& job, const std::string& header,
                                std::pmr::memory_resource* memory)
{
  if (outputs.report != nullptr) ROLLCALL_CHECK(write_job(job, *outputs.report));
  ROLLCALL_TRY(const Writers writers, open_findings(outputs, {.file = job.file,
                                                              .path = outputs.findings_path,
                                                              .colour = outputs.findings_colour,
                                                              .columns = outputs.findings_columns,
                                                              .schema = &schema.schema(),
                                                              .header = header,
                                                              .dialect = job.dialect,
                                                              .memory = memory}));
  for (const auto& findings : writers) {
    for (const Finding& finding : job.findings) findings->put(finding);
    findings->put_job(job);
    ROLLCALL_CHECK(findings->finish());
  }
  return success();
}

} // namespace rollcall::job
