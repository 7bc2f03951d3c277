// Moments as text, and the clocks of the system.
#include "base/timestamp.hpp"

#include <doctest/doctest.h>

#include <limits>

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
