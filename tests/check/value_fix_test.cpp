// What --fix may write, and why an address is none.
#include <doctest/doctest.h>

#include "check/cell_text.hpp"
#include "check/values.hpp"

using namespace rollcall;

namespace {

struct Verdicts {
  std::string fix = {};
  std::string reason = {};
};

Verdicts about(const check::ReadyType& type, std::string_view cell)
{
  check::Scratch scratch;
  const std::string text{check::cell_text(cell, {}, scratch)};
  const check::Reading reading = check::read_value(type, text, scratch);
  REQUIRE(reading.is_bad());
  return {check::certain_fix(type, reading.code, text, scratch).value_or("none"),
          check::reason_of(type, reading.code, text)};
}

void fixed(const check::ReadyType& type, std::string_view cell, std::string_view fix)
{
  CAPTURE(cell);
  CHECK(about(type, cell).fix == fix);
}

void left(const check::ReadyType& type, std::string_view cell)
{
  fixed(type, cell, "none");
}

void reason(const check::ReadyType& type, std::string_view cell, std::string_view wanted)
{
  CAPTURE(cell);
  CHECK(about(type, cell).reason == wanted);
}

const check::ReadyPhone phone = {};
const check::ReadyPhone phone_ext = {.ext = true};
const check::ReadyEmail email = {};
const check::ReadyMac mac = {};
const check::ReadyDigits digits = {.min = 2, .max = 20};
const check::ReadyExtension extension = {.min = 2, .max = 6, .range_max = 1000};

} // namespace

TEST_CASE("tel: in front of a number and mailto: in front of an address are taken off")
{
  fixed(phone, "tel:+442071838754", "+442071838754");
  fixed(phone, "TEL:+44 20 7183 8754", "+442071838754");
  fixed(phone_ext, "tel:+442071838754;EXT=7", "+442071838754;ext=7");
  left(phone, "tel:442071838754");
  left(phone, "tel:");
  left(phone, "fax:+442071838754");
  fixed(email, "mailto:ada@example.com", "ada@example.com");
  left(email, "mailto:ada");
  left(email, "mailto:");
}

TEST_CASE("digits of another width or script have one meaning")
{
  fixed(phone,
        "\xEF\xBC\x8B\xEF\xBC\x94\xEF\xBC\x94"
        "2071838750",
        "+442071838750");
  fixed(digits, "\xEF\xBC\x91\xEF\xBC\x92", "12");
  fixed(digits, "\xD9\xA1\xD9\xA2", "12");
  fixed(digits, "\xDB\xB1\xDB\xB2", "12");
  fixed(extension, "\xEF\xBC\x92\xEF\xBC\x90\xEF\xBC\x91", "201");
  left(digits, "\xC2\xB2\xC2\xB3");
  left(digits, "\xEF\xBC\xA1\xEF\xBC\xA2");
}

TEST_CASE("other dashes and spaces have one meaning where such signs may stand")
{
  fixed(phone,
        "+44\xC2\xA0"
        "20\xE2\x80\x93"
        "71838750",
        "+442071838750");
  fixed(extension,
        "200\xE2\x80\x93"
        "249",
        "200-249");
  fixed(mac,
        "a0\xE2\x80\x90"
        "b1-c2-d3-e4-f5",
        "a0:b1:c2:d3:e4:f5");
  fixed(mac, "a0 b1 c2 d3 e4 f5", "a0:b1:c2:d3:e4:f5");
  left(extension, "200 - 249");
  left(digits, "12 34");
}

TEST_CASE("characters that cannot be seen are taken out")
{
  fixed(phone, "\xE2\x80\xAD+442071838750\xE2\x80\xAC", "+442071838750");
  fixed(digits, "12\xE2\x80\x8B", "12");
  fixed(extension,
        "\xEF\xBB\xBF"
        "201",
        "201");
  fixed(email, "ada@example.com\xE2\x80\x8B", "ada@example.com");
  left(email, "ren\xC3\xA9@example.com\xE2\x80\x8B");
}

