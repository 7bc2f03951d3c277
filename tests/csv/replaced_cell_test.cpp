// Other values in the place of cells, in the way and the encoding of the file around them.
#include <doctest/doctest.h>

#include <memory_resource>
#include <string>

#include "csv/cell.hpp"
#include "csv/encoding.hpp"
#include "csv/replaced_cell.hpp"
#include "csv/source_copy.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

std::string replaced(std::string_view cell, std::string_view value,
                     const csv::Dialect& dialect = {.delimiter = ','})
{
  return csv::replaced_cell(cell, value, dialect).value_or("<none>");
}

} // namespace

TEST_CASE("a cell keeps its quotes, and gets some if its value needs them")
{
  CHECK(replaced("x", "201") == "201");
  CHECK(replaced("\"x\"", "201") == "\"201\"");
  CHECK(replaced("x", "Smith, Ann") == "\"Smith, Ann\"");
  CHECK(replaced("x", "Ann \"A\"") == "\"Ann \"\"A\"\"\"");
  CHECK(replaced("x", "Smith, Ann", {.delimiter = ';'}) == "Smith, Ann");
}

TEST_CASE("what a spreadsheet would run gets its guard, and numbers do not")
{
  CHECK(replaced("x", "=1+1") == "'=1+1");
  CHECK(replaced("x", "+442071838750") == "+442071838750");
  CHECK(replaced("x", "'=1") == "''=1");
}

TEST_CASE("what a dialect has no way to write is not written")
{
  CHECK(replaced("x", "a,b", {.delimiter = ',', .quote = {}}) == "<none>");
  CHECK(replaced("x", "a\\b", {.delimiter = ',', .escape = '\\'}) == "<none>");
  CHECK(replaced("x", " a") == "<none>"); // it would be trimmed
}

TEST_CASE("a cell is well-formed with whole quotes, or with none")
{
  const csv::Dialect comma{.delimiter = ','};
  for (const std::string_view good :
       {"", "a", "\"\"", "\"a\"", "\"a\"\"b\"", "\"a,\n\"", "\"\"\"\""})
    CHECK_MESSAGE(csv::is_well_formed(good, comma), good);
  for (const std::string_view bad : {"\"", "\"a", "a\"", "\"a\"b", "\"a\"b\"", "a,b", "\"\"\""})
    CHECK_MESSAGE(!csv::is_well_formed(bad, comma), bad);
}

TEST_CASE("what is encoded reads back, and what an encoding lacks is not encoded")
{
  CHECK(csv::encode(csv::Encoding::windows_1252, "Ren\u00E9 \u20AC") == "Ren\xE9 \x80");
  CHECK(csv::encode(csv::Encoding::latin_1, "Ren\u00E9") == "Ren\xE9");
  CHECK(!csv::encode(csv::Encoding::latin_1, "\u20AC"));
  CHECK(!csv::encode(csv::Encoding::windows_1252, "\u0101"));
  CHECK(!csv::encode(csv::Encoding::windows_1252, "\u0081"));
  using namespace std::string_view_literals;
  CHECK(csv::encode(csv::Encoding::utf_16be, "a\U0001F600") == "\0a\xD8\x3D\xDE\0"sv);
  CHECK(csv::encode(csv::Encoding::utf_16le, "a") == "a\0"sv);
}

TEST_CASE("a source is copied byte for byte but for what is replaced")
{
  std::string text;
  for (int i = 0; i != 10'000; ++i) text += std::to_string(i) + ",";
  MemorySource source{text};
  std::pmr::string out;
  TextSink sink{out};
  csv::SourceCopy copy{source, &sink, *std::pmr::new_delete_resource()};
  std::array<std::byte, 777> piece{};
  std::uint64_t read = 0;
  std::string wanted;
  std::size_t done = 0;
  while (const std::size_t count = must(copy.read(piece))) {
    read += count;
    copy.replace(read - 10, read - 5, "<>");
    wanted += text.substr(done, read - 10 - done) + "<>";
    done = read - 5;
  }
  must(copy.finish());
  CHECK(std::string{out} == wanted + text.substr(done));
}
