// statistics.cpp: median and spread.
#include "support/statistics.hpp"

#include <algorithm>
#include <cstddef>

namespace rollcall::bench {

double median(std::vector<double> values)
{
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double spread(const std::vector<double>& values)
{
  if (values.empty()) return 0;
  const auto [least, most] = std::ranges::minmax(values);
  return (most - least) / median(values);
}

} // namespace rollcall::bench
