// Texts: measured in characters after they were composed, and kept as typed.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::blamed;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyText two_to_four = {.min = 2, .max = 4};
constexpr check::ReadyText any = {};

expr::CharClass chars(std::string_view text)
{
  expr::Fault fault;
  auto made = expr::CharClass::parse(text, fault);
  REQUIRE(made);
  return *made;
}

void ok(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(two_to_four, cell) == cell);
}

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(two_to_four, cell) == value);
}

void bad(std::string_view cell, std::string_view code)
{
  CAPTURE(cell);
  CHECK(outcome_of(two_to_four, cell) == code);
}

void kept(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(any, cell) == cell);
}

} // namespace

TEST_CASE("a text is kept as it was typed")
{
  ok("Ad");
  ok("Ada");
  ok("a b");
  ok("a\tb");
  ok("O'Ha");
  ok("=1+1");
  ok("a'b");
  ok("a\"b");
  ok("12");
  ok("+44");
  ok("\xE6\x9D\x8E\xE5\xB0\x8F");
  kept("Sales, EMEA");
  kept("12-May");
  kept("4.42E+11");
  kept("'tis");
  kept("\xD0\x9E\xD0\xBB\xD1\x8C\xD0\xB3\xD0\xB0");
  kept("a text that is longer than sixteen bytes and shorter than sixty-four");
  kept(std::string(16, 'x'));
  kept(std::string(17, 'x'));
  kept(std::string(63, 'x'));
  kept(std::string(64, 'x'));
  kept(std::string(65, 'x'));
  kept(std::string(1000, 'x'));
  kept(std::string(1000, 'x') + "\xC3\xA9");
}

TEST_CASE("the length of a text counts code points, not bytes")
{
  ok("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
  ok("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
  bad("A", "<value.too_short>");
  bad("\xC3\xA9", "<value.too_short>");
  bad("\xF0\x9F\x98\x80", "<value.too_short>");
  bad("Ada B", "<value.too_long>");
  bad("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", "<value.too_long>");
}

TEST_CASE("a text is composed, and measured after that")
{
  ok("Ze\xCC\x81", "Z\xC3\xA9");
  bad("e\xCC\x81", "<value.too_short>");
  ok("e\xCC\x81"
     "e\xCC\x81"
     "e\xCC\x81"
     "e\xCC\x81",
     "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
  ok("A\xE2\x84\xAA", "AK");                                              // the sign of Kelvin
  ok("\xE1\x84\x80\xE1\x85\xA1\xE1\x84\x80", "\xEA\xB0\x80\xE1\x84\x80"); // Hangul, by letters
}

TEST_CASE("a text loses the blanks at its ends, its quotes and its guard")
{
  ok("  Ada ", "Ada");
  ok("\tAda\t", "Ada");
  ok("\xC2\xA0"
     "Ada\xC2\xA0",
     "Ada");
  ok("\"Ada\"", "Ada");
  ok("\" Ada \"", "Ada");
  ok("\"A\"\"a\"", "A\"a");
  ok("'=1+1", "=1+1");
  ok("''=1", "'=1");
  ok("'abc", "'abc");
  ok("A\xC2\xA1", "A\xC2\xA1"); // shares a byte with the no-break space
  ok("\xC2\xA1"
     "A");
  ok("A\xC3\xA0"); // ends like one
  CHECK(outcome_of(two_to_four, "") == "<blank>");
  CHECK(outcome_of(two_to_four, "   ") == "<blank>");
  CHECK(outcome_of(two_to_four, "\"\"") == "<blank>");
  CHECK(outcome_of(two_to_four, "\" \xC2\xA0\"") == "<blank>");
}

TEST_CASE("without a bound from below a text of one character is good")
{
  CHECK(outcome_of(check::ReadyText{.min = 0, .max = 3}, "A") == "A");
  CHECK(outcome_of(check::ReadyText{.min = 1, .max = 3}, "A") == "A");
  CHECK(outcome_of(check::ReadyText{.min = 1, .max = 1}, "\xC3\xA9") == "\xC3\xA9");
  CHECK(outcome_of(check::ReadyText{.min = 0, .max = 0}, "A") == "<value.too_long>");
}

TEST_CASE("the characters of a text are looked at before its length, and one is blamed")
{
  const expr::CharClass names = chars("\\p{L}\\p{M}0-9 '");
  const check::ReadyText name = {.min = 2, .max = 4, .chars = &names};
  CHECK(outcome_of(name, "Ada") == "Ada");
  CHECK(outcome_of(name, "Zo\xC3\xAB") == "Zo\xC3\xAB");
  CHECK(outcome_of(name, "Zoe\xCC\x88") == "Zo\xC3\xAB");
  CHECK(outcome_of(name, "\xE6\x9D\x8E\xE6\x9D\x8E") == "\xE6\x9D\x8E\xE6\x9D\x8E");
  CHECK(outcome_of(name, "A<b") == "<value.characters>");
  CHECK(outcome_of(name, "<Ada Byron>") == "<value.characters>");
  CHECK(outcome_of(name, "A\xE2\x82\xAC") == "<value.characters>");
  CHECK(outcome_of(name, "Ada B") == "<value.too_long>");
  CHECK(blamed(name, "Ada <Byron>") == "<");
  CHECK(blamed(name, "A\xE2\x82\xAC\xE2\x82\xAC") == "\xE2\x82\xAC");
  CHECK(blamed(name, "Ada B") == "Ada B");
  CHECK(blamed(name, " Ze\xCC\x81 Ze\xCC\x81 ") == "Z\xC3\xA9 Z\xC3\xA9");
}
