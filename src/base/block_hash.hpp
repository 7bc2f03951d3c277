// A keyed hash of a block of bytes at the speed of memory, for who asks whether he is given the
// same block again.
//
// It is safe as long as nobody sees the key or a hash; for what is shown or kept use SHA-256.
#ifndef ROLLCALL_BASE_BLOCK_HASH_HPP
#define ROLLCALL_BASE_BLOCK_HASH_HPP

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/siphash.hpp"

namespace rollcall {

[[nodiscard]] std::uint64_t block_hash(const SipKey& key,
                                       std::span<const std::byte> block) noexcept;

} // namespace rollcall

#endif // ROLLCALL_BASE_BLOCK_HASH_HPP
