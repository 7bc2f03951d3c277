// immutable_uri.hpp: the name by which SQLite opens a file that nobody writes, without locks and
// without files beside it.
#ifndef ROLLCALL_STORE_IMMUTABLE_URI_HPP
#define ROLLCALL_STORE_IMMUTABLE_URI_HPP

#include <string>
#include <string_view>

namespace rollcall::store {

// What is not a letter or a digit, by its number: a path may have anything in it.
[[nodiscard]] inline std::string immutable_uri(const std::string& path)
{
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char sign : path) {
    const auto byte = static_cast<unsigned char>(sign);
    const bool is_plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
                          (sign >= '0' && sign <= '9') || sign == '/';
    if (is_plain)
      uri += sign;
    else
      uri.append("%").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
  }
  return uri.append("?immutable=1");
}

} // namespace rollcall::store

#endif // ROLLCALL_STORE_IMMUTABLE_URI_HPP
