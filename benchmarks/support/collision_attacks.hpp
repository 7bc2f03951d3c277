// collision_attacks.hpp: how each kind of colliding addresses is made; collisions.hpp checks them.
//
// An address is a pattern in which `*` stands for a letter or digit that may be chosen. What
// follows the last of them is the same for all, and a collision survives that.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_COLLISION_ATTACKS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_COLLISION_ATTACKS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::bench {

constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyz0123456789";

// 64 characters before the @, 63 in a part of the domain, 254 in all: an address can be no longer.
constexpr std::string_view fnv_pattern =
    "********************************************************@example.com";
// In blocks of eight: 8 chosen, 1, 7 chosen, 1, 6 chosen, 1.
constexpr std::string_view murmur3_pattern =
    "****************************************************************"
    "@w.abcde********************************************************"
    ".w.abcde************************************************.example";
// In blocks of eight: 8 chosen, 1, 4 chosen, 1, 4 chosen, 1.
constexpr std::string_view murmur64_pattern =
    "****************************************************************"
    "@w.abcde********************************"
    ".w.abcde********************************.example";
constexpr std::size_t block_size = 8;

// At most so many.
[[nodiscard]] std::vector<std::string> fnv_collisions(std::size_t most);
[[nodiscard]] std::vector<std::string> murmur3_collisions(std::size_t most);
[[nodiscard]] std::vector<std::string> murmur64_collisions(std::size_t most);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_COLLISION_ATTACKS_HPP
