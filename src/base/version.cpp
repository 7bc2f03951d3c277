// The version that the library was built as.
#include "rollcall/version.hpp"

namespace rollcall {

std::string_view version() noexcept
{
  return ROLLCALL_VERSION_TEXT;
}

} // namespace rollcall
