// SipHash by Aumasson and Bernstein: a hash of texts with a secret key, for tables that hold what
// strangers wrote.
//
// The key is what makes it safe: with an unkeyed hash, or a key that can be guessed, a file could
// be written whose rows all fall into one slot. Take a new one for each job. 1-3 is for tables in
// memory; 2-4 is the cautious variant. Neither is for anything that is written down: use SHA-256.
#ifndef ROLLCALL_BASE_SIPHASH_HPP
#define ROLLCALL_BASE_SIPHASH_HPP

#include <cstdint>
#include <string_view>

#include "rollcall/seams.hpp"

namespace rollcall {

struct SipKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const SipKey&, const SipKey&) = default;
};

[[nodiscard]] Result<SipKey> make_sip_key(Random& random);

[[nodiscard]] std::uint64_t siphash_1_3(const SipKey& key, std::string_view text) noexcept;
[[nodiscard]] std::uint64_t siphash_2_4(const SipKey& key, std::string_view text) noexcept;

// For unordered containers with text keys; looks a string_view up without making a string.
struct KeyedHash {
  using is_transparent = void;

  SipKey key;

  [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept
  {
    return static_cast<std::size_t>(siphash_1_3(key, text));
  }
};

} // namespace rollcall

#endif // ROLLCALL_BASE_SIPHASH_HPP
