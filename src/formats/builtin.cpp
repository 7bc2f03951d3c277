// builtin.cpp: the catalogue. A new format is one file and one line here.
#include <array>

#include "rollcall/formats.hpp"

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

} // namespace rollcall::formats
