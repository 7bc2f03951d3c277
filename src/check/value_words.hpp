// value_words.hpp: a list of words that is asked about cells: "which of these is it, without case?"
//
// Words of up to eight ASCII characters, which nearly all are, are kept folded in one number each.
#ifndef ROLLCALL_CHECK_VALUE_WORDS_HPP
#define ROLLCALL_CHECK_VALUE_WORDS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::check {

class Words {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  // Of words that are the same without case the first counts.
  void add(std::string_view word, std::uint32_t number);
  [[nodiscard]] bool is_empty() const noexcept { return short_.empty() && long_.empty(); }

  // The number of the word that the cell is, or `none`.
  [[nodiscard]] std::uint32_t find(std::string_view cell, std::string& scratch) const;

  // The same of 1 to 8 bytes that are ASCII, given as one number, the first in the lowest byte.
  [[nodiscard]] std::uint32_t find_short(std::uint64_t bytes) const noexcept
  {
    // All are looked at, and nothing hangs on which it is: words come in no order that a processor
    // could guess.
    const std::uint64_t folded = fold(bytes);
    std::uint32_t found = none;
    for (const Short& word : short_)
      found &= word.number | (0U - static_cast<std::uint32_t>(word.folded != folded));
    return found;
  }

 private:
  struct Short {
    std::uint64_t folded = 0;
    std::uint32_t number = 0;
  };
  struct Long {
    std::string folded;
    std::uint32_t number = 0;
  };

  // A to Z become a to z, in all eight bytes, none of which is above 7F.
  [[nodiscard]] static constexpr std::uint64_t fold(std::uint64_t bytes) noexcept
  {
    constexpr std::uint64_t each = 0x0101'0101'0101'0101;
    const std::uint64_t from_a = bytes + each * (0x80 - 'A');
    const std::uint64_t after_z = bytes + each * (0x80 - 'Z' - 1);
    return bytes | ((from_a & ~after_z & each * 0x80) >> 2U);
  }

  std::vector<Short> short_;
  std::vector<Long> long_; // ordered
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_WORDS_HPP
