// column_letters.hpp: the name that spreadsheets give to a column.
#ifndef ROLLCALL_REPORT_COLUMN_LETTERS_HPP
#define ROLLCALL_REPORT_COLUMN_LETTERS_HPP

#include <cstddef>
#include <string>

namespace rollcall::report {

// "A" of 0, "Z" of 25, "AA" of 26.
[[nodiscard]] inline std::string column_letters(std::size_t cell)
{
  std::string letters;
  for (std::size_t left = cell + 1; left != 0; left = (left - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  return letters;
}

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_COLUMN_LETTERS_HPP
