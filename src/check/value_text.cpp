// value_text.cpp: text and secrets, which are measured but not looked into.
#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/values.hpp"

namespace rollcall::check {

std::optional<Code> length_fault(std::uint64_t length, std::uint64_t min,
                                 std::uint64_t max) noexcept
{
  if (length < min) return Code::value_too_short;
  if (length > max) return Code::value_too_long;
  return {};
}

Reading read_value(const schema::Text& type, std::string_view cell, std::string& scratch)
{
  const std::string_view text = to_nfc(cell, scratch);
  return {length_fault(count_code_points(text), type.min, type.max), text};
}

// Taken exactly as read: neither trimmed nor composed (spec E7).
Reading read_value(const schema::Secret& type, std::string_view cell, std::string&)
{
  if (type.digits && !is_all_digits(cell)) return {Code::value_digits, cell};
  return {length_fault(count_code_points(cell), type.min, type.max), cell};
}

} // namespace rollcall::check
