// first_places.hpp: where the rows of a retry stood in the file that was imported first: whoever
// reads a report looks them up there.
//
// Rows mostly follow each other in both files, so it is kept where that changes.
#ifndef ROLLCALL_PLAN_FIRST_PLACES_HPP
#define ROLLCALL_PLAN_FIRST_PLACES_HPP

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <vector>

namespace rollcall::plan {

struct FirstPlace {
  std::uint64_t row = 0;  // its number
  std::uint64_t line = 0; // the physical line in which it began
};

class FirstPlaces {
 public:
  explicit FirstPlaces(std::pmr::memory_resource& memory) : steps_{&memory} {}

  // Rows come in their order.
  void note(std::uint64_t row, const FirstPlace& first)
  {
    const Step made{.row = row, .rows = first.row - row, .lines = first.line - row};
    if (steps_.empty() || steps_.back().rows != made.rows || steps_.back().lines != made.lines)
      steps_.push_back(made);
  }

  // Of a row that was noted.
  [[nodiscard]] FirstPlace of(std::uint64_t row) const noexcept
  {
    const auto after =
        std::upper_bound(steps_.begin(), steps_.end(), row,
                         [](std::uint64_t number, const Step& step) { return number < step.row; });
    if (after == steps_.begin()) return {};
    return {row + (after - 1)->rows, row + (after - 1)->lines};
  }

 private:
  // From this row on, its first number and line are so much more than its number.
  struct Step {
    std::uint64_t row = 0, rows = 0, lines = 0;
  };
  std::pmr::vector<Step> steps_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_FIRST_PLACES_HPP
