// rounds.cpp: rounds, medians, the table.
#include "support/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "support/statistics.hpp"

namespace rollcall::bench {
namespace {

const Facts& facts_for(const Entrant& entrant, const DataFile& file)
{
  return entrant.of_sample ? file.sample_facts : file.facts;
}

void compare(const Entrant& entrant, const DataFile& file, const Facts& seen)
{
  const Facts& facts = facts_for(entrant, file);
  const auto check = [&](std::string_view what, std::uint64_t is, std::uint64_t wanted) {
    if (is != 0 && is != wanted)
      throw std::runtime_error{fmt::format("{} sees {} {} in the {} file, where there are {}",
                                           entrant.name, is, what, file.shape, wanted)};
  };
  check("records", seen.records, facts.records);
  check("cells", seen.cells, facts.cells);
  check("bytes of cells", seen.cell_bytes, facts.cell_bytes);
  check("lines", seen.lines, facts.lines);
}

} // namespace

Facts facts_of(std::string_view text)
{
  Facts facts{.bytes = text.size()};
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (c == '\n') ++facts.lines;
    if (is_quoted) continue;
    if (c == '\n') ++facts.records;
    if (c == '\n' || c == ',') ++facts.cells;
  }
  facts.cell_bytes = facts.bytes - facts.cells;
  return facts;
}

Measurements::Measurements(const std::vector<DataFile>& files, const std::vector<Entrant>& entrants,
                           std::size_t rounds, Clock clock)
    : files_{files},
      entrants_{entrants},
      rates_(entrants.size(), std::vector<std::vector<double>>(files.size()))
{
  for (std::size_t round = 0; round <= rounds; ++round) {
    for (std::size_t file = 0; file != files.size(); ++file) {
      for (std::size_t at = 0; at != entrants.size(); ++at) {
        const Entrant& entrant = entrants[at];
        if (!entrant.run) continue;
        const Stopwatch watch;
        const Pass pass = entrant.run(files[file]);
        const Taken taken = pass.taken.value_or(watch.taken());
        compare(entrant, files[file], pass.seen);
        if (round == 0) continue;
        rates_[at][file].push_back(static_cast<double>(facts_for(entrant, files[file]).bytes) /
                                   taken.by(clock));
      }
    }
  }
}

const std::vector<double>& Measurements::rates(std::string_view entrant, std::size_t file) const
{
  for (std::size_t at = 0; at != entrants_.size(); ++at)
    if (entrants_[at].name == entrant) return rates_[at][file];
  throw std::runtime_error{fmt::format("nothing is called {}", entrant)};
}

bool Measurements::has(std::string_view entrant) const
{
  return std::ranges::any_of(entrants_,
                             [&](const Entrant& one) { return one.name == entrant && one.run; });
}

double Measurements::rate(std::string_view entrant, std::size_t file) const
{
  return median(rates(entrant, file));
}

double Measurements::ratio(std::string_view entrant, std::size_t file, std::string_view other,
                           std::size_t other_file) const
{
  std::vector<double> ratios = rates(entrant, file);
  const std::vector<double>& others = rates(other, other_file);
  if (ratios.size() != others.size()) return 0;
  std::ranges::transform(ratios, others, ratios.begin(), std::divides<>{});
  return median(ratios);
}

double Measurements::spread(std::string_view entrant, std::size_t file) const
{
  return bench::spread(rates(entrant, file));
}

std::string Measurements::table(std::string_view yardstick) const
{
  std::string head = fmt::format("| {:<31} |", "one thread, medians");
  std::string rule = fmt::format("|{:-<33}|", "");
  for (const DataFile& file : files_) {
    head += fmt::format(" {:>14} | Mrows/s |   × wc |", file.shape + " GB/s");
    rule += fmt::format("{:-<15}:|{:-<8}:|{:-<7}:|", "", "", "");
  }
  std::string text = head + " spread |\n" + rule + "-------:|\n";
  for (const Entrant& entrant : entrants_) {
    if (!entrant.run) {
      text += fmt::format("| {:<31} | missing: {} |\n", entrant.name, entrant.note);
      continue;
    }
    text += fmt::format("| {:<31} |", entrant.name);
    double widest = 0;
    for (std::size_t file = 0; file != files_.size(); ++file) {
      const double bytes = rate(entrant.name, file);
      const Facts& facts = facts_for(entrant, files_[file]);
      const double rows =
          bytes * static_cast<double>(facts.records) / static_cast<double>(facts.bytes);
      text += fmt::format(" {:>14.3f} | {:>7.2f} | {:>6.3f} |", bytes / 1e9, rows / 1e6,
                          ratio(entrant.name, file, yardstick, file));
      widest = std::max(widest, spread(entrant.name, file));
    }
    text += fmt::format(" {:>5.0f}% |\n", widest * 100);
  }
  return text;
}

} // namespace rollcall::bench
