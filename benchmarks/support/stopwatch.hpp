// stopwatch.hpp: what something took, by the clock on the wall and by that of the processor.
//
// On a machine with nothing else to do they agree for one thread that does not wait. On a busy one
// the processor's is the better of the two, but what others do to caches and memory is in both.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_STOPWATCH_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_STOPWATCH_HPP

#include <ctime>

namespace rollcall::bench {

enum class Clock : unsigned char { wall, cpu };

// Seconds.
struct Taken {
  double wall = 0;
  double cpu = 0;

  [[nodiscard]] double by(Clock clock) const { return clock == Clock::wall ? wall : cpu; }
};

class Stopwatch {
 public:
  [[nodiscard]] Taken taken() const
  {
    return {.wall = now(CLOCK_MONOTONIC) - wall_, .cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu_};
  }

 private:
  [[nodiscard]] static double now(clockid_t clock)
  {
    timespec time = {};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  double wall_ = now(CLOCK_MONOTONIC);
  double cpu_ = now(CLOCK_PROCESS_CPUTIME_ID);
};

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_STOPWATCH_HPP
