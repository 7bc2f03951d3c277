// lookups.hpp: what the lookups of expressions find, for each row of a batch.
//
// All lookups are known when the schema is compiled, so the directory is asked a batch at a time
// and an expression that is evaluated asks nobody.
#ifndef ROLLCALL_CHECK_LOOKUPS_HPP
#define ROLLCALL_CHECK_LOOKUPS_HPP

#include <cstddef>
#include <cstdint>
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

  const schema::CompiledSchema& schema_;
  KnownObjects& known_;
  std::size_t rows_ = 0;
  std::vector<std::pmr::vector<const Known*>> objects_; // of each lookup: of each row
  std::vector<RowMask> done_;
  std::pmr::vector<std::string_view> keys_;
  std::pmr::vector<std::size_t> places_;
  std::pmr::vector<const Known*> answers_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_LOOKUPS_HPP
