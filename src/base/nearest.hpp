// nearest.hpp: the right word for a wrong one, if one is near enough to be meant.
//
// For names that people write by hand: of headers, members, options. Work is bounded: words of more
// than 64 bytes have no neighbours.
#ifndef ROLLCALL_BASE_NEAREST_HPP
#define ROLLCALL_BASE_NEAREST_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rollcall {

// How many letters are added, lost, changed or exchanged with their neighbour, up to `most`; more
// are `most` + 1. Letters are bytes.
[[nodiscard]] std::size_t letters_apart(std::string_view left, std::string_view right,
                                        std::size_t most);

// The first of the known words that are least far from this one: a letter, or a third of them.
// Empty if none is near.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> known);

// "; did you mean mac?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> known);

} // namespace rollcall

#endif // ROLLCALL_BASE_NEAREST_HPP
