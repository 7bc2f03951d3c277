// The scalar machine, text by text: what is a cell, what is a row, and what is wrong with them.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "csv/scalar.hpp"

using namespace rollcall;
using namespace rollcall::csv;

namespace {

ScalarOptions usual()
{
  return {.dialect = {.delimiter = ','},
          .row_bytes_max = 1024,
          .columns_max = 100,
          .rows_max = 100,
          .cells_max = 1000};
}

Structure read(std::string_view text, bool end = true, const ScalarOptions& options = usual())
{
  Structure found{std::pmr::new_delete_resource()};
  read_scalar(text, end, options, found);
  return found;
}

// Cells in angle brackets, rows behind each other with a slash between.
std::string cells(std::string_view text, const Structure& found, Dialect dialect = {})
{
  const RowBatch batch{{.text = text,
                        .ends = found.ends,
                        .rows = found.rows,
                        .row_count = found.rows.size(),
                        .dialect = dialect}};
  std::string out;
  for (std::size_t row = 0; row != batch.size(); ++row) {
    if (row != 0) out += '/';
    for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
      out += "<" + std::string{batch.cell(row, cell)} + ">";
  }
  return out;
}

void ok(std::string_view text, std::string_view wanted)
{
  CAPTURE(text);
  const Structure found = read(text);
  CHECK(cells(text, found) == wanted);
  CHECK(found.flaws.empty());
  CHECK(found.bytes == text.size());
  CHECK_FALSE(found.cut);
}

void bad(std::string_view text, std::string_view wanted, std::vector<Flaw> flaws)
{
  CAPTURE(text);
  const Structure found = read(text);
  CHECK(cells(text, found) == wanted);
  CHECK(std::vector<Flaw>(found.flaws.begin(), found.flaws.end()) == flaws);
}

} // namespace

TEST_CASE("cells and rows")
{
  ok("a", "<a>");
  ok("a\n", "<a>");
  ok("a,b", "<a><b>");
  ok("a,b\n", "<a><b>");
  ok(",", "<><>");
  ok(",\n", "<><>");
  ok("\n", "<>");
  ok("\n\n", "<>/<>");
  ok("a\nb", "<a>/<b>");
  ok("a\rb", "<a>/<b>");
  ok("a\r\nb", "<a>/<b>");
  ok("a\n\rb", "<a>/<>/<b>");
  ok("a\r\rb", "<a>/<>/<b>");
  ok("a\r", "<a>");
  ok("a\r\n", "<a>");
  ok("a,\r\n,b", "<a><>/<><b>");
  ok(" a , b ", "< a >< b >");
}

TEST_CASE("quoted cells")
{
  ok(R"("a")", R"(<"a">)");
  ok(R"("a","b")", R"(<"a"><"b">)");
  ok(R"("")", R"(<"">)");
  ok(R"("""")", R"(<"""">)");
  ok(R"("a""b",c)", R"(<"a""b"><c>)");
  ok(R"("a,b",c)", R"(<"a,b"><c>)");
  ok("\"a\nb\",c\n", "<\"a\nb\"><c>");
  ok("\"a\r\nb\"\r\nc", "<\"a\r\nb\">/<c>");
  ok("\"a\rb\"\rc", "<\"a\rb\">/<c>");
  ok("\"\n\"", "<\"\n\">");
  ok("\"a\"\r", "<\"a\">");
}

TEST_CASE("misplaced quotes are named, and the other cells are split as usual")
{
  const Code quote = Code::csv_quote;
  bad(R"(a"b,c)", R"(<a"b><c>)", {{quote, 0, 0, 1}});
  bad(R"("a"b,c)", R"(<"a"b><c>)", {{quote, 0, 0, 3}});
  bad(R"("a" ,c)", R"(<"a" ><c>)", {{quote, 0, 0, 3}});
  bad(R"( "a",c)", R"(< "a"><c>)", {{quote, 0, 0, 1}});
  bad(R"("a"b"c,d"e)", R"(<"a"b"c><d"e>)", {{quote, 0, 0, 3}, {quote, 0, 1, 8}});
  bad("a\"b\nc", "<a\"b>/<c>", {{quote, 0, 0, 1}});
  bad("\"a\"b\nc\",d", "<\"a\"b>/<c\"><d>", {{quote, 0, 0, 3}, {quote, 1, 0, 6}});
  bad("a\"\"", "<a\"\">", {{quote, 0, 0, 1}});
  bad("\"\"a\"\"", "<\"\"a\"\">", {{quote, 0, 0, 2}});
  bad("\"\"\"a\"\"b", "<\"\"\"a\"\"b>", {{Code::csv_unclosed_quote, 0, 0, 0}});
}

