// Wiping goes through explicit_bzero, which compilers may not leave out.
#include "base/secret.hpp"

#include <algorithm>
#include <cstring>

namespace rollcall {

void wipe(std::span<std::byte> bytes) noexcept
{
  if (!bytes.empty()) {
    ::explicit_bzero(bytes.data(), bytes.size());
  }
}

Secret::Secret(std::string_view text) : Secret{text.size()}
{
  std::copy(text.begin(), text.end(), text_.get());
}

Secret& Secret::operator=(Secret&& other) noexcept
{
  std::swap(size_, other.size_);
  std::swap(text_, other.text_);
  return *this;
}

void* WipingMemory::do_allocate(std::size_t bytes, std::size_t alignment)
{
  return std::pmr::new_delete_resource()->allocate(bytes, alignment);
}

void WipingMemory::do_deallocate(void* at, std::size_t bytes, std::size_t alignment)
{
  wipe({static_cast<std::byte*>(at), bytes});
  std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
}

} // namespace rollcall
