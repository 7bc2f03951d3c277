// SHA-256 by the instructions of the CPU, chosen when the program runs. x86-64 has SHA-NI; ARMv8
// has the like, and its kernel belongs here when there is a machine to measure it on.
//
// One function is compiled for a CPU that the build does not assume (an attribute, not a compiler
// flag), so that nothing else of this file can be.
#include "base/sha256.hpp"
#include "base/sha256_constants.hpp"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

namespace rollcall {

namespace {

// The instructions want the state as two vectors, (a b e f) and (c d g h), highest first, and do
// two rounds at a time. `words` turns round: w[i] holds the words of rounds 4i to 4i + 3, modulo 4.
__attribute__((target("sha,sse4.1"))) void sha256_sha_ni(Sha256State& state,
                                                         const std::byte* blocks,
                                                         std::size_t count) noexcept
{
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const auto load = [](const void* from) __attribute__((target("sse4.1")))
  {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
  };

  const __m128i dcba = load(&state[0]);
  const __m128i hgfe = load(&state[4]);
  const __m128i cdab = _mm_shuffle_epi32(dcba, 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);

  for (; count > 0; --count, blocks += 64) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    __m128i words[4];
    for (int i = 0; i < 4; ++i) {
      words[i] = _mm_shuffle_epi8(load(blocks + 16 * i), big_endian);
    }
#pragma GCC unroll 16
    for (int i = 0; i < 16; ++i) {
      __m128i& now = words[i & 3];
      if (i >= 4) {
        const __m128i& last = words[(i + 3) & 3];
        const __m128i seventh = _mm_alignr_epi8(last, words[(i + 2) & 3], 4);
        now = _mm_sha256msg1_epu32(now, words[(i + 1) & 3]);
        now = _mm_sha256msg2_epu32(_mm_add_epi32(now, seventh), last);
      }
      const __m128i sum = _mm_add_epi32(now, load(&sha256_constants[4 * static_cast<unsigned>(i)]));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[0]), _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[4]), _mm_alignr_epi8(dchg, feba, 8));
}

bool has_sha_ni() noexcept
{
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  constexpr unsigned sha_bit = 1U << 29;
  return __builtin_cpu_supports("sse4.1") != 0 && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 &&
         (b & sha_bit) != 0;
}

} // namespace

Sha256Kernel sha256_of_cpu() noexcept
{
  // Asked once: in a virtual machine the question leaves the machine and takes microseconds.
  static const bool is_there = has_sha_ni();
  return is_there ? sha256_sha_ni : nullptr;
}

} // namespace rollcall

#else

namespace rollcall {

Sha256Kernel sha256_of_cpu() noexcept
{
  return nullptr;
}

} // namespace rollcall

#endif
