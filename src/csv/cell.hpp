// cell.hpp: what the bytes of a cell say.
#ifndef ROLLCALL_CSV_CELL_HPP
#define ROLLCALL_CSV_CELL_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "rollcall/csv.hpp"

namespace rollcall::csv {

// A cell without its quotes, doubled ones halved and escapes taken off; also of one that is badly
// quoted: what follows the closing quote is then part of it. Uses `scratch` if it must.
[[nodiscard]] std::string_view value_of(std::string_view cell, const Dialect& dialect,
                                        std::string& scratch);

// How long that is, without making it.
[[nodiscard]] std::size_t value_bytes(std::string_view cell, const Dialect& dialect) noexcept;

// Without space, tab and no-break space at its ends (spec section 2).
[[nodiscard]] std::string_view trimmed(std::string_view value) noexcept;

// How many bytes at the start are space, tab or no-break space.
[[nodiscard]] std::size_t leading_blanks(std::string_view value) noexcept;

// Nothing would be left of the value if it were trimmed.
[[nodiscard]] bool is_blank_cell(std::string_view cell, const Dialect& dialect) noexcept;

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_CELL_HPP
