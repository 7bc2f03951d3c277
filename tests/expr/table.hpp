// table.hpp: rows for expressions in tests: a value for each slot and row; what was not set is
// null.
#ifndef ROLLCALL_TESTS_EXPR_TABLE_HPP
#define ROLLCALL_TESTS_EXPR_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "expr/evaluator.hpp"

namespace rollcall::expr::tests {

inline Value truth(bool is)
{
  return {.what = What::truth, .truth = is};
}

inline Value integer(std::int64_t is)
{
  return {.what = What::integer, .integer = is};
}

// Borrows the text, which is a literal.
inline Value text(std::string_view is)
{
  return {.what = What::text, .text = is};
}

class Table final : public Frame {
 public:
  explicit Table(std::size_t rows) : rows_{rows} {}

  void set(const Slot& slot, std::size_t row, const Value& value)
  {
    std::vector<Value>& column = columns_[key(slot)];
    column.resize(rows_);
    column[row] = value;
  }

  void set_range(std::size_t row) { ranges_.push_back(row); }

  [[nodiscard]] std::size_t rows() const noexcept override { return rows_; }

  void presences(const Slot& slot, Mask into) const override
  {
    fill(slot, into, [](const Value& value) { return value.what != What::null; });
  }

  void truths(const Slot& slot, Mask into) const override
  {
    fill(slot, into, [](const Value& value) { return value.what == What::truth && value.truth; });
  }

  [[nodiscard]] Value value(const Slot& slot, std::size_t row) const override
  {
    const auto found = columns_.find(key(slot));
    return found == columns_.end() ? Value{} : found->second[row];
  }

  [[nodiscard]] bool is_range(const Slot&, std::size_t row) const override
  {
    return std::find(ranges_.begin(), ranges_.end(), row) != ranges_.end();
  }

 private:
  using Key = std::tuple<Space, std::uint16_t, std::uint16_t>;

  static Key key(const Slot& slot) { return {slot.space, slot.index, slot.field}; }

  template <class Test>
  void fill(const Slot& slot, Mask into, Test test) const
  {
    const auto found = columns_.find(key(slot));
    if (found == columns_.end()) return;
    for (std::size_t row = 0; row != rows_; ++row) {
      if (test(found->second[row])) into[row / 64] |= std::uint64_t{1} << row % 64;
    }
  }

  std::size_t rows_;
  std::map<Key, std::vector<Value>> columns_;
  std::vector<std::size_t> ranges_;
};

} // namespace rollcall::expr::tests

#endif // ROLLCALL_TESTS_EXPR_TABLE_HPP
