// row_text.cpp: only the bytes of the cell that is set are written.
#include "draft/row_text.hpp"

#include <algorithm>

#include "csv/cell.hpp"
#include "csv/guard.hpp"

namespace rollcall::draft {

Result<std::vector<std::string>> RowText::cells(std::string_view row) const
{
  ROLLCALL_TRY(const RowParts parts, table_.parts(row));
  std::vector<std::string> cells(is_secret_.size());
  std::string scratch;
  for (std::size_t i = 0; i != std::min(cells.size(), parts.cells.size()); ++i) {
    const RowParts::Part& part = parts.cells[i];
    const std::string_view value =
        csv::value_of(row.substr(part.begin, part.end - part.begin), table_.dialect(), scratch);
    cells[i] = is_secret_[i] ? value : csv::without_guard(value);
  }
  return cells;
}

Result<void> RowText::set(std::string& row, std::size_t column, std::string_view value) const
{
  ROLLCALL_TRY(const RowParts parts, table_.parts(row));
  ROLLCALL_TRY(const std::string cell, table_.written(value, is_secret_[column]));
  const char separator = table_.dialect().separator();
  if (column < parts.cells.size()) {
    const RowParts::Part& part = parts.cells[column];
    row.replace(part.begin, part.end - part.begin, cell);
    return success();
  }
  if (parts.is_open)
    return Error{ErrorCode::wrong_use, "a quote in this row is never closed: mend its cell first"};
  if (!parts.is_blank) {
    row.insert(parts.end, std::string(column + 1 - parts.cells.size(), separator) + cell);
    return success();
  }
  const std::size_t end = row.find_first_of("\r\n");
  const std::string ends = end == row.npos ? std::string{} : row.substr(end);
  row.assign(column, separator);
  row += cell;
  row.append(is_secret_.size() - column - 1, separator);
  row += ends;
  return success();
}

Result<std::string> RowText::made(std::size_t first, std::span<const std::string> values) const
{
  const std::size_t columns = is_secret_.size();
  const char separator = table_.dialect().separator();
  std::string row;
  for (std::size_t column = 0; column != columns; ++column) {
    if (column != 0) row += separator;
    if (column < first || column - first >= values.size()) continue;
    ROLLCALL_TRY(const std::string cell,
                 table_.written(values[column - first], is_secret_[column]));
    row += cell;
  }
  row += table_.line_end();
  return row;
}

} // namespace rollcall::draft
