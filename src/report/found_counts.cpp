// found_counts.cpp: counts by number, told by name.
#include "report/found_counts.hpp"

#include "rollcall/fixes.hpp"

namespace rollcall::report {
namespace {

void count_mend(const check::Found& found, MendableCounts& mendable) noexcept
{
  bool is_guess = false;
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    const check::FoundFact& fact = found.facts[i];
    if (fact.name == check::FactName::replace) {
      ++mendable.certain;
      return;
    }
    is_guess =
        is_guess || (fact.name == check::FactName::near && is_unsafe_fix(found.code, fact.text));
  }
  mendable.guess += is_guess ? 1U : 0U;
}

} // namespace

void FoundCounts::add(std::span<const check::Found> found, std::span<const Finding> readings)
{
  for (const check::Found& each : found) {
    ++counts_[messages_->kind(each)][static_cast<std::size_t>(each.severity)];
    if (each.reading >= readings.size()) {
      count_mend(each, mendable_);
    } else if (const Finding& reading = readings[each.reading]; reading.fix) {
      ++mendable_.certain;
    } else {
      mendable_.guess += unsafe_fix(reading) ? 1U : 0U;
    }
  }
}

std::uint64_t FoundCounts::of(Severity severity) const noexcept
{
  std::uint64_t sum = 0;
  for (const auto& count : counts_) sum += count[static_cast<std::size_t>(severity)];
  return sum;
}

void FoundCounts::add_to(FindingCounts& counts) const
{
  counts.add(mendable_);
  for (std::size_t kind = 0; kind != counts_.size(); ++kind) {
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
      const std::uint64_t count = counts_[kind][static_cast<std::size_t>(severity)];
      if (count == 0) continue;
      Finding each{.severity = severity};
      const std::string_view slug = messages_->slug(kind);
      if (const auto code = code_of(slug))
        each.code = *code;
      else
        each.rule = slug;
      counts.count(each, count);
    }
  }
}

} // namespace rollcall::report
