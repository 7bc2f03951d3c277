// fixes.cpp: what comes with which code, and when a guess can be written.
#include "rollcall/fixes.hpp"

namespace rollcall {

Fixes fixes_of(Code code) noexcept
{
  switch (code) {
    case Code::value_plus_restored:
    case Code::value_ip:
      return {.certain = true};
    case Code::header_unknown_column:
    case Code::csv_quote:
    case Code::text_control_character:
    case Code::value_boolean:
    case Code::value_choice:
    case Code::value_spreadsheet_damage:
    case Code::object_unknown:
    case Code::reference_unknown:
      return {.guess = true};
    case Code::csv_repaired:
    case Code::value_digits:
    case Code::value_integer:
    case Code::value_email:
    case Code::value_phone:
    case Code::value_extension:
    case Code::value_mac:
    case Code::value_id:
    case Code::value_characters:
      return {.certain = true, .guess = true};
    default:
      return {};
  }
}

std::optional<Fix> unsafe_fix(const Finding& finding)
{
  if (finding.fix || finding.column.empty()) return {};
  for (const Fact& fact : finding.facts)
    if (fact.name == "near" && !fact.is_number && is_unsafe_fix(finding.code, fact.value))
      return Fix{.column = finding.column, .replace = fact.value};
  return {};
}

bool is_unsafe_fix(Code code, std::string_view near) noexcept
{
  return !near.empty() && code != Code::value_leading_zero_lost;
}

} // namespace rollcall
