// replaced_cell.hpp: another value in the place of a cell, as the file around it writes cells.
#ifndef ROLLCALL_CSV_REPLACED_CELL_HPP
#define ROLLCALL_CSV_REPLACED_CELL_HPP

#include <optional>
#include <string>
#include <string_view>

#include "rollcall/csv.hpp"

namespace rollcall::csv {

// How the value is written where `cell` stands: in quotes if the cell was, or if it must be; with a
// guard if a spreadsheet would run it. None if the dialect has no way to write it.
[[nodiscard]] std::optional<std::string> replaced_cell(std::string_view cell,
                                                       std::string_view value,
                                                       const Dialect& dialect);

// Is a cell written so that nothing around it is read otherwise: whole quotes, or none at all?
[[nodiscard]] bool is_well_formed(std::string_view cell, const Dialect& dialect) noexcept;

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_REPLACED_CELL_HPP
