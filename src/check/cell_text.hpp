// cell_text.hpp: from the bytes of a cell to the text that is checked: unquoted, trimmed, without
// the guard against formulas, in normal form C, in this order (spec E8).
//
// Secrets are taken exactly as read, but blank if nothing but blanks is in them (spec E6, E7).
#ifndef ROLLCALL_CHECK_CELL_TEXT_HPP
#define ROLLCALL_CHECK_CELL_TEXT_HPP

#include <string_view>

#include "check/values.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::check {

// Of a cell as it stands in the batch, quotes included; empty: it is blank. It is a piece of the
// cell or stands in `unquoted` or `composed` of the scratch. The cell is valid UTF-8.
[[nodiscard]] std::string_view cell_text(std::string_view raw, const csv::Dialect& dialect,
                                         Scratch& scratch);
[[nodiscard]] std::string_view secret_text(std::string_view raw, const csv::Dialect& dialect,
                                           Scratch& scratch);

// Of a value that comes from a directory: what would be left of it if it were exported and read
// again (spec E24). An export guards it as it is, so a blank in front of a sign that a spreadsheet
// would run stays; it stands in `unquoted` or `composed`, or is a piece of the value.
[[nodiscard]] std::string_view value_text(std::string_view value, Scratch& scratch);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_CELL_TEXT_HPP
