// delimiter.cpp: tries each delimiter on the first records.
#include "csv/delimiter.hpp"

#include <algorithm>
#include <map>

#include "csv/cell.hpp"
#include "csv/scalar.hpp"

namespace rollcall::csv {
namespace {

constexpr std::size_t records_looked_at = 100;
constexpr std::size_t head_rows_max = 4096;

// The records of a head that are not blank, up to `most`.
Structure records(std::string_view head, bool last, const Dialect& dialect, char delimiter,
                  std::size_t most)
{
  const Limits limits;
  Structure found{std::pmr::new_delete_resource()};
  Dialect tried = dialect;
  tried.delimiter = delimiter;
  read_scalar(head, last,
              {.dialect = tried,
               .row_bytes_max = limits.row_bytes,
               .columns_max = limits.columns,
               .rows_max = head_rows_max,
               .cells_max = head.size() + 1},
              found);
  const RowBatch batch{{.text = head,
                        .ends = found.ends,
                        .rows = found.rows,
                        .row_count = found.rows.size(),
                        .dialect = dialect}};
  std::size_t kept = 0;
  for (std::size_t row = 0; row != batch.size() && kept != most; ++row) {
    bool is_blank = true;
    for (std::size_t cell = 0; is_blank && cell != batch.cells(row); ++cell)
      is_blank = is_blank_cell(batch.cell(row, cell), dialect);
    if (!is_blank) found.rows[kept++] = found.rows[row];
  }
  found.rows.resize(kept);
  return found;
}

std::size_t agreeing_records(const Structure& found)
{
  std::map<std::uint32_t, std::size_t> records_of_width;
  std::size_t most = 0;
  for (const RowPlace& row : found.rows)
    if (row.cell_count > 1) most = std::max(most, ++records_of_width[row.cell_count]);
  return most;
}

} // namespace

char detect_delimiter(std::string_view head, bool last, const Dialect& dialect)
{
  char best = delimiters.front();
  std::size_t most = 0;
  for (const char delimiter : delimiters) {
    const std::size_t agreeing =
        agreeing_records(records(head, last, dialect, delimiter, records_looked_at));
    if (agreeing > most) {
      most = agreeing;
      best = delimiter;
    }
  }
  return best;
}

std::vector<std::string> first_record(std::string_view head, const Dialect& dialect, char delimiter)
{
  const Structure found = records(head, true, dialect, delimiter, 1);
  std::vector<std::string> cells;
  if (found.rows.empty()) return cells;
  const RowBatch batch{
      {.text = head, .ends = found.ends, .rows = found.rows, .row_count = 1, .dialect = dialect}};
  std::string scratch;
  for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
    cells.emplace_back(batch.value(0, cell, scratch));
  return cells;
}

} // namespace rollcall::csv
