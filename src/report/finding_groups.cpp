// finding_groups.cpp: the first of a kind are kept, and that there is one of each at least.
#include "report/finding_groups.hpp"

#include <algorithm>

#include "base/message_template.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t message_characters_max = 1'000;
constexpr std::size_t excerpt_columns = 120;

} // namespace

bool FindingGroups::wants(const Seen& seen)
{
  FindingKind& kind = kinds_.count(seen);
  ++of_severity_[static_cast<std::size_t>(seen.severity)];
  if (kind.index == groups_.size()) groups_.push_back({.kind = &kind});
  group_ = &groups_[kind.index];
  return group_->kept.size() < similar_max_ && (kept_ < kept_max || group_->kept.empty());
}

void FindingGroups::put_seen(const Seen& seen, const SeenIn* in)
{
  KeptFinding made{.line = seen.line, .severity = seen.severity};
  append_shown(made.value, seen.value);
  append_shown(made.message, seen.message, message_characters_max);
  append_shown(made.replace, seen.replace);
  append_shown(made.guess, seen.guess);
  made.is_guess_told = seen.is_guess_told;
  if (in != nullptr && group_->kept.size() < excerpts_max)
    made.excerpt = make_excerpt(in->batch, in->row, seen.cell, secrets(), excerpt_columns);
  group_->kept.push_back(std::move(made));
  ++kept_;
}

std::vector<const FindingGroup*> FindingGroups::by_severity() const
{
  std::vector<const FindingGroup*> sorted;
  for (const FindingGroup& group : groups_) sorted.push_back(&group);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const FindingGroup* one, const FindingGroup* other) {
                     if (one->kind->severity != other->kind->severity)
                       return one->kind->severity < other->kind->severity;
                     return one->kind->count > other->kind->count;
                   });
  return sorted;
}

std::uint64_t FindingGroups::of(Severity severity) const noexcept
{
  return of_severity_[static_cast<std::size_t>(severity)];
}

} // namespace rollcall::report
