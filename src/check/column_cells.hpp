// column_cells.hpp: the bytes of a column's cells, row after row.
#ifndef ROLLCALL_CHECK_COLUMN_CELLS_HPP
#define ROLLCALL_CHECK_COLUMN_CELLS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "rollcall/csv.hpp"

namespace rollcall::check {

template <class Next>
std::uint64_t take_raws(std::span<std::string_view> into, Next next) noexcept
{
  std::uint64_t filled = 0;
  std::uint64_t bit = 1;
  for (std::string_view& cell : into) {
    cell = next();
    filled |= cell.empty() ? 0 : bit;
    bit += bit;
  }
  return filled;
}

// The cells of a column where all rows have the same width: a stride through their ends.
class EvenCells {
 public:
  EvenCells(const csv::RowBatch& batch, std::size_t place)
      : text_{batch.text().data()},
        ends_{batch.ends().data() + place},
        width_{batch.width()},
        is_first_{place == 0},
        is_last_{place + 1 == batch.width()}
  {
  }
  [[nodiscard]] std::string_view raw(std::size_t row) const noexcept
  {
    const std::uint32_t* const end = ends_ + row * width_;
    const std::uint32_t begin = is_first_ && row == 0 ? 0 : *(end - 1) + 1;
    const char* const at = text_ + begin;
    std::size_t size = *end - begin;
    if (is_last_ && size != 0 && at[size] == '\n' && at[size - 1] == '\r') --size;
    return {at, size};
  }

  // Those of some rows in a row, at most 64, and as bits which of them are not empty.
  std::uint64_t raws(std::size_t row, std::span<std::string_view> into) const noexcept
  {
    if (is_last_ || (is_first_ && row == 0)) return take_raws(into, [&] { return raw(row++); });
    const std::uint32_t* end = ends_ + row * width_;
    return take_raws(into, [&] {
      const std::uint32_t begin = *(end - 1) + 1;
      const std::string_view cell{text_ + begin, *end - begin};
      end += width_;
      return cell;
    });
  }

 private:
  const char* text_;
  const std::uint32_t* ends_;
  std::size_t width_;
  bool is_first_;
  bool is_last_;
};

// Those of any other batch; what a short row lacks is blank.
class UnevenCells {
 public:
  UnevenCells(const csv::RowBatch& batch, std::size_t place) : batch_{batch}, place_{place} {}
  [[nodiscard]] std::string_view raw(std::size_t row) const noexcept
  {
    return place_ < batch_.cells(row) ? batch_.cell(row, place_) : std::string_view{};
  }
  std::uint64_t raws(std::size_t row, std::span<std::string_view> into) const noexcept
  {
    return take_raws(into, [&] { return raw(row++); });
  }

 private:
  const csv::RowBatch& batch_;
  std::size_t place_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_COLUMN_CELLS_HPP
