// planned_group.hpp: rows of a plan that are done together, on their way to the directory.
#ifndef ROLLCALL_APPLY_PLANNED_GROUP_HPP
#define ROLLCALL_APPLY_PLANNED_GROUP_HPP

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "plan/plan_row.hpp"

namespace rollcall::apply {

struct PlannedGroup {
  std::uint64_t number = 0; // groups of a plan count from 1, in the order in which they are whole
  std::vector<plan::PlanRow> rows = {}; // in the order of the file

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
