// The version of rollcall that these headers belong to.
//
// The C++ library promises no ABI: build against the headers of the library that you link.
#ifndef ROLLCALL_VERSION_HPP
#define ROLLCALL_VERSION_HPP

#include <string_view>

#define ROLLCALL_VERSION_MAJOR 0
#define ROLLCALL_VERSION_MINOR 1
#define ROLLCALL_VERSION_PATCH 0
#define ROLLCALL_VERSION_TEXT "0.1.0"

namespace rollcall {

// The version that the library was built as; differs from the macros if headers and library do.
[[nodiscard]] std::string_view version() noexcept;

} // namespace rollcall

#endif // ROLLCALL_VERSION_HPP
