// Choice by rejection: bytes at or above the largest multiple of the alphabet's size are thrown
// away, because taking the remainder of all of them would favour the first characters.
#include "base/random_text.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/bytes.hpp"

namespace rollcall {

Result<void> RandomStock::fill(std::span<std::byte> into)
{
  while (!into.empty()) {
    if (used_ == bytes_.size()) {
      ROLLCALL_CHECK(random_.fill(bytes_));
      used_ = 0;
    }
    const std::span<std::byte> given =
        std::span{bytes_}.subspan(used_, std::min(into.size(), bytes_.size() - used_));
    std::copy(given.begin(), given.end(), into.begin());
    wipe(given);
    used_ += given.size();
    into = into.subspan(given.size());
  }
  return success();
}

Result<void> fill_random_text(Random& random, std::string_view alphabet, std::span<char> into)
{
  if (alphabet.empty() || alphabet.size() > 256) {
    return Error{ErrorCode::wrong_use, "an alphabet has 1 to 256 characters"};
  }
  const std::size_t taken_below = 256 - 256 % alphabet.size();
  std::array<std::byte, 64> bytes{};
  const WipeAtEnd wipe{bytes}; // they are the secret as good as the text is
  std::size_t at = 0;
  while (at < into.size()) {
    ROLLCALL_CHECK(random.fill(bytes));
    for (const std::byte byte : bytes) {
      const auto number = std::to_integer<std::size_t>(byte);
      if (number < taken_below && at < into.size()) {
        into[at++] = alphabet[number % alphabet.size()];
      }
    }
  }
  return success();
}

Result<std::uint64_t> random_below(Random& random, std::uint64_t bound)
{
  if (bound == 0) {
    return Error{ErrorCode::wrong_use, "no number is below 0"};
  }
  // 2^64 modulo bound: as many of the lowest numbers are too many.
  const std::uint64_t too_many = (std::numeric_limits<std::uint64_t>::max() - bound + 1) % bound;
  for (;;) {
    std::array<std::byte, 8> bytes{};
    ROLLCALL_CHECK(random.fill(bytes));
    const std::uint64_t number = load_le64(bytes.data());
    if (number >= too_many) {
      return number % bound;
    }
  }
}

} // namespace rollcall
