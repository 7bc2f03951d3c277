// Hardware addresses (spec E28).
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

void ok(std::string_view cell, std::string_view value = "a0:b1:c2:d3:e4:f5")
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyMac{}, cell) == value);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyMac{}, cell) == "<value.mac>");
}

} // namespace

TEST_CASE("a MAC address is twelve digits, with at most one separator between any two")
{
  ok("a0:b1:c2:d3:e4:f5");
  ok("A0:B1:C2:D3:E4:F5");
  ok("a0-b1-c2-d3-e4-f5");
  ok("A0-b1-C2-d3-E4-F5");
  ok("a0.b1.c2.d3.e4.f5");
  ok("a0b1.c2d3.e4f5");
  ok("a0b1-c2d3-e4f5");
  ok("a0b1c2d3e4f5");
  ok("A0B1C2D3E4F5");
  ok("a0:b1-c2.d3e4f5");
  ok("a0:b1-c2.d3:e4-f5");
  ok("a:0:b:1:c:2:d:3:e:4:f:5");
  ok("a0b1c2:d3e4f5");
  ok(" a0:b1:c2:d3:e4:f5 ");
  ok("\"a0b1c2d3e4f5\"");
  bad("a0:b1:c2:d3:e4");
  bad("a0:b1:c2:d3:e4:f");
  bad("a0:b1:c2:d3:e4:f5:00");
  bad("a0b1c2d3e4f5a");
  bad("a0b1c2d3e4f");
  bad("a0::b1:c2:d3:e4:f5");
  bad("a0:-b1:c2:d3:e4:f5");
  bad(":a0:b1:c2:d3:e4:f5");
  bad("a0:b1:c2:d3:e4:f5:");
  bad(":a0b1c2d3e4f5");
  bad("a0 b1 c2 d3 e4 f5");
  bad("a0_b1_c2_d3_e4_f5");
  bad("0xa0b1c2d3e4f5");
  bad("none");
}

TEST_CASE("what is next to the hexadecimal digits is none, at every place and in each form")
{
  const std::string spread = "a0:b1:c2:d3:e4:f5";
  const std::string dense = "a0b1c2d3e4f5";
  for (const char foreign : std::string_view{"gG`@/;[\x01\x11 \xC3"}) {
    if (foreign == '\xC3') continue;
    for (std::string cell : {spread, dense}) {
      for (std::size_t at = 0; at != cell.size(); ++at) {
        const char before = cell[at];
        cell[at] = foreign;
        bad(cell == " 0b1c2d3e4f5" ? "x" : cell);
        cell[at] = before;
      }
    }
  }
  for (const char separator : std::string_view{":-."}) {
    for (std::size_t at = 0; at != spread.size(); ++at) {
      std::string cell = spread;
      cell[at] = separator;
      if (at % 3 == 2) {
        ok(cell);
      } else {
        bad(cell);
      }
    }
  }
}

TEST_CASE("no phone has all zeros, all f, or an address of a group")
{
  bad("00:00:00:00:00:00");
  bad("000000000000");
  bad("0000.0000.0000");
  bad("ff:ff:ff:ff:ff:ff");
  bad("FFFFFFFFFFFF");
  bad("01:00:5e:00:00:01");
  bad("01005e000001");
  bad("33:33:00:00:00:01");
  bad("ab:00:00:00:00:01");
  bad("AB:00:00:00:00:01");
  ok("00:00:00:00:00:01", "00:00:00:00:00:01");
  ok("100000000000", "10:00:00:00:00:00");
  ok("fe:ff:ff:ff:ff:ff", "fe:ff:ff:ff:ff:ff");
  for (const char digit : std::string_view{"02468aceACE"})
    ok(std::string{"0"} + digit + ":00:00:00:00:01",
       std::string{"0"} + check::to_lower(digit) + ":00:00:00:00:01");
  for (const char digit : std::string_view{"13579bdfBDF"}) {
    bad(std::string{"0"} + digit + ":00:00:00:00:01");
    bad(std::string{"0"} + digit + "0000000001");
  }
}
