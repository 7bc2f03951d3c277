// Random texts and numbers without bias: what generated passwords and PINs are made of.
#ifndef ROLLCALL_BASE_RANDOM_TEXT_HPP
#define ROLLCALL_BASE_RANDOM_TEXT_HPP

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/secret.hpp"
#include "rollcall/seams.hpp"

namespace rollcall {

// Draws many bytes at once from another, which costs as much as a few; each is handed out once, and
// wiped here. For who makes secrets by the hundred thousand. Not for a process that forks.
class RandomStock final : public Random {
 public:
  // It outlives the stock.
  explicit RandomStock(Random& random) noexcept : random_{random} {}
  [[nodiscard]] Result<void> fill(std::span<std::byte> into) override;

 private:
  Random& random_;
  std::array<std::byte, 1024> bytes_ = {};
  const WipeAtEnd wipe_{bytes_};
  std::size_t used_ = sizeof bytes_;
};

// 56 letters and digits, of which none is taken for another: 0 O o, 1 l I are not among them.
inline constexpr std::string_view distinct_characters =
    "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
static_assert(distinct_characters.size() == 56);

// Fills `into` with characters of the alphabet, each as likely as every other. The alphabet has 1
// to 256 characters; none twice, or that one is twice as likely.
[[nodiscard]] Result<void> fill_random_text(Random& random, std::string_view alphabet,
                                            std::span<char> into);

// A number below the bound, which is not 0.
[[nodiscard]] Result<std::uint64_t> random_below(Random& random, std::uint64_t bound);

} // namespace rollcall

#endif // ROLLCALL_BASE_RANDOM_TEXT_HPP
