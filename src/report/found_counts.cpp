// found_counts.cpp: counts by number, told by name.
#include "report/found_counts.hpp"

namespace rollcall::report {

std::uint64_t FoundCounts::of(Severity severity) const noexcept
{
  std::uint64_t sum = 0;
  for (const auto& count : counts_) sum += count[static_cast<std::size_t>(severity)];
  return sum;
}

void FoundCounts::add_to(FindingCounts& counts) const
{
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
