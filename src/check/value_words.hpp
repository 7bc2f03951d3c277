// value_words.hpp: a list of words that is asked about cells: "which of these is it, without case?"
//
// Words of up to eight ASCII characters, which nearly all are, are kept folded in one number each.
#ifndef ROLLCALL_CHECK_VALUE_WORDS_HPP
#define ROLLCALL_CHECK_VALUE_WORDS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace rollcall::check {

class Words {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  // Of words that are the same without case the first counts.
  void add(std::string_view word, std::uint32_t number);
  [[nodiscard]] bool is_empty() const noexcept { return short_count_ == 0 && long_.empty(); }

  // The number of the word that the cell is, or `none`.
  [[nodiscard]] std::uint32_t find(std::string_view cell, std::string& scratch) const;

  // The same of 1 to 8 bytes that are ASCII, given as one number, the first in the lowest byte.
  [[nodiscard]] std::uint32_t find_short(std::uint64_t bytes) const noexcept
  {
    const std::uint64_t folded = lower_ascii(bytes);
    for (std::size_t at = place_of(folded);; at = (at + 1) % short_.size()) {
      // Of a slot that is empty the number is `none`.
      if (short_[at].folded == folded || short_[at].folded == 0) return short_[at].number;
    }
  }

 private:
  struct Short {
    std::uint64_t folded = 0;
    std::uint32_t number = none;
  };
  struct Long {
    std::string folded;
    std::uint32_t number = 0;
  };

  [[nodiscard]] std::size_t place_of(std::uint64_t folded) const noexcept
  {
    return static_cast<std::size_t>(folded * factor_ >> shift_);
  }
  // Makes room for twice as many; false if two of them have the same place.
  [[nodiscard]] bool lay_out(std::span<const Short> words, std::uint64_t factor);

  // Where nothing but a word of its own, or none, is looked at: factors are tried until that is so.
  std::vector<Short> short_ = std::vector<Short>(2); // a power of two
  std::size_t short_count_ = 0;
  std::uint64_t factor_ = 1;
  unsigned shift_ = 63;
  std::vector<Long> long_; // ordered
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_WORDS_HPP
