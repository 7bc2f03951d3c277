// history.hpp: the steps in which a draft was edited, so that they can be taken back and done
// again.
//
// A step has rows that went and rows that came in their place, by their ids: texts are not copied.
// Rows that are in the table no longer belong to the step that would bring them back.
#ifndef ROLLCALL_DRAFT_HISTORY_HPP
#define ROLLCALL_DRAFT_HISTORY_HPP

#include <cstddef>
#include <deque>
#include <vector>

#include "draft/row_order.hpp"
#include "draft/table.hpp"

namespace rollcall::draft {

// Rows in the place of others, from a position on.
struct Splice {
  std::size_t position = 0;
  std::vector<RowId> before = {};
  std::vector<RowId> after = {};
};

// Several splices have as many rows after as before: only the first of a step can fail.
struct Step {
  std::vector<Splice> splices = {};
  std::size_t bytes = 0;
};

class History {
 public:
  // The table outlives it. Throws bad_alloc.
  History(Table& table, std::size_t bytes_max) : table_{table}, bytes_max_{bytes_max} {}

  [[nodiscard]] bool can_undo() const noexcept { return done_ != 0; }
  [[nodiscard]] bool can_redo() const noexcept { return done_ != steps_.size(); }
  [[nodiscard]] const Step& last() const noexcept { return steps_[done_ - 1]; }
  [[nodiscard]] const Step& next() const noexcept { return steps_[done_]; }
  // The one that was added last.
  [[nodiscard]] const Step& newest() const noexcept { return steps_.back(); }
  void move_back() noexcept { --done_; }
  void move_on() noexcept { ++done_; }

  // Before the step is done: takes it as the next one. Throws bad_alloc.
  void add(Step&& step);
  // It was not done after all; its rows are whose they were.
  void take_back() noexcept { steps_.pop_back(); }
  // It was done: what came after the one before it is forgotten, and the oldest if there is too
  // much.
  void settle() noexcept;

 private:
  [[nodiscard]] std::size_t bytes_of(const Step& step) const noexcept;

  Table& table_;
  std::size_t bytes_max_;
  std::deque<Step> steps_;
  std::size_t done_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_HISTORY_HPP
