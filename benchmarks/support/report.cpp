// report.cpp: Markdown, so that a report can be kept in the tree and read anywhere.
#include "support/report.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <stdexcept>

#include "support/machine.hpp"

namespace rollcall::bench {
namespace {

std::string in_words(Bound bound, double limit)
{
  return fmt::format("{} {:.4g}", bound == Bound::at_least ? "≥" : "≤", limit);
}

} // namespace

std::size_t number_of(std::string_view text)
{
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number == 0)
    throw std::runtime_error{fmt::format("'{}' is no number over 0", text)};
  return number;
}

std::string report_head(std::string_view title, std::size_t rounds, Clock clock)
{
  const Machine machine = this_machine();
  return fmt::format(
      "# {}, {}\n\n{}, {} threads, {}, {}\n\n{} rounds; every figure is the median of its "
      "rounds, every ratio the median of the ratios of the rounds; by the clock {}.\n",
      title, today(), machine.processor, machine.threads, machine.system, machine.compiler, rounds,
      clock == Clock::cpu ? "of the processor" : "on the wall");
}

void save_report(const std::string& report, std::string path, std::string_view prefix)
{
  if (path.ends_with('/'))
    path.append(prefix).append(file_name_of(this_machine().processor) + "-" + today() + ".md");
  std::ofstream file{path, std::ios::binary};
  if (!(file << report).flush()) throw std::runtime_error{"cannot write " + path};
  fmt::print("written to {}\n", path);
}

Budgets::Budgets()
    : text_{fmt::format("| {:<66} | {:<8} | {:>8} | {:<6} |\n|{:-<68}|{:-<10}|{:->9}:|{:-<8}|\n",
                        "budget", "limit", "measured", "", "", "", "", "")}
{
}

void Budgets::judge(std::string_view what, Bound bound, double limit, double figure)
{
  const bool is_met = bound == Bound::at_least ? figure >= limit : figure <= limit;
  text_ += fmt::format("| {:<66} | {:<8} | {:>8.3f} | {:<6} |\n", what, in_words(bound, limit),
                       figure, is_met ? "met" : "missed");
}

void Budgets::leave_out(std::string_view what, Bound bound, double limit)
{
  text_ += fmt::format("| {:<66} | {:<8} | {:>8} | {:<6} |\n", what, in_words(bound, limit), "-",
                       "not measured here");
}

} // namespace rollcall::bench
