// kernel_avx512.cpp: the kernel for AVX-512 with VBMI2 (Intel from Ice Lake, AMD from Zen 4).
//
// One compress instruction turns a mask of 64 bits into the places of its ones. It must go to a
// register: to memory it is microcoded on Zen 4.
#include <immintrin.h>

#include "csv/kernel_body.hpp"

namespace rollcall::csv {
namespace {

constexpr unsigned char X = 0x80;
alignas(64) constexpr unsigned char special[64] = {X, X, X, X, X, X, X, X, X, 0, 0, X, X, X, X, X,
                                                   X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X};
alignas(64) constexpr unsigned char special_but_cr[64] = {
    X, X, X, X, X, X, X, X, X, 0, 0, X, X, 0, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X};
alignas(64) constexpr unsigned char special_high[64] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, X};
alignas(64) constexpr unsigned char numbers[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

// What a byte is for the one before it.
constexpr unsigned char no_continuation = 1, from_80 = 2, from_90 = 4, from_a0 = 8;
constexpr unsigned char continuation = X;         // together with one of those
alignas(16) constexpr unsigned char kinds[16] = { // by the high half
    1, 1, 1, 1, 1, 1, 1, 1, X | from_80, X | from_90, X | from_a0, X | from_a0, 1, 1, 1, 1};

// What may not stand behind a byte over 127; a continuation behind another depends on more.
struct Forbidden {
  alignas(64) unsigned char behind[128] = {};

  constexpr Forbidden()
  {
    for (int byte = 0x80; byte != 0x100; ++byte) behind[byte - 0x80] = of(byte);
  }

  static constexpr unsigned char of(int byte)
  {
    if (byte < 0xC0) return continuation;
    if (byte < 0xC2 || byte > 0xF4) return no_continuation | from_80 | from_90 | from_a0;
    if (byte == 0xC2) return no_continuation | from_80 | from_90; // C1
    if (byte == 0xE0) return no_continuation | from_80 | from_90; // too long
    if (byte == 0xED) return no_continuation | from_a0;           // surrogates
    if (byte == 0xF0) return no_continuation | from_80;           // too long
    if (byte == 0xF4) return no_continuation | from_90 | from_a0; // over U+10FFFF
    return no_continuation;
  }
};
constexpr Forbidden forbidden;

constexpr char nothing[block_bytes] = {};

// Looks for what is no UTF-8, and for C1 control characters. Nearly all can be told from two bytes
// in a row; the rest is that a third and a fourth byte stand where a character has so many, and
// nowhere else.
class Text {
 public:
  explicit Text(bool judges) : judges_(judges) {}

  // A stripe without bytes over 127 can only be wrong behind one that ends within a character.
  ROLLCALL_INLINE_MEMBER void check(const char* text, const uint64_t* real, bool has_non_ascii)
  {
    uint32_t end;
    memcpy(&end, before_ + block_bytes - sizeof end, sizeof end);
    const bool is_needed = has_non_ascii || (end & 0x80808080) != 0;
    if (__builtin_expect(is_needed, 0)) {
      if (judges_)
        check_all(text, real);
      else
        is_bad_ = true;
    }
    before_ = text + stripe_bytes - block_bytes;
  }

  ROLLCALL_INLINE_MEMBER bool is_bad() const { return is_bad_; }

 private:
  ROLLCALL_INLINE_MEMBER void check_all(const char* text, const uint64_t* real)
  {
    const __m512i first = _mm512_loadu_si512(text);
    __mmask64 there = real != nullptr ? real[0] : ~uint64_t{0};
    __m512i wrong = _mm512_maskz_mov_epi8(
        there, wrong_in(first, shifted<1>(first), shifted<2>(first), shifted<3>(first)));
    for (uint32_t i = 1; i != stripe_blocks; ++i) {
      const char* const at = text + i * block_bytes;
      const __m512i here = wrong_in(_mm512_loadu_si512(at), _mm512_loadu_si512(at - 1),
                                    _mm512_loadu_si512(at - 2), _mm512_loadu_si512(at - 3));
      if (real != nullptr) there = real[i];
      wrong = _mm512_or_si512(wrong, _mm512_maskz_mov_epi8(there, here));
    }
    is_bad_ |= _mm512_test_epi8_mask(wrong, wrong) != 0;
  }

  // The bytes so many places before those of the first block.
  template <int places>
  ROLLCALL_INLINE_MEMBER __m512i shifted(__m512i first) const
  {
    const __m512i from =
        _mm512_add_epi8(_mm512_load_si512(numbers), _mm512_set1_epi8(block_bytes - places));
    return _mm512_permutex2var_epi8(_mm512_loadu_si512(before_), from, first);
  }

  // Not zero for each byte that is wrong behind the three before it.
  ROLLCALL_INLINE __m512i wrong_in(__m512i bytes, __m512i before, __m512i second_before,
                                   __m512i third_before)
  {
    const __m512i top = _mm512_set1_epi8(static_cast<char>(X));
    const __m512i not_allowed = _mm512_maskz_permutex2var_epi8(
        _mm512_movepi8_mask(before), _mm512_load_si512(forbidden.behind), before,
        _mm512_load_si512(forbidden.behind + 64));
    const __m512i high_half = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), _mm512_set1_epi8(15));
    const __m512i kind = _mm512_shuffle_epi8(
        _mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<const __m128i*>(kinds))), high_half);
    const __m512i is_third = _mm512_subs_epu8(second_before, _mm512_set1_epi8(0xE0 - 0x80));
    const __m512i is_fourth = _mm512_subs_epu8(third_before, _mm512_set1_epi8(0xF0 - 0x80));
    // Of the top bits: (a | b) & c; of all: (a & b) ^ c; of the top bits: a & ~b & c.
    const __m512i goes_on = _mm512_ternarylogic_epi32(is_third, is_fourth, top, 0xA8);
    const __m512i misfits = _mm512_ternarylogic_epi32(not_allowed, kind, goes_on, 0x6A);
    const __m512i strays = _mm512_ternarylogic_epi32(kind, before, top, 0x20);
    return _mm512_or_si512(misfits, strays);
  }

  bool judges_;
  bool is_bad_ = false;
  const char* before_ = nothing; // the last block of the stripe before
};

