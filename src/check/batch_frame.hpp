// batch_frame.hpp: the rows of a batch as expressions see them: x, new.x, old.x, facts, lookups.
//
// `new.x` is worked out when it is asked for: the cell, else what its blank stands for, else what
// the object had; and null where the column `needs` something that is not so.
#ifndef ROLLCALL_CHECK_BATCH_FRAME_HPP
#define ROLLCALL_CHECK_BATCH_FRAME_HPP

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "check/facts.hpp"
#include "check/judged_batch.hpp"
#include "check/lookups.hpp"
#include "expr/evaluator.hpp"

namespace rollcall::check {

// What a column of the row's own object comes to.
struct Fresh {
  enum class Is : std::uint8_t { null, text, generated, from_pool };
  Is is = Is::null;
  std::string_view text = {}; // of a secret: as typed; `true` where only known to be set
  bool is_made = false;       // the text lives until the frame forgets it
};

class BatchFrame final : public expr::Frame {
 public:
  // All outlive it.
  BatchFrame(const schema::CompiledSchema& schema, const Facts& facts, const JudgedBatch& batch,
             const Lookups& lookups, std::pmr::memory_resource& memory);

  // What the cell says, or its blank stands for, and what the object had; without `needs`.
  [[nodiscard]] Fresh as_given(std::size_t column, std::size_t row) const;
  [[nodiscard]] Fresh fresh(std::size_t column, std::size_t row) const;
  // Does the row, as given, give its object another value? A new object has none to change.
  [[nodiscard]] bool changes(std::size_t column, std::size_t row) const;

  // Is it seen at first sight that the row leaves a field of its object as it is? Most do. If not,
  // it may all the same: what the column comes to says that.
  [[nodiscard]] bool leaves(std::size_t column, std::uint16_t field,
                            std::size_t row) const noexcept;

  // {dropped} in the text of a rule. The text outlives the asking.
  void set_dropped(std::string_view dropped) noexcept { dropped_ = dropped; }

  // A row of a range stands for one of its numbers from now on, or for the cell as it is. The text
  // outlives the asking.
  void stand_for(std::size_t row, std::string_view number) noexcept
  {
    ranged_row_ = row;
    number_ = number;
  }
  void stand_for_cells() noexcept { ranged_row_ = no_row; }

  // For who has changed cells: text that was made for values is no longer needed.
  void forget() const noexcept;

  [[nodiscard]] std::size_t rows() const noexcept override { return batch_.rows(); }
  void presences(const expr::Slot& slot, expr::Mask into) const override;
  void truths(const expr::Slot& slot, expr::Mask into) const override;
  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t row) const override;
  [[nodiscard]] bool is_range(const expr::Slot& slot, std::size_t row) const override;

 private:
  [[nodiscard]] bool is_number(std::size_t column, std::size_t row) const noexcept
  {
    return row == ranged_row_ && column == schema_.range_column;
  }
  [[nodiscard]] Fresh blank_of(std::size_t column, std::size_t row) const;
  [[nodiscard]] Fresh filled(expr::ProgramId fill, std::size_t row) const;
  [[nodiscard]] std::optional<std::string_view> old(std::size_t column, std::size_t row) const;
  [[nodiscard]] bool needs_hold(std::size_t column, std::size_t row) const;
  void ask_each(const expr::Slot& slot, bool truths, expr::Mask into) const;

  const schema::CompiledSchema& schema_;
  const Facts& facts_;
  const JudgedBatch& batch_;
  const Lookups& lookups_;
  // A fill may read what another column comes to, and so on: one evaluator a level. The schema's
  // compiler has seen to it that this ends.
  mutable std::vector<std::unique_ptr<expr::Evaluator>> evaluators_;
  mutable std::size_t level_ = 0;
  mutable std::deque<std::string> numbers_; // that were filled in, as text
  std::pmr::memory_resource* memory_;
  std::string_view dropped_ = {};
  static constexpr std::size_t no_row = static_cast<std::size_t>(-1);
  std::size_t ranged_row_ = no_row;
  std::string_view number_ = {};
};

// Are two values of a column the same, compared as the directory would (spec E24)?
[[nodiscard]] bool is_same_value(const schema::CompiledColumn& column, std::string_view left,
                                 std::string_view right);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_BATCH_FRAME_HPP
