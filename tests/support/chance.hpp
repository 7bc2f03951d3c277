// Small random numbers, the same in every run, for tests that make their files up.
#ifndef ROLLCALL_TESTS_SUPPORT_CHANCE_HPP
#define ROLLCALL_TESTS_SUPPORT_CHANCE_HPP

#include <cstddef>
#include <cstdint>
#include <random>

namespace rollcall::tests {

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_{seed} {}

  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }

  template <class Pieces>
  const auto& of(const Pieces& pieces)
  {
    return pieces[below(pieces.size())];
  }

 private:
  std::mt19937 engine_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_CHANCE_HPP
