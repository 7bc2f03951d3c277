// touches.cpp: row after row, first asking, then remembering: a row is no obstacle to itself.
#include "plan/touches.hpp"

#include <algorithm>
#include <bit>

namespace rollcall::plan {
namespace {

constexpr std::uint64_t not_zero(std::uint64_t thing) noexcept
{
  return thing | (thing == 0 ? 1U : 0U);
}

} // namespace

const check::RowMask& Touches::begins(std::size_t rows)
{
  begins_.assign(rows, false);
  if (is_any_shared()) find_begins();
  for (const std::size_t row : alone_) {
    begins_.set(row);
    if (row + 1 != rows) begins_.set(row + 1);
  }
  return begins_;
}

// In most batches nothing is, and that is seen in any order.
bool Touches::is_any_shared()
{
  seen_.assign(std::bit_ceil(2 * all_.size() + 1), 0);
  rows_.resize(seen_.size());
  for (const Touch& touch : all_) {
    const std::size_t at = place_of(touch.thing);
    if (seen_[at] != 0 && rows_[at] != touch.row) return true;
    seen_[at] = not_zero(touch.thing);
    rows_[at] = touch.row;
  }
  return false;
}

void Touches::find_begins()
{
  by_row_ = all_;
  std::stable_sort(by_row_.begin(), by_row_.end(),
                   [](const Touch& a, const Touch& b) { return a.row < b.row; });
  std::fill(seen_.begin(), seen_.end(), 0);
  for (auto begin = by_row_.begin(); begin != by_row_.end();) {
    auto end = begin;
    for (; end != by_row_.end() && end->row == begin->row; ++end)
      if (seen_[place_of(end->thing)] != 0) begins_.set(end->row);
    for (; begin != end; ++begin) seen_[place_of(begin->thing)] = not_zero(begin->thing);
  }
}

// Where it has been seen, or would be.
std::size_t Touches::place_of(std::uint64_t thing) const noexcept
{
  thing = not_zero(thing);
  std::size_t at = thing & (seen_.size() - 1);
  while (seen_[at] != 0 && seen_[at] != thing) at = (at + 1) & (seen_.size() - 1);
  return at;
}

} // namespace rollcall::plan
