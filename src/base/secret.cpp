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

} // namespace rollcall
