// value_text.cpp: text and secrets: looked at for their characters, then for their length (E18).
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
Reading read_value(const ReadyText& type, std::string_view cell, Scratch&)
{
  if (type.chars != nullptr && !type.chars->has_all(cell))
    return bad(Code::value_characters,
               first_not(cell, [&](char32_t point) { return type.chars->has(point); }));
  return of_length(cell, cell, count_code_points(cell), type.min, type.max);
}

Reading read_value(const ReadySecret& type, std::string_view cell, Scratch&)
{
  if (type.digits && !is_all_digits(cell)) return bad(Code::value_digits, cell);
  return of_length(cell, cell, count_code_points(cell), type.min, type.max);
}

Reading read_value(const ReadyType& type, std::string_view cell, Scratch& scratch)
{
  return std::visit([&](const auto& kind) { return read_value(kind, cell, scratch); }, type);
}

} // namespace rollcall::check
