// What the reader says of a text: rows with their numbers, lines and bytes, and what is wrong with
// them. (That it says the same of any text as the reference does is in reader_property_test.)
#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/csv_reading.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using namespace std::string_view_literals;
using csv::Dialect;
using csv::Reader;

namespace {

std::string tell(std::string_view text, const Dialect& dialect = {.delimiter = ','})
{
  const Read read = read_all(text, {.dialect = dialect});
  return read.fault.empty() ? told(read.reading) : read.fault;
}

std::string tell_leniently(std::string_view text)
{
  return tell(text, {.delimiter = ',', .lenient = true});
}

} // namespace

TEST_CASE("rows have numbers, lines and bytes; the header is row 0")
{
  CHECK(tell("a,b\n1,2\n3,4\n") ==
        "0 @1+0 <a><b>\n"
        "1 @2+4 <1><2>\n"
        "2 @3+8 <3><4>\n");
  CHECK(tell("") == "");
  CHECK(tell("a") == "0 @1+0 <a>\n");
}

TEST_CASE("the header comes alone in the first batch, and behind blank rows")
{
  for (const std::string_view text : {"a,b\n1,2\n3,4\n"sv, "\n,\n \n\"\"\na,b\n1,2\n"sv,
                                      "a\"b\n1\n"sv, "\xFF\n1\n2\n"sv, "a\n"sv}) {
    MemorySource source{text};
    Reader reader = must(Reader::open(source, {}));
    REQUIRE(must(reader.next()));
    CHECK(reader.batch().size() == 1);
    CHECK(reader.batch().number(0) == 0);
    CHECK(reader.rows() == 0);
    const bool has_more = text.size() > 2;
    CHECK(must(reader.next()) == has_more);
    if (has_more) CHECK(reader.batch().number(0) == 1);
  }
}

TEST_CASE("a file of a header alone has no rows, and that is no fault")
{
  for (const std::string_view text : {"a,b"sv, "a,b\n"sv, "a,b\r\n\r\n\n"sv}) {
    const Read read = read_all(text, {});
    CHECK(read.fault.empty());
    CHECK(read.reading.rows.size() == 1);
    CHECK_FALSE(read.reading.refusal.has_value());
  }
}

TEST_CASE("LF, CRLF and CR end lines, mixed, and the last line may lack its end")
{
  CHECK(tell("a,b\r\n1,2\n3,4\r5,6") ==
        "0 @1+0 <a><b>\n"
        "1 @2+5 <1><2>\n"
        "2 @3+9 <3><4>\n"
        "3 @4+13 <5><6>\n");
  CHECK(tell("a\r\n\rb\r\r\nc\n\r") ==
        "0 @1+0 <a>\n"
        "1 @3+4 <b>\n"
        "2 @5+8 <c>\n"
        "3 blank\n");
  CHECK(tell("a\r1\r") ==
        "0 @1+0 <a>\n"
        "1 @2+2 <1>\n");
}

TEST_CASE("line ends within quotes are kept as they are, and count as lines (spec E5)")
{
  CHECK(tell("a,b\n\"1\r\n2\r3\n\",x\ny,z\n") ==
        "0 @1+0 <a><b>\n"
        "1 @2+4 <1\\x0D\\x0A2\\x0D3\\x0A><x>\n"
        "2 @6+16 <y><z>\n");
}

TEST_CASE("blank rows are skipped and counted, also before the header (spec E6)")
{
  CHECK(tell("\n \n\t,\xC2\xA0\na\n\n\" \t\"\n1\n,\n\"\"") ==
        "0 @4+8 <a>\n"
        "1 @7+16 <1>\n"
        "7 blank\n");
  CHECK(tell("\r\n\r\n") == "2 blank\n");
  CHECK(tell(" ") == "1 blank\n");
}

TEST_CASE("what only looks blank is no blank row")
{
  CHECK(tell("a\n\"\n\"\n") == "0 @1+0 <a>\n1 @2+2 <\\x0A>\n");
  CHECK(tell("a\n\"\"\"\"\n") == "0 @1+0 <a>\n1 @2+2 <\">\n");
  CHECK(tell("a\n\xE2\x80\x83\n") == "0 @1+0 <a>\n1 @2+2 <\\xE2\\x80\\x83>\n");
  CHECK(tell("a\n\xC2\n") == "0 @1+0 <a>\n1 @2+2 <\\xC2> text.encoding[0] @2+2\n");
  CHECK(tell("a\n\"\" \n") == "0 @1+0 <a>\n1 @2+2 < > csv.quote[0] @2+4\n");
  CHECK(tell("a\n\"") == "0 @1+0 <a>\n1 @2+2 <> csv.unclosed_quote[0] @2+2\n");
  CHECK(tell("a\n\0\n"sv) == "0 @1+0 <a>\n1 @2+2 <\\x00> text.control_character[0] @2+2\n");
}