TEST_CASE("a formula that is a text is that text")
{
  fixed(extension, "=\"0201\"", "0201");
  fixed(digits, "=\"0044\"", "0044");
  fixed(phone, "=\"+44 2071838750\"", "+442071838750");
  fixed(email, "=\"ada@example.com\"", "ada@example.com");
  left(extension, "=\"\"");
  left(extension, "=\"2\"\"1\"");
  left(extension, "=\"2\"&\"01\"");
  left(extension, "=201");
  left(extension, "=\"2O1\"");
}

TEST_CASE("what is only likely is left to people")
{
  left(phone, "442071838750");
  left(phone, "00442071838750");
  left(phone, "+44 (0) 20 7183 8750 x17");
  left(phone, "4.42E+11");
  left(extension, "2O1");
  left(extension, "12-May");
  left(extension, "1");
  left(mac, "a0:b1:c2:d3:e4");
  left(mac, "00:00:00:00:00:00");
  left(email, "ada@example");
  left(email, "ada @example.com");
  left(check::ReadyBoolean{schema::Boolean{}}, "tru");
  left(check::ReadyBoolean{schema::Boolean{}}, "yes");
  left(check::ReadyChoice{{"User", "Location"}}, "Locaton");
  left(check::ReadyText{.min = 2, .max = 3}, "abcd");
  left(check::ReadySecret{.digits = true, .min = 4, .max = 6},
       "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93\xEF\xBC\x94");
}

TEST_CASE("an email address says what is wrong with it")
{
  reason(email, "ada", "there is no @ in it");
  reason(email, "ada@b@c.de", "there is more than one @ in it");
  reason(email, "@b.de", "nothing stands before the @");
  reason(email, "ada@", "nothing stands after the @");
  reason(email, "ada byron@b.de", "there is a blank in it");
  reason(email, "ada@b.de,", "there may be no \",\" in it");
  reason(email, "\xE2\x82\xAC@b.de", "there may be no \"\xE2\x82\xAC\" in it");
  reason(email, "ada@example", "the domain has no dot");
  reason(email, "ada..b@example.com", "there are two dots in a row");
  reason(email, std::string(65, 'a') + "@b.de", "65 characters stand before the @, 64 may");
  reason(email, "a@" + std::string(60, 'b') + "." + std::string(250, 'c'),
         "it has 313 characters, 254 may be");
  reason(email, "ada.@example.com", "");
}

TEST_CASE("a phone number says what is wrong with it")
{
  reason(phone, "442071838750", "the + is missing");
  reason(phone, "+44", "it has 2 digits");
  reason(phone, "+1", "it has 1 digit");
  reason(phone, "+1234567890123456", "it has 16 digits");
  reason(phone, "+0123456789", "no country code begins with 0");
  reason(phone, "tel:+4420", "there may be no \"t\" in it");
  reason(phone, "+442071838750;ext=1", "there may be no extension in it");
  reason(phone_ext, "+442071838750;ext=x", "the extension is no ;ext= and 1 to 8 digits");
  reason(phone, "+44+2071838750", "the + does not stand in front");
  reason(check::ReadyDigits{.plus = schema::Plus::means_phone}, "+12", "it has 2 digits");
}

TEST_CASE("a MAC address says what is wrong with it")
{
  reason(mac, "a0:b1:c2:d3:e4", "it has 10 digits");
  reason(mac, "a0:b1:c2:d3:e4:g5", "there may be no \"g\" in it");
  reason(mac, "a0 b1", "there is a blank in it");
  reason(mac, "00:00:00:00:00:00", "it is all zeros");
  reason(mac, "ff:ff:ff:ff:ff:FF", "it is all f");
  reason(mac, "01:00:00:00:00:01", "it is the address of a group");
  reason(mac, "a0::b1:c2:d3:e4:f5", "the separators stand in the wrong places");
  reason(digits, "x1", "");
}
