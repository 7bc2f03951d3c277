// The formats that rollcall brings along: a visible list, to which a host may add its own.
#ifndef ROLLCALL_FORMATS_HPP
#define ROLLCALL_FORMATS_HPP

#include <span>
#include <string_view>

#include "rollcall/schema.hpp"

namespace rollcall::formats {

struct Format {
  std::string_view id;
  schema::Schema (*make)() = nullptr;
};

[[nodiscard]] std::span<const Format> builtin() noexcept;

// The one of them with this name; null if there is none. It lives as long as the program.
[[nodiscard]] const Format* find(std::string_view id) noexcept;

} // namespace rollcall::formats

#endif // ROLLCALL_FORMATS_HPP
