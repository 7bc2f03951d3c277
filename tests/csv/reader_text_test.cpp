// Encodings, undecodable bytes and control characters, through the whole reader.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/csv_reading.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using namespace std::string_literals;
using csv::Encoding;

namespace {

Read read(std::string_view text, Encoding encoding = Encoding::utf_8)
{
  return read_all(text, {.dialect = {.delimiter = ',', .encoding = encoding}});
}

std::string tell(std::string_view text, Encoding encoding = Encoding::utf_8)
{
  const Read found = read(text, encoding);
  return found.fault.empty() ? told(found.reading) : found.fault;
}

// UTF-16 of units, in either order.
std::string utf_16(const std::vector<std::uint16_t>& units, bool big)
{
  std::string bytes;
  for (const std::uint16_t unit : units) {
    const auto high = static_cast<char>(unit >> 8U);
    const auto low = static_cast<char>(unit & 0xFFU);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

} // namespace

TEST_CASE("a byte order mark is skipped, and counts as bytes of the source")
{
  CHECK(tell("\xEF\xBB\xBF"
             "a,b\n1,2\n") == "0 @1+3 <a><b>\n1 @2+7 <1><2>\n");
  CHECK(tell("\xEF\xBB\xBF") == "");
  CHECK(tell("\xEF\xBB\xBF\"a\",b") == "0 @1+3 <a><b>\n");
  CHECK(tell("\xEF\xBB") == "0 @1+0 <\\xEF\\xBB> text.encoding[0] @1+0\n");
  CHECK(read("\xEF\xBB\xBFx").source_bytes == 4);
}

TEST_CASE("a second byte order mark is text")
{
  CHECK(tell("\xEF\xBB\xBF\xEF\xBB\xBFx") == "0 @1+3 <\\xEF\\xBB\\xBFx>\n");
}

TEST_CASE("a byte order mark goes before the encoding that was asked for (spec E1)")
{
  CHECK(read("\xEF\xBB\xBFx", Encoding::windows_1252).reading.encoding == Encoding::utf_8);
  CHECK(read("\xFF\xFEx\0"s, Encoding::utf_16be).reading.encoding == Encoding::utf_16le);
  CHECK(read("\xFE\xFF\0x"s, Encoding::utf_8).reading.encoding == Encoding::utf_16be);
  CHECK(tell("\xFE\xFF\0x"s, Encoding::latin_1) == "0 @1+2 <x>\n");
}

TEST_CASE("UTF-16 is read in both orders, with a mark or when asked for")
{
  const std::vector<std::uint16_t> units = {'a',  ',', 0xE9, '\r',   '\n',   '"',  0x20AC,
                                            '\n', '"', ',',  0xD83D, 0xDE00, '\n', '1'};
  for (const bool big : {false, true}) {
    for (const bool marked : {false, true}) {
      std::vector<std::uint16_t> all = units;
      if (marked) all.insert(all.begin(), 0xFEFF);
      const Encoding asked = marked ? Encoding::utf_8
                             : big  ? Encoding::utf_16be
                                    : Encoding::utf_16le;
      const std::size_t begin = marked ? 2 : 0;
      CHECK(tell(utf_16(all, big), asked) == "0 @1+" + std::to_string(begin) +
                                                 " <a><\\xC3\\xA9>\n" + //
                                                 "1 @2+" + std::to_string(begin + 10) +
                                                 " <\\xE2\\x82\\xAC\\x0A><\\xF0\\x9F\\x98\\x80>\n" +
                                                 "2 @4+" + std::to_string(begin + 26) + " <1>\n");
    }
  }
}

TEST_CASE("a lone surrogate is undecodable in its cell alone, whichever half it is")
{
  for (const bool big : {false, true}) {
    const Encoding encoding = big ? Encoding::utf_16be : Encoding::utf_16le;
    CHECK(tell(utf_16({'a', ',', 0xD83D, ',', 'b', '\n', 'c'}, big), encoding) ==
          "0 @1+0 <a><\\xED\\xA0\\xBD><b> text.encoding[1] @1+4\n1 @2+12 <c>\n");
    CHECK(tell(utf_16({'a', ',', 'x', 0xDE00, ',', 'b'}, big), encoding) ==
          "0 @1+0 <a><x\\xED\\xB8\\x80><b> text.encoding[1] @1+6\n");
    // The second half in front of the first, and a first one twice.
    CHECK(tell(utf_16({0xDE00, 0xD83D}, big), encoding) ==
          "0 @1+0 <\\xED\\xB8\\x80\\xED\\xA0\\xBD> text.encoding[0] @1+0\n");
    CHECK(tell(utf_16({'x', 0xD83D, 0xD83D, 0xDE00}, big), encoding) ==
          "0 @1+0 <x\\xED\\xA0\\xBD\\xF0\\x9F\\x98\\x80> text.encoding[0] @1+2\n");
  }
}

TEST_CASE("an odd last byte of UTF-16 is undecodable")
{
  CHECK(tell(utf_16({'a', '\n', 'b'}, false) + "x", Encoding::utf_16le) ==
        "0 @1+0 <a>\n1 @2+4 <b\\xFF> text.encoding[0] @2+6\n");
  CHECK(tell("\xFF\xFE,"s) == "0 @1+2 <\\xFF> text.encoding[0] @1+2\n");
  CHECK(tell(utf_16({'a', '\n'}, true) + '\0', Encoding::utf_16be) ==
        "0 @1+0 <a>\n1 @2+4 <\\xFF> text.encoding[0] @2+4\n");
}

TEST_CASE("control characters of UTF-16 are found, with their bytes")
{
  CHECK(tell(utf_16({'a', ',', 0x20AC, 0x85, '\n', 0, '\n', 0x7F}, false), Encoding::utf_16le) ==
        "0 @1+0 <a><\\xE2\\x82\\xAC\\xC2\\x85> text.control_character[1] @1+6\n"
        "1 @2+10 <\\x00> text.control_character[0] @2+10\n"
        "2 @3+14 <\\x7F> text.control_character[0] @3+14\n");
}

TEST_CASE("windows-1252 has letters where latin-1 has control characters")
{
  CHECK(tell("\x80,\xE9\n", Encoding::windows_1252) == "0 @1+0 <\\xE2\\x82\\xAC><\\xC3\\xA9>\n");
  CHECK(tell("a\x80,\xE9\n", Encoding::latin_1) ==
        "0 @1+0 <a\\xC2\\x80><\\xC3\\xA9> text.control_character[0] @1+1\n");
  CHECK(tell("\xA0,\"\xA0\"\na", Encoding::latin_1) == "0 @2+6 <a>\n1 blank\n");
}

TEST_CASE("each of the five bytes that windows-1252 lacks is undecodable in its cell (spec E1)")
{
  for (int byte = 0; byte != 256; ++byte) {
    const bool is_missing =
        byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
    const std::string text = "ab,\xE9"s + static_cast<char>(byte) + ",c\n";
    const Read found = read(text, Encoding::windows_1252);
    REQUIRE(found.reading.rows.size() >= 1);
    const bool is_undecodable =
        !found.reading.rows[0].faults.empty() &&
        found.reading.rows[0].faults[0] == FaultSeen{Code::text_encoding, 1, 4, 1};
    CAPTURE(byte);
    CHECK(is_undecodable == is_missing);
    CHECK(found.reading.first_undecodable ==
          (is_missing ? std::optional<std::uint64_t>{4} : std::nullopt));
  }
}

TEST_CASE("what is no UTF-8 is undecodable from its first byte on")
{
  const std::vector<std::pair<std::string, std::size_t>> bad = {
      {"\x80", 0},             // continues nothing
      {"a\xBF", 1},            //
      {"\xC0\xAF", 0},         // too long for what it is
      {"\xE0\x80\x80", 0},     //
      {"\xF0\x80\x80\x80", 0}, //
      {"\xC3", 0},             // cut short
      {"\xC3\xA9\xE2\x82", 2}, //
      {"\xF0\x9F\x98", 0},     //
      {"\xED\xA0\x80", 0},     // a surrogate
      {"\xF4\x90\x80\x80", 0}, // past the last character
      {"\xF5\x80\x80\x80", 0}, //
      {"\xFE", 0},             // never
      {"ab\xFF", 2},           //
  };
  for (const auto& pair : bad) {
    const std::string& cell = pair.first;
    CAPTURE(cell);
    const std::string place = std::to_string(4 + pair.second);
    CHECK(tell("a,b\n" + cell + ",c\nd,e\n") ==
          "0 @1+0 <a><b>\n1 @2+4 <" + shown(cell) + "><c> text.encoding[0] @2+" + place +
              "\n2 @3+" + std::to_string(cell.size() + 7) + " <d><e>\n");
  }
}

TEST_CASE("characters at the borders of their length are UTF-8")
{
  for (const std::string_view cell :
       {"\xC2\xA0x", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(tell(cell) == "0 @1+0 <" + shown(cell) + ">\n");
  }
}

TEST_CASE("the first undecodable byte of the file is told, whatever window it is in")
{
  for (const std::size_t before : {0U, 1U, 100U, 70'000U, 300'000U}) {
    std::string text = "a\n";
    while (text.size() < before) text += "some text, and more\n";
    const std::uint64_t at = text.size() + 2;
    text += "xy\xFF\nz\n\xFE\n";
    for (const bool in_memory : {true, false}) {
      PieceSource pieces{text, 999};
      const Read found = in_memory ? read(text) : read_all(pieces, {.dialect = {.delimiter = ','}});
      CHECK(found.reading.first_undecodable == at);
    }
  }
  CHECK_FALSE(read("a,b\n").reading.first_undecodable.has_value());
}

TEST_CASE("every control character but tab is found, in every column (spec E9)")
{
  for (std::uint32_t point = 0; point != 0xA1; ++point) {
    if (point == '"') continue;
    std::string character(1, static_cast<char>(point));
    if (point > 0x7F) character = {'\xC2', static_cast<char>(point)};
    const bool is_line_end = point == '\n' || point == '\r';
    const bool is_control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool is_bad = is_control && point != '\t' && !is_line_end;
    CAPTURE(point);
    for (const int column : {0, 1, 2}) {
      std::string text;
      for (int i = 0; i != 3; ++i) {
        if (i != 0) text += ',';
        text += i == column ? "\"x" + character + "\"" : "x";
      }
      const Read found = read(text);
      REQUIRE(found.reading.rows.size() == 1);
      const auto& faults = found.reading.rows[0].faults;
      REQUIRE(faults.size() == (is_bad ? 1 : 0));
      if (is_bad) {
        CHECK(faults[0] == FaultSeen{Code::text_control_character, column,
                                     static_cast<std::uint64_t>(2 * column + 2), 1});
      }
    }
    if (is_line_end) continue;
    CHECK(read("h\nx" + character + "\n").reading.rows.at(1).faults.size() == (is_bad ? 1 : 0));
  }
}

TEST_CASE("control characters are found in the header, in long files, and by every kernel")
{
  CHECK(tell("a\x7F,b\n1,2\n") ==
        "0 @1+0 <a\\x7F><b> text.control_character[0] @1+1\n"
        "1 @2+5 <1><2>\n");
  for (const csv::Kernel kernel : kernels()) {
    for (const char* bad : {"\x02", "\x7F", "\xC2\x80", "\xC2\x9F"}) {
      std::string text = "a,b\n";
      for (int row = 0; row != 3000; ++row)
        text += row == 2345 ? "\xC3\xA9,"s + bad + "\n" : "\xC3\xA9,y\n"s;
      const Read found = read_all(text, {.dialect = {.delimiter = ','}, .kernel = kernel});
      std::size_t faults = 0;
      for (const RowSeen& row : found.reading.rows) faults += row.faults.size();
      CHECK(faults == 1);
      REQUIRE(found.reading.rows.size() == 3001);
      CHECK(found.reading.rows[2346].faults.size() == 1);
    }
  }
}

TEST_CASE("a tab is text in any cell")
{
  CHECK(tell("a\tb,\"\t\"x,\tc\n") == "0 @1+0 <a\\x09b><\\x09x><\\x09c> csv.quote[1] @1+7\n");
  CHECK(tell("a\tb,\"x\ty\"\n") == "0 @1+0 <a\\x09b><x\\x09y>\n");
}
