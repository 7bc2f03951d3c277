// kernel_avx2.cpp: the kernel for AVX2 with BMI (every x86 server since 2013).
#include <immintrin.h>

#include "csv/kernel_body.hpp"

namespace rollcall::csv {
namespace {

template <bool with_cr_>
class Avx2Block {
 public:
  static constexpr bool with_cr = with_cr_;
  static constexpr bool is_unrolled = false;

  explicit Avx2Block(Marks marks)
      : quote_(_mm256_set1_epi8(marks.quote)),
        delimiter_(_mm256_set1_epi8(marks.delimiter)),
        quoting_(marks.quoting ? ~uint64_t{0} : 0)
  {
  }

  ROLLCALL_INLINE_MEMBER Masks masks(const char* text)
  {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32));
    note_text(low);
    note_text(high);
    return {equal(low, high, quote_) & quoting_, equal(low, high, delimiter_),
            equal(low, high, _mm256_set1_epi8('\n')), equal(low, high, _mm256_set1_epi8('\r'))};
  }

  ROLLCALL_INLINE void check_text(const char*, const uint64_t*) {}

  ROLLCALL_INLINE void carry(Words& parities, uint64_t& odd)
  {
    const auto odds_of = [](auto half) {
      return static_cast<uint32_t>(_mm256_movemask_pd(reinterpret_cast<__m256d>(half)));
    };
    const uint32_t low = odds_of(__builtin_shufflevector(parities, parities, 0, 1, 2, 3));
    const uint32_t high = odds_of(__builtin_shufflevector(parities, parities, 4, 5, 6, 7));
    const uint32_t flipped = carry_bit_by_bit(low | high << 4, odd);
    constexpr Words shifts = {0, 1, 2, 3, 4, 5, 6, 7};
    parities ^= 0 - (((Words{} + flipped) >> shifts) & 1);
  }

  // Eight at a time whether they are there or not: what is written too much is overwritten by the
  // next block, and a loop of as many turns as there are ones would be mispredicted in most blocks.
  ROLLCALL_INLINE_MEMBER uint32_t* write(uint64_t bits, uint32_t* to)
  {
    const int64_t ones = _mm_popcnt_u64(bits);
    int64_t written = 0;
    do {
      for (int i = 0; i < 8; ++i) {
        to[written + i] = base_ + static_cast<uint32_t>(_tzcnt_u64(bits));
        bits = _blsr_u64(bits);
      }
      written += 8;
    } while (__builtin_expect(written < ones, 0));
    base_ += block_bytes;
    return to + ones;
  }

  ROLLCALL_INLINE_MEMBER bool has_special() const
  {
    return _mm256_testz_si256(special_, special_) == 0;
  }

  ROLLCALL_INLINE_MEMBER bool may_have_bad_text() const { return _mm256_movemask_epi8(all_) != 0; }

 private:
  ROLLCALL_INLINE uint64_t equal(__m256i low, __m256i high, __m256i sign)
  {
    const uint32_t a = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, sign)));
    const uint32_t b = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, sign)));
    return a | static_cast<uint64_t>(b) << 32;
  }

  // A special character is one whose classes by low and by high half meet; three classes will do.
  ROLLCALL_INLINE_MEMBER void note_text(__m256i bytes)
  {
    const __m256i low_classes = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, with_cr ? 2 : 3, 3, 7));
    const __m256i high_classes =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i low = _mm256_shuffle_epi8(low_classes, bytes);
    const __m256i high_half = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
    const __m256i high = _mm256_shuffle_epi8(high_classes, high_half);
    special_ = _mm256_or_si256(special_, _mm256_and_si256(low, high));
    all_ = _mm256_or_si256(all_, bytes);
  }

  __m256i quote_, delimiter_;
  uint64_t quoting_;
  uint32_t base_ = 0 - stripe_bytes;
  __m256i special_ = _mm256_setzero_si256();
  __m256i all_ = _mm256_setzero_si256();
};

} // namespace

Index index_avx2(const char* text, std::uint32_t size, Marks marks, std::uint32_t* ends,
                 std::uint32_t capacity)
{
  return index_text<Avx2Block>(text, size, marks, ends, capacity);
}

} // namespace rollcall::csv
