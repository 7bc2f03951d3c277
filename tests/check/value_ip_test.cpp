// IP addresses: equal ones are equal texts (spec E32).
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyIp{}, cell) == value);
}

void ok(std::string_view cell)
{
  ok(cell, cell);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyIp{}, cell) == "<value.ip>");
}

} // namespace

TEST_CASE("an IPv4 address has four decimal parts without leading zeros")
{
  ok("0.0.0.0");
  ok("10.0.0.1");
  ok("1.22.133.244");
  ok("255.255.255.255");
  ok("249.250.251.199");
  ok(" 10.0.0.1 ", "10.0.0.1");
  ok("\"10.0.0.1\"", "10.0.0.1");
  bad("256.0.0.1");
  bad("10.0.0.256");
  bad("10.260.0.1");
  bad("10.300.0.1");
  bad("999.0.0.1");
  bad("10.0.0");
  bad("10.0.0.1.2");
  bad("10.0.0.");
  bad(".10.0.0.1");
  bad("10..0.1");
  bad("10.0..1");
  bad("...");
  bad("010.0.0.1");
  bad("10.0.0.00");
  bad("10.0.0.01");
  bad("10.0.0.1000");
  bad("1000.0.0.1");
  bad("10.0.0.a");
  bad("10,0,0,1");
  bad("-1.0.0.1");
  bad("+1.0.0.1");
  bad("1");
  bad("3232235777");
  bad("0x7f.0.0.1");
  bad("10.0.0.1/8");
  bad("10.0.0.1:80");
  bad("localhost");
  bad("\xD9\xA1.0.0.1");
}

TEST_CASE("a part of an IPv4 address is 0 to 255, at every place")
{
  for (int value = 0; value != 1000; ++value) {
    const std::string part = std::to_string(value);
    for (const std::string& cell : {part + ".1.20.100", "1." + part + ".20.100",
                                    "1.20." + part + ".100", "1.20.100." + part}) {
      if (value < 256) {
        ok(cell);
      } else {
        bad(cell);
      }
    }
  }
}

TEST_CASE("an IPv6 address has eight groups or one gap, and no zone")
{
  ok("::");
  ok("::1");
  ok("1::");
  ok("1:2:3:4:5:6:7:8");
  ok("2001:db8::a");
  bad(":");
  bad(":::");
  bad("1");
  bad("1:2:3:4:5:6:7");
  bad("1:2:3:4:5:6:7:8:9");
  bad("1:2:3:4:5:6:7:8::");
  bad("::1:2:3:4:5:6:7:8");
  bad("1::2::3");
  bad("1:::2");
  bad("1:2:");
  bad(":1:2:3:4:5:6:7");
  bad(":1::2");
  bad("1::2:");
  bad("12345::");
  bad("g::");
  bad("fe80::1%eth0");
  bad("[::1]");
  bad("1:2:3:4:5:6:7:10.0.0.1");
  bad("1:2:3:4:5:6::10.0.0.1");
  bad("::10.0.0.1:1");
  bad("::10.0.0");
  bad("::256.0.0.1");
  bad("10.0.0.1::");
}

TEST_CASE("an IPv6 address is kept in lower case, short, with its first longest gap")
{
  ok("2001:DB8::A", "2001:db8::a");
  ok("2001:0db8:0000:0000:0000:0000:0000:000a", "2001:db8::a");
  ok("0:0:0:0:0:0:0:0", "::");
  ok("0:0:0:0:0:0:0:1", "::1");
  ok("1:0:0:0:0:0:0:0", "1::");
  ok("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
  ok("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8");
  ok("1:2:3::5:6:7:8", "1:2:3:0:5:6:7:8");
  ok("1:0:0:4:0:0:0:8", "1:0:0:4::8");
  ok("1:0:0:4:5:0:0:8", "1::4:5:0:0:8");
  ok("0:0:3:4:5:0:0:0", "0:0:3:4:5::");
  ok("0001:0002::", "1:2::");
  ok("1:0::0:8", "1::8");
}

TEST_CASE("an IPv4 address inside IPv6 remains IPv6")
{
  ok("::ffff:10.0.0.1", "::ffff:a00:1");
  ok("::FFFF:0a00:0001", "::ffff:a00:1");
  ok("::10.0.0.1", "::a00:1");
  ok("1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:a00:1");
  ok("1:2:3:4:5::10.0.0.1", "1:2:3:4:5:0:a00:1");
  ok("::0.0.0.0", "::");
}
