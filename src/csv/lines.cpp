// lines.cpp: counts line ends, in loops that compilers turn into vector code.
#include "csv/lines.hpp"

#include <algorithm>

namespace rollcall::csv {

std::uint64_t count_line_ends(std::string_view text, std::size_t begin, std::size_t end) noexcept
{
  end = std::min(end, text.size());
  if (begin >= end) return 0;
  const char* const bytes = text.data();
  std::uint64_t count = 0;
  std::size_t at = begin;
  // In pieces whose counts fit a byte, or the vectors hold too few lanes.
  while (at + 1 < end) {
    const std::size_t stop = std::min(at + 128, end - 1);
    unsigned char lf = 0;
    unsigned char cr = 0;
    for (std::size_t i = at; i != stop; ++i) {
      lf = static_cast<unsigned char>(lf + (bytes[i] == '\n' ? 1 : 0));
      cr = static_cast<unsigned char>(
          cr + (static_cast<int>(bytes[i] == '\r') & static_cast<int>(bytes[i + 1] != '\n')));
    }
    count += lf;
    count += cr;
    at = stop;
  }
  const bool is_half = end != text.size() && bytes[end] == '\n';
  if (bytes[end - 1] == '\n' || (bytes[end - 1] == '\r' && !is_half)) ++count;
  return count;
}

std::uint64_t LineCursor::of(std::size_t place) noexcept
{
  if (place < at_) {
    at_ = 0;
    line_ = first_line_;
  }
  line_ += count_line_ends(text_, at_, place);
  at_ = place;
  return line_;
}

} // namespace rollcall::csv
