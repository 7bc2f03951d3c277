// planned_group.hpp: rows of a plan that are done together, on their way to the directory.
#ifndef ROLLCALL_APPLY_PLANNED_GROUP_HPP
#define ROLLCALL_APPLY_PLANNED_GROUP_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "plan/plan_row.hpp"

namespace rollcall::apply {

// Groups are asked about and carried out in batches: of so many at most, and of no more once their
// changes are so many. A row that stands for a thousand numbers is a batch of its own.
inline constexpr std::size_t batch_groups_max = 256;
inline constexpr std::size_t batch_changes_max = 2048;

// A secret that a group sets. One that is made has no value until the group is given to the
// directory.
struct GroupSecret {
  std::uint32_t change = 0; // of all changes of the group
  schema::FieldRef field = {};
  bool is_made = false;
  bool is_shown = false;     // who imports may fetch it
  std::uint32_t waiting = 0; // so many effects need it
  std::uint64_t row = 0, line = 0;
  Secret value = {};
};

struct PlannedGroup {
  std::uint64_t number = 0; // groups of a plan count from 1, in the order in which they are whole
  std::vector<plan::PlanRow> rows = {};  // in the order of the file
  std::vector<GroupSecret> secrets = {}; // in the order of the changes and their fields

  [[nodiscard]] std::uint64_t first_row() const noexcept { return rows.front().result.number; }
  template <class Visit>
  void each_change(Visit visit) const
  {
    for (const plan::PlanRow& row : rows)
      for (const Change& change : row.result.changes) visit(change);
  }
};

// What a row does and hangs on, for longer than the row lives. Its findings and cells are not kept.
[[nodiscard]] plan::PlanRow keep_row(const plan::PlanRow& row, std::pmr::memory_resource& memory);

// Puts a key where the row says that it hangs on the one that the host gives. The row is one of
// keep_row; the key lives as long as it.
void fill_key(plan::PlanRow& row, std::string_view key, std::pmr::memory_resource& memory);

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_PLANNED_GROUP_HPP
