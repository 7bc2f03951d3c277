// row_mask.hpp: a set of rows of a batch: a bit a row, row 0 in the lowest bit of the first word.
#ifndef ROLLCALL_CHECK_ROW_MASK_HPP
#define ROLLCALL_CHECK_ROW_MASK_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "expr/evaluator.hpp"

namespace rollcall::check {

class RowMask {
 public:
  explicit RowMask(std::pmr::memory_resource* memory) : words_{memory} {}

  void assign(std::size_t rows, bool value)
  {
    words_.assign(expr::mask_words(rows), value ? ~std::uint64_t{0} : 0);
    if (value && rows % 64 != 0) words_.back() = (std::uint64_t{1} << rows % 64) - 1;
  }

  [[nodiscard]] bool has(std::size_t row) const noexcept
  {
    return (words_[row / 64] >> row % 64 & 1) != 0;
  }
  void set(std::size_t row) noexcept { words_[row / 64] |= std::uint64_t{1} << row % 64; }
  void clear(std::size_t row) noexcept { words_[row / 64] &= ~(std::uint64_t{1} << row % 64); }

  [[nodiscard]] bool is_empty() const noexcept
  {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t w) { return w == 0; });
  }

  RowMask& operator|=(const RowMask& other) noexcept
  {
    for (std::size_t i = 0; i != words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  RowMask& operator&=(const RowMask& other) noexcept
  {
    for (std::size_t i = 0; i != words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  // Without those of the other.
  RowMask& operator-=(const RowMask& other) noexcept
  {
    for (std::size_t i = 0; i != words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }

  // Calls `visit(row)` for each row of the set, in order.
  template <class Visit>
  void for_each(Visit visit) const
  {
    for (std::size_t i = 0; i != words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }

  [[nodiscard]] std::size_t count() const noexcept
  {
    std::size_t rows = 0;
    for (const std::uint64_t word : words_) rows += static_cast<std::size_t>(std::popcount(word));
    return rows;
  }

  [[nodiscard]] std::size_t words() const noexcept { return words_.size(); }
  [[nodiscard]] std::uint64_t word(std::size_t index) const noexcept { return words_[index]; }
  [[nodiscard]] std::uint64_t& word(std::size_t index) noexcept { return words_[index]; }
  [[nodiscard]] expr::Mask bits() noexcept { return words_; }
  [[nodiscard]] expr::ConstMask bits() const noexcept { return words_; }

 private:
  std::pmr::vector<std::uint64_t> words_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_ROW_MASK_HPP
