// Random bytes that are the same each time for the same seed, for tests and for --seed.
//
// The bytes are ChaCha20's key stream (RFC 8439, counter from 0, nonce of zeros); the key is the
// seed as 8 little-endian bytes, then zeros. Golden files depend on that: it is never changed. Who
// knows the seed knows every byte, so nothing made of it is a secret.
#ifndef ROLLCALL_BASE_SEEDED_RANDOM_HPP
#define ROLLCALL_BASE_SEEDED_RANDOM_HPP

#include <array>
#include <cstdint>

#include "rollcall/seams.hpp"

namespace rollcall {

using ChaChaWords = std::array<std::uint32_t, 16>;

// One block of the key stream from its input: constants, key, counter, nonce.
[[nodiscard]] ChaChaWords chacha20_block(const ChaChaWords& input) noexcept;

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) noexcept;

  // Never fails. The stream is one: two fills of 5 bytes give what one of 10 gives.
  [[nodiscard]] Result<void> fill(std::span<std::byte> into) override;

 private:
  ChaChaWords input_;
  std::array<std::byte, 64> block_ = {};
  std::size_t used_ = 64; // bytes of the block
};

} // namespace rollcall

#endif // ROLLCALL_BASE_SEEDED_RANDOM_HPP
