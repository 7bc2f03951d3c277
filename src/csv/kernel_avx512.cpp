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

template <bool with_cr_>
class Avx512Block {
 public:
  static constexpr bool with_cr = with_cr_;
  static constexpr bool is_unrolled = true;

  explicit Avx512Block(Marks marks)
      : quote_(_mm512_set1_epi8(marks.quote)),
        delimiter_(_mm512_set1_epi8(marks.delimiter)),
        quoting_(marks.quoting ? ~uint64_t{0} : 0)
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
  ROLLCALL_INLINE_MEMBER bool has_non_ascii() const { return _mm512_movepi8_mask(all_) != 0; }

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
    all_ = _mm512_or_si512(all_, bytes);
  }

  ROLLCALL_INLINE_MEMBER void widen(__m128i places, uint32_t* to) const
  {
    _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), base_));
  }

  __m512i quote_, delimiter_;
  __mmask64 quoting_;
  __m512i base_ = _mm512_set1_epi32(-static_cast<int>(stripe_bytes));
  __m512i special_ = _mm512_setzero_si512();
  __m512i all_ = _mm512_setzero_si512();
};

} // namespace

Index index_avx512(const char* text, std::uint32_t size, Marks marks, std::uint32_t* ends,
                   std::uint32_t capacity)
{
  return index_text<Avx512Block>(text, size, marks, ends, capacity);
}

} // namespace rollcall::csv
