// Every limit at its value and one past it, and that reading goes on behind what passed one.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/csv_reading.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string tell(std::string_view text, const Limits& limits, std::size_t window_bytes = 128 * 1024)
{
  const Read read = read_all(
      text, {.dialect = {.delimiter = ','}, .limits = limits, .window_bytes = window_bytes});
  return read.fault.empty() ? told(read.reading) : read.fault;
}

// A row of so many cells "x", without a line end.
std::string row_of(std::size_t cells)
{
  std::string row = "x";
  for (std::size_t i = 1; i != cells; ++i) row += ",x";
  return row;
}

std::vector<FaultSeen> faults_of(const Read& read, std::size_t row)
{
  REQUIRE(read.reading.rows.size() > row);
  return read.reading.rows[row].faults;
}

} // namespace

TEST_CASE("a field may be as long as its limit, without its quotes (spec E17)")
{
  const Limits limits{.field_bytes = 3};
  CHECK(tell("abc,\"abc\",\"a\"\"c\"\n", limits) == "0 @1+0 <abc><abc><a\"c>\n");
  CHECK(tell("abcd,e\nf\n", limits) ==
        "0 @1+0 <abcd><e> csv.field_too_large[0] @1+0\n1 @2+7 <f>\n");
  CHECK(tell("e,\"abcd\"\n", limits) == "0 @1+0 <e><abcd> csv.field_too_large[1] @1+2\n");
  CHECK(tell("\"a\"\"\"\"c\"\n", limits) == "0 @1+0 <a\"\"c> csv.field_too_large[0] @1+0\n");
  CHECK(tell("\"\"\"\"\"\"\"\"\n", limits) == "0 @1+0 <\"\"\">\n");
  CHECK(tell("   x\n", limits) == "0 @1+0 <   x> csv.field_too_large[0] @1+0\n");
  // Bytes of UTF-8, whatever the file was.
  CHECK(tell("\xC3\xA9x\n", limits) == "0 @1+0 <\\xC3\\xA9x>\n");
  CHECK(read_all("\xE9\xE9\n", {.dialect = {.delimiter = ',', .encoding = csv::Encoding::latin_1},
                                .limits = limits})
            .reading.rows.at(0)
            .faults.size() == 1);
}

TEST_CASE("the usual limit of a field is 64 KiB, to the byte")
{
  const std::string most(std::size_t{64} * 1024, 'x');
  CHECK(faults_of(read_all("a\n" + most + "\n", {}), 1).empty());
  CHECK(faults_of(read_all("a\n\"" + most + "\"\n", {}), 1).empty());
  const Read read = read_all("a\n" + most + "y\nb\n", {});
  CHECK(faults_of(read, 1) == std::vector<FaultSeen>{{Code::csv_field_too_large, 0, 2, 2}});
  CHECK(read.reading.rows.size() == 3);
}

TEST_CASE("a row may be as long as its limit, and its line end does not count (spec E17)")
{
  const Limits limits{.row_bytes = 7};
  for (const char* end : {"\n", "\r\n", "\r"}) {
    CHECK(tell("abc,def" + std::string{end} + "x", limits).starts_with("0 @1+0 <abc><def>\n1 @2"));
    CHECK(tell("abc,defg" + std::string{end} + "x", limits)
              .starts_with("0 @1+0 <abc><def> csv.row_too_large @1+0\n1 @2"));
  }
  CHECK(tell("abc,def", limits) == "0 @1+0 <abc><def>\n");
  CHECK(tell("abc,def\r", limits) == "0 @1+0 <abc><def>\n");
  CHECK(tell("\"b\"\"\",d\nx", limits) == "0 @1+0 <b\"><d>\n1 @2+8 <x>\n");
}

TEST_CASE("the usual limit of a row is 1 MiB, to the byte, in any window")
{
  // Each cell under the limit of a field.
  std::string row;
  while (row.size() < 1024 * 1024) row += std::string(4095, 'x') + ",";
  for (const std::size_t window : {1000U, 128U * 1024U, 2048U * 1024U}) {
    const Read good = read_all("a\n" + row + "\nb\n", {.window_bytes = window});
    CHECK(good.fault == "");
    CHECK(faults_of(good, 1).empty());
    const Read bad = read_all("a\n" + row + "y\nb\n", {.window_bytes = window});
    CHECK(faults_of(bad, 1) == std::vector<FaultSeen>{{Code::csv_row_too_large, -1, 2, 2}});
    REQUIRE(bad.reading.rows.size() == 3);
    CHECK(bad.reading.rows[2].line == 3);
    CHECK(bad.reading.rows[2].values.at(0) == "b");
  }
}

