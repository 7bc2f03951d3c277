// holder_names.cpp: "a, b" or "extension 200, mailbox 200".
#include "plan/holder_names.hpp"

#include <algorithm>

#include "base/message_template.hpp"

namespace rollcall::plan {

void HolderNames::add(std::uint16_t kind, std::string_view key)
{
  const bool is_seen = std::any_of(seen_.begin(), seen_.end(), [&](const auto& each) {
    return each.first == kind && each.second == key;
  });
  if (is_seen) return;
  has_more_ = seen_.size() == named_max;
  if (!has_more_) seen_.emplace_back(kind, key);
}

void HolderNames::tell(const schema::CompiledSchema& schema, check::JudgedBatch& judged,
                       check::Found& found) const
{
  if (seen_.empty()) return;
  const std::uint16_t kind = seen_.front().first;
  const bool is_one_kind =
      std::all_of(seen_.begin(), seen_.end(), [&](const auto& each) { return each.first == kind; });
  std::string names;
  for (const auto& [of, key] : seen_) {
    if (!names.empty()) names.append(", ");
    if (!is_one_kind) append_kind(names, schema.kinds[of].name);
    names.append(is_one_kind ? "" : " ").append(key);
  }
  if (has_more_) names.append(" and more");
  if (is_one_kind) found.add(check::FactName::kind, schema.kinds[kind].name);
  found.add(is_one_kind ? check::FactName::holder : check::FactName::holders, judged.keep(names));
}

} // namespace rollcall::plan
