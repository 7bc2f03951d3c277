// people.hpp: made-up users of a phone system as CSV, for measuring: always the same for the same
// number of rows.
//
// Nineteen columns and about 150 bytes a row, as vendors' user files have them. The three shapes
// hold the same people and differ in how their cells are dressed.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::bench {

enum class Shape : std::uint8_t {
  plain,     // ASCII, and no quote anywhere
  realistic, // a tenth of the cells quoted; some hold commas, quotes or line ends; names of all
             // sorts
  quoted     // every cell quoted; free text holds commas, quotes and line ends more often
};

[[nodiscard]] std::string_view slug(Shape shape) noexcept;

// Counts up with every change of what is made, so that files of an older kind are not taken for it.
constexpr int people_edition = 1;

// A header and so many rows.
[[nodiscard]] std::string make_people(Shape shape, std::uint64_t rows);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP
