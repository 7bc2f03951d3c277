// fingerprint.hpp: 128 secret bits of a text, for who keeps them in place of the text: two that are
// equal are the same text.
//
// A sum of the text's words, each multiplied by a secret number of its own (multilinear hashing, as
// described by Lemire and Kaser): a few multiplications on any processor, and no chain of rounds.
// Of any two texts chosen without knowing the key each pair of fingerprints is equally likely, so
// that n chosen bits of them are the same once in 2^n times, and nobody can write texts that fall
// together. That holds only as long as nobody sees a fingerprint: they never leave the process.
#ifndef ROLLCALL_BASE_FINGERPRINT_HPP
#define ROLLCALL_BASE_FINGERPRINT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/siphash.hpp"

namespace rollcall {

struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

class Fingerprints {
 public:
  explicit Fingerprints(const SipKey& key) noexcept;

  // A text in a space is another than the same text in another one.
  [[nodiscard]] Fingerprint of(std::uint32_t space, std::string_view text) const noexcept;
  // That of the text with a to z for A to Z; none of a text that is not ASCII.
  [[nodiscard]] std::optional<Fingerprint> of_lower(std::uint32_t space,
                                                    std::string_view text) const noexcept;

 private:
  static constexpr std::size_t words_max = 16; // longer texts are hashed by SipHash

  // A word is multiplied by 128 bits twice, once for each half of the fingerprint.
  struct Factors {
    std::uint64_t low_1 = 0, high_1 = 0;
    std::uint64_t low_2 = 0, high_2 = 0;
  };
  class Sum;

  template <bool is_lowered>
  [[nodiscard]] std::uint64_t add_words(Sum& sum, std::string_view text) const noexcept;
  [[nodiscard]] Fingerprint of_long(std::uint32_t space, std::string_view text) const noexcept;

  SipKey key_;
  std::array<Factors, words_max + 2> factors_; // of space and length, of words, and what is added
};

} // namespace rollcall

#endif // ROLLCALL_BASE_FINGERPRINT_HPP
