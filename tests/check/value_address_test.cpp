// Hardware addresses and IP addresses.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

void mac_ok(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(schema::Mac{}, cell) == "a0:b1:c2:d3:e4:f5");
}

void mac_bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(schema::Mac{}, cell) == "<value.mac>");
}

void ip_ok(std::string_view cell)
{
  CHECK(outcome_of(schema::Ip{}, cell) == cell);
}

void ip_bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(schema::Ip{}, cell) == "<value.ip>");
}

} // namespace

TEST_CASE("a MAC address is twelve digits, with at most one separator between any two")
{
  mac_ok("a0:b1:c2:d3:e4:f5");
  mac_ok("A0:B1:C2:D3:E4:F5");
  mac_ok("a0-b1-c2-d3-e4-f5");
  mac_ok("a0b1.c2d3.e4f5");
  mac_ok("a0b1c2d3e4f5");
  mac_ok("a0:b1-c2.d3e4f5");
  mac_ok("a:0:b:1:c:2:d:3:e:4:f:5");
  mac_bad("a0:b1:c2:d3:e4");
  mac_bad("a0:b1:c2:d3:e4:f5:00");
  mac_bad("a0b1c2d3e4f5a");
  mac_bad("a0::b1:c2:d3:e4:f5");
  mac_bad("a0:-b1:c2:d3:e4:f5");
  mac_bad(":a0:b1:c2:d3:e4:f5");
  mac_bad("a0:b1:c2:d3:e4:f5:");
  mac_bad("a0 b1 c2 d3 e4 f5");
  mac_bad("a0:b1:c2:d3:e4:g5");
  mac_bad("a0:b1:c2:d3:e4:`5"); // 0x60, which is no digit however it is folded
  mac_bad("a0:b1:c2:d3:e4:@5");
  mac_bad("a0_b1_c2_d3_e4_f5");
}

TEST_CASE("no phone has all zeros, all f, or an address of a group")
{
  mac_bad("00:00:00:00:00:00");
  mac_bad("ff:ff:ff:ff:ff:ff");
  mac_bad("FFFFFFFFFFFF");
  mac_bad("01:00:5e:00:00:01");
  mac_bad("33:33:00:00:00:01");
  mac_bad("ab:00:00:00:00:01");
  CHECK(outcome_of(schema::Mac{}, "00:00:00:00:00:01") == "00:00:00:00:00:01");
  CHECK(outcome_of(schema::Mac{}, "fe:ff:ff:ff:ff:ff") == "fe:ff:ff:ff:ff:ff");
}

TEST_CASE("an IPv4 address has four decimal parts without leading zeros")
{
  ip_ok("0.0.0.0");
  ip_ok("10.0.0.1");
  ip_ok("255.255.255.255");
  ip_bad("256.0.0.1");
  ip_bad("10.0.0");
  ip_bad("10.0.0.1.2");
  ip_bad("10.0.0.");
  ip_bad(".10.0.0.1");
  ip_bad("10..0.1");
  ip_bad("010.0.0.1");
  ip_bad("10.0.0.00");
  ip_bad("10.0.0.1000");
  ip_bad("10.0.0.1 ");
  ip_bad("10.0.0.a");
  ip_bad("-1.0.0.1");
  ip_bad("1");
  ip_bad("10.0.0.1/8");
}

TEST_CASE("an IPv6 address has eight groups or one gap, and no zone")
{
  ip_ok("::");
  ip_ok("::1");
  ip_ok("1::");
  ip_ok("2001:DB8::a");
  ip_ok("1:2:3:4:5:6:7:8");
  ip_ok("1:2:3:4:5:6:7::");
  ip_ok("::2:3:4:5:6:7:8");
  ip_ok("1:2:3::5:6:7:8");
  ip_ok("0001:0002::");
  ip_ok("::ffff:10.0.0.1");
  ip_ok("1:2:3:4:5:6:10.0.0.1");
  ip_ok("1:2:3:4:5::10.0.0.1");
  ip_bad(":");
  ip_bad(":::");
  ip_bad("1");
  ip_bad("1:2:3:4:5:6:7");
  ip_bad("1:2:3:4:5:6:7:8:9");
  ip_bad("1:2:3:4:5:6:7:8::");
  ip_bad("::1:2:3:4:5:6:7:8");
  ip_bad("1::2::3");
  ip_bad("1:::2");
  ip_bad("1:2:");
  ip_bad(":1:2:3:4:5:6:7");
  ip_bad("12345::");
  ip_bad("g::");
  ip_bad("fe80::1%eth0");
  ip_bad("[::1]");
  ip_bad("1:2:3:4:5:6:7:10.0.0.1");
  ip_bad("1:2:3:4:5:6::10.0.0.1");
  ip_bad("::10.0.0.1:1");
  ip_bad("::10.0.0");
  ip_bad("::256.0.0.1");
}
