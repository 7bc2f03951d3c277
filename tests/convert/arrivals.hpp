// Which cells a conversion carries, worked out a second time by the table of the two sides.
#ifndef ROLLCALL_TESTS_CONVERT_ARRIVALS_HPP
#define ROLLCALL_TESTS_CONVERT_ARRIVALS_HPP

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "convert/converting.hpp"
#include "convert/sides.hpp"

namespace rollcall::tests {

[[nodiscard]] Vendor vendor_of(std::string_view id);

// As it is meant: without the apostrophe that keeps spreadsheets from running it.
[[nodiscard]] std::string without_guard(const std::string& cell);

// The columns of A of which a cell must come back from B, for a row as it was.
[[nodiscard]] std::set<std::string_view> surviving(const Side& from, const Side& to,
                                                   const NamedCells& row);

// What went nowhere is counted, column by column, and nothing else is.
void check_lost(const Side& from, const Side& to, const convert::Loss& loss,
                const std::vector<NamedCells>& before, const std::vector<NamedCells>& there);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CONVERT_ARRIVALS_HPP
