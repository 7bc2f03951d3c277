// people.hpp: made-up users of a phone system as CSV, for measuring: always the same for the same
// number of rows.
//
// Nineteen columns and about 150 bytes a row, as vendors' user files have them. The three shapes
// hold the same people and differ in how their cells are dressed.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP

#include <cstdint>
#include <span>
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

// What is wrong with new users.
enum class Flaws : std::uint8_t {
  none,
  some,   // three rows in a hundred have one flaw, of nine kinds in turn
  values, // every value that can be wrong is: those of 15 columns
  bytes   // every cell holds a control character, so no value is looked at
};

[[nodiscard]] std::string_view slug(Flaws flaws) noexcept;

// Counts up with every change of what is made, so that files of an older kind are not taken for it.
constexpr int people_edition = 1;

// A header and so many rows.
[[nodiscard]] std::string make_people(Shape shape, std::uint64_t rows);

// The same people without ids, so that every row asks for a new one.
[[nodiscard]] std::string make_new_people(Shape shape, std::uint64_t rows, Flaws flaws);

// New ones without a flaw and without quotes, who have these email addresses.
[[nodiscard]] std::string make_people_with(std::span<const std::string> emails);

// A directory.json of so many users, who share no email address, extension or MAC address with any
// of the people above.
[[nodiscard]] std::string make_other_people(std::uint64_t users);

// A directory.json that lists every phone model, template and profile that people name, and no
// user.
[[nodiscard]] std::string make_references();

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_PEOPLE_HPP
