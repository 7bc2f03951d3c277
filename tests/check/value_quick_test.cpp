// The usual cells go the quick way, and no cell that must not: how fast a file is checked hangs on
// the first, and whether it is checked right on the second.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::CopiesOf;
using rollcall::tests::outcome_of;
using rollcall::tests::text_of;

namespace {

template <class Ready>
void quick(const Ready& type, std::string_view cell)
{
  CAPTURE(cell);
  const CopiesOf copies{cell};
  check::Scratch scratch;
  check::Reading reading;
  CHECK(check::quick::read(type, copies.padded(), scratch, reading));
  CHECK(text_of(reading) == outcome_of(type, cell));
}

template <class Ready>
void slow(const Ready& type, std::string_view cell)
{
  CAPTURE(cell);
  const CopiesOf copies{cell};
  check::Scratch scratch;
  check::Reading reading;
  CHECK_FALSE(check::quick::read(type, copies.padded(), scratch, reading));
}

} // namespace

TEST_CASE("the usual cells of every type are seen to be good")
{
  quick(check::ReadyText{}, "Ada");
  quick(check::ReadyText{}, "Front Desk");
  quick(check::ReadyText{}, "O'Hara-Smith (HQ)");
  quick(check::ReadyText{}, "J\xC3\xBCrgen \xC5\xBDi\xC5\xBEi\xC4\x87");
  quick(check::ReadyText{}, std::string(200, 'x'));
  quick(check::ReadyDigits{}, "0123456789");
  quick(check::ReadyDigits{.plus = schema::Plus::optional}, "+0123456789");
  quick(check::ReadyDigits{.plus = schema::Plus::means_phone}, "+442071838750");
  quick(check::ReadyInteger{}, "0");
  quick(check::ReadyInteger{}, "12345678");
  quick(check::ReadyBoolean{schema::Boolean{}}, "TRUE");
  quick(check::ReadyChoice{{"User", "Location"}}, "LOCATION");
  quick(check::ReadyEmail{}, "ada.byron-king@mail.pbx-0.example.com");
  quick(check::ReadyEmail{}, "a_b+c@example.com");
  quick(check::ReadyPhone{}, "+442071838750");
  quick(check::ReadyPhone{}, "+44 20 7183-8750");
  quick(check::ReadyExtension{}, "0201");
  quick(check::ReadyMac{}, "a0:b1:c2:d3:e4:f5");
  quick(check::ReadyMac{}, "A0-B1-C2-D3-E4-F5");
  quick(check::ReadyMac{}, "A0B1C2D3E4F5");
  quick(check::ReadyIp{}, "192.168.100.200");
  quick(check::ReadyIp{}, "10.0.0.1");
  quick(check::ReadyId{}, "1234");
  quick(check::ReadyId{}, "af9619ff-8b86-d011-b42d-00cf4fc964ff");
  quick(check::ReadySecret{}, "correct horse battery");
  quick(check::ReadySecret{.digits = true}, "123456");
}

TEST_CASE("what may have to be cleaned up goes the long way")
{
  const check::ReadyText text;
  slow(text, " Ada");
  slow(text, "Ada ");
  slow(text, "Ada\t");
  slow(text,
       "\xC2\xA0"
       "Ada");
  slow(text, "Ada\xC2\xA0");
  slow(text, "\"Ada\"");
  slow(text, "'=1");
  slow(text, "e\xCC\x81");
  slow(text, "\xE2\x84\xAA");
  slow(check::ReadySecret{}, "\"secret\"");
  slow(check::ReadySecret{}, "    ");
  slow(check::ReadyId{}, "2024-05-12");
  slow(check::ReadyBoolean{schema::Boolean{{"'=y"}, {"n"}}}, "'=y");
}

TEST_CASE("a dialect with other quotes or an escape goes the long way")
{
  const check::ReadyText text;
  CHECK(outcome_of(text, "(Ada(", nullptr, {.quote = '('}) == "Ada");
  CHECK(outcome_of(text, "A\\da", nullptr, {.escape = '\\'}) == "Ada");
  CHECK(outcome_of(text, "A5da", nullptr, {.escape = '5'}) == "Ada");
  CHECK(outcome_of(check::ReadyDigits{}, "717", nullptr, {.quote = '7'}) == "1");
  CHECK(outcome_of(text, "\"Ada\"", nullptr, {.quote = {}}) == "\"Ada\"");
}

TEST_CASE("every character of ASCII at every place of a text is read alike in both ways")
{
  for (const std::size_t size : {1U, 2U, 8U, 16U, 17U, 33U, 64U, 65U}) {
    for (int c = 0x20; c != 0x7F; ++c) {
      for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        std::string cell(size, 'a');
        cell[at] = static_cast<char>(c);
        CHECK_NOTHROW((void)outcome_of(check::ReadyText{.min = 1, .max = 70}, cell));
        CHECK_NOTHROW((void)outcome_of(check::ReadySecret{}, cell));
        CHECK_NOTHROW((void)outcome_of(check::ReadyId{}, cell));
        CHECK_NOTHROW((void)outcome_of(check::ReadyEmail{}, cell + "@b.de"));
        CHECK_NOTHROW((void)outcome_of(check::ReadyEmail{}, "a@" + cell + ".de"));
      }
    }
  }
}
