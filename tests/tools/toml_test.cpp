// The part of TOML that defaults are written in: what is read, and where what is wrong stands.
#include "toml.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using rollcall::tools::read_toml;
using rollcall::tools::Toml;
using rollcall::tools::TomlEntry;

namespace {

// A line an entry: "table.key=word|word".
std::string read(std::string_view text)
{
  const auto toml = read_toml(text);
  if (!toml.has_value()) return std::string{toml.assume_error().detail()};
  std::string out;
  for (const TomlEntry& entry : toml.assume_value().entries) {
    out += entry.table + "." + entry.key + "=";
    for (const std::string& word : entry.value.words) out += word + "|";
    out += "\n";
  }
  return out;
}

} // namespace

TEST_CASE("settings are read as TOML means them")
{
  const auto ok = [](std::string_view text, std::string_view as) {
    CAPTURE(text);
    CHECK(read(text) == as);
  };
  ok("", "");
  ok("\n # nothing\r\n\t\n", "");
  ok("a = \"b\"", ".a=b|\n");
  ok("\xEF\xBB\xBF"
     "a = \"b\"",
     ".a=b|\n");
  ok("a=\"b\"#c", ".a=b|\n");
  ok("a_-1 = 'C:\\new'\r\n", ".a_-1=C:\\new|\n");
  ok("\"a b\" = \"\"", ".a b=|\n");
  ok("a = \"\\\"\\\\\\t\\u00e9\\U0001F600\"", ".a=\"\\\t\xC3\xA9\xF0\x9F\x98\x80|\n");
  ok("a = 1_000\nb = +7\nc = 0", ".a=1000|\n.b=7|\n.c=0|\n");
  ok("a = true\nb = false", ".a=true|\n.b=false|\n");
  ok("a = []", ".a=\n");
  ok("a = [ 'x', \"y\" ]", ".a=x|y|\n");
  ok("a = [ # one\n 'x'\n ,\n\n'y', # two\n]\nb = 1", ".a=x|y|\n.b=1|\n");
  ok("[t]\na = 1\n [ \"u\" ] # c\na = 2", "t.a=1|\nu.a=2|\n");
  ok("[true]\n1 = 2", "true.1=2|\n");
}

TEST_CASE("what cannot be read is named by line and column")
{
  const auto bad = [](std::string_view text, std::string_view says) {
    CAPTURE(text);
    CHECK(read(text) == says);
  };
  constexpr std::string_view value =
      "expected a text in quotes, a whole number, true, false or an array of texts";
  bad("a", "1:2: expected =");
  bad("\n  = 1", "2:3: expected the name of a setting");
  bad("a = ", "1:5: " + std::string{value});
  bad("a = b", "1:5: " + std::string{value});
  bad("a = 1.5", "1:5: " + std::string{value});
  bad("a = -1", "1:5: " + std::string{value});
  bad("a = 01", "1:5: " + std::string{value});
  bad("a = 1__0", "1:5: " + std::string{value});
  bad("a = 2026-11-21T08:30:00Z", "1:5: " + std::string{value});
  bad("a = {}", "1:5: " + std::string{value});
  bad("a = 1 b", "1:7: expected the end of the line");
  bad("a.b = 1", "1:2: a table within a table is not needed here");
  bad("[a.b]", "1:3: a table within a table is not needed here");
  bad("[[a]]", "1:2: an array of tables is not needed here");
  bad("[a", "1:3: expected ]");
  bad("[]", "1:2: expected the name of a table");
  bad("[a]\n[b]\n[a]", "3:1: the table [a] is there twice");
  bad("a = 1\na = 2", "2:1: a is there twice");
  bad("a = \"b", "1:5: this quote is never closed");
  bad("a = 'b\nc'", "1:5: this quote is never closed");
  bad("a = \"\"\"b\"\"\"", "1:5: a text of several lines is not needed here");
  bad("a = \"\\x\"", "1:6: there is no such escape");
  bad("a = \"\\u12\"", "1:6: an escape has 4 or 8 hexadecimal digits");
  bad("a = \"\\ud800\"", "1:6: there is no such character");
  bad("a = \"\x01\"", "1:6: a control character is written as an escape: \\u0007");
  bad("# \x01", "1:3: a control character cannot stand here");
  bad("a = [1]", "1:6: expected a text in quotes, or ]");
  bad("a = ['b' 'c']", "1:10: expected , or ]");
  bad("a = ['b'", "1:9: expected , or ]");
  bad("a = [", "1:6: expected a text in quotes, or ]");
}

TEST_CASE("whatever the text is, reading it ends")
{
  constexpr std::string_view text = "[t]\na = [ 'x', \"\\u00e9\" ]\n# c\nb = 1_0\n";
  for (std::size_t i = 0; i != text.size(); ++i) {
    static_cast<void>(read_toml(text.substr(0, i)));
    for (int sign = 0; sign != 256; ++sign) {
      std::string changed{text};
      changed[i] = static_cast<char>(sign);
      static_cast<void>(read_toml(changed));
    }
  }
}