template <bool with_cr_>
class Avx512Block {
 public:
  static constexpr bool with_cr = with_cr_;
  static constexpr bool is_unrolled = true;

  explicit Avx512Block(Marks marks)
      : quote_(_mm512_set1_epi8(marks.quote)),
        delimiter_(_mm512_set1_epi8(marks.delimiter)),
        quoting_(marks.quoting ? ~uint64_t{0} : 0),
        text_(marks.judge_text)
  {
  }

  ROLLCALL_INLINE_MEMBER Masks masks(const char* text)
  {
    const __m512i bytes = _mm512_loadu_si512(text);
    note_text(bytes);
    return {_mm512_mask_cmpeq_epi8_mask(quoting_, bytes, quote_),
            _mm512_cmpeq_epi8_mask(bytes, delimiter_),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'))};
  }

  ROLLCALL_INLINE_MEMBER void check_text(const char* text, const uint64_t* real)
  {
    text_.check(text, real, _mm512_movepi8_mask(stripe_) != 0);
    stripe_ = _mm512_setzero_si512();
  }

  ROLLCALL_INLINE void carry(Words& parities, uint64_t& odd)
  {
    const __m512i bits = reinterpret_cast<__m512i>(parities);
    const __mmask8 odds = _mm512_cmplt_epi64_mask(bits, _mm512_setzero_si512());
    const auto flipped = static_cast<__mmask8>(carry_bit_by_bit(odds, odd));
    parities =
        reinterpret_cast<Words>(_mm512_mask_xor_epi64(bits, flipped, bits, _mm512_set1_epi64(-1)));
  }

  ROLLCALL_INLINE_MEMBER uint32_t* write(uint64_t bits, uint32_t* to)
  {
    const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(numbers));
    const long long ones = _mm_popcnt_u64(bits);
    widen(_mm512_castsi512_si128(places), to);
    if (__builtin_expect(ones > 16, 0)) {
      widen(_mm512_extracti32x4_epi32(places, 1), to + 16);
      widen(_mm512_extracti32x4_epi32(places, 2), to + 32);
      widen(_mm512_extracti32x4_epi32(places, 3), to + 48);
    }
    base_ = _mm512_add_epi32(base_, _mm512_set1_epi32(block_bytes));
    return to + ones;
  }

  ROLLCALL_INLINE_MEMBER bool has_special() const { return _mm512_movepi8_mask(special_) != 0; }
  ROLLCALL_INLINE_MEMBER bool may_have_bad_text() const { return text_.is_bad(); }

 private:
  // Each byte of ASCII is looked up in two registers by its low seven bits; the top bit of the
  // answer says that it is special. Bytes over 127 find an answer too, and have it struck out.
  ROLLCALL_INLINE_MEMBER void note_text(__m512i bytes)
  {
    const __m512i answers =
        _mm512_permutex2var_epi8(_mm512_load_si512(with_cr ? special_but_cr : special), bytes,
                                 _mm512_load_si512(special_high));
    special_ =
        _mm512_ternarylogic_epi32(special_, answers, bytes, 0xF4); // special_ | (answers & ~bytes)
    stripe_ = _mm512_or_si512(stripe_, bytes);
  }

  ROLLCALL_INLINE_MEMBER void widen(__m128i places, uint32_t* to) const
  {
    _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), base_));
  }

  __m512i quote_, delimiter_;
  __mmask64 quoting_;
  Text text_;
  __m512i base_ = _mm512_set1_epi32(-static_cast<int>(stripe_bytes));
  __m512i special_ = _mm512_setzero_si512();
  __m512i stripe_ = _mm512_setzero_si512(); // what bits its bytes have
};

} // namespace

Index index_avx512(const char* text, std::uint32_t size, Marks marks, std::uint32_t* ends,
                   std::uint32_t capacity)
{
  return index_text<Avx512Block>(text, size, marks, ends, capacity);
}

} // namespace rollcall::csv