TEST_CASE("a cell is quoted only if its very first sign is a quote (spec E3)")
{
  CHECK(tell("\"a\"\"b\",\"c,d\"\n") == "0 @1+0 <a\"b><c,d>\n");
  CHECK(tell(" \"a\",b\n") == "0 @1+0 < \"a\"><b> csv.quote[0] @1+1\n");
  CHECK(tell("a\"b\"c,d\n") == "0 @1+0 <a\"b\"c><d> csv.quote[0] @1+1\n");
}

TEST_CASE(
    "what follows a closing quote is an error, blanks too, and the cell goes on as a bare one")
{
  CHECK(tell("\"a\" ,b\n") == "0 @1+0 <a ><b> csv.quote[0] @1+3\n");
  CHECK(tell("\"a\"b\"c\"d,\"e\"\nf\n") ==
        "0 @1+0 <ab\"c\"d><e> csv.quote[0] @1+3\n"
        "1 @2+13 <f>\n");
  CHECK(tell("\"a\"x\"\ny\",z\n") ==
        "0 @1+0 <ax\"> csv.quote[0] @1+3\n"
        "1 @2+6 <y\"><z> csv.quote[0] @2+7\n");
}

TEST_CASE("the rows around a bad one survive")
{
  std::string text = "a,b\n";
  std::string wanted = "0 @1+0 <a><b>\n";
  for (int row = 1; row != 2000; ++row) {
    const bool is_bad = row % 500 == 250;
    const std::string at = std::to_string(text.size());
    const std::string line = std::to_string(row + 1);
    const std::string number = std::to_string(row);
    wanted += number + " @" + line + "+" + at + " <" + number + "><x" + (is_bad ? "\"y>" : ">");
    if (is_bad)
      wanted += " csv.quote[1] @" + line + "+" + std::to_string(text.size() + number.size() + 2);
    wanted += "\n";
    text += number + (is_bad ? ",x\"y\r\n" : ",x\r\n");
  }
  CHECK(tell(text) == wanted);
}

TEST_CASE("an open quote at the end of the file names where it opened")
{
  CHECK(tell("a,b\n1,\"x\ny\nz") ==
        "0 @1+0 <a><b>\n"
        "1 @2+4 <1><x\\x0Ay\\x0Az> csv.unclosed_quote[1] @2+6\n");
  CHECK(tell("\"a,b\n") == "0 @1+0 <a,b\\x0A> csv.unclosed_quote[0] @1+0\n");
}

TEST_CASE("lenient reading repairs what it can, with a warning; an open quote it cannot")
{
  CHECK(tell_leniently("a\"b,\"c\"d\n") ==
        "0 @1+0 <a\"b><cd> csv.repaired[0] @1+1 csv.repaired[1] @1+7\n");
  CHECK(tell_leniently("\"a\" ,b\n") == "0 @1+0 <a ><b> csv.repaired[0] @1+3\n");
  CHECK(tell_leniently("a,\"b\n") == "0 @1+0 <a><b\\x0A> csv.unclosed_quote[1] @1+2\n");
  CHECK(tell_leniently("a,\"b\"\n") == "0 @1+0 <a><b>\n");
}

TEST_CASE("a row that is rejected anyway has no warning of what was repaired (spec E10)")
{
  CHECK(tell_leniently("a\"b,\xFF\n") == "0 @1+0 <a\"b><\\xFF> text.encoding[1] @1+4\n");
  CHECK(tell_leniently("a\"b\xFF\n") == "0 @1+0 <a\"b\\xFF> text.encoding[0] @1+3\n");
}

TEST_CASE("a cell has the first fault that applies, and every cell is looked at (spec E10)")
{
  CHECK(tell("a\"\xFF\x01,\xFF\x01,\x01,ok,\"\xFF\x01") ==
        "0 @1+0 <a\"\\xFF\\x01><\\xFF\\x01><\\x01><ok><\\xFF\\x01>"
        " csv.quote[0] @1+1 text.encoding[1] @1+5 text.control_character[2] @1+8"
        " csv.unclosed_quote[4] @1+13\n");
}

