// standing.hpp: which rows can stand together, and which of them only together.
//
// Rows fall, or count on what other rows give up. `settle` finds the largest set in which nobody
// counts on a row that fell. It is found from above: all stand at first; who cannot falls, and with
// him everybody who counted on him. Each row falls once, so the work is linear in the edges.
#ifndef ROLLCALL_PLAN_STANDING_HPP
#define ROLLCALL_PLAN_STANDING_HPP

#include <cstdint>
#include <memory_resource>
#include <vector>

#include "plan/claim_index.hpp"

namespace rollcall::plan {

class Standing {
 public:
  explicit Standing(std::pmr::memory_resource& memory);

  // About how many rows there will be.
  void expect(std::uint64_t rows);
  // Rows up to this one stand, as far as is known.
  void grow(RowNumber last);

  void fall(RowNumber row) { fallen_[row] = true; }
  // `row` can only stand if `on` does.
  void count_on(RowNumber row, RowNumber on) { edges_.push_back({.on = on, .row = row}); }

  void settle();

  // All rows stand again, as far as is known.
  void raise_all();

  [[nodiscard]] bool has_fallen(RowNumber row) const noexcept
  {
    return row < fallen_.size() && fallen_[row];
  }

  // ---- When it is settled ----

  // Rows that stand because others do are one group with them: its first row, or 0 if the row is
  // tied to no other.
  [[nodiscard]] RowNumber group_of(RowNumber row) const noexcept;
  [[nodiscard]] bool has_groups() const noexcept { return !ties_.empty(); }

 private:
  struct Edge {
    RowNumber on = 0;
    RowNumber row = 0;
  };
  struct Tie {
    RowNumber row = 0;
    RowNumber group = 0; // the first row of it
  };

  void tie();

  std::pmr::vector<bool> fallen_; // by row
  std::pmr::vector<Edge> edges_;
  std::pmr::vector<Tie> ties_; // ordered by row
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_STANDING_HPP
