// Moments as text, there and back, and the clocks of the system.
#include "base/timestamp.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "rollcall/seams.hpp"

using namespace rollcall;

TEST_CASE("moments are written in ISO 8601")
{
  CHECK(format_utc(0) == "1970-01-01T00:00:00.000Z");
  CHECK(format_utc(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(format_utc(951'782'400'000) == "2000-02-29T00:00:00.000Z");
  CHECK(format_utc(1'783'157'400'123) == "2026-07-04T09:30:00.123Z");
}

TEST_CASE("what lies outside of four-digit years is the first or the last moment of them")
{
  CHECK(format_utc(std::numeric_limits<std::int64_t>::min()) == "0000-01-01T00:00:00.000Z");
  CHECK(format_utc(std::numeric_limits<std::int64_t>::max()) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("moments are read as they are written")
{
  std::mt19937_64 chance{4};
  for (int i = 0; i < 5000; ++i) {
    const auto moment = static_cast<std::int64_t>(chance() % 253'402'300'800'000);
    CHECK(parse_utc(format_utc(moment)) == moment);
  }
  CHECK(parse_utc("0000-01-01T00:00:00.000Z") == -62'167'219'200'000);
}

TEST_CASE("a fraction may lack or be shorter")
{
  CHECK(parse_utc("1970-01-01T00:00:01Z") == 1000);
  CHECK(parse_utc("1970-01-01T00:00:01.5Z") == 1500);
  CHECK(parse_utc("1970-01-01T00:00:01.25Z") == 1250);
  CHECK(parse_utc("1970-01-01T00:00:01.125Z") == 1125);
}

TEST_CASE("what is no moment is refused")
{
  for (const char* text : {"",
                           "Z",
                           "1970-01-01",
                           "1970-01-01T00:00:00",
                           "1970-01-01T00:00:00z",
                           "1970-01-01 00:00:00Z",
                           "1970-02-29T00:00:00Z",
                           "1970-13-01T00:00:00Z",
                           "1970-00-01T00:00:00Z",
                           "1970-01-32T00:00:00Z",
                           "1970-01-01T24:00:00Z",
                           "1970-01-01T00:60:00Z",
                           "1970-01-01T00:00:60Z",
                           "1970-01-01T00:00:00.Z",
                           "1970-01-01T00:00:00.1234Z",
                           "1970-01-01T00:00:00.-1Z",
                           "1970-01-01T00:00:00.1",
                           "+970-01-01T00:00:00Z",
                           "1970-01-01T00:00:00+01:00",
                           "1970-01-01T00:00:00Zz"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_utc(text).has_value());
  }
}

TEST_CASE("the system's clocks go, and the monotonic one never back")
{
  SystemClock clock;
  CHECK(clock.now_ms() > 1'600'000'000'000);
  std::int64_t before = clock.monotonic_ns();
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t now = clock.monotonic_ns();
    CHECK(now >= before);
    before = now;
  }
}
