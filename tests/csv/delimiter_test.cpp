// Which delimiter a file is found to have (fine print M11), and what a header is for each.
#include <doctest/doctest.h>

#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "csv/delimiter.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using namespace rollcall::csv;

namespace {

char found(std::string_view text)
{
  return detect_delimiter(text, true, {}, std::pmr::new_delete_resource());
}

std::string repeated(std::string_view piece, int count)
{
  std::string text;
  for (; count != 0; --count) text += piece;
  return text;
}

} // namespace

TEST_CASE("each of the four delimiters is found")
{
  CHECK(found("a,b\n1,2\n") == ',');
  CHECK(found("a;b\n1;2\n") == ';');
  CHECK(found("a\tb\n1\t2\n") == '\t');
  CHECK(found("a|b\n1|2\n") == '|');
}

TEST_CASE("the one wins under which most records have the same number of cells")
{
  CHECK(found("a;b\n1,5;2\n2,5;3\n3;4\n") == ';');
  CHECK(found("a,b;c\n1,2;3\n4,5\n6,7\n") == ',');
  // Not the one that makes most cells.
  CHECK(found("a;b,c,d,e\n1;2\n3;4\n") == ';');
  // Records of several widths do not add up.
  CHECK(found("a,b\na,b,c\na,b,c,d\nx;y\nx;y\n") == ';');
}

TEST_CASE("on a tie the first of comma, semicolon, tab and bar wins; so it does if there is none")
{
  CHECK(found("a,b;c\n1,2;3\n") == ',');
  CHECK(found("a;b\tc\n") == ';');
  CHECK(found("a\tb|c\n") == '\t');
  CHECK(found("a\nb\n") == ',');
  CHECK(found("") == ',');
  CHECK(found("\n\n") == ',');
}

TEST_CASE("delimiters within quotes delimit nothing, and blank records do not count")
{
  CHECK(found("\"a,b,c\";d\n\"1,2,3\";4\n") == ';');
  CHECK(found(",\n,\n,\n,\na;b\n") == ';');
}

TEST_CASE("what quotes or escapes does not delimit")
{
  CHECK(tests::read_all(",a,;,b,\n", {.dialect = {.quote = ','}}).delimiter == ';');
  CHECK(tests::read_all("a\n", {.dialect = {.quote = ',', .escape = ';'}}).delimiter == '\t');
}

TEST_CASE("only the first 100 records are looked at")
{
  CHECK(found(repeated("a;b\n", 100) + repeated("a,b\n", 500)) == ';');
  CHECK(found(repeated("\n", 200) + repeated("a;b\n", 100) + repeated("a,b\n", 500)) == ';');
  CHECK(found(repeated("a;b\n", 40) + repeated("a,b\n", 500)) == ',');
}

TEST_CASE("a record that is cut off by the window is not looked at, the last of the file is")
{
  const auto cut_off = [](std::string_view text) {
    return detect_delimiter(text, false, {}, std::pmr::new_delete_resource());
  };
  CHECK(cut_off("a;b\n1,2,3,4") == ';');
  CHECK(cut_off("a|b") == ',');
  CHECK(found("a|b") == '|');
}

TEST_CASE("the reader finds the delimiter, unless it is told, whatever pieces the file comes in")
{
  const std::string text = repeated("a;b,c;d\n", 50) + "x;y;z\n";
  for (const std::size_t piece : {1U, 7U, 1000U}) {
    tests::PieceSource source{text, piece};
    CHECK(tests::read_all(source, {}).delimiter == ';');
  }
  CHECK(tests::read_all(text, {.dialect = {.delimiter = ','}}).delimiter == ',');
  CHECK(tests::read_all("'a,b';c\n'1,2';3\n", {.dialect = {.quote = '\''}}).delimiter == ';');
  CHECK(tests::read_all("a\\,b;c\n", {.dialect = {.escape = '\\'}}).delimiter == ';');
}

TEST_CASE("the first record that is not blank is split by whatever delimiter is asked for")
{
  using Cells = std::vector<std::string>;
  CHECK(first_record("a,b;c\n", {}, ',') == Cells{"a", "b;c"});
  CHECK(first_record("a,b;c\n", {}, ';') == Cells{"a,b", "c"});
  CHECK(first_record("\n \n,\n\"a\"\"\",b\r\n", {}, ',') == Cells{"a\"", "b"});
  // What is blank depends on the delimiter.
  CHECK(first_record(";;\nx;y\n", {}, ',') == Cells{";;"});
  CHECK(first_record("a", {}, ',') == Cells{"a"});
  CHECK(first_record("", {}, ',').empty());
  CHECK(first_record("\n\n", {}, ',').empty());
  CHECK(first_record("'a;b';c\n", {.quote = '\''}, ';') == Cells{"a;b", "c"});
  CHECK(first_record("a\\;b;c\n", {.escape = '\\'}, ';') == Cells{"a;b", "c"});
}
