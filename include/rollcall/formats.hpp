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

[[nodiscard]] schema::Schema call_manager();
[[nodiscard]] schema::Schema clusterpbx();
[[nodiscard]] schema::Schema ctu();
[[nodiscard]] schema::Schema extension_generator();
[[nodiscard]] schema::Schema subscriber_import();

} // namespace rollcall::formats

#endif // ROLLCALL_FORMATS_HPP
