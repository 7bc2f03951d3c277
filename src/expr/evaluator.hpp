// evaluator.hpp: asks programs about rows: conditions of all rows at once, as masks; values row by
// row, and only where a condition still hangs on them.
//
// Nothing is allocated once an evaluator has seen its largest batch. It belongs to one thread. A
// frame that needs an evaluator to answer wants one of its own.
#ifndef ROLLCALL_EXPR_EVALUATOR_HPP
#define ROLLCALL_EXPR_EVALUATOR_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>

#include "expr/program.hpp"

namespace rollcall::expr {

// A bit a row, row 0 in the lowest bit of the first word; bits behind the last row are 0.
using Mask = std::span<std::uint64_t>;
using ConstMask = std::span<const std::uint64_t>;

[[nodiscard]] constexpr std::size_t mask_words(std::size_t rows) noexcept
{
  return (rows + 63) / 64;
}

// The rows that programs are asked about, all of them seen through their slots.
class Frame {
 public:
  virtual ~Frame() = default;
  [[nodiscard]] virtual std::size_t rows() const noexcept = 0;
  // Sets the bit of each row that has a value there. Of a boolean slot, `truths` sets those that
  // are true. Both get masks without a bit, of all rows: which of them matter is not said.
  virtual void presences(const Slot& slot, Mask into) const = 0;
  virtual void truths(const Slot& slot, Mask into) const = 0;
  // The value in one row; integers and booleans too come typed. Of a whole object: anything but
  // null where it was found.
  [[nodiscard]] virtual Value value(const Slot& slot, std::size_t row) const = 0;
  // Is the cell of that row a range?
  [[nodiscard]] virtual bool is_range(const Slot& slot, std::size_t row) const = 0;
};

// One row, which is told value by value.
class SingleRow : public Frame {
 public:
  [[nodiscard]] std::size_t rows() const noexcept final { return 1; }
  void presences(const Slot& slot, Mask into) const final
  {
    into[0] = value(slot, 0).what != What::null ? 1 : 0;
  }
  void truths(const Slot& slot, Mask into) const final { into[0] = value(slot, 0).truth ? 1 : 0; }
  [[nodiscard]] bool is_range(const Slot& /*slot*/, std::size_t /*row*/) const final
  {
    return false;
  }
};

class Evaluator {
 public:
  // The book outlives the evaluator.
  Evaluator(const Book& book, std::pmr::memory_resource& memory);
  Evaluator(Evaluator&&) noexcept;
  ~Evaluator();

  // Of the rows in `among`, those for which the condition holds. `into` and `among` may be the
  // same.
  void condition(ProgramId program, const Frame& frame, ConstMask among, Mask into);
  [[nodiscard]] bool condition(ProgramId program, const Frame& frame, std::size_t row);

  // The value of a program in one row. Text that is made lives until `forget`.
  [[nodiscard]] Value value(ProgramId program, const Frame& frame, std::size_t row);
  void forget() noexcept;

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_EVALUATOR_HPP