TEST_CASE("an open quote is named where it opened")
{
  const Code open = Code::csv_unclosed_quote;
  bad("\"", "<\">", {{open, 0, 0, 0}});
  bad("a,\"b\nc,d\n", "<a><\"b\nc,d\n>", {{open, 0, 1, 2}});
  bad("a\nb,\"\"\"", "<a>/<b><\"\"\">", {{open, 1, 1, 4}});
  bad("x,\"a\r", "<x><\"a\r>", {{open, 0, 1, 2}});
}

TEST_CASE("lenient reading repairs misplaced quotes, not open ones")
{
  ScalarOptions options = usual();
  options.dialect.lenient = true;
  const Structure found = read("a\"b,\"c\"d,\"e", true, options);
  REQUIRE(found.flaws.size() == 3);
  CHECK(found.flaws[0] == Flaw{Code::csv_repaired, 0, 0, 1});
  CHECK(found.flaws[1] == Flaw{Code::csv_repaired, 0, 1, 7});
  CHECK(found.flaws[2] == Flaw{Code::csv_unclosed_quote, 0, 2, 9});
}

TEST_CASE("a row that may go on is taken back")
{
  for (const std::string_view text :
       {"a", "a,b", "a,", "\"a", "\"a\"", "\"a\"\r", "a\r", "a\"b", "\"a\nb", "\"a\"b"}) {
    CAPTURE(text);
    const Structure found = read(text, false);
    CHECK(found.rows.empty());
    CHECK(found.ends.empty());
    CHECK(found.flaws.empty());
    CHECK(found.bytes == 0);
  }
  const Structure found = read("a,b\nc,\"d\"\"", false);
  CHECK(found.rows.size() == 1);
  CHECK(found.ends.size() == 2);
  CHECK(found.bytes == 4);
}

TEST_CASE("a row may be as long as its limit, and no longer")
{
  ScalarOptions options = usual();
  options.row_bytes_max = 5;
  for (const std::string_view text : {"abc,d\nx", "abc,d\rx", "abc,d\r\nx", "\"b\",d\nx"}) {
    CAPTURE(text);
    const Structure found = read(text, true, options);
    CHECK(found.rows.size() == 2);
    CHECK(found.flaws.empty());
  }
  for (const std::string_view text :
       {"abc,de\nx", "abcd,e\rx", "\"bc\",d\nx", "abc,d,", "a,b,c\"\n"}) {
    CAPTURE(text);
    const Structure found = read(text, true, options);
    CHECK(found.rows.size() == 1);
    CHECK(found.cut);
    CHECK(found.bytes == 5);
    REQUIRE(found.flaws.size() == 1);
    CHECK(found.flaws[0] == Flaw{Code::csv_row_too_large, 0, -1, 0});
  }
}

TEST_CASE("an open quote at the limit is an open quote, one behind it is not seen")
{
  ScalarOptions options = usual();
  options.row_bytes_max = 5;
  for (const std::string_view text :
       {"ab,\"defg\"\n", "ab,d,\"e\"", "ab,\"\"\"\"", "ab,\"d\"\"e\""}) {
    CAPTURE(text);
    const Structure found = read(text, true, options);
    CHECK(found.cut);
    REQUIRE(found.flaws.size() == 1);
    const bool is_open = text[3] == '"';
    CHECK(found.flaws[0].code == (is_open ? Code::csv_unclosed_quote : Code::csv_row_too_large));
    CHECK(found.flaws[0].place == (is_open ? 3U : 0U));
  }
  const Structure found = read("abcd,\"\n", true, options);
  CHECK(found.flaws[0].code == Code::csv_row_too_large);
}

