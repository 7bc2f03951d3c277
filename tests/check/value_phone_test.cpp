// Phone numbers of E.164, with separators, with ;ext= and without their plus (spec E27, C7, C8).
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyPhone plain = {};
constexpr check::ReadyPhone with_ext = {.ext = true};
constexpr check::ReadyPhone restoring = {.ext = true, .restores_plus = true};

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(plain, cell) == value);
}

void ok(std::string_view cell)
{
  ok(cell, cell);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(plain, cell) == "<value.phone>");
}

void ext_ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(with_ext, cell) == value);
}

void ext_bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(with_ext, cell) == "<value.phone>");
}

void bare(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(restoring, cell) == value);
}

} // namespace

TEST_CASE("a phone number is a plus and 8 to 15 digits, the first not 0")
{
  ok("+12345678");
  ok("+442071838750");
  ok("+123456789012345");
  ok("+99999999");
  ok("+10000000");
  bad("+1234567");
  bad("+1234567890123456");
  bad("+0123456789");
  bad("+");
  bad("++12345678");
  bad("1+2345678");
  bad("+1234+5678");
  bad("12345678+");
  bad("442071838750");
  bad("00442071838750");
  bad("02071838750");
  bad("tel:+442071838750");
  bad("+44207183875x");
  bad("+44207183875O");
  bad("+44/20/71838750");
  bad("+44_2071838750");
  bad("phone");
  bad("\xEF\xBC\x8B"
      "442071838750"); // a full-width plus
}

TEST_CASE("space, dot, dash and round brackets are dropped wherever they stand")
{
  ok("+44 20 7183 8750", "+442071838750");
  ok("+44-20-7183-8750", "+442071838750");
  ok("+44.20.7183.8750", "+442071838750");
  ok("+44 (20) 7183-8750", "+442071838750");
  ok("(+44) 2071838750", "+442071838750");
  ok("+ 442071838750", "+442071838750");
  ok("-+442071838750-", "+442071838750");
  ok("+4 4 2 0 7 1 8 3 8 7 5 0", "+442071838750");
  ok("+44 ()--..  2071838750", "+442071838750");
  ok("+44 20 7183 8750)", "+442071838750");
  ok("+4                                                               42071838750",
     "+442071838750");
  bad("+44\xC2\xA0"
      "2071838750"); // a no-break space is not dropped inside
  bad("+44\xE2\x80\x93"
      "2071838750");
  bad("+44\t2071838750");
  bad("+44,2071838750");
  bad("+44 20 718");
  bad("+44 20 7183 8750 1234 5");
  bad("( )");
  bad("-");
}

TEST_CASE("blanks at the ends, quotes and a guard are no part of a number")
{
  ok(" +442071838750 ", "+442071838750");
  ok("\xC2\xA0+442071838750", "+442071838750");
  ok("\"+442071838750\"", "+442071838750");
  ok("'+442071838750", "+442071838750");
  ok("\"'+44 20 71838750\"", "+442071838750");
  bad("''+442071838750");
}

TEST_CASE("with ;ext= a number may end in an extension of 1 to 8 digits, in lower case")
{
  ext_ok("+442071838750", "+442071838750");
  ext_ok("+442071838750;ext=1", "+442071838750;ext=1");
  ext_ok("+442071838750;ext=12345678", "+442071838750;ext=12345678");
  ext_ok("+442071838750;EXT=0017", "+442071838750;ext=0017");
  ext_ok("+44 20 7183 8750;Ext=17", "+442071838750;ext=17");
  ext_ok("+44 20 7183 8750 ;ext=17", "+442071838750;ext=17");
  ext_ok("+123456789012345;ext=12345678", "+123456789012345;ext=12345678");
  ext_bad("+442071838750;ext=");
  ext_bad("+442071838750;ext=123456789");
  ext_bad("+442071838750;ext=1 7");
  ext_bad("+442071838750; ext=17");
  ext_bad("+442071838750;ext= 17");
  ext_bad("+442071838750;ext=1-7");
  ext_bad("+442071838750;ext=17x");
  ext_bad("+442071838750;ext=17;ext=18");
  ext_bad("+442071838750;ext");
  ext_bad("+442071838750;");
  ext_bad("+442071838750ext=17");
  ext_bad("+442071838750;phone=17");
  ext_bad(";ext=17");
  ext_bad("442071838750;ext=17");
  bad("+442071838750;ext=17");
}

TEST_CASE("the Greek question mark, composed, is the semicolon that it looks like")
{
  ext_ok(
      "+442071838750\xCD\xBE"
      "ext=17",
      "+442071838750;ext=17");
}

TEST_CASE("bare digits are what the inventory may have with a plus")
{
  bare("442071838750", "bare +442071838750");
  bare("12345678", "bare +12345678");
  bare("123456789012345", "bare +123456789012345");
  bare("44 20 7183 8750", "bare +442071838750");
  bare("(44) 20-7183.8750", "bare +442071838750");
  bare("442071838750;ext=17", "bare +442071838750;ext=17");
  bare("44 2071838750;EXT=17", "bare +442071838750;ext=17");
  bare("+442071838750", "+442071838750");
  bare("1234567", "<value.phone>");
  bare("1234567890123456", "<value.phone>");
  bare("02071838750", "<value.phone>");
  bare("00442071838750", "<value.phone>");
  bare("44207183875O", "<value.phone>");
  bare("20240512", "bare +20240512");
  bare("2024-05-12", "<value.spreadsheet_damage>");
  bare("4.42E+11", "<value.spreadsheet_damage>");
}

TEST_CASE("damage by a spreadsheet is named as such")
{
  CHECK(outcome_of(plain, "4.42E+11") == "<value.spreadsheet_damage>");
  CHECK(outcome_of(plain, "4,42071838E+11") == "<value.spreadsheet_damage>");
  CHECK(outcome_of(plain, "12/05/2024") == "<value.spreadsheet_damage>");
  CHECK(outcome_of(plain, "12-May") == "<value.spreadsheet_damage>");
  bad("+4.42E+11");
}
