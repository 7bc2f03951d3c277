// inspect.hpp: looking at the text of every cell of a batch, for what is only known to be
// possible somewhere in it: bytes that are no UTF-8, control characters, cells past the limit.
#ifndef ROLLCALL_CSV_INSPECT_HPP
#define ROLLCALL_CSV_INSPECT_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "csv/scalar.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

// Whether there is a byte that is no UTF-8, or a C1 control character. Not of text that is all
// ASCII.
[[nodiscard]] bool has_bad_text(std::string_view text) noexcept;

// The flaws of the rows of a layout: those of their cells' text put in order with `known`, those of
// quotes and sizes. A cell has the first that applies (spec E10). Stops after a row with which
// there are `flaws_max` or more, and says how many rows it looked at.
[[nodiscard]] std::size_t inspect(const Layout& layout, std::span<const Flaw> known,
                                  std::uint64_t field_bytes_max, std::pmr::vector<Flaw>& flaws);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_INSPECT_HPP
