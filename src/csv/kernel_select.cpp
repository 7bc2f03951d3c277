// kernel_select.cpp: which kernels this processor can run, and the best of them.
#include "csv/kernel_select.hpp"

#include <array>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace rollcall::csv {
namespace {

#if defined(__x86_64__)
struct Registers {
  unsigned a = 0, b = 0, c = 0, d = 0;
};

Registers cpuid(unsigned leaf)
{
  Registers r;
  if (__get_cpuid_count(leaf, 0, &r.a, &r.b, &r.c, &r.d) == 0) return {};
  return r;
}

constexpr bool has_all(unsigned value, unsigned bits)
{
  return (value & bits) == bits;
}

// Which vector registers the operating system saves: a processor may have what it does not.
unsigned saved_state(const Registers& basic)
{
  constexpr unsigned osxsave = 1U << 27;
  if (!has_all(basic.c, osxsave)) return 0;
  unsigned low = 0;
  unsigned high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool has_avx2()
{
  constexpr unsigned popcnt = 1U << 23;
  constexpr unsigned bmi1 = 1U << 3;
  constexpr unsigned avx2 = 1U << 5;
  constexpr unsigned bmi2 = 1U << 8;
  constexpr unsigned lzcnt = 1U << 5;
  constexpr unsigned sse_and_avx_state = 0x06;
  const Registers basic = cpuid(1);
  return has_all(basic.c, popcnt) && has_all(cpuid(7).b, bmi1 | avx2 | bmi2) &&
         has_all(cpuid(0x80000001).c, lzcnt) && has_all(saved_state(basic), sse_and_avx_state);
}

bool has_avx512()
{
  constexpr unsigned f = 1U << 16;
  constexpr unsigned bw = 1U << 30;
  constexpr unsigned vl = 1U << 31;
  constexpr unsigned vbmi = 1U << 1;
  constexpr unsigned vbmi2 = 1U << 6;
  constexpr unsigned avx512_state = 0xE6;
  const Registers extended = cpuid(7);
  return has_avx2() && has_all(extended.b, f | bw | vl) && has_all(extended.c, vbmi | vbmi2) &&
         has_all(saved_state(cpuid(1)), avx512_state);
}

// Asked once: where the processor is a virtual one, each answer is a journey to the machine below,
// and all of them would take longer than reading a short file.
struct Supported {
  bool avx2 = has_avx2();
  bool avx512 = has_avx512();
};

const Supported& supported()
{
  static const Supported answers;
  return answers;
}
#endif

struct Name {
  Kernel kernel;
  std::string_view slug;
};

constexpr std::array<Name, 5> names = {{{Kernel::best, "best"},
                                        {Kernel::swar, "swar"},
                                        {Kernel::avx2, "avx2"},
                                        {Kernel::avx512, "avx512"},
                                        {Kernel::neon, "neon"}}};

} // namespace

std::string_view slug(Kernel kernel) noexcept
{
  for (const Name& name : names)
    if (name.kernel == kernel) return name.slug;
  return {};
}

std::optional<Kernel> kernel_of(std::string_view slug) noexcept
{
  for (const Name& name : names)
    if (name.slug == slug) return name.kernel;
  return {};
}

bool is_supported(Kernel kernel) noexcept
{
  switch (kernel) {
    case Kernel::best:
    case Kernel::swar:
      return true;
#if defined(__x86_64__)
    case Kernel::avx2:
      return supported().avx2;
    case Kernel::avx512:
      return supported().avx512;
    case Kernel::neon:
      return false;
#elif defined(__aarch64__)
    case Kernel::neon:
      return true;
    case Kernel::avx2:
    case Kernel::avx512:
      return false;
#else
    case Kernel::avx2:
    case Kernel::avx512:
    case Kernel::neon:
      return false;
#endif
  }
  return false;
}

Kernel best_kernel() noexcept
{
  for (const Kernel kernel : {Kernel::avx512, Kernel::avx2, Kernel::neon})
    if (is_supported(kernel)) return kernel;
  return Kernel::swar;
}

IndexFunction index_function(Kernel kernel) noexcept
{
  switch (kernel) {
#if defined(__x86_64__)
    case Kernel::avx2:
      return index_avx2;
    case Kernel::avx512:
      return index_avx512;
#elif defined(__aarch64__)
    case Kernel::neon:
      return index_neon;
#endif
    default:
      return index_swar;
  }
}

} // namespace rollcall::csv
