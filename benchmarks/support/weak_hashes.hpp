// weak_hashes.hpp: hash functions without a key, or with one that anybody knows, written down as
// their authors have them. Nothing of rollcall uses them.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_WEAK_HASHES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_WEAK_HASHES_HPP

#include <cstdint>
#include <string_view>

namespace rollcall::bench {

// FNV-1a of 64 bits. Begins with the state that another text left, if one is given.
constexpr std::uint64_t fnv_prime = 0x100000001B3U;
constexpr std::uint64_t fnv_basis = 0xCBF29CE484222325U;
[[nodiscard]] std::uint64_t fnv(std::string_view text, std::uint64_t state = fnv_basis) noexcept;

// MurmurHash3_x86_32 with the seed 0, of texts whose length is a multiple of four; and what four
// bytes do to its state.
[[nodiscard]] std::uint32_t murmur3(std::string_view text) noexcept;
[[nodiscard]] std::uint32_t murmur3_step(std::uint32_t state, const char* four) noexcept;

// MurmurHash64A, of texts whose length is a multiple of eight: the state it begins with, how a word
// is mixed before it is added to the state by ^ and multiplied, and the end.
constexpr std::uint64_t murmur64_factor = 0xC6A4A7935BD1E995U;
constexpr std::uint64_t murmur64_seed = 0xC70F6907U; // that of libstdc++
[[nodiscard]] std::uint64_t murmur64(std::string_view text,
                                     std::uint64_t seed = murmur64_seed) noexcept;
[[nodiscard]] std::uint64_t murmur64_start(std::uint64_t size, std::uint64_t seed) noexcept;
[[nodiscard]] std::uint64_t murmur64_word(const char* eight) noexcept;

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_WEAK_HASHES_HPP
