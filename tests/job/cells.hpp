// A made-up file as cells, to be changed and put together again.
#ifndef ROLLCALL_TESTS_JOB_CELLS_HPP
#define ROLLCALL_TESTS_JOB_CELLS_HPP

#include <string>
#include <string_view>
#include <vector>

#include "support/csv_reading.hpp"

namespace rollcall::tests {

inline std::vector<RowSeen> rows_of(std::string_view text, csv::Dialect dialect = {})
{
  if (!dialect.delimiter) dialect.delimiter = ',';
  return read_all(text, {.dialect = dialect}).reading.rows;
}

// The cells as they stood in the file, whatever was between them.
inline std::string text_of(const std::vector<RowSeen>& rows, char delimiter = ',')
{
  std::string text;
  for (const RowSeen& row : rows) {
    for (std::size_t cell = 0; cell != row.cells.size(); ++cell) {
      if (cell != 0) text.push_back(delimiter);
      text.append(row.cells[cell]);
    }
    text.append("\n");
  }
  return text;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_CELLS_HPP
