// compared.cpp: drops what people put between digits, then folds.
#include "directory/compared.hpp"

#include <variant>

#include "base/block.hpp"
#include "base/unicode.hpp"

namespace rollcall::directory {
namespace {

constexpr std::size_t mac_digits = 12;

constexpr bool is_hex_digit(char sign) noexcept
{
  return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'f') ||
         (sign >= 'A' && sign <= 'F');
}

// Twelve digits with anything of ":-." between them are an address; what is none stays as it is.
std::string_view plain_mac(std::string_view value, std::string& room)
{
  room.clear();
  std::size_t digits = 0;
  for (const char sign : value) {
    if (is_hex_digit(sign)) {
      if (digits == mac_digits) return value;
      if (digits != 0 && digits % 2 == 0) room += ':';
      room += sign;
      ++digits;
    } else if (sign != ':' && sign != '-' && sign != '.') {
      return value;
    }
  }
  return digits == mac_digits ? std::string_view{room} : value;
}

// Separators stand in front of an extension only (spec C7). They come before the digits in ASCII,
// as hardly anything does that stands in a number.
std::string_view plain_phone(std::string_view value, std::string& room)
{
  constexpr std::string_view separators = " .-()";
  if (!has_byte(value, [](Block bytes) { return (bytes < '0') & (bytes != '+'); })) return value;
  const std::size_t end = std::min(value.find(';'), value.size());
  if (value.substr(0, end).find_first_of(separators) == std::string_view::npos) return value;
  room.clear();
  for (const char sign : value.substr(0, end))
    if (separators.find(sign) == std::string_view::npos) room += sign;
  room += value.substr(end);
  return room;
}

} // namespace

Form form_of(const schema::Type& type) noexcept
{
  if (std::holds_alternative<schema::Phone>(type)) return Form::phone;
  if (std::holds_alternative<schema::Mac>(type)) return Form::mac;
  return Form::text;
}

std::string_view Compared::form(std::string_view value, Form form)
{
  if (form == Form::mac) value = plain_mac(value, plain_);
  if (form == Form::phone) value = plain_phone(value, plain_);
  return fold_for_comparing(value, folded_);
}

} // namespace rollcall::directory
