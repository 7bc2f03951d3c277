// lines.hpp: counting physical lines: LF, CRLF and CR each end one, also inside quotes (spec E5).
#ifndef ROLLCALL_CSV_LINES_HPP
#define ROLLCALL_CSV_LINES_HPP

#include <cstdint>
#include <string_view>

namespace rollcall::csv {

// How many line ends have their last byte in [begin, end). Looks at text[end] too, if the text goes
// on there: an LF makes a CR before it the half of a CRLF.
[[nodiscard]] std::uint64_t count_line_ends(std::string_view text, std::size_t begin,
                                            std::size_t end) noexcept;

// Counts along a text: asked for places in order it passes over the text once.
class LineCursor {
 public:
  LineCursor(std::string_view text, std::uint64_t first_line) noexcept
      : text_{text}, first_line_{first_line}, line_{first_line}
  {
  }

  // The line in which this byte stands.
  [[nodiscard]] std::uint64_t of(std::size_t place) noexcept;

 private:
  std::string_view text_;
  std::uint64_t first_line_;
  std::uint64_t line_;
  std::size_t at_ = 0;
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_LINES_HPP
