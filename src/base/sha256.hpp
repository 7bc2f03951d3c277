// SHA-256 (FIPS 180-4), fed piece by piece: the digest of sources, schemas and plans.
//
// The work on blocks is a function of its own, so that the CPU's instructions and the portable code
// are the same hash to everyone else, and a test can force either.
#ifndef ROLLCALL_BASE_SHA256_HPP
#define ROLLCALL_BASE_SHA256_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rollcall {

using Sha256Digest = std::array<std::byte, 32>;
using Sha256State = std::array<std::uint32_t, 8>;

// Works `count` blocks of 64 bytes into the state.
using Sha256Kernel = void (*)(Sha256State& state, const std::byte* blocks,
                              std::size_t count) noexcept;

void sha256_portable(Sha256State& state, const std::byte* blocks, std::size_t count) noexcept;

// With the instructions of this CPU for it, or null if it has none that we know.
[[nodiscard]] Sha256Kernel sha256_of_cpu() noexcept;

class Sha256 {
 public:
  Sha256() noexcept;
  explicit Sha256(Sha256Kernel kernel) noexcept : kernel_{kernel} {}

  void update(std::span<const std::byte> bytes) noexcept;
  void update(std::string_view text) noexcept;

  // The digest of all that was given. The object is then as new.
  [[nodiscard]] Sha256Digest finish() noexcept;

 private:
  static constexpr Sha256State start = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

  Sha256Kernel kernel_;
  Sha256State state_ = start;
  std::uint64_t size_ = 0;               // bytes given so far
  std::array<std::byte, 64> block_ = {}; // the last size_ % 64 of them
};

[[nodiscard]] Sha256Digest sha256(std::string_view text) noexcept;

// What only somebody who knows the key can say of a text (HMAC, RFC 2104).
[[nodiscard]] Sha256Digest hmac_sha256(std::string_view key, std::string_view text) noexcept;

// In 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Sha256Digest& digest);

} // namespace rollcall

#endif // ROLLCALL_BASE_SHA256_HPP
