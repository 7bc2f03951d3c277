// kernel_swar.cpp: the kernel for any processor: eight bytes at a time in an ordinary register.
#include "csv/kernel_body.hpp"

namespace rollcall::csv {
namespace {

constexpr uint64_t every_byte = 0x0101010101010101;
constexpr uint64_t top_bits = 0x8080808080808080;
constexpr uint64_t low_bits = 0x7F7F7F7F7F7F7F7F;

template <bool with_cr_>
class SwarBlock {
 public:
  static constexpr bool with_cr = with_cr_;
  static constexpr bool is_unrolled = false;

  explicit SwarBlock(Marks marks)
      : quote_(every_byte * static_cast<unsigned char>(marks.quote)),
        delimiter_(every_byte * static_cast<unsigned char>(marks.delimiter)),
        quoting_(marks.quoting ? ~uint64_t{0} : 0)
  {
  }

  ROLLCALL_INLINE_MEMBER Masks masks(const char* text)
  {
    Masks found = {0, 0, 0, 0};
    for (uint32_t at = 0; at < block_bytes; at += 8) {
      const uint64_t bytes = load(text + at);
      const uint64_t lf = zero_bytes(bytes ^ (every_byte * '\n'));
      const uint64_t cr = with_cr ? zero_bytes(bytes ^ (every_byte * '\r')) : 0;
      found.quotes |= gathered(zero_bytes(bytes ^ quote_)) << at;
      found.delimiters |= gathered(zero_bytes(bytes ^ delimiter_)) << at;
      found.lf |= gathered(lf) << at;
      found.cr |= gathered(cr) << at;
      note_text(bytes, lf | cr);
    }
    found.quotes &= quoting_;
    return found;
  }

  ROLLCALL_INLINE void check_text(const char*, const uint64_t*) {}

  ROLLCALL_INLINE void carry(Words& parities, uint64_t& odd) { carry_word_by_word(parities, odd); }

  ROLLCALL_INLINE_MEMBER uint32_t* write(uint64_t bits, uint32_t* to)
  {
    for (; bits != 0; bits &= bits - 1)
      *to++ = base_ + static_cast<uint32_t>(__builtin_ctzll(bits));
    base_ += block_bytes;
    return to;
  }

  ROLLCALL_INLINE_MEMBER bool has_special() const { return special_ != 0; }
  ROLLCALL_INLINE_MEMBER bool may_have_bad_text() const { return (all_ & top_bits) != 0; }

 private:
  // The first byte of the text is the lowest of the number, whatever the machine's order.
  ROLLCALL_INLINE uint64_t load(const char* text)
  {
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return bytes;
  }

  // The top bit of each byte that is zero; no carry passes from one byte to the next.
  ROLLCALL_INLINE uint64_t zero_bytes(uint64_t bytes)
  {
    return ~(((bytes & low_bits) + low_bits) | bytes | low_bits);
  }

  // Eight top bits, side by side.
  ROLLCALL_INLINE uint64_t gathered(uint64_t tops)
  {
    return ((tops >> 7) * 0x0102040810204080) >> 56;
  }

  // Tabs are the one sign below the space that must be told from the others; they are rare.
  ROLLCALL_INLINE_MEMBER void note_text(uint64_t bytes, uint64_t line_ends)
  {
    const uint64_t low = bytes & low_bits;
    const uint64_t at_least_space = low + every_byte * (0x80 - 0x20);
    const uint64_t is_del = low + every_byte;
    uint64_t found = ((~at_least_space & ~line_ends) | is_del) & ~bytes & top_bits;
    if (__builtin_expect(found != 0, 0)) found &= ~zero_bytes(bytes ^ (every_byte * '\t'));
    special_ |= found;
    all_ |= bytes;
  }

  uint64_t quote_, delimiter_, quoting_;
  uint32_t base_ = 0 - stripe_bytes;
  uint64_t special_ = 0, all_ = 0;
};

} // namespace

Index index_swar(const char* text, std::uint32_t size, Marks marks, std::uint32_t* ends,
                 std::uint32_t capacity)
{
  return index_text<SwarBlock>(text, size, marks, ends, capacity);
}

} // namespace rollcall::csv
