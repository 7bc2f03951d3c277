// statistics.hpp: what is said of several measurements of the same thing; 0 of none.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_STATISTICS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_STATISTICS_HPP

#include <vector>

namespace rollcall::bench {

[[nodiscard]] double median(std::vector<double> values);
// The distance of the least from the most, as a part of the median.
[[nodiscard]] double spread(const std::vector<double>& values);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_STATISTICS_HPP
