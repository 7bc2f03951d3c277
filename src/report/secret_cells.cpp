// secret_cells.cpp: finds where secrets may stand.
#include "report/secret_cells.hpp"

#include <algorithm>

#include "csv/cell.hpp"

namespace rollcall::report {
namespace {

// Faults after which nobody knows whether cells stand where they should.
bool may_move_cells(const csv::Fault& fault) noexcept
{
  return fault.code != Code::text_encoding && fault.code != Code::text_control_character;
}

// A quote too much has taken delimiters for text: each of them has moved what follows to the left.
std::size_t swallowed_delimiters(const csv::RowBatch& batch, std::size_t row,
                                 std::span<const csv::Fault> faults) noexcept
{
  std::size_t count = 0;
  for (const csv::Fault& fault : faults) {
    const auto cell = static_cast<std::size_t>(fault.cell);
    if (fault.cell < 0 || cell >= batch.cells(row) || !may_move_cells(fault)) continue;
    const std::string_view raw = batch.cell(row, cell);
    count +=
        static_cast<std::size_t>(std::count(raw.begin(), raw.end(), batch.dialect().separator()));
  }
  return count;
}

// A cell with so much in it that it is more than one, because of a quote too much or too few.
bool may_have_swallowed(std::string_view cell, const csv::Dialect& dialect) noexcept
{
  return cell.find(dialect.separator()) != std::string_view::npos ||
         cell.find_first_of("\r\n") != std::string_view::npos || is_open(cell, dialect);
}

// How many cells there are up to the last one that is not blank.
std::size_t filled_cells(const csv::RowBatch& batch, std::size_t row) noexcept
{
  std::size_t cells = batch.cells(row);
  while (cells != 0 && csv::is_blank_cell(batch.cell(row, cells - 1), batch.dialect())) --cells;
  return cells;
}

} // namespace

std::span<const csv::Fault> faults_of(const csv::RowBatch& batch, std::size_t row) noexcept
{
  const auto faults = batch.faults();
  const auto is_before = [](const csv::Fault& fault, std::size_t wanted) {
    return fault.row < wanted;
  };
  const auto begin = std::lower_bound(faults.begin(), faults.end(), row, is_before);
  auto end = begin;
  while (end != faults.end() && end->row == row) ++end;
  return {begin, end};
}

bool is_open(std::string_view cell, const csv::Dialect& dialect) noexcept
{
  if (!dialect.quote || !cell.starts_with(*dialect.quote)) return false;
  for (std::size_t at = 1; at < cell.size(); ++at) {
    if (dialect.escape && cell[at] == *dialect.escape) {
      ++at;
    } else if (cell[at] == *dialect.quote) {
      const bool is_doubled = at + 1 < cell.size() && cell[at + 1] == *dialect.quote;
      if (!is_doubled) return false;
      ++at;
    }
  }
  return true;
}

SecretCells::SecretCells(const schema::CompiledSchema& schema, const check::Header& header)
    : width_{header.names.size()}
{
  for (const check::Holds holds : check::holdings(schema, header)) {
    if (holds == check::Holds::secrets) cells_.push_back(may_be_anything_.size());
    may_be_anything_.push_back(holds == check::Holds::anything);
  }
}

bool SecretCells::is_secret(std::size_t cell) const noexcept
{
  return std::binary_search(cells_.begin(), cells_.end(), cell);
}

SecretCells::Row SecretCells::look_at(const csv::RowBatch& batch, std::size_t row,
                                      bool is_rejected) const noexcept
{
  Row about;
  if (cells_.empty()) return about;
  const std::size_t cells = batch.cells(row);
  if (cells > width_) about.right = std::max(filled_cells(batch, row), width_) - width_;
  if (cells < width_ && is_rejected) about.left = width_ - cells;
  if (batch.faults().empty()) return about;
  const auto faults = faults_of(batch, row);
  if (std::none_of(faults.begin(), faults.end(), may_move_cells)) return about;
  // What stands before the first faulty cell is where it was.
  const auto first = std::find_if(faults.begin(), faults.end(), may_move_cells)->cell;
  const std::size_t left = swallowed_delimiters(batch, row, faults);
  about.all_from = std::max(cells_.front() - std::min(cells_.front(), left),
                            first < 0 ? std::size_t{0} : static_cast<std::size_t>(first));
  return about;
}

bool SecretCells::may_show(const csv::RowBatch& batch, std::size_t row, const Row& about,
                           std::size_t cell) const noexcept
{
  if (cell >= about.all_from) return false;
  const bool is_near = std::any_of(cells_.begin(), cells_.end(), [&](std::size_t secret) {
    return secret <= cell + about.left && cell <= secret + about.right;
  });
  if (is_near) return false;
  return about.all_from == none || cell >= batch.cells(row) ||
         !may_have_swallowed(batch.cell(row, cell), batch.dialect());
}

} // namespace rollcall::report
