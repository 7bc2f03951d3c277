// The calendar is <chrono>'s.
#include "moments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace rollcall::tools {

std::string moment(std::int64_t ms)
{
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds{ms}};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss<minutes> time{floor<minutes>(at - day)};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count());
}

Result<std::int64_t> moment_of(const std::string& text)
{
  using namespace std::chrono;
  if (text.empty()) return std::int64_t{0};
  // As much of it as there is; each 0 is a digit.
  constexpr std::string_view shape = "0000-00-00T00:00:00.000";
  constexpr std::array<std::size_t, 4> lengths = {10, 16, 19, 23};
  std::string_view rest{text};
  if (rest.size() > lengths[0] && rest.back() == 'Z') rest.remove_suffix(1);
  bool is_good = std::find(lengths.begin(), lengths.end(), rest.size()) != lengths.end();
  std::array<int, 7> parts = {};
  std::size_t part = 0;
  for (std::size_t i = 0; is_good && i != rest.size(); ++i) {
    if (shape[i] == '0') {
      is_good = rest[i] >= '0' && rest[i] <= '9';
      parts[part] = parts[part] * 10 + (rest[i] - '0');
    } else {
      is_good = rest[i] == shape[i] || (shape[i] == 'T' && rest[i] == ' ');
      ++part;
    }
  }
  const year_month_day date{year{parts[0]}, month{static_cast<unsigned>(parts[1])},
                            day{static_cast<unsigned>(parts[2])}};
  if (!is_good || !date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59)
    return Error{
        ErrorCode::wrong_use,
        fmt::format("a time is 2026-11-21, 2026-11-21T08:30 or 2026-11-21T08:30:15.250, in "
                    "UTC, not '{}'",
                    text)};
  const sys_time<milliseconds> at = sys_days{date} + hours{parts[3]} + minutes{parts[4]} +
                                    seconds{parts[5]} + milliseconds{parts[6]};
  return at.time_since_epoch().count();
}

} // namespace rollcall::tools
