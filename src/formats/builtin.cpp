// builtin.cpp: the list of formats. A new one is a file of its own, and a line here and in
// catalogue.hpp.
#include <array>

#include "formats/catalogue.hpp"

namespace rollcall::formats {

std::span<const Format> builtin() noexcept
{
  static constexpr std::array formats = {
      Format{"call_manager", call_manager},
      Format{"clusterpbx", clusterpbx},
      Format{"ctu", ctu},
      Format{"extension_generator", extension_generator},
      Format{"subscriber_import", subscriber_import},
  };
  return formats;
}

const Format* find(std::string_view id) noexcept
{
  for (const Format& format : builtin())
    if (format.id == id) return &format;
  return nullptr;
}

} // namespace rollcall::formats