TEST_CASE("other signs may delimit and quote, or none")
{
  CHECK(tell("a;'b;c';'d''e'\n", {.delimiter = ';', .quote = '\''}) == "0 @1+0 <a><b;c><d'e>\n");
  CHECK(tell("\"a|b\"|c\n", {.delimiter = '|', .quote = {}}) == "0 @1+0 <\"a><b\"><c>\n");
  CHECK(tell("a\tb\t\tc\n", {.delimiter = '\t'}) == "0 @1+0 <a><b><><c>\n");
}

TEST_CASE("an escape takes the meaning of the sign after it, and of CRLF as one")
{
  const Dialect dialect{.delimiter = ',', .escape = '\\'};
  CHECK(tell("a\\,b,\"c\\\"d\",e\\\\\n", dialect) == "0 @1+0 <a,b><c\"d><e\\>\n");
  CHECK(tell("a\\\nb,c\nd\\\r\ne,f\\", dialect) ==
        "0 @1+0 <a\\x0Ab><c>\n"
        "1 @3+7 <d\\x0D\\x0Ae><f\\>\n");
  CHECK(tell("\\\"a,b\n\\ \n", dialect) == "0 @1+0 <\"a><b>\n1 blank\n");
  CHECK(tell("a\n\"b\\", dialect) == "0 @1+0 <a>\n1 @2+2 <b\\> csv.unclosed_quote[0] @2+2\n");
}

TEST_CASE("a quote that escapes is a quote that is doubled")
{
  const Dialect dialect{.delimiter = ',', .escape = '"'};
  CHECK(tell("\"a\"\"b\",\"\"\n", dialect) == "0 @1+0 <a\"b><>\n");
  CHECK(tell("a\"\"b\n", dialect) == tell("a\"\"b\n"));
}

TEST_CASE("signs that would make a text ambiguous are wrong use")
{
  MemorySource source{"a,b\n"};
  for (const Dialect& dialect :
       {Dialect{.delimiter = '\n'}, Dialect{.delimiter = '"'}, Dialect{.quote = '\r'},
        Dialect{.escape = '\n'}, Dialect{.delimiter = ',', .escape = ','},
        Dialect{.delimiter = '\xA7'}, Dialect{.quote = '\xC2'}, Dialect{.escape = '\x80'}}) {
    const auto reader = Reader::open(source, {.dialect = dialect});
    REQUIRE_FALSE(reader.has_value());
    CHECK(reader.assume_error().code() == ErrorCode::wrong_use);
    CHECK_FALSE(reader.assume_error().detail().empty());
  }
}

TEST_CASE("a kernel that this processor has not is unsupported, and the one in use is named")
{
  MemorySource source{"a,b\n"};
  for (const csv::Kernel kernel : {csv::Kernel::swar, csv::Kernel::avx2, csv::Kernel::avx512,
                                   csv::Kernel::neon, csv::Kernel::best}) {
    const auto reader = Reader::open(source, {.kernel = kernel});
    CHECK(reader.has_value() == is_supported(kernel));
    if (!reader.has_value()) {
      CHECK(reader.assume_error().code() == ErrorCode::unsupported);
    } else if (kernel != csv::Kernel::best) {
      CHECK(reader.assume_value().kernel() == kernel);
    } else {
      CHECK(reader.assume_value().kernel() == kernels().back());
    }
  }
}

TEST_CASE("who knows the names in a header sets the delimiter before the first row")
{
  MemorySource source{"id;name,first;name,last\n1;2;3\n"};
  Reader reader = must(Reader::open(source, {}));
  CHECK(reader.head() == "id;name,first;name,last\n1;2;3\n");
  const auto cells = csv::first_record(reader.head(), reader.dialect(), ',');
  CHECK(cells == std::vector<std::string>{"id;name", "first;name", "last"});
  reader.use_delimiter(',');
  CHECK(reader.dialect().delimiter == ',');
  REQUIRE(must(reader.next()));
  CHECK(reader.batch().cells(0) == 3);
  CHECK(reader.batch().dialect().delimiter == ',');
}

