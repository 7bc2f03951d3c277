// settled_groups.hpp: what a journal knows of the groups that were settled before.
#ifndef ROLLCALL_JOB_SETTLED_GROUPS_HPP
#define ROLLCALL_JOB_SETTLED_GROUPS_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "apply/applier.hpp"
#include "job/remembered.hpp"

namespace rollcall::job {

class SettledGroups final : public SettledSink {
 public:
  bool has_begun = false;
  std::vector<std::string> intended = {}; // in ascending order
  std::map<std::uint64_t, apply::SettledBefore> groups = {};

  // Fills this, and how many groups were settled.
  [[nodiscard]] Result<void> read(Remembered& kept, apply::Fates& fates);

  void settled(const Settled& group) override;

 private:
  std::optional<Error> fault_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SETTLED_GROUPS_HPP
