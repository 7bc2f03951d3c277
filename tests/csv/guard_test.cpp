// The formula guard: what would run, and that no string of bytes is lost on the way there and back.
#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "csv/guard.hpp"

using namespace rollcall::csv;
using namespace std::string_view_literals;

namespace {

// Signs that mean something to the codec, and some that only look so.
const std::vector<std::string> nasty = {
    "'", "=", "+", "-", "@", "\t", "\r", " ", "\xC2\xA0", "1", ".", "a", "\"", "\xEF\xBC\x9D",
};

std::string guard(std::string_view value, Guard mode)
{
  std::string scratch;
  return std::string{with_guard(value, mode, scratch)};
}

bool survives(std::string_view value)
{
  for (const Guard mode : {Guard::text, Guard::all}) {
    const std::string written = guard(value, mode);
    if (without_guard(written) != value) return false;
    // Nothing that would run is left, but for numbers in mode text.
    if (would_run(written) && (mode == Guard::all || written != value)) return false;
    if (needs_guard(value, mode) != (written != value)) return false;
  }
  return true;
}

// All strings of `length` more signs behind `begin`; the first that does not survive.
std::string first_lost(const std::string& begin, int length)
{
  if (!survives(begin)) return begin;
  if (length == 0) return {};
  for (const std::string& sign : nasty) {
    if (std::string lost = first_lost(begin + sign, length - 1); !lost.empty()) return lost;
  }
  return {};
}

} // namespace

TEST_CASE("a spreadsheet would run these")
{
  for (const std::string_view value :
       {"="sv, "=1+1"sv, "+1"sv, "-1"sv, "@SUM(A1)"sv, "-"sv, " =1"sv, "\t"sv, "\ta"sv, "\r"sv,
        "\ra"sv, "\xC2\xA0=1"sv, " \t\xC2\xA0 @a"sv,
        "\xEF\xBC\x9D"
        "1"sv,
        "\xEF\xBC\x8B"sv, "\xEF\xBC\x8D"sv, "\xEF\xBC\xA0"sv, " \xEF\xBC\xA0"sv, "=\0"sv}) {
    CAPTURE(value);
    CHECK(would_run(value));
  }
}

TEST_CASE("a spreadsheet would not run these")
{
  for (const std::string_view value : {""sv,
                                       " "sv,
                                       "\xC2\xA0"sv,
                                       "a"sv,
                                       "1"sv,
                                       "a=1"sv,
                                       "1-2"sv,
                                       "'=1"sv,
                                       "'"sv,
                                       "\n=1"sv,
                                       " \r"sv,
                                       "\xC2"sv,
                                       "\xC2 ="sv,
                                       "\xEF"sv,
                                       "\xEF\xBC"sv,
                                       "\xEF\xBC\x8C"sv,
                                       "\xEF\xBD\x9D"sv,
                                       "\xE2\x80\x83=1"sv,
                                       "\xEF\xBB\xBF=1"sv,
                                       "\0=1"sv,
                                       "\"=1\""sv}) {
    CAPTURE(value);
    CHECK_FALSE(would_run(value));
  }
}

TEST_CASE("mode text leaves numbers and phone numbers bare")
{
  for (const std::string_view value : {"+442071838750"sv, "-1"sv, "-1.5"sv, "+0.0"sv, "-007"sv}) {
    CAPTURE(value);
    CHECK(guard(value, Guard::text) == value);
    CHECK(guard(value, Guard::all) == "'" + std::string{value});
  }
  for (const std::string_view value :
       {"+"sv, "-."sv, "+.5"sv, "+5."sv, "-1.2.3"sv, "+44 20"sv, " +44"sv, "+44 "sv, "--1"sv,
        "+1E5"sv, "-1,5"sv, "@1"sv, "=1"sv, "+\xD9\xA1"sv, "+1\n"sv}) {
    CAPTURE(value);
    CHECK(guard(value, Guard::text) == "'" + std::string{value});
  }
}

TEST_CASE("mode off changes nothing")
{
  for (const std::string_view value : {"=1"sv, "'=1"sv, "''"sv, "+1"sv, ""sv}) {
    CHECK(guard(value, Guard::off) == value);
  }
}

TEST_CASE("only what looks guarded is guarded once more, and only that is undone")
{
  CHECK(guard("'=1", Guard::all) == "''=1");
  CHECK(guard("'+44", Guard::text) == "''+44");
  CHECK(guard("''", Guard::all) == "'''");
  CHECK(guard("'", Guard::all) == "'");
  CHECK(guard("'tis", Guard::all) == "'tis");
  CHECK(guard("' a", Guard::all) == "' a");

  CHECK(without_guard("'=1") == "=1");
  CHECK(without_guard("'+44") == "+44");
  CHECK(without_guard("''=1") == "'=1");
  CHECK(without_guard("'''") == "''");
  CHECK(without_guard("''") == "'");
  CHECK(without_guard("'") == "'");
  CHECK(without_guard("'tis") == "'tis");
  CHECK(without_guard("'\tx") == "\tx");
  CHECK(without_guard("") == "");
}

TEST_CASE("every string of up to five nasty signs survives")
{
  CHECK(first_lost("", 5) == "");
}

TEST_CASE("every string of one or two bytes survives, and random ones do")
{
  for (int first = 0; first < 256; ++first) {
    const std::string one(1, static_cast<char>(first));
    CHECK(survives(one));
    for (int second = 0; second < 256; ++second) {
      if (!survives(one + static_cast<char>(second))) FAIL_CHECK("lost: ", first, " ", second);
    }
  }
  std::mt19937 random{20240229}; // NOLINT: the same strings each time
  for (int round = 0; round < 200'000; ++round) {
    std::string value;
    for (std::size_t left = random() % 12; left != 0; --left) {
      if (random() % 4 == 0) {
        value += static_cast<char>(random() % 256);
      } else {
        value += nasty[random() % nasty.size()];
      }
    }
    if (!survives(value)) FAIL_CHECK("lost: ", value);
  }
}
