// turns.cpp: only what was measured in the same round is ever divided.
#include "support/turns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>

#include "support/statistics.hpp"

namespace rollcall::bench {

Turns::Turns(std::vector<Turn> turns, std::size_t rounds, Clock clock)
    : turns_{std::move(turns)}, seconds_(turns_.size())
{
  for (std::size_t round = 0; round <= rounds; ++round) {
    for (std::size_t at = 0; at != turns_.size(); ++at) {
      const Turn& turn = turns_[at];
      if (!turn.run || (round == 0 && turn.is_slow)) continue;
      const double seconds = turn.run().by(clock);
      if (round != 0) seconds_[at].push_back(seconds);
    }
  }
}

const std::vector<double>& Turns::all(std::string_view name) const
{
  for (std::size_t at = 0; at != turns_.size(); ++at)
    if (turns_[at].name == name) return seconds_[at];
  throw std::runtime_error{fmt::format("nothing is called {}", name)};
}

bool Turns::has(std::string_view name) const
{
  return std::ranges::any_of(turns_,
                             [&](const Turn& turn) { return turn.name == name && turn.run; });
}

double Turns::seconds(std::string_view name) const
{
  return median(all(name));
}

double Turns::ratio(std::string_view name, std::string_view other) const
{
  std::vector<double> ratios = all(name);
  std::ranges::transform(ratios, all(other), ratios.begin(), std::divides<>{});
  return median(ratios);
}

std::string Turns::table(std::string_view title, double rows, std::string_view yardstick) const
{
  const std::string ratios = fmt::format("× {}", yardstick);
  std::string text = fmt::format("| {:<44} | {:>8} | {:>9} | {} | spread |\n", title, "seconds",
                                 "krows/s", ratios);
  text += fmt::format("|{:-<46}|{:->9}:|{:->10}:|{:->{}}:|-------:|\n", "", "", "", "",
                      yardstick.size() + 3);
  std::string notes;
  for (const Turn& turn : turns_) {
    if (!turn.run) {
      text += fmt::format("| {:<44} | missing: {} |\n", turn.name, turn.note);
      continue;
    }
    if (!turn.note.empty()) notes += fmt::format("- {}: {}\n", turn.name, turn.note);
    const double taken = seconds(turn.name);
    text += fmt::format("| {:<44} | {:>8.3f} | {:>9.0f} | {:>{}.2f} | {:>5.0f}% |\n", turn.name,
                        taken, rows / taken / 1e3, ratio(turn.name, yardstick),
                        yardstick.size() + 2, spread(all(turn.name)) * 100);
  }
  return text + (notes.empty() ? "" : "\n" + notes);
}

} // namespace rollcall::bench
