// rehearsal.cpp: reads a seed and a time.
#include "rehearsal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace rollcall::tools {
namespace {

// The day does not pass; how long something takes is still measured.
class StoppedClock final : public Clock {
 public:
  StoppedClock(Clock& running, std::int64_t now_ms) : running_{running}, now_ms_{now_ms} {}

  [[nodiscard]] std::int64_t now_ms() override { return now_ms_; }
  [[nodiscard]] std::int64_t monotonic_ns() override { return running_.monotonic_ns(); }

 private:
  Clock& running_;
  std::int64_t now_ms_;
};

template <class Number>
std::optional<Number> number_of(std::string_view text)
{
  Number number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

// "2026-11-21T18:00:00Z"
std::optional<std::int64_t> time_of(std::string_view text)
{
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != form.size()) return {};
  for (std::size_t i = 0; i != form.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !is_digit : text[i] != form[i]) return {};
  }
  const auto part = [&](std::size_t at, std::size_t size) {
    return number_of<unsigned>(text.substr(at, size)).value_or(0);
  };
  const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(part(0, 4))},
                                        std::chrono::month{part(5, 2)},
                                        std::chrono::day{part(8, 2)}};
  if (!day.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) return {};
  const std::int64_t days = std::chrono::sys_days{day}.time_since_epoch().count();
  const std::int64_t seconds = part(11, 2) * 3600 + part(14, 2) * 60 + part(17, 2);
  return (days * 86'400 + seconds) * 1000;
}

} // namespace

Result<void> Rehearsal::begin(const std::string& seed, const std::string& now, Seams& seams)
{
  if (!seed.empty()) {
    const auto number = number_of<std::uint64_t>(seed);
    if (!number)
      return Error{ErrorCode::wrong_use, fmt::format("--seed is a number, not '{}'", seed)};
    random_ = seeded_random(*number);
    seams.random = random_.get();
  }
  if (!now.empty()) {
    const auto time = time_of(now);
    if (!time)
      return Error{ErrorCode::wrong_use,
                   fmt::format("--now is a time like 2026-11-21T18:00:00Z, not '{}'", now)};
    clock_ = std::make_unique<StoppedClock>(*seams.clock, *time);
    seams.clock = clock_.get();
  }
  return success();
}

} // namespace rollcall::tools
