// finding_kinds.cpp: a kind is looked up by its numbers where a finding has them, else by its
// names.
#include "report/finding_kinds.hpp"

#include <algorithm>

#include "base/message_template.hpp"

namespace rollcall::report {
namespace {

// What is the same for all of a kind, in one number.
std::uint64_t number_of(const check::Found& found) noexcept
{
  const bool has_column = found.column != check::no_column;
  return std::uint64_t{static_cast<std::uint16_t>(found.code)} << 48U |
         std::uint64_t{found.rule} << 32U |
         (has_column ? found.column
                     : std::uint64_t{1} << 31U | static_cast<std::uint32_t>(found.cell + 1));
}

MendedBy mended_by(const Seen& seen) noexcept
{
  if (!seen.replace.empty()) return MendedBy::fix;
  return seen.guess.empty() ? MendedBy::hand : MendedBy::guess;
}

} // namespace

FindingKind& FindingKinds::kind_of(const Seen& seen)
{
  const MendedBy by = part_ == Part::by_column ? MendedBy::hand : mended_by(seen);
  FindingKind** by_number = nullptr;
  if (seen.found != nullptr) {
    by_number =
        &by_number_[number_of(*seen.found) | std::uint64_t{static_cast<std::uint8_t>(by)} << 29U];
    if (*by_number != nullptr) return **by_number;
  }
  auto known = by_name_.find({seen.slug, seen.column, by});
  if (known == by_name_.end()) {
    FindingKind& kind = kinds_.emplace_back(FindingKind{.index = kinds_.size(),
                                                        .slug = std::string{seen.slug},
                                                        .column = std::string{seen.column},
                                                        .code = seen.code,
                                                        .cell = seen.cell,
                                                        .by = by});
    known = by_name_.emplace(Name{kind.slug, kind.column, by}, &kind).first;
  }
  if (by_number != nullptr) *by_number = known->second;
  return *known->second;
}

FindingKind& FindingKinds::count(const Seen& seen)
{
  FindingKind& kind = kind_of(seen);
  ++kind.count;
  kind.severity = std::min(kind.severity, seen.severity);
  return kind;
}

std::string title_of(const FindingKind& kind)
{
  std::string title = kind.slug;
  if (kind.column.empty()) return title;
  title += " in ";
  append_shown(title, kind.column);
  return title;
}

} // namespace rollcall::report
