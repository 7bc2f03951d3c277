// Secrets: exactly as typed, measured as typed, and never looked into but for digits.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadySecret password = {.digits = false, .min = 3, .max = 6};
constexpr check::ReadySecret pin = {.digits = true, .min = 4, .max = 6};

void ok(const check::ReadySecret& type, std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(type, cell) == cell);
}

void ok(const check::ReadySecret& type, std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(type, cell) == value);
}

void bad(const check::ReadySecret& type, std::string_view cell, std::string_view code)
{
  CAPTURE(cell);
  CHECK(outcome_of(type, cell) == code);
}

} // namespace

TEST_CASE("a password is taken as typed, whatever it looks like")
{
  ok(password, "abc");
  ok(password, "abcdef");
  ok(password, " a ");
  ok(password, "a\t ");
  ok(password, "   a  ");
  ok(password,
     "\xC2\xA0"
     "a\xC2\xA0");
  ok(password, "'=1");
  ok(password, "''=1");
  ok(password, "=1+1");
  ok(password, "1E+9");
  ok(password, "12-May");
  ok(password, "p,w;d");
  ok(password, "\xC3\xA9\xC3\xA9\xC3\xA9");
  ok(password, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
  ok(password, "\"ab \"", "ab ");
  ok(password, "\" a\"\"\"", " a\"");
  bad(password, "ab", "<value.too_short>");
  bad(password, "\" a\"", "<value.too_short>");
  bad(password, "abcdefg", "<value.too_long>");
  bad(password, " abcdef", "<value.too_long>");
}

TEST_CASE("a secret of blanks alone is blank")
{
  bad(password, "", "<blank>");
  bad(password, "    ", "<blank>");
  bad(password, " \t \xC2\xA0 ", "<blank>");
  bad(password, "\"    \"", "<blank>");
  bad(pin, "     ", "<blank>");
}

TEST_CASE("the length of a secret is counted as typed, not as composed")
{
  ok(password, "e\xCC\x81z");
  ok(password, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
  bad(password, "\xC3\xA9\xC3\xA9", "<value.too_short>");
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
  ok(pin, "1234");
  ok(pin, "123456");
  ok(pin, "\"1234\"", "1234");
  bad(pin, "12a4", "<value.digits>");
  bad(pin, " 1234", "<value.digits>");
  bad(pin, "1234 ", "<value.digits>");
  bad(pin, "'1234", "<value.digits>");
  bad(pin, "+1234", "<value.digits>");
  bad(pin, "1E+10", "<value.digits>");
  bad(pin, "12-May", "<value.digits>");
  bad(pin, "\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4", "<value.digits>");
  bad(pin, "123", "<value.too_short>");
  bad(pin, "1234567", "<value.too_long>");
  bad(pin, "12345678901234567890", "<value.too_long>");
  bad(pin, "a", "<value.digits>");
}
