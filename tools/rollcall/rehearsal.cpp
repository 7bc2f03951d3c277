// rehearsal.cpp: reads a seed and a time.
#include "rehearsal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "moments.hpp"

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
    ROLLCALL_TRY(const std::int64_t now_ms, moment_of(now));
    clock_ = std::make_unique<StoppedClock>(*seams.clock, now_ms);
    seams.clock = clock_.get();
  }
  return success();
}

} // namespace rollcall::tools
