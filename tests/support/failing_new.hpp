// Replaces operator new for the whole executable, so that a test can let each allocation of a piece
// of work fail once.
//
// Included by one file of an executable. It counts down only where a test says so, and only for the
// thread that does; what a thread has not given back is counted all the time.
#ifndef ROLLCALL_TESTS_SUPPORT_FAILING_NEW_HPP
#define ROLLCALL_TESTS_SUPPORT_FAILING_NEW_HPP

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>

#include "support/allocations.hpp"

namespace rollcall::tests {

inline void* allocate_if_left(std::size_t bytes) noexcept
{
  if (allocations_left == 0) return nullptr;
  if (allocations_left != unlimited_allocations) --allocations_left;
  void* const at = std::malloc(bytes == 0 ? 1 : bytes);
  ++allocations_alive;
  count_bytes(static_cast<std::ptrdiff_t>(malloc_usable_size(at)));
  return at;
}

// Not inlined: g++ would see what new gave go to free, and take it for a mistake.
[[gnu::noinline]] inline void give_back(void* at) noexcept
{
  if (at == nullptr) return;
  --allocations_alive;
  count_bytes(-static_cast<std::ptrdiff_t>(malloc_usable_size(at)));
  std::free(at);
}

} // namespace rollcall::tests

void* operator new(std::size_t bytes)
{
  if (void* const at = rollcall::tests::allocate_if_left(bytes)) return at;
  throw std::bad_alloc{};
}
void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept
{
  return rollcall::tests::allocate_if_left(bytes);
}
void* operator new[](std::size_t bytes)
{
  return operator new(bytes);
}
void* operator new[](std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept
{
  return rollcall::tests::allocate_if_left(bytes);
}
void operator delete(void* at) noexcept
{
  rollcall::tests::give_back(at);
}
void operator delete(void* at, std::size_t /*bytes*/) noexcept
{
  rollcall::tests::give_back(at);
}
void operator delete(void* at, const std::nothrow_t& /*tag*/) noexcept
{
  rollcall::tests::give_back(at);
}
void operator delete[](void* at) noexcept
{
  rollcall::tests::give_back(at);
}
void operator delete[](void* at, std::size_t /*bytes*/) noexcept
{
  rollcall::tests::give_back(at);
}
void operator delete[](void* at, const std::nothrow_t& /*tag*/) noexcept
{
  rollcall::tests::give_back(at);
}

#endif // ROLLCALL_TESTS_SUPPORT_FAILING_NEW_HPP
