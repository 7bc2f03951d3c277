// The line that says how far a job is: what is in it, and what is left out where there is no room.
#include "progress_line.hpp"

#include <doctest/doctest.h>

#include <string>

using rollcall::JobProgress;
using rollcall::JobStep;
using rollcall::tools::Pace;
using rollcall::tools::progress_line;

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

// Begins with `first`, and is at `now` so many seconds later.
Pace pace(const JobProgress& first, const JobProgress& now, std::int64_t seconds)
{
  Pace made;
  made.note(first, second_ns);
  made.note(now, second_ns + seconds * second_ns);
  return made;
}

const Pace judging = pace({}, {.rows = 1'000'000, .bytes = 50'000'000}, 4);

} // namespace

TEST_CASE("a file whose length is known has a bar, a speed and a time that is left")
{
  CHECK(progress_line("u.csv", judging, 100'000'000, 100) ==
        "u.csv: [==============>              ]  50 %  1,000,000 rows judged  250,000 rows/s  0:05 "
        "left");
  CHECK(progress_line("u.csv", judging, 100'000'000, 80) ==
        "u.csv: [=======>       ]  50 %  1,000,000 rows judged  250,000 rows/s  0:05 left");
}

TEST_CASE("where there is no room the bar goes first, then speed, time and share")
{
  CHECK(progress_line("u.csv", judging, 100'000'000, 70) ==
        "u.csv:  50 %  1,000,000 rows judged  250,000 rows/s  0:05 left");
  CHECK(progress_line("u.csv", judging, 100'000'000, 50) ==
        "u.csv:  50 %  1,000,000 rows judged  0:05 left");
  CHECK(progress_line("u.csv", judging, 100'000'000, 30) == "u.csv: 1,000,000 rows judged");
}

TEST_CASE("what nobody knows is not said")
{
  CHECK(progress_line("u.csv", judging, 0, 100) == "u.csv: 1,000,000 rows judged  250,000 rows/s");
  // More than was there when it was asked: it grows.
  CHECK(progress_line("u.csv", judging, 1'000, 100) ==
        "u.csv: 1,000,000 rows judged  250,000 rows/s");
  const Pace sudden = pace({}, {.rows = 5, .bytes = 50}, 0);
  CHECK(progress_line("u.csv", sudden, 100, 40) == "u.csv: [=====>    ]  50 %  5 rows judged");
}

TEST_CASE("a job that goes on is as fast as it is now, and another step counts anew")
{
  const JobProgress resumed{.step = JobStep::applies, .groups = 9'000, .groups_planned = 10'000};
  JobProgress later = resumed;
  later.groups = 9'500;
  CHECK(progress_line("job 3", pace(resumed, later, 10), 0, 70) ==
        "job 3:  95 %  9,500 of 10,000 changes applied  50 changes/s  0:11 left");
  Pace both = judging;
  both.note(resumed, 60 * second_ns);
  both.note(later, 62 * second_ns);
  CHECK(progress_line("job 3", both, 0, 71) ==
        "job 3:  95 %  9,500 of 10,000 changes applied  250 changes/s  0:03 left");
}

TEST_CASE("a step that begins again, over other rows, counts anew")
{
  Pace twice = judging;
  twice.note({.rows = 0, .bytes = 1}, 60 * second_ns);
  twice.note({.rows = 1'000, .bytes = 50'000'000}, 62 * second_ns);
  CHECK(progress_line("u.csv", twice, 100'000'000, 60) ==
        "u.csv:  50 %  1,000 rows judged  500 rows/s  0:03 left");
}

TEST_CASE("hours are hours, and a week is not foretold")
{
  const Pace slow = pace({}, {.rows = 10, .bytes = 1}, 1);
  CHECK(progress_line("u.csv", slow, 10'000, 80).ends_with("  2:46:40 left"));
  CHECK(progress_line("u.csv", slow, 1'000'000, 80).ends_with("  10 rows/s"));
}
