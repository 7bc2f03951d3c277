// JSON Lines, from sources that hand out their bytes in pieces of any size.
#include "json/line_reader.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/pieces.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using rollcall::tests::must;
using rollcall::tests::PieceSource;

namespace {

using Lines = std::vector<std::pair<std::uint64_t, std::string>>;

Lines lines_of(std::string_view text, std::size_t piece, std::size_t chunk)
{
  PieceSource source{text, piece};
  LineReader reader{source, {.chunk_bytes = chunk}};
  Lines lines;
  while (must(reader.next())) lines.emplace_back(reader.line(), reader.text());
  CHECK_FALSE(must(reader.next()));
  return lines;
}

Error error_of(std::string_view text, const LineOptions& options = {})
{
  PieceSource source{text, 100};
  LineReader reader{source, options};
  for (;;) {
    Result<bool> result = reader.next();
    if (!result.has_value()) {
      CHECK_FALSE(reader.next().has_value());
      return std::move(result).assume_error();
    }
    REQUIRE(result.assume_value());
  }
}

} // namespace

TEST_CASE("lines are the same at every split of the source, and blank ones are skipped")
{
  constexpr std::string_view text =
      "\xEF\xBB\xBF{\"a\": 1}\r\n\n  \t\r\n[1, 2]\n\"x\"\n\n{\"long\": "
      "\"abcdefghijklmnopqrstuvwxyz\"}";
  const Lines expected = {{1, "{\"a\": 1}"},
                          {4, "[1, 2]"},
                          {5, "\"x\""},
                          {7, "{\"long\": \"abcdefghijklmnopqrstuvwxyz\"}"}};
  for (const std::size_t chunk : {1U, 2U, 16U, 1000U}) {
    for (std::size_t piece = 1; piece < text.size() + 2; ++piece) {
      if (lines_of(text, piece, chunk) != expected) FAIL_CHECK("differs at ", piece, " ", chunk);
    }
  }
  CHECK(lines_of("", 1, 1).empty());
  CHECK(lines_of("\n\r\n ", 1, 1).empty());
}

TEST_CASE("a last line without an end can be told from a whole one")
{
  PieceSource source{"1\n2", 100};
  LineReader reader{source};
  REQUIRE(must(reader.next()));
  CHECK(reader.has_end());
  REQUIRE(must(reader.next()));
  CHECK(reader.value().integer() == 2);
  CHECK_FALSE(reader.has_end());
}

TEST_CASE("an error names its line, and nothing is read beyond it")
{
  const Error error = error_of("{\"a\": 1}\n\n{\"a\": }\n{\"a\": 2}\n");
  CHECK(error.code() == ErrorCode::malformed);
  CHECK(error.detail() == "expected a value, found '}' (line 3, column 7)");
  CHECK(error_of("1\n[1,\n2]\n").detail() == "expected a value, found the end (line 2, column 4)");
  CHECK(error_of("1\n2 3\n").detail() == "expected the end, found '3' (line 2, column 3)");
}

TEST_CASE("a line over the limit is an error, however long it is")
{
  const LineOptions options = {.read = {.bytes_max = 10}, .chunk_bytes = 16};
  PieceSource source{"1234567890\r\n1234567890\n", 3};
  LineReader reader{source, options};
  CHECK(must(reader.next()));
  CHECK(must(reader.next()));
  CHECK_FALSE(must(reader.next()));
  for (const std::size_t size : {9U, 10U, 11U, 100U, 1'000'000U}) {
    const Error error = error_of("1\n[" + std::string(size, ' ') + "]\n", options);
    CHECK(error.code() == ErrorCode::limit_exceeded);
    CHECK(error.detail() == "longer than the 10 bytes that are read (line 2, column 1)");
  }
}

TEST_CASE("a failure of the source is passed on")
{
  PieceSource source{"1\n2\n3\n", 4, 4};
  LineReader reader{source, {.chunk_bytes = 4}};
  CHECK(must(reader.next()));
  CHECK(must(reader.next()));
  const Result<bool> result = reader.next();
  REQUIRE(!result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::file_failed);
}
