// large_array.cpp: how the system is asked for large pages.
#include "base/large_array.hpp"

#include <sys/mman.h>

namespace rollcall {

void ask_for_large_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) noexcept
{
#ifdef MADV_HUGEPAGE
  ::madvise(begin, bytes, MADV_HUGEPAGE);
#endif
}

} // namespace rollcall
