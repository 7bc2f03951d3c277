// Ids of objects in other systems (spec E31).
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyId id;

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(id, cell) == value);
}

void ok(std::string_view cell)
{
  ok(cell, cell);
}

void bad(std::string_view cell, std::string_view code = "<value.id>")
{
  CAPTURE(cell);
  CHECK(outcome_of(id, cell) == code);
}

} // namespace

TEST_CASE("an id has letters of ASCII, digits, dots, underscores and dashes")
{
  ok("1");
  ok("17");
  ok("0017");
  ok("a.b_c-D9");
  ok("-");
  ok("_");
  ok(".");
  ok("-1");
  ok("Z");
  ok("az09AZ");
  ok("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
  ok("12-Mayor");
  ok("2024-05-12a");
  ok("1-2");
  ok(" 17 ", "17");
  ok("\"17\"", "17");
  bad("no 17");
  bad("a@b");
  bad("a/b");
  bad("a:b");
  bad("a+b");
  bad("a,b");
  bad("a[b");
  bad("a`b");
  bad("a{b");
  bad("a\tb");
  bad("{17}");
  bad("#17");
  bad("caf\xC3\xA9");
  bad("\xD9\xA1");
}

TEST_CASE("an id has 1 to 64 characters")
{
  for (const std::size_t size : {1U, 15U, 16U, 17U, 32U, 33U, 48U, 49U, 63U, 64U}) {
    ok(std::string(size, 'x'));
    std::string cell(size, 'x');
    cell.back() = '!';
    bad(cell);
    cell.front() = '~';
    bad(cell);
  }
  bad(std::string(65, 'x'));
  bad(std::string(1000, '7'));
}

TEST_CASE("an id is judged after it was composed: the sign of Kelvin is a K")
{
  ok("4\xE2\x84\xAA", "4K");
  ok(std::string(63, 'x') + "\xE2\x84\xAA", std::string(63, 'x') + "K");
}

TEST_CASE("a date or a power of ten is a damaged id, though its characters may stand in one")
{
  bad("2024-05-12", "<value.spreadsheet_damage>");
  bad("2024-5-1", "<value.spreadsheet_damage>");
  bad("12-May", "<value.spreadsheet_damage>");
  bad("1-jan", "<value.spreadsheet_damage>");
  bad("12/05/2024", "<value.spreadsheet_damage>");
  bad("4.42E+11", "<value.spreadsheet_damage>");
  ok("4.42E-11");
}