TEST_CASE("a row that is too long has no other fault, and reading goes on with the next line (M1)")
{
  const Limits limits{.field_bytes = 3, .row_bytes = 10};
  CHECK(tell("a\n\x01,b\"c,\xFF,12345678\nd\"e\nf\n", limits) ==
        "0 @1+0 <a>\n"
        "1 @2+2 <\\x01><b\"c><\\xFF><12> csv.row_too_large @2+2\n"
        "2 @3+19 <d\"e> csv.quote[0] @3+20\n"
        "3 @4+23 <f>\n");
  CHECK(tell("a\n12345678901\rb\n", limits) ==
        "0 @1+0 <a>\n1 @2+2 <1234567890> csv.row_too_large @2+2\n2 @3+14 <b>\n");
  CHECK(tell("a\n12345678901\r\nb\n", limits) ==
        "0 @1+0 <a>\n1 @2+2 <1234567890> csv.row_too_large @2+2\n2 @3+15 <b>\n");
  CHECK(tell("a\n12345678901", limits) ==
        "0 @1+0 <a>\n1 @2+2 <1234567890> csv.row_too_large @2+2\n");
}

TEST_CASE("what is skipped behind a row that is too long may be longer than any window")
{
  for (const std::size_t window : {1U, 2U, 10U, 1000U}) {
    for (const char* end : {"\n", "\r\n", "\r"}) {
      const std::string rest(5000, '"');
      const std::string text = "a\n" + rest + end + "b\n";
      CHECK(tell(text, {.row_bytes = 10}, window).ends_with(" <b>\n"));
      const Read read = read_all(text, {.limits = {.row_bytes = 10}, .window_bytes = window});
      CHECK(read.reading.rows.size() == 3);
      CHECK(read.reading.rows.back().line == 3);
      CHECK(read.reading.rows.back().byte == text.size() - 2);
    }
  }
}

TEST_CASE("an open quote at the limit of a row ends there, and the next line is read (spec E4)")
{
  const Limits limits{.field_bytes = 3, .row_bytes = 10};
  CHECK(tell("a\nb,\"c\nd\ne\nf\ng\nh\n", limits) ==
        "0 @1+0 <a>\n"
        "1 @2+2 <b><c\\x0Ad\\x0Ae\\x0Af> csv.unclosed_quote[1] @2+4\n"
        "2 @6+13 <g>\n"
        "3 @7+15 <h>\n");
  CHECK(tell("a\n\"234567890\",x\nb\n", limits) ==
        "0 @1+0 <a>\n1 @2+2 <234567890> csv.unclosed_quote[0] @2+2\n2 @3+16 <b>\n");
  // Closed with the last byte: then the row is too long and no more than that.
  CHECK(tell("a\n\"23456789\"x\nb\n", limits) ==
        "0 @1+0 <a>\n1 @2+2 <23456789> csv.row_too_large @2+2\n2 @3+14 <b>\n");
}

TEST_CASE("a data row may have as many cells as the limit, and one more is row.extra_cells (M1)")
{
  const Read read =
      read_all("x\n" + row_of(1024) + "\n" + row_of(1025) + "\n" + row_of(5000) + "\ny\n",
               {.dialect = {.delimiter = ','}});
  CHECK(faults_of(read, 1).empty());
  CHECK(read.reading.rows[1].cells.size() == 1024);
  const std::uint64_t byte = 2 + 2048;
  CHECK(faults_of(read, 2) == std::vector<FaultSeen>{{Code::row_extra_cells, -1, byte, 3}});
  CHECK(faults_of(read, 3).size() == 1);
  CHECK(read.reading.rows[2].cells.size() == 1024);
  CHECK(read.reading.rows[3].cells.size() == 1024);
  CHECK(read.reading.rows[4].values.at(0) == "y");
}

TEST_CASE("a header may have as many cells as the limit, and one more is csv.row_too_large (E15)")
{
  CHECK(faults_of(read_all(row_of(1024) + "\n", {.dialect = {.delimiter = ','}}), 0).empty());
  CHECK(faults_of(read_all(row_of(1025) + "\n", {.dialect = {.delimiter = ','}}), 0) ==
        std::vector<FaultSeen>{{Code::csv_row_too_large, -1, 0, 1}});
  CHECK(
      faults_of(
          read_all(row_of(3) + "\n", {.dialect = {.delimiter = ','}, .limits = {.columns = 2}}), 0)
          .size() == 1);
}

TEST_CASE("of a row with too many cells it is told first what cannot be read (spec E10)")
{
  const Limits limits{.columns = 2};
  CHECK(tell("a\n1,\x01,3\n1,2\"3,4\n1,2,\x01\n1,2,\"3\n", limits) ==
        "0 @1+0 <a>\n"
        "1 @2+2 <1><\\x01> text.control_character[1] @2+4\n"
        "2 @3+8 <1><2\"3> csv.quote[1] @3+11\n"
        "3 @4+16 <1><2> row.extra_cells @4+16\n"
        "4 @5+22 <1><2> csv.unclosed_quote @5+26\n");
}

TEST_CASE("a row of nothing but blank cells is blank, however many there are (spec E6)")
{
  const Limits limits{.columns = 2};
  CHECK(tell("a\n,,,\n,\"\",\" \", \t\r\n1,2,\n", limits) ==
        "0 @1+0 <a>\n1 @4+18 <1><2> row.extra_cells @4+18\n2 blank\n");
  // By the scalar machine, too.
  CHECK(tell("a\n,,,\nx\"y\n", limits) == "0 @1+0 <a>\n1 @3+6 <x\"y> csv.quote[0] @3+7\n1 blank\n");
}

