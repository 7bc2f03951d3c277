// delimiter.hpp: finding out by which sign a file is delimited, for who knows nothing of its
// columns.
#ifndef ROLLCALL_CSV_DELIMITER_HPP
#define ROLLCALL_CSV_DELIMITER_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/csv.hpp"

namespace rollcall::csv {

// In the order in which they win a tie.
inline constexpr std::string_view delimiters = ",;\t|";

// "commas".
[[nodiscard]] std::string_view name_of_delimiter(char delimiter) noexcept;

// The one under which most of the first 100 records have the same number of cells, more than one.
[[nodiscard]] char detect_delimiter(std::string_view head, bool last, const Dialect& dialect,
                                    std::pmr::memory_resource* memory);

// A row of the head as a header would be read.
struct NamedRow {
  std::uint64_t line = 0;
  std::vector<std::string> names = {};
};

// The first so many rows that are not blank, if this sign parted their cells.
[[nodiscard]] std::vector<NamedRow> first_rows(const Reader& reader, char delimiter,
                                               std::size_t most);

// What the first record of a text would name if this sign parted its cells.
[[nodiscard]] std::vector<std::string> first_record(std::string_view head, const Dialect& dialect,
                                                    char delimiter);
// What the first row would name.
[[nodiscard]] std::vector<std::string> first_names(const Reader& reader, char delimiter);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_DELIMITER_HPP
