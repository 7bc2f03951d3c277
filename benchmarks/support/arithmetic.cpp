// arithmetic.cpp: four chains of multiplications, so that a core is as busy as with code that was
// written to be fast.
#include "support/arithmetic.hpp"

#include <array>
#include <cstdint>
#include <thread>

#include "support/turns.hpp"

namespace rollcall::bench {
namespace {

constexpr std::uint64_t steps = 60'000'000;

void calculate()
{
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
  for (std::uint64_t step = 0; step != steps; ++step)
    for (std::uint64_t& lane : lanes) lane = (lane ^ step) * 0x9E3779B97F4A7C15U;
  asm volatile("" : : "r,m"(lanes) : "memory");
}

Taken timed(bool has_second)
{
  const Stopwatch watch;
  {
    std::jthread second;
    if (has_second) second = std::jthread{calculate};
    calculate();
  }
  return watch.taken();
}

} // namespace

double gain_of_second_thread(std::size_t rounds)
{
  const Turns turns{{{.name = "one", .run = [] { return timed(false); }},
                     {.name = "two", .run = [] { return timed(true); }}},
                    rounds,
                    Clock::wall};
  return 2 * turns.ratio("one", "two");
}

} // namespace rollcall::bench