TEST_CASE("a row that is cut is cut between characters, and not within CRLF")
{
  ScalarOptions options = usual();
  options.row_bytes_max = 6;
  CHECK(cells("abcde\xC3\xA9", read("abcde\xC3\xA9", true, options)) == "<abcde>");
  CHECK(cells("abcd\xE2\x82\xAC", read("abcd\xE2\x82\xAC", true, options)) == "<abcd>");
  CHECK(cells("abc\xF0\x9F\x98\x80", read("abc\xF0\x9F\x98\x80", true, options)) == "<abc>");
  CHECK(cells("abcd\xC3\xA9x", read("abcd\xC3\xA9x", true, options)) == "<abcd\xC3\xA9>");
  CHECK(cells("abcdef\xA9", read("abcdef\xA9", true, options)) == "<abcdef>");
  CHECK(cells("\"abcd\r\n", read("\"abcd\r\n", true, options)) == "<\"abcd>");
}

TEST_CASE("cells behind the last that is kept are counted, and not kept")
{
  ScalarOptions options = usual();
  options.columns_max = 2;
  const auto flaws_of = [&](std::string_view text) {
    const Structure found = read(text, true, options);
    CHECK(found.rows.at(0).cell_count <= 2);
    return std::vector<Flaw>(found.flaws.begin(), found.flaws.end());
  };
  CHECK(flaws_of("a,b\n").empty());
  CHECK(flaws_of("a,b,c\n") == std::vector<Flaw>{{Code::row_extra_cells, 0, -1, 0}});
  CHECK(flaws_of("a,b,\n") == std::vector<Flaw>{{Code::row_extra_cells, 0, -1, 0}});
  CHECK(flaws_of(" ,\"\",\t,\" \"\r\n").empty()); // it is blank
  CHECK(flaws_of(" ,\"\",\t,\"\"\"\"\r\n").size() == 1);
  CHECK(flaws_of("a\",b,c") == std::vector<Flaw>{{Code::csv_quote, 0, 0, 1}});
  CHECK(flaws_of("a,b,c\"") == std::vector<Flaw>{{Code::row_extra_cells, 0, -1, 0}});
  CHECK(flaws_of("a,b,\"c") == std::vector<Flaw>{{Code::csv_unclosed_quote, 0, -1, 4}});
}

TEST_CASE("an escape takes the meaning of what follows")
{
  ScalarOptions options = usual();
  options.dialect.escape = '\\';
  const auto in = [&](std::string_view text) { return cells(text, read(text, true, options)); };
  const auto is_good = [&](std::string_view text) {
    return read(text, true, options).flaws.empty();
  };
  CHECK(in(R"(a\,b,c)") == R"(<a\,b><c>)");
  CHECK(in(R"("a\"b",c)") == R"(<"a\"b"><c>)");
  CHECK(in("a\\\nb,c") == "<a\\\nb><c>");
  CHECK(in("a\\\r\nb,c") == "<a\\\r\nb><c>");
  CHECK(in("a\\\\,c") == "<a\\\\><c>");
  CHECK(in("a\\") == "<a\\>");
  CHECK(is_good(R"(\"a,b)"));
  CHECK(is_good(R"(a\"b)"));
  CHECK_FALSE(is_good(R"("a\")"));
  CHECK_FALSE(is_good(R"("a"\b)"));
}

TEST_CASE("without a quote sign nothing is quoted")
{
  ScalarOptions options = usual();
  options.dialect.quote.reset();
  CHECK(cells("\"a,b\"\nc\"", read("\"a,b\"\nc\"", true, options)) == "<\"a><b\">/<c\">");
  CHECK(read("\"a,b\"\nc\"", true, options).flaws.empty());
}

TEST_CASE("reading ends after so many rows or cells")
{
  ScalarOptions options = usual();
  options.rows_max = 2;
  CHECK(read("a\nb\nc\n", true, options).bytes == 4);
  options = usual();
  options.cells_max = 3;
  CHECK(read("a,b\nc,d\ne,f\n", true, options).rows.size() == 2);
}