TEST_CASE("a file may have as many rows as the limit; the row that passes it refuses the file (M1)")
{
  for (const std::size_t window : {4U, 1000U}) {
    const Limits limits{.rows = 3};
    CHECK(tell("h\n1\n2\n3\n", limits, window) ==
          "0 @1+0 <h>\n1 @2+2 <1>\n2 @3+4 <2>\n3 @4+6 <3>\n");
    CHECK(tell("h\n1\n\n2\n\n3\n\n\n", limits, window).ends_with("4 blank\n"));
    CHECK(tell("h\n1\n2\n3\n4", limits, window) == "file.too_many_rows\n");
    CHECK(tell("h\n1\n2,2\n3\n\n\n4\"4", limits, window) == "file.too_many_rows\n");
  }
}

TEST_CASE("the rows up to the limit are handed out before the file is refused")
{
  MemorySource source{"h\n1\n2\n3\n4\n"};
  auto reader = must(csv::Reader::open(source, {.limits = {.rows = 2}}));
  REQUIRE(must(reader.next()));
  REQUIRE(must(reader.next()));
  CHECK(reader.batch().size() == 2);
  CHECK_FALSE(must(reader.next()));
  REQUIRE(reader.refusal().has_value());
  CHECK(reader.refusal()->code == Code::file_too_many_rows);
  CHECK(reader.refusal()->facts == std::vector<Fact>{fact("limit", std::uint64_t{2})});
  CHECK(reader.batch().is_empty());
  CHECK_FALSE(must(reader.next()));
}

TEST_CASE("a file may be as large as the limit, whether its size is known or not")
{
  const std::string text = "a,b\n1,2\n3,4\n";
  for (const std::size_t over : {0U, 1U}) {
    const Limits limits{.file_bytes = text.size() - over};
    for (const std::size_t piece : {1U, 5U, 100U}) {
      PieceSource unknown{text, piece};
      for (const std::size_t window : {3U, 1000U}) {
        const csv::ReaderOptions options{.limits = limits, .window_bytes = window};
        must(unknown.rewind());
        const std::vector<Read> both = {read_all(text, options), read_all(unknown, options)};
        for (const Read& read : both) {
          CHECK(read.fault == "");
          CHECK(read.reading.refusal.has_value() == (over == 1));
          if (over == 1) CHECK(read.reading.refusal == Code::file_too_large);
          if (over == 0) CHECK(read.reading.rows.size() == 3);
        }
      }
    }
  }
}

TEST_CASE("a file that is too large by its size is refused before it is read")
{
  MemorySource source{"a,b\n1,2\n"};
  auto reader = must(csv::Reader::open(source, {.limits = {.file_bytes = 5}}));
  CHECK(reader.head() == "");
  CHECK_FALSE(must(reader.next()));
  REQUIRE(reader.refusal().has_value());
  CHECK(reader.refusal()->code == Code::file_too_large);
  CHECK(reader.refusal()->facts ==
        std::vector<Fact>{fact("limit", std::uint64_t{5}), fact("bytes", std::uint64_t{8})});
  CHECK(reader.source_bytes() == 8);
}

TEST_CASE("limits of 0 or over their caps are wrong use")
{
  MemorySource source{"a\n"};
  for (const Limits& limits :
       {Limits{.field_bytes = 0}, Limits{.row_bytes = 0}, Limits{.columns = 0}, Limits{.rows = 0},
        Limits{.file_bytes = 0}, Limits{.field_bytes = 16 * 1024 * 1024 + 1},
        Limits{.row_bytes = 64 * 1024 * 1024 + 1}, Limits{.columns = 16'385},
        Limits{.rows = 2'147'483'648}}) {
    const auto reader = csv::Reader::open(source, {.limits = limits});
    REQUIRE_FALSE(reader.has_value());
    CHECK(reader.assume_error().code() == ErrorCode::wrong_use);
  }
}

TEST_CASE("raised to their caps, limits still hold")
{
  Limits limits{.field_bytes = 16 * 1024 * 1024, .row_bytes = 64 * 1024 * 1024, .columns = 16'384};
  const std::string cell(16 * 1024 * 1024, 'x');
  const Read read =
      read_all("a\n" + cell + "," + cell + "y\n" + row_of(16'384) + "\n" + row_of(16'385),
               {.dialect = {.delimiter = ','}, .limits = limits});
  CHECK(read.fault == "");
  REQUIRE(read.reading.rows.size() == 4);
  REQUIRE(faults_of(read, 1).size() == 1);
  CHECK(faults_of(read, 1)[0].code == Code::csv_field_too_large);
  CHECK(faults_of(read, 1)[0].cell == 1);
  CHECK(faults_of(read, 2).empty());
  CHECK(faults_of(read, 3).size() == 1);
}
