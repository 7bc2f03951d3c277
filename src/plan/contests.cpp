// contests.cpp: sorted once by value and row, then each row finds the others beside it.
#include "plan/contests.hpp"

#include <algorithm>

namespace rollcall::plan {

void Contests::add(const Fingerprint& value, RowNumber giver, RowNumber row)
{
  const auto high = static_cast<std::uint32_t>(value.high);
  gifts_.push_back({.low = value.low, .high = high, .row = giver});
  gifts_.push_back({.low = value.low, .high = high, .row = row});
  is_any_ = is_any_ || objects_[giver - 1] != objects_[row - 1];
}

void Contests::put_in_order()
{
  is_in_order_ = true;
  std::sort(gifts_.begin(), gifts_.end());
  gifts_.erase(std::unique(gifts_.begin(), gifts_.end()), gifts_.end());
  next_others_.assign(gifts_.size(), 0);
  for (std::size_t i = gifts_.size(); i-- != 0;) {
    const bool is_last = i + 1 == gifts_.size() || gifts_[i + 1].low != gifts_[i].low ||
                         gifts_[i + 1].high != gifts_[i].high;
    const bool is_same = !is_last && object_of(i + 1) == object_of(i);
    next_others_[i] = is_same ? next_others_[i + 1] : static_cast<std::uint32_t>(i + 1);
  }
}

std::vector<RowNumber> Contests::others(const Fingerprint& value, RowNumber row, std::size_t most)
{
  if (!is_in_order_) put_in_order();
  const auto high = static_cast<std::uint32_t>(value.high);
  const auto place_of = [&](RowNumber of) {
    const auto at = std::lower_bound(gifts_.begin(), gifts_.end(),
                                     Gift{.low = value.low, .high = high, .row = of});
    return static_cast<std::size_t>(at - gifts_.begin());
  };
  const std::size_t begin = place_of(0);
  const std::size_t end = place_of(static_cast<RowNumber>(-1));
  const std::size_t own = place_of(row);
  std::vector<RowNumber> rows;
  if (own == end || gifts_[own].row != row) return rows;
  const std::uint64_t object = object_of(own);
  // Rows of its own object are passed by all at once where they follow each other.
  const auto pass = [&](std::size_t at) {
    return at < end && object_of(at) == object ? std::size_t{next_others_[at]} : at;
  };
  const std::size_t next = pass(own);
  if (next < end) rows.push_back(gifts_[next].row);
  for (std::size_t at = pass(begin); at < end && rows.size() != most; at = pass(at + 1))
    if (at != next) rows.push_back(gifts_[at].row);
  return rows;
}

} // namespace rollcall::plan
