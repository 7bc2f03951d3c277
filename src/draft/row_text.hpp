// row_text.hpp: rows of a draft written anew: a cell in the place of another one, and whole rows.
#ifndef ROLLCALL_DRAFT_ROW_TEXT_HPP
#define ROLLCALL_DRAFT_ROW_TEXT_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "draft/table.hpp"

namespace rollcall::draft {

class RowText {
 public:
  // Both outlive it; of each column whether it is a secret.
  RowText(const Table& table, const std::vector<bool>& is_secret)
      : table_{table}, is_secret_{is_secret}
  {
  }

  // What the cells of a row say, as many as there are columns; those that it does not reach are
  // blank.
  [[nodiscard]] Result<std::vector<std::string>> cells(std::string_view row) const;

  // Every other byte stays; of a row that was blank, its line ends do.
  [[nodiscard]] Result<void> set(std::string& row, std::size_t column,
                                 std::string_view value) const;

  // A row whose first cells are blank, with its line end.
  [[nodiscard]] Result<std::string> made(std::size_t first,
                                         std::span<const std::string> values) const;

 private:
  const Table& table_;
  const std::vector<bool>& is_secret_;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_ROW_TEXT_HPP
