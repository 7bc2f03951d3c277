// Calendar arithmetic is <chrono>'s; leap seconds do not exist in these milliseconds.
#include "base/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace rollcall {

namespace {

using std::chrono::milliseconds;
using Moment = std::chrono::sys_time<milliseconds>;

constexpr Moment first_moment = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Moment last_moment =
    std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - milliseconds{1};

// The last digits of a number that is not negative, zeros in front.
void put(std::string& text, std::size_t at, std::size_t digits, std::int64_t number)
{
  for (std::size_t i = digits; i > 0; --i, number /= 10) {
    text[at + i - 1] = static_cast<char>('0' + number % 10);
  }
}

} // namespace

std::string format_utc(std::int64_t ms_since_1970)
{
  namespace chrono = std::chrono;
  const Moment moment = std::clamp(Moment{milliseconds{ms_since_1970}}, first_moment, last_moment);
  const auto day = chrono::floor<chrono::days>(moment);
  const chrono::year_month_day date{day};
  const chrono::hh_mm_ss time{moment - day};
  std::string text = "0000-00-00T00:00:00.000Z";
  put(text, 0, 4, static_cast<int>(date.year()));
  put(text, 5, 2, static_cast<unsigned>(date.month()));
  put(text, 8, 2, static_cast<unsigned>(date.day()));
  put(text, 11, 2, time.hours().count());
  put(text, 14, 2, time.minutes().count());
  put(text, 17, 2, time.seconds().count());
  put(text, 20, 3, time.subseconds().count());
  return text;
}

} // namespace rollcall
