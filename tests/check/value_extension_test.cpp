// Extensions: digits whose zeros count, ranges of them, and zeros that got lost.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::blamed;
using rollcall::tests::outcome_of;

namespace {

constexpr check::ReadyExtension single = {.min = 2, .max = 5};
constexpr check::ReadyExtension ranged = {.min = 2, .max = 8, .range_max = 1000};

void ok(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(single, cell) == cell);
}

void bad(std::string_view cell, std::string_view code)
{
  CAPTURE(cell);
  CHECK(outcome_of(single, cell) == code);
}

void range_ok(std::string_view cell, std::uint64_t count)
{
  CAPTURE(cell);
  CHECK(outcome_of(ranged, cell) == "range " + std::string{cell});
  CHECK(check::range_of(cell).count == count);
}

void range_bad(std::string_view cell, std::string_view code)
{
  CAPTURE(cell);
  CHECK(outcome_of(ranged, cell) == code);
}

std::string extension_in(std::string_view range, std::uint64_t index)
{
  std::array<char, 64> into;
  return std::string{check::extension_in(check::range_of(range), index, into)};
}

} // namespace

TEST_CASE("an extension is digits, and its zeros count")
{
  ok("12");
  ok("00");
  ok("0012");
  ok("99999");
  bad("12a", "<value.extension>");
  bad("+12", "<value.extension>");
  bad("-12", "<value.extension>");
  bad("2O1", "<value.extension>");
  bad("1.2", "<value.extension>");
  bad("1 2", "<value.extension>");
  bad("#12", "<value.extension>");
  bad("x", "<value.extension>");
  bad("\xEF\xBC\x91\xEF\xBC\x92", "<value.extension>");
  bad("1", "<value.too_short>");
  bad("000012", "<value.too_long>");
  bad("4.42E+11", "<value.spreadsheet_damage>");
  bad("12-May", "<value.spreadsheet_damage>");
  bad("12/05/2024", "<value.spreadsheet_damage>");
  CHECK(outcome_of(single, " 12 ") == "12");
  CHECK(outcome_of(single, "\"0012\"") == "0012");
}

TEST_CASE("a range is no extension where one extension is asked for")
{
  bad("20-25", "<value.extension>");
  bad("2-5", "<value.extension>");
}

TEST_CASE("a range is two extensions of one width with a dash between them")
{
  range_ok("200-249", 50);
  range_ok("200-200", 1);
  range_ok("007-012", 6);
  range_ok("0000-0999", 1000);
  range_ok("99999000-99999999", 1000);
  range_ok("10-99", 90);
  CHECK(outcome_of(ranged, "200") == "200");
  CHECK(outcome_of(ranged, " 200-249 ") == "range 200-249");
  range_bad("200-", "<value.extension>");
  range_bad("-249", "<value.extension>");
  range_bad("-", "<value.extension>");
  range_bad("200 - 249", "<value.extension>");
  range_bad("200--249", "<value.extension>");
  range_bad("200-249-250", "<value.extension>");
  range_bad("200-24x", "<value.extension>");
  range_bad("200..249", "<value.extension>");
  range_bad(
      "200\xE2\x80\x93"
      "249",
      "<value.extension>"); // an en dash
}

TEST_CASE("the sides of a range are measured before the range is")
{
  range_bad("1-2", "<value.too_short>");
  range_bad("1-20", "<value.too_short>");
  range_bad("20-1", "<value.too_short>");
  range_bad("123456789-123456799", "<value.too_long>");
  CHECK(blamed(ranged, "20-1") == "1");
  CHECK(blamed(ranged, "20-123456789") == "123456789");
  range_bad("249-200", "<extension.range>");
  range_bad("99-100", "<extension.range>");
  range_bad("099-1000", "<extension.range>");
  range_bad("1000-2000", "<extension.range>");
  range_bad("00000000-99999999", "<extension.range>");
  CHECK(blamed(ranged, "249-200") == "249-200");
}

TEST_CASE("a date in the place of a range is damage")
{
  range_bad("2024-05-12", "<value.spreadsheet_damage>");
  range_bad("20-May", "<value.spreadsheet_damage>");
}

TEST_CASE("extensions may be wider than any integer")
{
  const check::ReadyExtension wide = {.min = 2, .max = 40, .range_max = 1000};
  const std::string nines(40, '9');
  CHECK(outcome_of(wide, nines) == nines);
  const std::string first = std::string(37, '9') + "000";
  CHECK(outcome_of(wide, first + "-" + nines) == "range " + first + "-" + nines);
  CHECK(check::range_of(first + "-" + nines).count == 1000);
  CHECK(outcome_of(wide, std::string(40, '0') + "-" + nines) == "<extension.range>");
  CHECK(outcome_of(wide, "1" + std::string(39, '0') + "-" + nines) == "<extension.range>");
}

TEST_CASE("a range gives each of its extensions, in their width")
{
  CHECK(extension_in("007-012", 0) == "007");
  CHECK(extension_in("007-012", 2) == "009");
  CHECK(extension_in("007-012", 3) == "010");
  CHECK(extension_in("007-012", 5) == "012");
  CHECK(extension_in("0995-1005", 4) == "0999");
  CHECK(extension_in("0995-1005", 5) == "1000");
  CHECK(extension_in("00000001-00001000", 999) == "00001000");
  CHECK(extension_in("200-200", 0) == "200");
  CHECK(extension_in("200", 0) == "200");
  const check::ExtensionRange range = check::range_of("200-249");
  CHECK(range.first == "200");
  CHECK(range.last == "249");
  const check::ExtensionRange one = check::range_of("200");
  CHECK(one.first == "200");
  CHECK(one.last == "200");
  CHECK(one.count == 1);
}

TEST_CASE("up to three zeros may have been in front of an extension")
{
  std::array<char, check::zeros_lost_room> room;
  const auto found = check::with_zeros("201", room);
  CHECK(found[0] == "0201");
  CHECK(found[1] == "00201");
  CHECK(found[2] == "000201");
  CHECK(check::with_zeros("0", room)[0] == "00");
  const std::string widest(check::zeros_lost_room - check::zeros_lost_max, '1');
  CHECK(check::with_zeros(widest, room)[2] == "000" + widest);
  CHECK(check::with_zeros(widest + "1", room)[0].empty());
}
