// turns.hpp: measuring things in turns by the time that each takes, whatever it does. rounds.hpp
// compares rates over the same files.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_TURNS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_TURNS_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

struct Turn {
  std::string name = {};
  std::function<Taken()> run = {}; // empty: it is missing here
  std::string note = {};           // why it is, or what else there is to know
  bool is_slow = false;            // no turn that does not count is spent on it
};

class Turns {
 public:
  // Everything once unmeasured, then so many rounds.
  Turns(std::vector<Turn> turns, std::size_t rounds, Clock clock);

  [[nodiscard]] bool has(std::string_view name) const;
  // Medians over the rounds: of the seconds, and of how many times as long the one took as the
  // other.
  [[nodiscard]] double seconds(std::string_view name) const;
  [[nodiscard]] double ratio(std::string_view name, std::string_view other) const;

  // Seconds, rows a second, and times the yardstick, Markdown; what is missing, and why.
  [[nodiscard]] std::string table(std::string_view title, double rows,
                                  std::string_view yardstick) const;

 private:
  [[nodiscard]] const std::vector<double>& all(std::string_view name) const;

  std::vector<Turn> turns_;
  std::vector<std::vector<double>> seconds_; // by turn and round
};

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_TURNS_HPP
