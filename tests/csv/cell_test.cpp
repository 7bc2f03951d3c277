// What the bytes of a cell say, and when they say nothing.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "csv/cell.hpp"

using namespace rollcall::csv;
using namespace std::string_view_literals;

namespace {

void says(std::string_view cell, std::string_view value, const Dialect& dialect = {})
{
  CAPTURE(cell);
  std::string scratch = "left over";
  CHECK(value_of(cell, dialect, scratch) == value);
  CHECK(value_bytes(cell, dialect) == value.size());
}

} // namespace

TEST_CASE("a cell without quotes says what it is")
{
  for (const std::string_view cell :
       {""sv, "a"sv, " a "sv, "a b"sv, "\xC3\xA9"sv, "\0"sv, "a\\b"sv})
    says(cell, cell);
}

TEST_CASE("quotes round a cell are taken off, doubled ones halved")
{
  says(R"("")", "");
  says(R"("a")", "a");
  says(R"(" a ")", " a ");
  says(R"("a,b")", "a,b");
  says("\"a\nb\"", "a\nb");
  says(R"("""")", R"(")");
  says(R"("a""b")", R"(a"b)");
  says(R"("""a""")", R"("a")");
  says(R"("""""")", R"("")");
}

TEST_CASE("what follows a closing quote is part of a badly quoted cell")
{
  says(R"("a"b)", "ab");
  says(R"("a" )", "a ");
  says(R"("a"b"c")", R"(ab"c")");
  says(R"("a"b""c)", R"(ab""c)");
  says(R"(""a)", "a");
  says(R"(a"b)", R"(a"b)");
  says(R"( "a")", R"( "a")");
}

TEST_CASE("an open quote is taken off, too")
{
  says("\"", "");
  says("\"a", "a");
  says("\"a\"\"", "a\"");
  says("\"a\nb", "a\nb");
}

TEST_CASE("an escape is taken off, and what follows stays")
{
  const Dialect dialect{.escape = '\\'};
  says(R"(a\,b)", "a,b", dialect);
  says(R"("a\"b")", R"(a"b)", dialect);
  says(R"("a\\")", R"(a\)", dialect);
  says(R"(\"a")", R"("a")", dialect);
  says(R"("a""b\"c")", R"(a"b"c)", dialect);
  says("a\\\r\nb", "a\r\nb", dialect);
  says("a\\", "a\\", dialect);
  says("\\", "\\", dialect);
  says("\"a\"\\b", "ab", dialect);
}

TEST_CASE("another quote, and none")
{
  says("'a''b'", "a'b", {.quote = '\''});
  says("\"a\"", "\"a\"", {.quote = '\''});
  says("\"a\"", "\"a\"", {.quote = {}});
}

TEST_CASE("space, tab and no-break space are trimmed, and nothing else (spec 2)")
{
  CHECK(trimmed("") == "");
  CHECK(trimmed("a") == "a");
  CHECK(trimmed(" \ta b\t ") == "a b");
  CHECK(trimmed("\xC2\xA0 a\xC2\xA0") == "a");
  CHECK(trimmed(" \xC2\xA0\t") == "");
  for (const std::string_view kept :
       {"\n"sv, "\ra"sv, "\0"sv, "\v"sv, "\xC2"sv, "\xA0"sv, "\xC2\x85"sv, "\xE2\x80\x83"sv,
        "\xE3\x80\x80"sv, "\xE2\x80\xAF"sv, "\xC3\xA0"sv, "a\xC2"sv, "\xA0 a"sv})
    CHECK(trimmed(kept) == kept);
  // Not the second half of another character.
  CHECK(trimmed("\xE2\xC2\xA0") == "\xE2");
  CHECK(leading_blanks(" \t\xC2\xA0x ") == 4);
  CHECK(leading_blanks("x") == 0);
}

TEST_CASE("a cell is blank if nothing is left of its value after trimming (spec E6)")
{
  for (const std::string_view cell :
       {""sv, " "sv, "\t"sv, "\xC2\xA0"sv, " \t\xC2\xA0 "sv, "\"\""sv, "\" \t\xC2\xA0\""sv}) {
    CAPTURE(cell);
    CHECK(is_blank_cell(cell, {}));
  }
  for (const std::string_view cell : {"a"sv, "\"\"\"\""sv, "\" \"\" \""sv, "\"\n\""sv, "\"\" "sv,
                                      " \"\""sv, "\0"sv, "\xC2"sv, "'"sv, "\\ "sv}) {
    CAPTURE(cell);
    CHECK_FALSE(is_blank_cell(cell, {}));
  }
  CHECK_FALSE(is_blank_cell("\"\"", {.quote = {}}));
  CHECK(is_blank_cell("''", {.quote = '\''}));
}

TEST_CASE("an escaped blank is blank")
{
  const Dialect dialect{.escape = '\\'};
  for (const std::string_view cell : {"\\ "sv, "\"\\\t\""sv, "\\\xC2\xA0"sv, " \\ \\ "sv}) {
    CAPTURE(cell);
    CHECK(is_blank_cell(cell, dialect));
  }
  for (const std::string_view cell :
       {"\\"sv, "\\\\"sv, "\\a"sv, "\\\xC2"sv, "\"\\\"\""sv, "\\\n"sv}) {
    CAPTURE(cell);
    CHECK_FALSE(is_blank_cell(cell, dialect));
  }
}
