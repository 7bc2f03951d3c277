// delimiter.cpp: tries each delimiter on the first records.
#include "csv/delimiter.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "csv/cell.hpp"
#include "csv/guard.hpp"
#include "csv/lines.hpp"
#include "csv/scalar.hpp"

namespace rollcall::csv {
namespace {

constexpr std::size_t records_looked_at = 100;

// So many are found at a time: there may be many cells in each.
constexpr std::size_t records_at_once = 16;

bool is_blank(const RowBatch& batch, std::size_t row)
{
  for (std::size_t cell = 0; cell != batch.cells(row); ++cell) {
    if (!is_blank_cell(batch.cell(row, cell), batch.dialect())) return false;
  }
  return true;
}

// Calls `visit(batch, row)` for the records of a head that are not blank, until it answers false.
template <class Visit>
void each_record(std::string_view head, bool last, const Dialect& dialect,
                 std::pmr::memory_resource* memory, Visit visit)
{
  const Limits limits;
  Structure found{memory};
  for (; !head.empty(); head.remove_prefix(found.bytes)) {
    read_scalar(head, last,
                {.dialect = dialect,
                 .row_bytes_max = limits.row_bytes,
                 .columns_max = limits.columns,
                 .rows_max = records_at_once,
                 .cells_max = head.size() + 1},
                found);
    const RowBatch batch{{.text = head,
                          .ends = found.ends,
                          .rows = found.rows,
                          .row_count = found.rows.size(),
                          .dialect = dialect}};
    for (std::size_t row = 0; row != batch.size(); ++row) {
      if (!is_blank(batch, row) && !visit(batch, row)) return;
    }
    if (found.rows.empty() || found.cut) return;
  }
}

// How many of the first records have the same number of cells, more than one.
std::size_t agreeing_records(std::string_view head, bool last, const Dialect& dialect,
                             std::pmr::memory_resource* memory)
{
  std::map<std::size_t, std::size_t> records_of_width;
  std::size_t seen = 0;
  std::size_t most = 0;
  each_record(head, last, dialect, memory, [&](const RowBatch& batch, std::size_t row) {
    const std::size_t width = batch.cells(row);
    if (width > 1) most = std::max(most, ++records_of_width[width]);
    return ++seen != records_looked_at;
  });
  return most;
}

} // namespace

char detect_delimiter(std::string_view head, bool last, const Dialect& dialect,
                      std::pmr::memory_resource* memory)
{
  Dialect tried = dialect;
  std::optional<char> best;
  std::size_t most = 0;
  for (const char delimiter : delimiters) {
    if (delimiter == dialect.quote || delimiter == dialect.escape) continue;
    tried.delimiter = delimiter;
    const std::size_t agreeing = agreeing_records(head, last, tried, memory);
    if (!best || agreeing > most) {
      most = agreeing;
      best = delimiter;
    }
  }
  return *best; // of four signs two at most are taken
}

namespace {

// The first rows that are not blank, with their cells as they stand.
std::vector<NamedRow> first_records(std::string_view head, const Dialect& dialect, char delimiter,
                                    std::size_t most)
{
  Dialect tried = dialect;
  tried.delimiter = delimiter;
  std::vector<NamedRow> rows;
  LineCursor lines{head, 1};
  const auto keep = [&](const RowBatch& batch, std::size_t row) {
    const auto begin = static_cast<std::size_t>(batch.raw(row).data() - head.data());
    NamedRow& made = rows.emplace_back(NamedRow{.line = lines.of(begin)});
    std::string scratch;
    for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
      made.names.emplace_back(batch.value(row, cell, scratch));
    return rows.size() < most;
  };
  each_record(head, true, tried, std::pmr::new_delete_resource(), keep);
  return rows;
}

std::vector<std::string> names_of_first(std::vector<NamedRow>&& rows)
{
  return rows.empty() ? std::vector<std::string>{} : std::move(rows.front().names);
}

} // namespace

std::vector<std::string> first_record(std::string_view head, const Dialect& dialect, char delimiter)
{
  return names_of_first(first_records(head, dialect, delimiter, 1));
}

std::vector<NamedRow> first_rows(const Reader& reader, char delimiter, std::size_t most)
{
  std::vector<NamedRow> rows = first_records(reader.head(), reader.dialect(), delimiter, most);
  for (NamedRow& row : rows)
    for (std::string& name : row.names) name = std::string{without_guard(trimmed(name))};
  return rows;
}

std::vector<std::string> first_names(const Reader& reader, char delimiter)
{
  return names_of_first(first_rows(reader, delimiter, 1));
}

std::string_view name_of_delimiter(char delimiter) noexcept
{
  switch (delimiter) {
    case ',':
      return "commas";
    case ';':
      return "semicolons";
    case '\t':
      return "tabs";
    case '|':
      return "bars";
    default:
      return "a sign of its own";
  }
}

} // namespace rollcall::csv
