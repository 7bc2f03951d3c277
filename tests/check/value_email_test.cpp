// Email addresses as spec section 3 and E29 have them.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

void ok(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyEmail{}, cell) == cell);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(check::ReadyEmail{}, cell) == "<value.email>");
}

std::string repeated(std::string_view text, std::size_t count)
{
  std::string made;
  for (; count != 0; --count) made += text;
  return made;
}

// An address of so many characters in all.
std::string long_address(std::size_t length)
{
  std::string address = repeated("a", 64) + "@" + repeated("b", 63) + "." + repeated("c", 63) + ".";
  const std::string end = ".de";
  while (address.size() + end.size() < length) {
    const bool is_full = address.size() - address.rfind('.') > 62;
    address += is_full && address.size() + end.size() + 1 < length ? '.' : 'd';
  }
  return address + end;
}

} // namespace

TEST_CASE("an address is a local part and a domain of two labels or more")
{
  ok("ada@example.com");
  ok("a@b.c");
  ok("Ada.Byron@Example.COM");
  ok("a@b-c.d--e.f");
  ok("a@1.2c");
  ok("a@123.com");
  ok("1@2.com");
  bad("ada");
  bad("ada@");
  bad("@example.com");
  bad("ada@example");
  bad("ada@@example.com");
  bad("ada@b@example.com");
  bad("ada@example.com,b@example.com");
  bad("ada@example.com;");
  bad("<ada@example.com>");
  bad("ada @example.com");
  bad("ada@ example.com");
  bad("ada@example.com\tb");
  bad("mailto:ada@example.com");
  bad("ada.example.com");
  bad("@");
  bad("@.");
  bad(".@.");
  bad("a@.");
  bad("a@b.");
  bad("a@.c");
  CHECK(outcome_of(check::ReadyEmail{}, " ada@example.com ") == "ada@example.com");
  CHECK(outcome_of(check::ReadyEmail{}, "\"ada@example.com\"") == "ada@example.com");
  CHECK(outcome_of(check::ReadyEmail{}, "'+ada@example.com") == "+ada@example.com");
}

TEST_CASE("a local part takes these signs, and single dots inside")
{
  ok("!#$%&'*+-/=?^_`{|}~@b.de");
  ok("a.b.c@b.de");
  ok("-@b.de");
  ok("_@b.de");
  ok("+@b.de");
  ok("a-@b.de");
  ok("a+b@b.de");
  ok("a_b-c.d@b-c.de");
  ok("a'@b.de");
  ok("'a@b.de");
  bad("'@b.de"); // a guard, and then nothing stands before the @
  ok("=a@b.de");
  bad("a.@b.de");
  bad("a-.@b.de.");
  bad(".a@b.de");
  bad("a.@b.de");
  bad("a..b@b.de");
  bad(".@b.de");
  bad("a(b)@b.de");
  bad("a:b@b.de");
  bad("a\\b@b.de");
  bad("\"a b\"@b.de");
}

TEST_CASE("a local part takes letters of every script, and no other sign that is not ASCII")
{
  ok("ren\xC3\xA9@b.de");
  ok("\xE6\x9D\x8E@b.de");
  bad("\xE2\x82\xAC@b.de");     // a currency sign
  bad("\xF0\x9F\x98\x80@b.de"); // an emoji
  bad("x\xCC\x80@b.de");        // a mark that composes with nothing
  bad("\xD9\xA1@b.de");         // a digit
  CHECK(outcome_of(check::ReadyEmail{}, "rene\xCC\x81@b.de") == "ren\xC3\xA9@b.de");
}

TEST_CASE("a domain has labels of letters, digits and inner hyphens, the last not all digits")
{
  ok("a@" + repeated("b", 63) + ".de");
  bad("a@" + repeated("b", 64) + ".de");
  bad("a@-b.de");
  bad("a@b-.de");
  bad("a@b..de");
  bad("a@.b.de");
  bad("a@b.de.");
  bad("a@b_c.de");
  bad("a@b_c.de");
  bad("a@b+c.de");
  bad("a@b.-c.de");
  bad("a@b-.c.de");
  bad("a@b.de-");
  ok("a@b.d-e");
  ok("a@b.xn--p1ai");
  ok("a@b.1a");
  ok("a@b.a1");
  ok("a@1.2.3.4a");
  bad("a@b.12");
  bad("a@1.2.3.4");
  bad("a@[1.2.3.4]");
  bad("a@b\xC3\xBC"
      "cher.de");
}

TEST_CASE("a local part has up to 64 characters, an address 254")
{
  ok(repeated("a", 64) + "@b.de");
  ok(repeated("\xC3\xA9", 64) + "@b.de");
  bad(repeated("a", 65) + "@b.de");
  bad(repeated("\xC3\xA9", 65) + "@b.de");
  REQUIRE(long_address(254).size() == 254);
  ok(long_address(254));
  bad(long_address(255));
  for (std::size_t size = 6; size != 100; ++size)
    ok(repeated("a", size - 5).substr(0, 64) + "@b.de");
  for (std::size_t size = 1; size != 64; ++size) ok("a@" + repeated("b", size) + ".de");
}
