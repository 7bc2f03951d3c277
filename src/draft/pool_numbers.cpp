// pool_numbers.cpp: a number is looked at again when a row that may want it has changed.
#include "draft/pool_numbers.hpp"

#include <algorithm>
#include <numeric>

namespace rollcall::draft {

void PoolNumbers::add(std::span<const std::uint64_t> things)
{
  const std::size_t number = numbers_.size();
  changed_.push_back(number);
  try {
    for (const std::uint64_t thing : things) number_of_.emplace(thing, number);
    numbers_.push_back({.things = {things.begin(), things.end()}});
  } catch (...) {
    std::erase_if(number_of_, [&](const auto& each) { return each.second == number; });
    changed_.pop_back();
    throw;
  }
}

void PoolNumbers::changed(std::uint64_t thing)
{
  const auto [first, last] = number_of_.equal_range(thing);
  for (auto at = first; at != last; ++at) changed_.push_back(at->second);
}

void PoolNumbers::changed()
{
  changed_.resize(numbers_.size());
  std::iota(changed_.begin(), changed_.end(), std::size_t{0});
}

std::uint64_t PoolNumbers::count_open(const IsWanted& is_wanted)
{
  for (const std::size_t each : changed_) {
    Number& number = numbers_[each];
    const bool was_open = number.is_open;
    number.is_open = std::none_of(number.things.begin(), number.things.end(), is_wanted);
    if (was_open != number.is_open) open_ = number.is_open ? open_ + 1 : open_ - 1;
  }
  changed_.clear();
  return open_;
}

} // namespace rollcall::draft
