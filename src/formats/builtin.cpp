// builtin.cpp: the catalogue. A new format is one file and one line here.
#include <array>

#include "rollcall/formats.hpp"

namespace rollcall::formats {

std::span<const Format> builtin() noexcept
{
  static constexpr std::array<Format, 1> formats = {{{"clusterpbx", clusterpbx}}};
  return formats;
}

} // namespace rollcall::formats
