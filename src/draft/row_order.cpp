// row_order.cpp: pieces are split where they are full, and stay where they have become empty.
#include "draft/row_order.hpp"

#include <algorithm>

namespace rollcall::draft {

RowOrder::RowOrder(std::pmr::memory_resource& memory)
    : memory_{&memory}, pieces_{&memory}, order_{&memory}, puts_{memory}
{
  pieces_.push_back({.rows = std::pmr::vector<RowId>{&memory}});
  order_.push_back(0);
}

// One behind the last is behind it in its piece.
RowOrder::Place RowOrder::place_of(std::size_t position) const noexcept
{
  if (position == size_)
    return {.piece = order_.size() - 1, .index = pieces_[order_.back()].rows.size()};
  for (std::size_t piece = 0;; ++piece) {
    const std::size_t rows = pieces_[order_[piece]].rows.size();
    if (position < rows) return {.piece = piece, .index = position};
    position -= rows;
  }
}

RowId RowOrder::at(std::size_t position) const noexcept
{
  const Place place = place_of(position);
  return pieces_[order_[place.piece]].rows[place.index];
}

std::size_t RowOrder::position_of(RowId row) const noexcept
{
  const std::uint32_t wanted = puts_[row].piece;
  std::size_t position = 0;
  for (const std::uint32_t piece : order_) {
    const auto& rows = pieces_[piece].rows;
    if (piece == wanted)
      return position +
             static_cast<std::size_t>(std::find(rows.begin(), rows.end(), row) - rows.begin());
    position += rows.size();
  }
  return position;
}

Extent RowOrder::before(RowId row) const noexcept
{
  const std::uint32_t wanted = puts_[row].piece;
  Extent sum;
  for (const std::uint32_t piece : order_) {
    if (piece == wanted) break;
    sum += pieces_[piece].extent;
  }
  for (const RowId other : pieces_[wanted].rows) {
    if (other == row) break;
    sum += puts_[other].extent();
  }
  return sum;
}

void RowOrder::expect(RowId last)
{
  if (last >= puts_.size()) puts_.resize(std::size_t{last} + 1);
}

void RowOrder::note(RowId row, std::uint32_t piece, const Extent& extent) noexcept
{
  puts_[row] = {.piece = piece,
                .rows = static_cast<std::uint32_t>(extent.rows),
                .lines = static_cast<std::uint32_t>(extent.lines),
                .bytes = static_cast<std::uint32_t>(extent.bytes)};
}

// All but so many of a piece become one of their own.
void RowOrder::split(std::size_t in_order, std::size_t rows)
{
  const auto made = static_cast<std::uint32_t>(pieces_.size());
  if (order_.size() == order_.capacity()) order_.reserve(2 * order_.size());
  pieces_.push_back({.rows = std::pmr::vector<RowId>{memory_}});
  try {
    pieces_.back().rows.reserve(rows_max);
  } catch (...) {
    pieces_.pop_back();
    throw;
  }
  Piece& from = pieces_[order_[in_order]];
  Piece& to = pieces_.back();
  const auto rest = from.rows.begin() + static_cast<std::ptrdiff_t>(rows);
  to.rows.assign(rest, from.rows.end());
  from.rows.erase(rest, from.rows.end());
  for (const RowId row : to.rows) {
    to.extent += puts_[row].extent();
    puts_[row].piece = made;
  }
  from.extent -= to.extent;
  ++from.stamp;
  order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(in_order) + 1, made);
}

void RowOrder::insert(std::size_t position, RowId row, const Extent& extent)
{
  expect(row);
  Place place = place_of(position);
  if (pieces_[order_[place.piece]].rows.size() == rows_max) {
    // A text that is read from its beginning fills its pieces.
    split(place.piece, position == size_ ? rows_max : rows_max / 2);
    place = place_of(position);
  }
  const std::uint32_t number = order_[place.piece];
  Piece& piece = pieces_[number];
  piece.rows.insert(piece.rows.begin() + static_cast<std::ptrdiff_t>(place.index), row);
  note(row, number, extent);
  piece.extent += extent;
  ++piece.stamp;
  all_ += extent;
  ++size_;
}

void RowOrder::erase(std::size_t position) noexcept
{
  const Place place = place_of(position);
  Piece& piece = pieces_[order_[place.piece]];
  const auto at = piece.rows.begin() + static_cast<std::ptrdiff_t>(place.index);
  const Extent extent = puts_[*at].extent();
  puts_[*at].piece = nowhere;
  piece.rows.erase(at);
  piece.extent -= extent;
  ++piece.stamp;
  all_ -= extent;
  --size_;
}

void RowOrder::replace(std::size_t position, RowId row, const Extent& extent) noexcept
{
  const Place place = place_of(position);
  const std::uint32_t number = order_[place.piece];
  Piece& piece = pieces_[number];
  RowId& at = piece.rows[place.index];
  const Extent before = puts_[at].extent();
  puts_[at].piece = nowhere;
  at = row;
  note(row, number, extent);
  piece.extent += extent;
  piece.extent -= before;
  ++piece.stamp;
  all_ += extent;
  all_ -= before;
}

} // namespace rollcall::draft