TEST_CASE("a batch of rows of one width gives its columns at a stride")
{
  MemorySource source{"a,b,c\n1,2,3\n4,5,6\r\n7,8,9"};
  Reader reader = must(Reader::open(source, {.dialect = {.delimiter = ','}}));
  REQUIRE(must(reader.next()));
  REQUIRE(must(reader.next()));
  const csv::RowBatch& batch = reader.batch();
  CHECK(batch.width() == 3);
  CHECK(batch.size() == 3);
  CHECK(batch.ends().size() == 9);
  CHECK(batch.cell(1, 2) == "6");
  CHECK(batch.raw(1) == "4,5,6");
  CHECK(batch.raw(2) == "7,8,9");
  CHECK(batch.byte(2) == 19);
  CHECK(batch.text().substr(batch.ends()[1], 1) == ",");
}

TEST_CASE("a batch of rows of several widths says for each where it is")
{
  MemorySource source{"a,b,c\n1,2,3\n\n4\n,\n\"5\",\"\"\"\"\r\n"};
  Reader reader = must(Reader::open(source, {.dialect = {.delimiter = ','}}));
  REQUIRE(must(reader.next()));
  REQUIRE(must(reader.next()));
  const csv::RowBatch& batch = reader.batch();
  CHECK(batch.width() == 0);
  REQUIRE(batch.size() == 3);
  CHECK(batch.cells(0) == 3);
  CHECK(batch.cells(1) == 1);
  CHECK(batch.cells(2) == 2);
  CHECK(batch.raw(2) == "\"5\",\"\"\"\"");
  std::string scratch;
  CHECK(batch.value(2, 1, scratch) == "\"");
  CHECK(batch.cell(2, 1) == "\"\"\"\"");
}

TEST_CASE("64 bytes behind the text of a batch can be read")
{
  for (const std::size_t size : {1U, 100U, 1000U, 1024U, 1087U, 1088U, 1089U, 2048U}) {
    for (const std::size_t window : {64U, 100U, 1000U, 1024U}) {
      std::string text;
      while (text.size() < size) text += "abc,def\n";
      MemorySource source{text};
      Reader reader = must(Reader::open(source, {.window_bytes = window}));
      unsigned sum = 0;
      while (must(reader.next())) {
        const std::string_view seen = reader.batch().text();
        for (std::size_t at = 0; at != 64; ++at)
          sum += static_cast<unsigned char>(seen.data()[seen.size() + at]);
      }
      CHECK(sum < 1'000'000'000);
    }
  }
}

TEST_CASE("lines can be asked for in any order")
{
  MemorySource source{"h\na\n\n\"b\n\"\nc\nd\n"};
  Reader reader = must(Reader::open(source, {}));
  REQUIRE(must(reader.next()));
  REQUIRE(must(reader.next()));
  csv::Lines lines{reader.batch()};
  CHECK(lines.of(3) == 7);
  CHECK(lines.of(0) == 2);
  CHECK(lines.of(2) == 6);
  CHECK(lines.of(1) == 4);
}

TEST_CASE("more faults than a batch may have end it early, and none is lost")
{
  std::string text = "a,b\n";
  for (int row = 0; row != 5000; ++row) text += row % 3 == 0 ? "\n" : "\x01,\xFF\n";
  for (const char* end : {"", "x\"y\n"}) {
    const Read read = read_all(text + end, {});
    CHECK(read.fault.empty());
    CHECK(read.reading.blank_rows == 1667);
    std::size_t faults = 0;
    for (const RowSeen& row : read.reading.rows) faults += row.faults.size();
    CHECK(faults == 2U * 3333 + (*end == '\0' ? 0U : 1U));
  }
}

TEST_CASE("batches of a few rows at most say the same of a text")
{
  std::string text = "a,b\n";
  for (int row = 0; row != 500; ++row)
    text += row % 7 == 0 ? "\n" : row % 11 == 0 ? "\"x\"y,\xFF\n" : row % 5 == 0 ? "1\n" : "1,2\n";
  const Read whole = read_all(text, {});
  for (const std::size_t rows : {std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
    CAPTURE(rows);
    const Read read = read_all(text, {.batch_rows = rows});
    CHECK(read.fault.empty());
    CHECK(told(read.reading) == told(whole.reading));
    CHECK(read.reading.blank_rows == whole.reading.blank_rows);
  }
  MemorySource source{text};
  Reader reader = must(Reader::open(source, {.dialect = {.delimiter = ','}, .batch_rows = 3}));
  while (must(reader.next())) CHECK(reader.batch().size() <= 3);
}
