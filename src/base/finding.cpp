// Findings, how many there were of each, and the list that keeps the first of them.
#include "rollcall/finding.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "rollcall/fixes.hpp"

namespace rollcall {

Fact fact(std::string_view name, std::string_view value)
{
  return {.name = std::string{name}, .value = std::string{value}, .is_number = false};
}

Fact fact(std::string_view name, std::uint64_t value)
{
  return {.name = std::string{name}, .value = std::to_string(value), .is_number = true};
}

Finding finding(Code code, Place place)
{
  return {.code = code, .severity = severity(code), .place = place};
}

std::string_view slug(const Finding& finding) noexcept
{
  return finding.code == Code::rule ? std::string_view{finding.rule} : slug(finding.code);
}

namespace {

constexpr std::array<std::string_view, findings_form_count> form_slugs = {
    "text", "jsonl", "csv", "junit", "sarif", "github", "html"};

} // namespace

std::string_view slug(FindingsForm form) noexcept
{
  return form_slugs[static_cast<std::size_t>(form)];
}

std::optional<FindingsForm> findings_form_of(std::string_view slug) noexcept
{
  const auto* const at = std::find(form_slugs.begin(), form_slugs.end(), slug);
  if (at == form_slugs.end()) return {};
  return static_cast<FindingsForm>(at - form_slugs.begin());
}

void FindingCounts::count(const Finding& finding, std::uint64_t times)
{
  const std::string_view name = slug(finding);
  auto known = by_slug_.find(name);
  if (known == by_slug_.end()) {
    known = by_slug_.emplace(name, 0).first;
  }
  known->second += times;
  by_severity_[static_cast<std::size_t>(finding.severity)] += times;
  if (finding.fix)
    mendable_.certain += times;
  else if (unsafe_fix(finding))
    mendable_.guess += times;
}

std::uint64_t FindingCounts::of(Code code) const noexcept
{
  return of(slug(code));
}

std::uint64_t FindingCounts::of(Severity severity) const noexcept
{
  return by_severity_[static_cast<std::size_t>(severity)];
}

std::uint64_t FindingCounts::of(std::string_view slug) const noexcept
{
  const auto known = by_slug_.find(slug);
  return known == by_slug_.end() ? 0 : known->second;
}

std::uint64_t FindingCounts::total() const noexcept
{
  return std::accumulate(by_severity_.begin(), by_severity_.end(), std::uint64_t{0});
}

void FindingList::add(Finding&& finding)
{
  counts_.count(finding);
  if (kept_.size() < kept_max_) {
    kept_.push_back(std::move(finding));
  }
}

void FindingList::clear() noexcept
{
  kept_.clear();
  counts_ = {};
}

} // namespace rollcall
