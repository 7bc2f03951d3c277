// allocations.cpp: replaces operator new and SQLite's allocator for this program. Everything else
// that the library asks for goes through these.
#include <sqlite3.h>

#include <cstdlib>
#include <new>

#include "torture/fault.hpp"

namespace rollcall::torture {
namespace {

struct State {
  Shared* shared = nullptr; // null: nothing is counted
  std::uint64_t fail_at = 0;
  bool from = false;
  std::int64_t alive = 0;
};

// Each attempt has one thread.
State state; // NOLINT: what replaces operator new has nobody to be handed it by

bool may_allocate() noexcept
{
  if (state.shared == nullptr) return true;
  const std::uint64_t number = ++state.shared->fallible;
  const bool fails =
      state.fail_at != 0 && (number == state.fail_at || (state.from && number > state.fail_at));
  if (fails) state.shared->has_struck = true;
  return !fails;
}

void* take(std::size_t bytes, std::size_t alignment) noexcept
{
  if (!may_allocate()) return nullptr;
  const std::size_t size = bytes == 0 ? 1 : bytes;
  void* const at =
      alignment <= alignof(std::max_align_t)
          ? std::malloc(size)
          : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (at != nullptr) ++state.alive;
  return at;
}

// Not inlined: g++ would see what new gave go to free, and take it for a mistake.
[[gnu::noinline]] void give_back(void* at) noexcept
{
  if (at == nullptr) return;
  --state.alive;
  std::free(at);
}

} // namespace

AllocationFault::AllocationFault(Shared& shared, const Fault& fault) noexcept
{
  state.shared = &shared;
  state.fail_at = fault.kind == Fault::Kind::alloc ? fault.at : 0;
  state.from = fault.from;
}

AllocationFault::~AllocationFault()
{
  state.shared = nullptr;
}

std::int64_t blocks_alive() noexcept
{
  return state.alive;
}

namespace {

sqlite3_mem_methods original = {}; // NOLINT: SQLite hands no pointer to these functions

void* sqlite_take(int bytes)
{
  return may_allocate() ? original.xMalloc(bytes) : nullptr;
}
void* sqlite_resize(void* at, int bytes)
{
  return may_allocate() ? original.xRealloc(at, bytes) : nullptr;
}

} // namespace

void replace_allocations()
{
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &original);
  sqlite3_mem_methods ours = original;
  ours.xMalloc = sqlite_take;
  ours.xRealloc = sqlite_resize;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

} // namespace rollcall::torture

using rollcall::torture::give_back;
using rollcall::torture::take;

void* operator new(std::size_t bytes)
{
  if (void* const at = take(bytes, 1)) return at;
  throw std::bad_alloc{};
}
void* operator new(std::size_t bytes, std::align_val_t alignment)
{
  if (void* const at = take(bytes, static_cast<std::size_t>(alignment))) return at;
  throw std::bad_alloc{};
}
void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept
{
  return take(bytes, 1);
}
void* operator new[](std::size_t bytes)
{
  return operator new(bytes);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment)
{
  return operator new(bytes, alignment);
}
void* operator new[](std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept
{
  return take(bytes, 1);
}
void operator delete(void* at) noexcept
{
  give_back(at);
}
void operator delete(void* at, std::size_t /*bytes*/) noexcept
{
  give_back(at);
}
void operator delete(void* at, std::align_val_t /*alignment*/) noexcept
{
  give_back(at);
}
void operator delete(void* at, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept
{
  give_back(at);
}
void operator delete(void* at, const std::nothrow_t& /*tag*/) noexcept
{
  give_back(at);
}
void operator delete[](void* at) noexcept
{
  give_back(at);
}
void operator delete[](void* at, std::size_t /*bytes*/) noexcept
{
  give_back(at);
}
void operator delete[](void* at, std::align_val_t /*alignment*/) noexcept
{
  give_back(at);
}
void operator delete[](void* at, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept
{
  give_back(at);
}
void operator delete[](void* at, const std::nothrow_t& /*tag*/) noexcept
{
  give_back(at);
}
