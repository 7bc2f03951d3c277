// value_boolean.cpp: the words that a format has for yes and no; kept as `true` and `false`.
#include "base/unicode.hpp"
#include "check/values.hpp"

namespace rollcall::check {

Reading read_value(const schema::Boolean& type, std::string_view cell, std::string&)
{
  for (const std::string& word : type.yes)
    if (is_same_without_case(cell, word)) return {{}, "true"};
  for (const std::string& word : type.no)
    if (is_same_without_case(cell, word)) return {{}, "false"};
  return {Code::value_boolean, cell};
}

} // namespace rollcall::check
