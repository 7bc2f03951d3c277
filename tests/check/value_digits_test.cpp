// Numbers that are not counted with: digits, extensions, ids, and what spreadsheets do to them.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr schema::Digits plain = {.min = 2, .max = 5};
constexpr schema::Digits with_plus = {.min = 2, .max = 5, .plus = true};
constexpr schema::Extension extension = {.min = 2, .max = 5};

template <class Type>
void ok(const Type& type, std::string_view cell)
{
  CHECK(outcome_of(type, cell) == cell);
}

template <class Type>
void bad(const Type& type, std::string_view cell, std::string_view code)
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
  bad(plain, "+12", "<value.digits>");
  bad(plain, "1 2", "<value.digits>");
  bad(plain, "1-2", "<value.digits>");
  bad(plain, "12a", "<value.digits>");
  bad(plain, "-12", "<value.digits>");
  bad(plain, "\xD9\xA1\xD9\xA2", "<value.digits>");         // Arabic-Indic
  bad(plain, "\xEF\xBC\x91\xEF\xBC\x92", "<value.digits>"); // full-width
  bad(plain, "1", "<value.too_short>");
  bad(plain, "123456", "<value.too_long>");
  bad(plain, "a", "<value.digits>");
}

TEST_CASE("a leading plus is kept and does not count, and alone it is no number")
{
  ok(with_plus, "12");
  ok(with_plus, "+12");
  ok(with_plus, "+12345");
  bad(with_plus, "+", "<value.digits>");
  bad(with_plus, "++12", "<value.digits>");
  bad(with_plus, "12+", "<value.digits>");
  bad(with_plus, "+1", "<value.too_short>");
  bad(with_plus, "+123456", "<value.too_long>");
}

TEST_CASE("an extension is digits, and its zeros count")
{
  ok(extension, "12");
  ok(extension, "00");
  ok(extension, "0012");
  bad(extension, "12a", "<value.extension>");
  bad(extension, "+12", "<value.extension>");
  bad(extension, "2O1", "<value.extension>");
  bad(extension, "1.2", "<value.extension>");
  bad(extension, "1", "<value.too_short>");
  bad(extension, "000012", "<value.too_long>");
}

TEST_CASE("an id has 1 to 64 letters of ASCII, digits, dots, underscores and dashes")
{
  const schema::Id id;
  ok(id, "1");
  ok(id, "a.b_c-D9");
  ok(id, "-");
  ok(id, std::string(64, 'x'));
  bad(id, std::string(65, 'x'), "<value.id>");
  bad(id, "no 17", "<value.id>");
  bad(id, "a@b", "<value.id>");
  bad(id, "caf\xC3\xA9", "<value.id>");
  bad(id, "a/b", "<value.id>");
}

TEST_CASE("an id is judged after it was composed: the sign of Kelvin is a K")
{
  CHECK(outcome_of(schema::Id{}, "4\xE2\x84\xAA") == "4K");
  CHECK(outcome_of(schema::Id{}, std::string(63, 'x') + "\xE2\x84\xAA") ==
        std::string(63, 'x') + "K");
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
  whole("4.4.2E+11");
  whole("+4.42E+11");
  whole("4.42E+11 ");
  whole("4.42E+1a");
  whole("4.42");
}

TEST_CASE("a date is damage by a spreadsheet")
{
  damaged("12/05/2024");
  damaged("1/5/2024");
  damaged("2024-05-12");
  damaged("2024-5-1");
  damaged("12-May");
  damaged("1-DEC");
  damaged("1-sEp");
  whole("123/05/2024");
  whole("12/05/24");
  whole("12/005/2024");
  whole("12/05/20245");
  whole("2024-05-123");
  whole("2024-5");
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
  bad(extension, "12/05/2024", "<value.spreadsheet_damage>");
  bad(schema::Id{}, "2024-05-12", "<value.spreadsheet_damage>");
  bad(schema::Id{}, "12-May", "<value.spreadsheet_damage>");
  bad(schema::Digits{.min = 1, .max = 3}, "4.42E+11", "<value.spreadsheet_damage>");
}
