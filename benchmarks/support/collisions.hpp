// collisions.hpp: email addresses that all have the same hash, wholly, under hash functions that
// have no key, or one that anybody knows.
//
// They are what somebody would upload who wants to make a table of addresses slow. Each set is
// hashed before it is handed out, by a function that is written down apart from how it was made.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_COLLISIONS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_COLLISIONS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::bench {

enum class WeakHash : std::uint8_t {
  fnv,     // FNV-1a, all of its 64 bits
  murmur3, // MurmurHash3_x86_32 with the seed 0, all of its 32 bits
  standard // std::hash of strings: where that is MurmurHash64A, as in libstdc++, all of its 64
           // bits, and MurmurHash64A with any seed
};

[[nodiscard]] std::string_view slug(WeakHash hash) noexcept;
[[nodiscard]] std::string_view title(WeakHash hash) noexcept;

constexpr std::size_t collisions_max = std::size_t{1} << 20U;

// So many different addresses, at most collisions_max, in no order. FNV-1a and std::hash take some
// ten seconds and half a gigabyte. Throws std::runtime_error if
// two are the same or do not collide.
[[nodiscard]] std::vector<std::string> colliding_emails(WeakHash hash, std::size_t count);

// As many of the same form and length that are drawn at random.
[[nodiscard]] std::vector<std::string> random_emails(WeakHash hash, std::size_t count);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_COLLISIONS_HPP
