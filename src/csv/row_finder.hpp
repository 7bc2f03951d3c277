// row_finder.hpp: which rows a window of text holds, by a kernel where that can be trusted, else by
// the scalar machine. Blank rows are left out and counted.
#ifndef ROLLCALL_CSV_ROW_FINDER_HPP
#define ROLLCALL_CSV_ROW_FINDER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "csv/kernel.hpp"
#include "csv/scalar.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

// Rows of different widths cost memory each, so a batch of them ends after so many.
constexpr std::size_t uneven_rows_max = 4096;

class RowFinder {
 public:
  RowFinder(const Dialect& dialect, const Limits& limits, IndexFunction index,
            std::size_t window_bytes, std::pmr::memory_resource* memory);

  // The dialect as settled: with a delimiter.
  void use(const Dialect& dialect) noexcept;

  // Finds up to about `rows_max` rows at the start of the text, which is not empty. If it is the
  // `last` of the file, an LF can be read behind it. False: there is no whole row, more text is
  // needed; never if it is the last, or longer than a row may be.
  [[nodiscard]] bool find(std::string_view text, bool last, std::size_t rows_max);

  // Keeps the first rows of what was found, fewer than there are.
  void keep(std::size_t rows) noexcept;

  // What was found: text, ends, width, rows and row_count. There may be blank rows only.
  [[nodiscard]] const Layout& layout() const noexcept { return layout_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return layout_.text.size(); }
  [[nodiscard]] std::uint64_t blank_rows() const noexcept { return blank_rows_; }
  // How many physical lines end in the text, if that is known without counting.
  [[nodiscard]] std::optional<std::uint64_t> line_ends() const noexcept;
  [[nodiscard]] const std::pmr::vector<Flaw>& flaws() const noexcept { return rows_.flaws; }
  // The last row passed its limit: what follows, to the end of its line, is none.
  [[nodiscard]] bool is_cut() const noexcept { return rows_.cut; }
  // Something in the text of the cells, or the size of one, may be wrong.
  [[nodiscard]] bool needs_inspection() const noexcept { return needs_inspection_; }

 private:
  [[nodiscard]] Marks marks() const noexcept;
  [[nodiscard]] bool by_kernel(std::string_view text, bool last, std::size_t rows_max);
  [[nodiscard]] bool by_machine(std::string_view text, bool last, std::size_t rows_max);
  [[nodiscard]] bool lay_out_evenly(std::string_view text, std::size_t cells, std::size_t rows);
  [[nodiscard]] bool lay_out_unevenly(std::string_view text, std::size_t cells,
                                      std::size_t rows_max);
  [[nodiscard]] bool has_blank_row(std::string_view text, std::size_t width,
                                   std::size_t rows) const noexcept;
  [[nodiscard]] bool may_be_blank(const char* row) const noexcept;
  [[nodiscard]] bool is_blank(std::string_view text, const std::uint32_t* ends,
                              const RowPlace& row) const noexcept;
  void leave_out_blank_rows(std::string_view text, std::size_t rows_max);

  Dialect dialect_;
  Limits limits_;
  IndexFunction index_;
  bool expect_cr_ = false;
  bool kernel_gave_up_ = false;                   // the machine must see what it makes of this text
  std::pmr::vector<std::uint32_t> ends_;          // the kernel's
  Structure rows_;                                // uneven ones, with the machine's ends
  std::pmr::vector<std::uint32_t> blanks_before_; // each of the uneven ones
  Layout layout_;
  std::uint64_t blank_rows_ = 0;
  std::uint64_t longest_row_bytes_ = 0;
  bool needs_inspection_ = false;
  std::optional<std::uint64_t> quoted_line_ends_; // within rows, if that is known
  std::array<bool, 256> is_in_blank_ = {};        // can a blank row have this sign?
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_ROW_FINDER_HPP
