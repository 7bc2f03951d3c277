// touches.cpp: row after row, first asking, then remembering: a row is no obstacle to itself.
#include "plan/touches.hpp"

#include <algorithm>
#include <bit>

namespace rollcall::plan {

const check::RowMask& Touches::begins(std::size_t rows)
{
  begins_.assign(rows, false);
  by_row_ = all_;
  std::stable_sort(by_row_.begin(), by_row_.end(),
                   [](const Touch& a, const Touch& b) { return a.row < b.row; });
  seen_.assign(std::bit_ceil(2 * by_row_.size() + 1), 0);
  for (auto begin = by_row_.begin(); begin != by_row_.end();) {
    auto end = begin;
    for (; end != by_row_.end() && end->row == begin->row; ++end)
      if (is_seen(end->thing)) begins_.set(end->row);
    for (; begin != end; ++begin) see(begin->thing);
  }
  for (const std::size_t row : alone_) {
    begins_.set(row);
    if (row + 1 != rows) begins_.set(row + 1);
  }
  return begins_;
}

bool Touches::is_seen(std::uint64_t thing) const noexcept
{
  thing |= thing == 0 ? 1U : 0U;
  for (std::size_t at = thing & (seen_.size() - 1);; at = (at + 1) & (seen_.size() - 1)) {
    if (seen_[at] == thing) return true;
    if (seen_[at] == 0) return false;
  }
}

void Touches::see(std::uint64_t thing) noexcept
{
  thing |= thing == 0 ? 1U : 0U;
  std::size_t at = thing & (seen_.size() - 1);
  while (seen_[at] != 0 && seen_[at] != thing) at = (at + 1) & (seen_.size() - 1);
  seen_[at] = thing;
}

} // namespace rollcall::plan
