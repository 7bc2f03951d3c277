// checker.cpp: from cells to judged rows, in the order of spec section 3: what could not be read,
// the width of rows, cells a column at a time, then the objects that the rows are about.
#include "check/checker.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <variant>

#include "base/utf8.hpp"
#include "check/values.hpp"
#include "csv/cell.hpp"
#include "csv/fault_finding.hpp"
#include "csv/guard.hpp"

namespace rollcall::check {
namespace {

bool is_secret(const schema::Column& column) noexcept
{
  return std::holds_alternative<schema::Secret>(column.type);
}

Reading read(const schema::Type& type, std::string_view cell, std::string& scratch)
{
  return std::visit([&](const auto& kind) { return read_value(kind, cell, scratch); }, type);
}

// What the type would have taken.
void add_wanted(const schema::Type& type, Finding& finding)
{
  std::visit(
      [&](const auto& kind) {
        if constexpr (requires { kind.max; }) {
          finding.facts.push_back(fact("least", kind.min));
          finding.facts.push_back(fact("most", kind.max));
        } else if constexpr (requires { kind.yes; }) {
          std::string known;
          for (const auto* const words : {&kind.yes, &kind.no})
            for (const std::string& word : *words) known += (known.empty() ? "" : ", ") + word;
          finding.facts.push_back(fact("known", known));
        }
      },
      type);
}

bool is_in(std::string_view text, std::string_view whole) noexcept
{
  constexpr std::less_equal<> is_before;
  return is_before(whole.data(), text.data()) &&
         is_before(text.data() + text.size(), whole.data() + whole.size());
}

// The order of findings in reports (spec/files.md), row by row.
bool comes_before(const RowFinding& a, const RowFinding& b)
{
  const auto rank = [](const RowFinding& f) {
    return std::tuple{f.row, f.finding.severity, f.finding.place.column, slug(f.finding)};
  };
  return rank(a) < rank(b);
}

bool is_same_place(const RowFinding& a, const RowFinding& b)
{
  return a.row == b.row && a.finding.place.column == b.finding.place.column &&
         slug(a.finding) == slug(b.finding) && a.finding.column == b.finding.column;
}

// Takes the objects that were found to the rows that asked for them. A host may be wrong: what it
// shows is believed only as far as it can be an answer.
class RowObjects final : public ObjectSink {
 public:
  RowObjects(std::span<const std::size_t> rows, std::size_t field_count, JudgedBatch& judged)
      : rows_{rows}, field_count_{field_count}, judged_{judged}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    is_answer_ = is_answer_ && asked < rows_.size() && object.fields.size() == field_count_;
    if (!is_answer_) return;
    Row& row = judged_.row(rows_[asked]);
    row.key = judged_.keep(object.key);
    row.old = judged_.keep(object.fields);
  }

  [[nodiscard]] Result<void> check() const
  {
    if (is_answer_) return success();
    return Error{ErrorCode::host_failed,
                 "the directory showed an object that was not asked for, or not all of its fields"};
  }

 private:
  std::span<const std::size_t> rows_;
  std::size_t field_count_;
  JudgedBatch& judged_;
  bool is_answer_ = true;
};

} // namespace

Result<void> Checker::check(const csv::RowBatch& batch, JudgedBatch& judged)
{
  judged.start(batch.size(), schema_.columns().size());
  take_faults(batch, judged);
  check_widths(batch, judged);
  // The key first: whether a row asks for a new object decides what its blanks stand for.
  check_column(batch, schema_.key_column(), judged);
  for (std::size_t row = 0; row != judged.size(); ++row) {
    const CellState state = judged.cell(schema_.key_column(), row).state;
    judged.row(row).is_new = state == CellState::blank || state == CellState::absent;
  }
  for (std::size_t column = 0; column != schema_.columns().size(); ++column)
    if (column != schema_.key_column()) check_column(batch, column, judged);
  ROLLCALL_CHECK(find_objects(batch, judged));

  auto& findings = judged.findings;
  std::stable_sort(findings.begin(), findings.end(), comes_before);
  findings.erase(std::unique(findings.begin(), findings.end(), is_same_place), findings.end());
  return success();
}

void Checker::add(const csv::RowBatch& batch, JudgedBatch& judged, std::size_t row,
                  Finding&& finding)
{
  finding.place.row = batch.number(row);
  if (finding.severity == Severity::error) judged.row(row).is_rejected = true;
  judged.findings.push_back({row, std::move(finding)});
}

Finding& Checker::add_about(const csv::RowBatch& batch, JudgedBatch& judged, std::size_t row,
                            std::size_t column, Code code, std::string_view value)
{
  Finding made = finding(code);
  made.column = header_.name_of(schema_, column);
  if (const auto& cell = header_.cell_of[column])
    made.place.column = static_cast<std::int32_t>(*cell);
  if (!is_secret(schema_.columns()[column])) made.value = value;
  add(batch, judged, row, std::move(made));
  return judged.findings.back().finding;
}

