// Calendar arithmetic is <chrono>'s; leap seconds do not exist in these milliseconds.
#include "base/timestamp.hpp"

#include <algorithm>
#include <array>
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

// The digits there, or -1 if one of them is none.
int number_at(std::string_view text, std::size_t at, std::size_t digits) noexcept
{
  int number = 0;
  for (const char letter : text.substr(at, digits)) {
    if (letter < '0' || letter > '9') {
      return -1;
    }
    number = 10 * number + (letter - '0');
  }
  return number;
}

// "123" of ".123Z"; nothing at all is 0, "5" is 500.
int fraction_of(std::string_view text) noexcept
{
  if (text == "Z") {
    return 0;
  }
  if (text.size() < 3 || text.size() > 5 || text.front() != '.' || text.back() != 'Z') {
    return -1;
  }
  const std::size_t digits = text.size() - 2;
  constexpr std::array scale = {0, 100, 10, 1};
  return number_at(text, 1, digits) * scale[digits];
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

std::optional<std::int64_t> parse_utc(std::string_view text) noexcept
{
  namespace chrono = std::chrono;
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() <= shape.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !is_digit : text[i] != shape[i]) {
      return std::nullopt;
    }
  }
  const chrono::year_month_day date{chrono::year{number_at(text, 0, 4)},
                                    chrono::month{static_cast<unsigned>(number_at(text, 5, 2))},
                                    chrono::day{static_cast<unsigned>(number_at(text, 8, 2))}};
  const int hour = number_at(text, 11, 2);
  const int minute = number_at(text, 14, 2);
  const int second = number_at(text, 17, 2);
  const int fraction = fraction_of(text.substr(shape.size()));
  if (!date.ok() || hour > 23 || minute > 59 || second > 59 || fraction < 0) {
    return std::nullopt;
  }
  const Moment moment = chrono::sys_days{date} + chrono::hours{hour} + chrono::minutes{minute} +
                        chrono::seconds{second} + milliseconds{fraction};
  return moment.time_since_epoch().count();
}

} // namespace rollcall
