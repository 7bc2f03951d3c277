// Digits that are no phone number, and what spreadsheets do to them.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::blamed;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyDigits plain = {.min = 2, .max = 5};
constexpr check::ReadyDigits with_plus = {.min = 2, .max = 5, .plus = schema::Plus::optional};
constexpr check::ReadyDigits caller_id = {.min = 1, .max = 20, .plus = schema::Plus::means_phone};

void ok(const check::ReadyDigits& type, std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(type, cell) == cell);
}

void bad(const check::ReadyDigits& type, std::string_view cell, std::string_view code)
{
  CAPTURE(cell);
  CHECK(outcome_of(type, cell) == code);
}

void damaged(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(check::is_spreadsheet_damage(cell));
}

void whole(std::string_view cell)
{
  CAPTURE(cell);
  CHECK_FALSE(check::is_spreadsheet_damage(cell));
}

} // namespace

TEST_CASE("digits are 0 to 9 and nothing else")
{
  ok(plain, "12");
  ok(plain, "00000");
  ok(plain, "09");
  bad(plain, "+12", "<value.digits>");
  bad(plain, "1 2", "<value.digits>");
  bad(plain, "1-2", "<value.digits>");
  bad(plain, "12a", "<value.digits>");
  bad(plain, "-12", "<value.digits>");
  bad(plain, "1/2", "<value.digits>");
  bad(plain, "1:2", "<value.digits>");
  bad(plain, "\xD9\xA1\xD9\xA2", "<value.digits>");         // Arabic-Indic
  bad(plain, "\xEF\xBC\x91\xEF\xBC\x92", "<value.digits>"); // full-width
  bad(plain, "\xC2\xB2\xC2\xB3", "<value.digits>");         // superscripts
  bad(plain, "1", "<value.too_short>");
  bad(plain, "123456", "<value.too_long>");
  bad(plain, "a", "<value.digits>");
  bad(plain, "1234567x", "<value.digits>");
  CHECK(outcome_of(plain, " 12 ") == "12");
  CHECK(outcome_of(plain, "\"12\"") == "12");
}

TEST_CASE("digits may be many")
{
  const check::ReadyDigits many = {.min = 1, .max = 64};
  for (const std::size_t size : {1U, 7U, 8U, 15U, 16U, 17U, 31U, 32U, 33U, 63U, 64U}) {
    ok(many, std::string(size, '7'));
    for (std::size_t at = 0; at != size; ++at) {
      std::string cell(size, '7');
      cell[at] = 'x';
      bad(many, cell, "<value.digits>");
    }
  }
  bad(many, std::string(65, '7'), "<value.too_long>");
}

TEST_CASE("a leading plus is kept and does not count, and alone it is no number")
{
  ok(with_plus, "12");
  ok(with_plus, "+12");
  ok(with_plus, "+12345");
  ok(with_plus, "+00");
  bad(with_plus, "+", "<value.digits>");
  bad(with_plus, "++12", "<value.digits>");
  bad(with_plus, "12+", "<value.digits>");
  bad(with_plus, "+ 12", "<value.digits>");
  bad(with_plus, "+1", "<value.too_short>");
  bad(with_plus, "+123456", "<value.too_long>");
  CHECK(blamed(with_plus, "+123456") == "123456");
  CHECK(outcome_of(with_plus, "'+12") == "+12");
}

TEST_CASE("where a plus means a phone number, the rest must be one")
{
  ok(caller_id, "1");
  ok(caller_id, "0123");
  ok(caller_id, "12345678901234567890");
  ok(caller_id, "+12345678");
  ok(caller_id, "+123456789012345");
  CHECK(outcome_of(caller_id, "+44 20 7183 8750") == "+442071838750");
  CHECK(outcome_of(caller_id, "(+44) 20 7183 8750") == "+442071838750");
  bad(caller_id, "+1234567", "<value.phone>");
  bad(caller_id, "+0123456789", "<value.phone>");
  bad(caller_id, "+1234567890123456", "<value.phone>");
  bad(caller_id, "+", "<value.phone>");
  bad(caller_id, "+12345678;ext=1", "<value.phone>");
  bad(caller_id, "20 7183 8750", "<value.digits>");
  bad(caller_id, "12+34", "<value.digits>");
  bad(caller_id, "private", "<value.digits>");
  bad(caller_id, "123456789012345678901", "<value.too_long>");
  bad(caller_id, "4.42E+11", "<value.spreadsheet_damage>");
}

TEST_CASE("a power of ten is damage by a spreadsheet")
{
  damaged("4.42E+11");
  damaged("4,42E+11");
  damaged("4E+11");
  damaged("4e+1");
  damaged("44207183.8750E+0");
  whole("4.42E11");
  whole("4.42E-11");
  whole("4.E+11");
  whole(".42E+11");
  whole("E+11");
  whole("4.42E+");
  whole("4.42E");
  whole("4.42");
  whole("4.4.2E+11");
  whole("4.,2E+11");
  whole("+4.42E+11");
  whole("-4.42E+11");
  whole("4.42E+11 ");
  whole("4.42E+1a");
}

TEST_CASE("a date is damage by a spreadsheet")
{
  damaged("12/05/2024");
  damaged("1/5/2024");
  damaged("99/99/9999");
  damaged("2024-05-12");
  damaged("2024-5-1");
  damaged("12-May");
  damaged("1-DEC");
  damaged("1-sEp");
  for (const char* const month :
       {"Jan", "feb", "MAR", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
    damaged(std::string{"31-"} + month);
  whole("123/05/2024");
  whole("12/05/24");
  whole("12/005/2024");
  whole("12/05/20245");
  whole("12/05/2024 10:00");
  whole("12//2024");
  whole("2024-05-123");
  whole("2024-5");
  whole("2024-5-");
  whole("20245-5-1");
  whole("2024/05/12");
  whole("12-05-2024");
  whole("123-May");
  whole("12-Mai");
  whole("12-June");
  whole("May-12");
  whole("12-May-24");
  whole("12.05.2024");
  whole("");
  whole("12");
  whole("-");
}

TEST_CASE("damage is named before anything else is wrong with a number")
{
  bad(plain, "4.42E+11", "<value.spreadsheet_damage>");
  bad(with_plus, "12-May", "<value.spreadsheet_damage>");
  bad(plain, " 12/05/2024", "<value.spreadsheet_damage>");
  bad(plain, "\"4,42E+11\"", "<value.spreadsheet_damage>");
  bad({.min = 1, .max = 3}, "4.42E+11", "<value.spreadsheet_damage>");
}
