// excerpt.hpp: a row on one line of a terminal, with a cell of it underlined.
//
//   17,Ada,Byron,ada@example,••••••,...
//                ^^^^^^^^^^^
//
// It is the row as it stands in the file, quotes and all; but controls are escapes, secrets are as
// many dots whatever they are, and of a row that is too wide only what is near the cell is shown.
#ifndef ROLLCALL_REPORT_EXCERPT_HPP
#define ROLLCALL_REPORT_EXCERPT_HPP

#include <cstddef>
#include <cstdint>
#include <string>

#include "plan/row_result.hpp"
#include "report/secret_cells.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::report {

struct Excerpt {
  std::string text = {};
  std::size_t begin = 0; // the columns of the terminal that are underlined
  std::size_t width = 0; // 0: the finding is about no cell
  std::size_t byte = 0;  // where in the text they begin
  std::size_t bytes = 0; // and how much of it they are; 0: a place
};

// With a cell of -1 nothing is underlined. A cell that the row does not have, or that is blank, is
// a place: one column.
[[nodiscard]] Excerpt make_excerpt(const csv::RowBatch& batch, std::size_t row, std::int32_t cell,
                                   const SecretCells& secrets, std::size_t columns,
                                   bool is_rejected = true);
[[nodiscard]] inline Excerpt make_excerpt(const csv::RowBatch& batch, const plan::RowResult& row,
                                          std::int32_t cell, const SecretCells& secrets,
                                          std::size_t columns)
{
  return make_excerpt(batch, row.row, cell, secrets, columns,
                      row.outcome == plan::Outcome::rejected);
}

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_EXCERPT_HPP
