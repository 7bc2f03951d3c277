// row_order.hpp: the rows of a draft in their order, and how many rows, lines and bytes come before
// each of them.
//
// They lie in pieces of a few hundred, so that putting one in or taking one out moves few, and what
// comes before a row is the sum of some pieces and of a part of one.
#ifndef ROLLCALL_DRAFT_ROW_ORDER_HPP
#define ROLLCALL_DRAFT_ROW_ORDER_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "draft/long_list.hpp"

namespace rollcall::draft {

using RowId = std::uint32_t;
inline constexpr std::uint32_t nowhere = 0xFFFFFFFF;

// What rows of a text come to together.
struct Extent {
  std::uint64_t rows = 0; // those that are not blank
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;

  Extent& operator+=(const Extent& other) noexcept
  {
    rows += other.rows;
    lines += other.lines;
    bytes += other.bytes;
    return *this;
  }
  Extent& operator-=(const Extent& other) noexcept
  {
    rows -= other.rows;
    lines -= other.lines;
    bytes -= other.bytes;
    return *this;
  }
};

class RowOrder {
 public:
  explicit RowOrder(std::pmr::memory_resource& memory);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const Extent& extent() const noexcept { return all_; }
  [[nodiscard]] RowId at(std::size_t position) const noexcept;
  [[nodiscard]] bool has(RowId row) const noexcept
  {
    return row < puts_.size() && puts_[row].piece != nowhere;
  }
  // Of a row that is in.
  [[nodiscard]] std::size_t position_of(RowId row) const noexcept;
  [[nodiscard]] Extent before(RowId row) const noexcept;

  // Calls `visit(row)` for each of them, in order.
  template <class Visit>
  void for_each(Visit visit) const
  {
    for (const std::uint32_t piece : order_)
      for (const RowId row : pieces_[piece].rows) visit(row);
  }
  // The same for so many from a position on.
  template <class Visit>
  void for_each(std::size_t first, std::size_t count, Visit visit) const
  {
    Place place = place_of(first);
    for (; count != 0; --count, ++place.index) {
      while (place.index == pieces_[order_[place.piece]].rows.size()) {
        ++place.piece;
        place.index = 0;
      }
      visit(pieces_[order_[place.piece]].rows[place.index]);
    }
  }

  // Where a row that is in lies, and the pieces in their order, for who keeps something of each.
  // A piece keeps its number, and has another stamp whenever rows of it have come or gone.
  [[nodiscard]] std::size_t pieces() const noexcept { return pieces_.size(); }
  [[nodiscard]] std::size_t piece_of(RowId row) const noexcept { return puts_[row].piece; }
  [[nodiscard]] std::uint64_t stamp(std::size_t piece) const noexcept
  {
    return pieces_[piece].stamp;
  }
  [[nodiscard]] std::span<const RowId> rows_of(std::size_t piece) const noexcept
  {
    return pieces_[piece].rows;
  }
  template <class Visit>
  void for_each_piece(Visit visit) const
  {
    for (const std::uint32_t piece : order_) visit(std::size_t{piece});
  }

  // Makes room for rows up to this one: then they can be put in. Throws bad_alloc.
  void expect(RowId last);
  // Before the row that is at the position. Throws bad_alloc, and nothing has changed.
  void insert(std::size_t position, RowId row, const Extent& extent);
  void erase(std::size_t position) noexcept;
  void replace(std::size_t position, RowId row, const Extent& extent) noexcept;

 private:
  static constexpr std::size_t rows_max = 512; // of a piece

  struct Piece {
    std::pmr::vector<RowId> rows;
    Extent extent = {};
    std::uint64_t stamp = 1;
  };
  struct Place {
    std::size_t piece = 0; // in order_
    std::size_t index = 0;
  };
  // Where a row is, and how large.
  struct Put {
    std::uint32_t piece = nowhere; // in pieces_
    std::uint32_t rows = 0;
    std::uint32_t lines = 0;
    std::uint32_t bytes = 0;
    [[nodiscard]] Extent extent() const noexcept { return {rows, lines, bytes}; }
  };

  [[nodiscard]] Place place_of(std::size_t position) const noexcept;
  void note(RowId row, std::uint32_t piece, const Extent& extent) noexcept;
  void split(std::size_t in_order, std::size_t rows);

  std::pmr::memory_resource* memory_;
  std::pmr::vector<Piece> pieces_;
  std::pmr::vector<std::uint32_t> order_; // of pieces; never none
  LongList<Put> puts_;                    // by row
  std::size_t size_ = 0;
  Extent all_ = {};
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_ROW_ORDER_HPP