// A row with an error in its reading is not looked at any further (spec E10); one whose quotes were
// repaired is.
void Checker::take_faults(const csv::RowBatch& batch, JudgedBatch& judged)
{
  for (const csv::Fault& fault : batch.faults()) {
    Finding made = csv::finding_of(fault, batch, limits_, header_.name_of_cell(fault.cell));
    made.place.column = header_.place_of(fault.cell);
    if (fault.code == Code::row_extra_cells)
      made.facts.push_back(fact("columns", header_.names.size()));
    if (made.severity == Severity::error) judged.row(fault.row).is_read = false;
    add(batch, judged, fault.row, std::move(made));
  }
}

void Checker::check_widths(const csv::RowBatch& batch, JudgedBatch& judged)
{
  const std::size_t width = header_.names.size();
  if (batch.width() == width) return;
  for (std::size_t row = 0; row != batch.size(); ++row) {
    if (!judged.row(row).is_read) continue;
    const std::size_t cells = batch.cells(row);
    std::size_t filled = cells;
    while (filled > width && csv::is_blank_cell(batch.cell(row, filled - 1), batch.dialect()))
      --filled;
    if (cells >= width && filled <= width) continue;
    const bool is_short = cells < width;
    Finding made = finding(is_short ? Code::row_short : Code::row_extra_cells);
    made.facts.push_back(fact("cells", cells));
    made.facts.push_back(fact("columns", width));
    if (!is_short) judged.row(row).is_read = false;
    add(batch, judged, row, std::move(made));
  }
}

void Checker::check_column(const csv::RowBatch& batch, std::size_t column, JudgedBatch& judged)
{
  const schema::Column& about = schema_.columns()[column];
  const auto& place = header_.cell_of[column];
  const bool secret = is_secret(about);
  for (std::size_t row = 0; row != batch.size(); ++row) {
    if (!judged.row(row).is_read) continue;
    Cell& cell = judged.cell(column, row);
    const bool is_there = place && *place < batch.cells(row);
    const std::string_view raw = is_there ? batch.value(row, *place, unquoted_) : "";
    const std::string_view bare = csv::trimmed(raw);
    if (bare.empty()) {
      cell.state = place ? CellState::blank : CellState::absent;
      check_blank(batch, column, row, judged);
      continue;
    }
    const std::string_view text = secret ? raw : csv::without_guard(bare);
    const Reading reading = read(about.type, text, canonical_);
    if (reading.fault) {
      const bool rejects = severity(*reading.fault) == Severity::error;
      cell.state = rejects ? CellState::bad : CellState::blank;
      Finding& made = add_about(batch, judged, row, column, *reading.fault, text);
      const bool is_length = is_about_length(*reading.fault);
      if (is_length || *reading.fault == Code::value_boolean) add_wanted(about.type, made);
      if (is_length) made.facts.push_back(fact("length", count_code_points(reading.value)));
      continue;
    }
    // What stands in the text of the batch or in the schema stays where it is.
    const bool is_scratch = is_in(reading.value, canonical_) || is_in(reading.value, unquoted_);
    cell = {CellState::good, is_scratch ? judged.keep(reading.value) : reading.value};
  }
}

void Checker::check_blank(const csv::RowBatch& batch, std::size_t column, std::size_t row,
                          JudgedBatch& judged)
{
  const schema::Column& about = schema_.columns()[column];
  const bool is_new = judged.row(row).is_new;
  const bool is_required = (is_new ? about.on_create : about.on_update) == schema::Blank::required;
  const bool is_absent = judged.cell(column, row).state == CellState::absent;
  if (!is_required || (is_absent && !is_new)) return;
  judged.cell(column, row).state = CellState::bad;
  add_about(batch, judged, row, column, Code::value_required, {});
}

Result<void> Checker::find_objects(const csv::RowBatch& batch, JudgedBatch& judged)
{
  std::vector<std::string_view> keys;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row != judged.size(); ++row) {
    const Cell& key = judged.cell(schema_.key_column(), row);
    if (key.state != CellState::good) continue;
    keys.push_back(key.text);
    rows.push_back(row);
  }
  if (keys.empty()) return success();
  RowObjects objects{rows, schema_.fields(0).size(), judged};
  ROLLCALL_CHECK(directory_.find(0, keys, objects));
  ROLLCALL_CHECK(objects.check());
  for (std::size_t i = 0; i != rows.size(); ++i) {
    if (judged.row(rows[i]).key) continue;
    add_about(batch, judged, rows[i], schema_.key_column(), Code::object_unknown, keys[i])
        .facts.push_back(fact("kind", schema_.own_kind().name));
  }
  return success();
}

} // namespace rollcall::check
