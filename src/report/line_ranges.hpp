// line_ranges.hpp: the lines of many rows, shortly: rows that follow each other are one range, so a
// million of them may be two numbers.
#ifndef ROLLCALL_REPORT_LINE_RANGES_HPP
#define ROLLCALL_REPORT_LINE_RANGES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <vector>

namespace rollcall::report {

class LineRanges {
 public:
  explicit LineRanges(std::pmr::memory_resource* memory) : ranges_{memory} {}

  // Rows come in their order; one that is there already changes nothing.
  void add(std::uint64_t row, std::uint64_t line)
  {
    if (rows_ != 0 && row == last_row_) return;
    const bool follows = rows_ != 0 && row == last_row_ + 1;
    if (follows)
      ranges_.back().last = line;
    else
      ranges_.push_back({line, line});
    last_row_ = row;
    ++rows_;
  }

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }

  // "2-5", "9": each is shown; none is a list too long for people who must look at all of it.
  template <class Show>
  void each(Show show) const
  {
    for (const Range& range : ranges_) {
      const auto [first, last] = std::minmax(range.first, range.last); // an undo goes backwards
      std::string text = std::to_string(first);
      if (last != first) text.append("-").append(std::to_string(last));
      show(text);
    }
  }

 private:
  struct Range {
    std::uint64_t first = 0, last = 0;
  };
  std::pmr::vector<Range> ranges_;
  std::uint64_t rows_ = 0;
  std::uint64_t last_row_ = 0;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_LINE_RANGES_HPP
