// loss_book.cpp: what of a source had no place, and what of a target stayed blank.
#include "convert/loss_book.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "csv/cell.hpp"

namespace rollcall::convert {
namespace {

constexpr std::size_t examples_max = 3;
constexpr std::size_t lines_max = 5;
constexpr std::size_t example_code_points_max = 60;

std::string cut(std::string_view value)
{
  std::string made;
  for (std::size_t shown = 0; !value.empty(); ++shown) {
    if (shown == example_code_points_max) return made.append("\u2026");
    const std::size_t bytes = decode_next(value).bytes;
    append_replacing(made, value.substr(0, bytes));
    value.remove_prefix(bytes);
  }
  return made;
}

Why why_of(const Carrying& carrying, std::size_t column)
{
  if (carrying.is_carried(column)) return Why::carried;
  return carrying.is_held_back(column) ? Why::secret : Why::no_place;
}

} // namespace

void LossBook::begin(const Format& from, const check::Header& header, const Format& to,
                     const Carrying& carrying)
{
  for (std::size_t cell = 0; cell != header.names.size(); ++cell) {
    const auto& column = header.column_of[cell];
    // What a result file adds is no loss.
    if (!column && from.schema.is_result_header(header.names[cell])) continue;
    SourceColumn& made = loss_.source.emplace_back();
    made.header = header.names[cell];
    made.why = Why::unknown_column;
    cells_.push_back({.cell = cell, .column = column});
    if (!column) continue;
    const schema::Column& of = *from.schema.columns[*column].column;
    made.carries = of.carries;
    made.to = carrying.to(*column);
    made.why = why_of(carrying, *column);
    cells_.back().needs_no_place = of.carried_default;
  }
  for (std::size_t column = 0; column != to.schema.columns.size(); ++column) {
    if (!to.columns[column].is_offered) continue;
    const schema::Column& of = *to.schema.columns[column].column;
    const auto written = std::find_if(carrying.written().begin(), carrying.written().end(),
                                      [&](const Written& each) { return each.column == column; });
    if (written != carrying.written().end()) target_of_.push_back(loss_.target.size());
    loss_.target.push_back({.header = of.header,
                            .is_needed = is_needed(to.schema.schema(), of),
                            .is_written = written != carrying.written().end()});
  }
}

void LossBook::lose(SourceColumn& column, std::uint64_t line, std::string_view value)
{
  ++column.lost;
  if (column.why == Why::secret || column.why == Why::unknown_column) return;
  if (!value.empty() && column.examples.size() < examples_max)
    column.examples.push_back({.line = line, .value = cut(value)});
}

void LossBook::take_row(const csv::RowBatch& batch, std::size_t row, std::uint64_t line,
                        const RowMaker& maker)
{
  for (std::size_t i = 0; i != cells_.size(); ++i) {
    const Cell& cell = cells_[i];
    SourceColumn& column = loss_.source[i];
    if (cell.cell >= batch.cells(row) ||
        csv::is_blank_cell(batch.cell(row, cell.cell), batch.dialect()))
      continue;
    ++column.values;
    if (!cell.column) {
      lose(column, line, {});
      continue;
    }
    if (maker.is_used(*cell.column)) continue;
    const std::string_view value = maker.given(*cell.column);
    const bool says_nothing =
        !cell.needs_no_place.empty() && is_same_without_case(value, cell.needs_no_place);
    if (says_nothing) continue;
    const bool is_secret = maker.is_secret(*cell.column);
    lose(column, line, is_secret ? "" : csv::trimmed(batch.value(row, cell.cell, scratch_)));
  }
}

void LossBook::take_cells(const std::vector<MadeCell>& cells)
{
  for (std::size_t i = 0; i != cells.size(); ++i) {
    TargetColumn& column = loss_.target[target_of_[i]];
    if (cells[i].from == CellFrom::source && !cells[i].text.empty())
      ++column.values;
    else if (cells[i].from == CellFrom::filling)
      ++column.filled;
  }
}

void LossBook::remark(Side side, const Finding& finding, std::uint64_t line)
{
  const std::string_view code = rollcall::slug(finding);
  auto at = std::find_if(loss_.remarks.begin(), loss_.remarks.end(), [&](const Remark& each) {
    return each.side == side && each.severity == finding.severity && each.code == code &&
           each.column == finding.column;
  });
  if (at == loss_.remarks.end())
    at = loss_.remarks.insert(at, {.side = side,
                                   .severity = finding.severity,
                                   .code = std::string{code},
                                   .column = finding.column});
  ++at->count;
  if (at->lines.size() < lines_max && (at->lines.empty() || at->lines.back() != line))
    at->lines.push_back(line);
}

void LossBook::finish()
{
  for (TargetColumn& column : loss_.target)
    column.missing = loss_.written - column.values - column.filled;
  const auto place = [&](const Remark& each) {
    std::size_t at = 0;
    const auto is_there = [&](const auto& columns) {
      for (at = 0; at != columns.size(); ++at)
        if (columns[at].header == each.column) break;
    };
    if (each.side == Side::source)
      is_there(loss_.source);
    else
      is_there(loss_.target);
    return std::make_tuple(each.side, each.severity, at, std::string_view{each.code});
  };
  std::stable_sort(
      loss_.remarks.begin(), loss_.remarks.end(),
      [&](const Remark& left, const Remark& right) { return place(left) < place(right); });
}

} // namespace rollcall::convert
