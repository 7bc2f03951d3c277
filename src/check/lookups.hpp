// lookups.hpp: what the lookups of expressions find, for each row of a batch.
//
// All lookups are known when the schema is compiled, so the directory is asked a batch at a time
// and an expression that is evaluated asks nobody.
#ifndef ROLLCALL_CHECK_LOOKUPS_HPP
#define ROLLCALL_CHECK_LOOKUPS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "check/known_objects.hpp"
#include "check/row_mask.hpp"
#include "expr/evaluator.hpp"

namespace rollcall::check {

class Lookups {
 public:
  // All outlive it.
  Lookups(const schema::CompiledSchema& schema, KnownObjects& known,
          std::pmr::memory_resource& memory);

  void start(std::size_t rows);

  // Looks up for these rows what was not looked up for them before. `which` has the innermost
  // first; keys are asked of the frame.
  [[nodiscard]] Result<void> run(std::span<const std::uint16_t> which, const expr::Frame& frame,
                                 expr::Evaluator& evaluator, const RowMask& rows);

  // The same for the numbers of a row of a range, all at once: `show` makes the frame answer with
  // the number of that index. Of one row they are remembered.
  [[nodiscard]] Result<void> run_numbers(std::span<const std::uint16_t> which,
                                         const expr::Frame& frame, expr::Evaluator& evaluator,
                                         std::size_t row, std::size_t count,
                                         const std::function<void(std::size_t)>& show);
  [[nodiscard]] bool has_numbers_of(std::size_t row) const noexcept { return ranged_row_ == row; }
  // From now on the row has what was found for one of its numbers; then what its cells ask for.
  void show_number(std::size_t row, std::size_t index);
  void show_cells();

  // A cell has come to mean something else: what hangs on it is looked up again.
  void forget(std::uint16_t which) noexcept { done_[which].assign(rows_, false); }
  void forget(std::uint16_t which, std::size_t row) noexcept { done_[which].clear(row); }

  [[nodiscard]] const Known* object(std::uint16_t which, std::size_t row) const noexcept
  {
    return objects_[which].empty() ? nullptr : objects_[which][row];
  }

 private:
  [[nodiscard]] Result<void> run(std::uint16_t which, const expr::Frame& frame,
                                 expr::Evaluator& evaluator, const RowMask& rows);

  struct OfCells {
    const Known* object = nullptr;
    bool is_done = false;
  };
  static constexpr std::size_t no_row = static_cast<std::size_t>(-1);

  const schema::CompiledSchema& schema_;
  KnownObjects& known_;
  std::size_t rows_ = 0;
  std::vector<std::pmr::vector<const Known*>> objects_; // of each lookup: of each row
  std::vector<RowMask> done_;
  std::pmr::vector<std::string_view> keys_;
  std::pmr::vector<std::size_t> places_;
  std::pmr::vector<const Known*> answers_;
  // Of the row of a range that was asked about last:
  std::size_t ranged_row_ = no_row;
  std::span<const std::uint16_t> ranged_;        // the lookups
  std::pmr::vector<const Known*> of_numbers_;    // lookup after lookup
  std::vector<OfCells> of_cells_;                // while a number is shown: what to go back to
  std::pmr::monotonic_buffer_resource of_range_; // its keys, and what was found
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_LOOKUPS_HPP
