// Secrets: exactly as typed, measured as typed, and never looked into but for digits.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr schema::Secret password = {.min = 3, .max = 6};
constexpr schema::Secret pin = {.digits = true, .min = 4, .max = 6};

void ok(const schema::Secret& type, std::string_view cell)
{
  CHECK(outcome_of(type, cell) == cell);
}

void bad(const schema::Secret& type, std::string_view cell, std::string_view code)
{
  CHECK(outcome_of(type, cell) == code);
}

} // namespace

TEST_CASE("a password is taken as typed, whatever it looks like")
{
  ok(password, "abc");
  ok(password, " a ");
  ok(password, "'=1");
  ok(password, "1E+9");
  ok(password, "12-May");
  ok(password, "\xC3\xA9\xC3\xA9\xC3\xA9");
  bad(password, "ab", "<value.too_short>");
  bad(password, "abcdefg", "<value.too_long>");
}

TEST_CASE("the length of a secret is counted as typed, not as composed")
{
  ok(password, "e\xCC\x81z");
  bad(password,
      "e\xCC\x81"
      "e\xCC\x81"
      "e\xCC\x81"
      "e",
      "<value.too_long>");
}

TEST_CASE("a PIN has digits only, and damage by spreadsheets is no matter of secrets")
{
  ok(pin, "0000");
  ok(pin, "123456");
  bad(pin, "12a4", "<value.digits>");
  bad(pin, " 1234", "<value.digits>");
  bad(pin, "1E+10", "<value.digits>");
  bad(pin, "\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4", "<value.digits>");
  bad(pin, "123", "<value.too_short>");
  bad(pin, "1234567", "<value.too_long>");
  bad(pin, "a", "<value.digits>");
}
