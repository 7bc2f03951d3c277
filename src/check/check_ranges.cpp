// check_ranges.cpp: rows of a range, one number at a time.
#include "check/checker.hpp"

namespace rollcall::check {

std::uint64_t Checker::numbers(std::size_t row) const
{
  return is_range(row) ? range_of(judged_.cell(schema_.range_column, row).text()).count : 1;
}

Result<std::string_view> Checker::stand_for(std::size_t row, std::uint64_t index)
{
  const Cell& cell = judged_.cell(schema_.range_column, row);
  const ExtensionRange range = range_of(cell.text());
  number_.resize(range.first.size());
  const std::string_view number = judged_.keep(extension_in(range, index, number_));
  frame_.stand_for(row, number);
  if (!schema_.range_lookups.empty()) {
    rows_.assign(judged_.rows(), false);
    rows_.set(row);
    for (const std::uint16_t lookup : schema_.range_lookups) lookups_.forget(lookup, row);
    ROLLCALL_CHECK(lookups_.run(schema_.range_lookups, frame_, evaluator_, rows_));
  }
  return number;
}

} // namespace rollcall::check
