// settled_groups.cpp: reads a journal, and the findings in it.
#include "job/settled_groups.hpp"

#include <algorithm>
#include <utility>

#include "apply/settled_texts.hpp"

namespace rollcall::job {

Result<void> SettledGroups::read(Remembered& kept, apply::Fates& fates)
{
  if (!kept) return success();
  ROLLCALL_TRY(Progress progress, kept.store()->progress(kept.id()));
  fates.groups = progress.groups;
  intended = std::move(progress.intended);
  std::sort(intended.begin(), intended.end());
  has_begun = fates.groups != 0 || !intended.empty();
  ROLLCALL_CHECK(kept.store()->exceptions(kept.id(), *this));
  if (fault_) return std::move(*fault_);
  return success();
}

void SettledGroups::settled(const Settled& group)
{
  apply::SettledBefore& made = groups[group.group];
  made.fate = group.fate;
  for (const std::string_view key : group.keys) made.keys.emplace_back(key);
  if (group.why.empty()) return;
  auto finding = apply::finding_of(group.why);
  if (finding.has_value())
    made.finding = std::move(finding).assume_value();
  else if (!fault_)
    fault_ = std::move(finding).assume_error();
}

} // namespace rollcall::job
