// rooms.hpp: is there still room under the limits of a schema for what a plan makes? When it was
// made there was; somebody may have made objects since.
#ifndef ROLLCALL_APPLY_ROOMS_HPP
#define ROLLCALL_APPLY_ROOMS_HPP

#include <cstdint>
#include <optional>
#include <vector>

#include "apply/planned_group.hpp"
#include "check/facts.hpp"
#include "expr/evaluator.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

class Rooms {
 public:
  // All outlive it.
  Rooms(const schema::CompiledSchema& schema, const check::Facts& facts, Directory& directory)
      : schema_{schema}, facts_{facts}, directory_{directory}
  {
  }

  // How many objects there are; with `goes_on` those that groups were found room for since the last
  // time count as well, for they were not made.
  [[nodiscard]] Result<void> ask(expr::Evaluator& evaluator, bool goes_on);
  // The first limit that the group would pass; else it has its room from now on.
  [[nodiscard]] std::optional<Finding> check(const PlannedGroup& group);

 private:
  struct Room {
    KindId kind = 0;
    std::uint64_t most = 0;
    std::uint64_t there = 0;   // as the directory says
    std::uint64_t granted = 0; // to groups
  };

  const schema::CompiledSchema& schema_;
  const check::Facts& facts_;
  Directory& directory_;
  std::vector<Room> rooms_;
  bool is_known_ = false; // which limits there are
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_ROOMS_HPP
