// block.hpp: sixteen bytes looked at in one go, on any processor, for "does this text hold one of
// those?".
//
// These are vectors of the compiler, no intrinsics: the flags of the build decide what they become.
// A text is read nowhere but where it is: short ones by two pieces that overlap.
#ifndef ROLLCALL_BASE_BLOCK_HPP
#define ROLLCALL_BASE_BLOCK_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rollcall {

using Block [[gnu::vector_size(16)]] = unsigned char;
using BlockMask [[gnu::vector_size(16)]] = signed char; // bytes of 0 or -1

namespace block {

using Words [[gnu::vector_size(16)]] = std::uint64_t;
using Chars [[gnu::vector_size(16)]] = char;

template <class Word>
std::uint64_t word_at(const char* at) noexcept
{
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

inline Block at(const char* at) noexcept
{
  Block bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

// All of a text of 1 to 16 bytes, in any order and some of them twice, and nothing else.
inline Block of_short(std::string_view text) noexcept
{
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (text.size() >= 8) {
    const Words words = {word_at<std::uint64_t>(begin), word_at<std::uint64_t>(end - 8)};
    return std::bit_cast<Block>(words);
  }
  std::uint64_t word = 0;
  if (text.size() >= 4) {
    word = word_at<std::uint32_t>(begin) | (word_at<std::uint32_t>(end - 4) << 32U);
  } else {
    const char middle = begin[text.size() / 2];
    const std::uint64_t bytes = std::uint64_t{static_cast<unsigned char>(begin[0])} |
                                (std::uint64_t{static_cast<unsigned char>(middle)} << 8U) |
                                (std::uint64_t{static_cast<unsigned char>(end[-1])} << 16U);
    word = bytes | ((bytes & 0xFFU) << 24U);
    word |= word << 32U;
  }
  const Words words = {word, word};
  return std::bit_cast<Block>(words);
}

// A bit a byte of a mask, the first byte in the lowest.
inline std::uint32_t bits(BlockMask mask) noexcept
{
#ifdef __SSE2__
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(std::bit_cast<Chars>(mask)));
#else
  std::uint32_t bits = 0;
  for (std::size_t half = 2; half != 0; --half) {
    std::uint64_t word = std::bit_cast<Words>(mask)[half - 1];
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    // The bit of each byte, and then all of them added up in the highest byte.
    word = (word & 0x8040'2010'0804'0201) * 0x0101'0101'0101'0101;
    bits = bits << 8U | static_cast<std::uint32_t>(word >> 56U);
  }
  return bits;
#endif
}

inline bool has_any(BlockMask mask) noexcept
{
  const Words words = std::bit_cast<Words>(mask);
  return (words[0] | words[1]) != 0;
}

} // namespace block

// Does a byte of the text pass `test`, which takes a Block and returns a BlockMask?
template <class Test>
bool has_byte(std::string_view text, Test test) noexcept
{
  if (text.empty()) return false;
  if (text.size() <= sizeof(Block)) return block::has_any(test(block::of_short(text)));
  const char* at = text.data();
  const char* const last = at + text.size() - sizeof(Block);
  for (; at < last; at += sizeof(Block)) {
    if (block::has_any(test(block::at(at)))) return true;
  }
  return block::has_any(test(block::at(last)));
}

} // namespace rollcall

#endif // ROLLCALL_BASE_BLOCK_HPP
