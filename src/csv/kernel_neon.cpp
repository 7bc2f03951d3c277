// kernel_neon.cpp: the kernel for 64-bit ARM, where NEON is always there.
#include <arm_neon.h>

#include "csv/kernel_body.hpp"

namespace rollcall::csv {
namespace {

template <bool with_cr_>
class NeonBlock {
 public:
  static constexpr bool with_cr = with_cr_;
  static constexpr bool is_unrolled = false;

  explicit NeonBlock(Marks marks)
      : quote_(vdupq_n_u8(static_cast<uint8_t>(marks.quote))),
        delimiter_(vdupq_n_u8(static_cast<uint8_t>(marks.delimiter))),
        quoting_(marks.quoting ? ~uint64_t{0} : 0)
  {
  }

  ROLLCALL_INLINE_MEMBER Masks masks(const char* text)
  {
    const uint8_t* from = reinterpret_cast<const uint8_t*>(text);
    const uint8x16x4_t bytes = {
        {vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)}};
    for (int i = 0; i < 4; ++i) note_text(bytes.val[i]);
    return {equal(bytes, quote_) & quoting_, equal(bytes, delimiter_),
            equal(bytes, vdupq_n_u8('\n')), equal(bytes, vdupq_n_u8('\r'))};
  }

  ROLLCALL_INLINE void check_text(const char*, const uint64_t*) {}

  ROLLCALL_INLINE void carry(Words& parities, uint64_t& odd) { carry_word_by_word(parities, odd); }

  // Eight at a time whether they are there or not, as in the AVX2 kernel.
  ROLLCALL_INLINE_MEMBER uint32_t* write(uint64_t bits, uint32_t* to)
  {
    const int64_t ones = __builtin_popcountll(bits);
    int64_t written = 0;
    do {
      for (int i = 0; i < 8; ++i) {
        to[written + i] = base_ + static_cast<uint32_t>(bits != 0 ? __builtin_ctzll(bits) : 64);
        bits &= bits - 1;
      }
      written += 8;
    } while (__builtin_expect(written < ones, 0));
    base_ += block_bytes;
    return to + ones;
  }

  ROLLCALL_INLINE_MEMBER bool has_special() const { return vmaxvq_u8(special_) != 0; }
  ROLLCALL_INLINE_MEMBER bool may_have_bad_text() const { return vmaxvq_u8(all_) > 127; }

 private:
  // A bit a byte: each byte keeps the bit of its place, and three rounds of pairwise sums bring the
  // bits of eight bytes into one.
  ROLLCALL_INLINE uint64_t equal(const uint8x16x4_t& bytes, uint8x16_t sign)
  {
    const uint8x16_t places = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t a = vandq_u8(vceqq_u8(bytes.val[0], sign), places);
    const uint8x16_t b = vandq_u8(vceqq_u8(bytes.val[1], sign), places);
    const uint8x16_t c = vandq_u8(vceqq_u8(bytes.val[2], sign), places);
    const uint8x16_t d = vandq_u8(vceqq_u8(bytes.val[3], sign), places);
    const uint8x16_t sums = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
  }

  // A special character is one whose classes by low and by high half meet; three classes will do.
  ROLLCALL_INLINE_MEMBER void note_text(uint8x16_t bytes)
  {
    const uint8x16_t low_classes = {3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, with_cr ? 2 : 3, 3, 7};
    const uint8x16_t high_classes = {1, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0};
    const uint8x16_t low = vqtbl1q_u8(low_classes, vandq_u8(bytes, vdupq_n_u8(15)));
    const uint8x16_t high = vqtbl1q_u8(high_classes, vshrq_n_u8(bytes, 4));
    special_ = vorrq_u8(special_, vandq_u8(low, high));
    all_ = vorrq_u8(all_, bytes);
  }

  uint8x16_t quote_, delimiter_;
  uint64_t quoting_;
  uint32_t base_ = 0 - stripe_bytes;
  uint8x16_t special_ = vdupq_n_u8(0), all_ = vdupq_n_u8(0);
};

} // namespace

Index index_neon(const char* text, std::uint32_t size, Marks marks, std::uint32_t* ends,
                 std::uint32_t capacity)
{
  return index_text<NeonBlock>(text, size, marks, ends, capacity);
}

} // namespace rollcall::csv
