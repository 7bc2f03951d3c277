// check_ranges.cpp: rows of a range, one number at a time.
#include "check/checker.hpp"

namespace rollcall::check {

std::uint64_t Checker::numbers(std::size_t row) const
{
  return is_range(row) ? range_of(judged_.cell(schema_.range_column, row).text()).count : 1;
}

std::uint64_t Checker::numbers() const
{
  std::uint64_t sum = 0;
  judged_.looked_at.for_each([&](std::size_t row) { sum += numbers(row); });
  return sum;
}

// What hangs on the number is looked up for all numbers of the range at once.
Result<void> Checker::stand_for(std::size_t row, std::uint64_t index)
{
  const ExtensionRange range = range_of(judged_.cell(schema_.range_column, row).text());
  number_.resize(range.first.size());
  const auto show = [&](std::uint64_t number) {
    frame_.stand_for(row, extension_in(range, number, number_));
  };
  if (!schema_.range_lookups.empty() && !lookups_.has_numbers_of(row))
    ROLLCALL_CHECK(lookups_.run_numbers(schema_.range_lookups, frame_, evaluator_, row,
                                        static_cast<std::size_t>(range.count), show));
  show(index);
  lookups_.show_number(row, static_cast<std::size_t>(index));
  return success();
}

void Checker::stand_for_cells()
{
  frame_.stand_for_cells();
  lookups_.show_cells();
}

} // namespace rollcall::check
