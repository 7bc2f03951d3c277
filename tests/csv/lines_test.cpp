// Counting physical lines, against counting them one by one.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "csv/lines.hpp"

using namespace rollcall::csv;

namespace {

// LF ends a line, and so does a CR without an LF behind it.
std::uint64_t counted(std::string_view text, std::size_t begin, std::size_t end)
{
  std::uint64_t count = 0;
  for (std::size_t at = begin; at < end; ++at) {
    const bool is_half = at + 1 < text.size() && text[at + 1] == '\n';
    if (text[at] == '\n' || (text[at] == '\r' && !is_half)) ++count;
  }
  return count;
}

} // namespace

TEST_CASE("LF, CRLF and CR each end one line")
{
  CHECK(count_line_ends("", 0, 0) == 0);
  CHECK(count_line_ends("a", 0, 1) == 0);
  CHECK(count_line_ends("\n", 0, 1) == 1);
  CHECK(count_line_ends("\r", 0, 1) == 1);
  CHECK(count_line_ends("\r\n", 0, 2) == 1);
  CHECK(count_line_ends("\n\r", 0, 2) == 2);
  CHECK(count_line_ends("\r\r\n\n", 0, 4) == 3);
}

TEST_CASE("a CR is no line end yet where an LF follows, also behind the end of what is counted")
{
  CHECK(count_line_ends("a\r\nb", 0, 2) == 0);
  CHECK(count_line_ends("a\r\nb", 0, 3) == 1);
  CHECK(count_line_ends("a\r\nb", 2, 3) == 1);
  CHECK(count_line_ends("a\rb", 0, 2) == 1);
}

TEST_CASE("an end behind the text, or before the beginning, is that of the text or none")
{
  CHECK(count_line_ends("\n\n", 0, 100) == 2);
  CHECK(count_line_ends("\n\n", 2, 1) == 0);
}

TEST_CASE("any stretch of any text has as many line ends as are counted one by one")
{
  std::mt19937 random{11}; // NOLINT: the same texts each time
  for (int round = 0; round != 3000; ++round) {
    std::string text;
    const std::size_t size = random() % 700;
    const unsigned alphabet = round % 2 == 0 ? 3 : 40;
    while (text.size() < size) {
      const auto pick = random() % alphabet;
      text += pick == 0 ? '\r' : pick == 1 ? '\n' : 'x';
    }
    const std::size_t begin = size == 0 ? 0 : random() % size;
    const std::size_t end = begin + random() % (size - begin + 1);
    if (count_line_ends(text, begin, end) != counted(text, begin, end)) FAIL_CHECK(text);
  }
}

TEST_CASE("a cursor says the line of any place, forwards and backwards")
{
  const std::string_view text = "ab\r\ncd\re\n\n\r\n";
  LineCursor forwards{text, 10};
  LineCursor jumping{text, 10};
  for (std::size_t place = 0; place <= text.size(); ++place) {
    const std::uint64_t line = 10 + counted(text, 0, place);
    CHECK(forwards.of(place) == line);
    CHECK(forwards.of(place) == line);
    CHECK(jumping.of(text.size() - place) == 10 + counted(text, 0, text.size() - place));
  }
}
