// Whole numbers with bounds: kept without zeros in front, however many there are (spec E30).
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyInteger any = {};
constexpr check::ReadyInteger small = {.min = -20, .max = 999};

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(any, cell) == value);
}

void ok(std::string_view cell)
{
  ok(cell, cell);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(any, cell) == "<value.integer>");
}

void inside(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(small, cell) == cell);
}

void outside(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(small, cell) == "<value.range>");
}

} // namespace

TEST_CASE("an integer is digits with perhaps a minus")
{
  ok("0");
  ok("7");
  ok("-7");
  ok("10");
  ok("1234567");
  ok("12345678");
  ok("123456789");
  ok("1234567890123456");
  ok("9223372036854775807");
  ok("-9223372036854775808");
  ok(" 5 ", "5");
  ok("\"5\"", "5");
  bad("-");
  bad("--7");
  bad("+7");
  bad("7-");
  bad("1 000");
  bad("1,000");
  bad("1.0");
  bad("3.");
  bad("1e3");
  bad("0x10");
  bad("seven");
  bad("\xD9\xA1");
  bad("\xE2\x88\x92"
      "7"); // a minus, but not that of ASCII
}

TEST_CASE("an integer is kept without zeros in front, and zero without a sign")
{
  ok("007", "7");
  ok("-007", "-7");
  ok("00", "0");
  ok("-0", "0");
  ok("-000", "0");
  ok("000000000000000000000000000000000000007", "7");
  ok("-000000000000000000000000000000000000007", "-7");
  ok("0010", "10");
}

TEST_CASE("an integer lies between its bounds, which are good themselves")
{
  inside("-20");
  inside("-1");
  inside("0");
  inside("1");
  inside("999");
  outside("-21");
  outside("1000");
  outside("-999");
  outside("12345678");
  outside("99999999");
  outside("100000000");
  CHECK(outcome_of(small, "0999") == "999");
  CHECK(outcome_of(small, "00001000") == "<value.range>");
}

TEST_CASE("too many digits are out of range, and still an integer")
{
  CHECK(outcome_of(any, "9223372036854775808") == "<value.range>");
  CHECK(outcome_of(any, "-9223372036854775809") == "<value.range>");
  CHECK(outcome_of(any, std::string(100, '9')) == "<value.range>");
  CHECK(outcome_of(any, "-" + std::string(1000, '9')) == "<value.range>");
}

TEST_CASE("damage by spreadsheets is no matter of integers")
{
  bad("4.42E+11");
  bad("12-May");
  bad("12/05/2024");
}

TEST_CASE("every number up to four digits reads as itself")
{
  for (int i = 0; i != 10'000; ++i) {
    const std::string cell = std::to_string(i);
    const bool is_inside = i <= 999;
    CHECK(outcome_of(small, cell) == (is_inside ? cell : "<value.range>"));
  }
}
