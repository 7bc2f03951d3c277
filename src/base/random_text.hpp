// Random texts and numbers without bias: what generated passwords and PINs are made of.
#ifndef ROLLCALL_BASE_RANDOM_TEXT_HPP
#define ROLLCALL_BASE_RANDOM_TEXT_HPP

#include <cstdint>
#include <span>
#include <string_view>

#include "rollcall/seams.hpp"

namespace rollcall {

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
