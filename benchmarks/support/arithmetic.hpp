// arithmetic.hpp: what a second thread is worth on this machine at best: two "processors" may be
// two threads of one core, or shared with somebody else.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_ARITHMETIC_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_ARITHMETIC_HPP

#include <cstddef>

namespace rollcall::bench {

// How many times the work of one thread two do in the same time, at arithmetic that needs no
// memory: the median of so many rounds, by the clock on the wall.
[[nodiscard]] double gain_of_second_thread(std::size_t rounds);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_ARITHMETIC_HPP
