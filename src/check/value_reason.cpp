// value_reason.cpp: what is wrong with an address, a number or a range, in words for the message.
#include <algorithm>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

std::string count_of(std::size_t count, std::string_view noun)
{
  return std::to_string(count) + " " + std::string{noun} + (count == 1 ? "" : "s");
}

// "it has a blank", "there may be no \"#\" in it"
std::string foreign(std::string_view character)
{
  if (character == " ") return "there is a blank in it";
  return "there may be no \"" + std::string{character} + "\" in it";
}

std::string reason(const ReadyEmail&, std::string_view cell)
{
  const std::size_t at = cell.find('@');
  if (at == std::string_view::npos) return "there is no @ in it";
  if (cell.find('@', at + 1) != std::string_view::npos) return "there is more than one @ in it";
  if (at == 0) return "nothing stands before the @";
  const std::string_view domain = cell.substr(at + 1);
  if (domain.empty()) return "nothing stands after the @";
  const auto may_be = [](char32_t point) {
    return point < 0x80 ? point > 0x20 && point != 0x7F && !(point == U',' || point == U';')
                        : is_letter(point);
  };
  if (const auto found = first_not(cell, may_be); !found.empty()) return foreign(found);
  const auto is_ascii = [](char32_t point) { return point < 0x80; };
  if (const auto found = first_not(domain, is_ascii); !found.empty())
    return "the domain may have no \"" + std::string{found} + "\"";
  if (domain.find('.') == std::string_view::npos) return "the domain has no dot";
  if (cell.find("..") != std::string_view::npos) return "there are two dots in a row";
  const std::size_t local_size = count_code_points(cell.substr(0, at));
  if (local_size > email_local_max)
    return count_of(local_size, "character") + " stand before the @, " +
           std::to_string(email_local_max) + " may";
  const std::size_t size = count_code_points(cell);
  if (size > email_max)
    return "it has " + count_of(size, "character") + ", " + std::to_string(email_max) + " may be";
  return {};
}

std::string reason(const ReadyPhone& type, std::string_view cell)
{
  const std::string_view number = cell.substr(0, cell.find(';'));
  if (number.size() != cell.size() && !type.ext) return "there may be no extension in it";
  const auto may_be = [](char32_t point) {
    return point == U'+' || (point < 0x80 && (is_digit(static_cast<char>(point)) ||
                                              is_phone_separator(static_cast<char>(point))));
  };
  if (const auto found = first_not(number, may_be); !found.empty()) return foreign(found);
  // Before the plus, which the inventory may restore.
  if (number.size() != cell.size() && !is_phone_ext(cell.substr(number.size())))
    return "the extension is no ;ext= and 1 to 8 digits";
  const auto digits =
      static_cast<std::size_t>(std::count_if(number.begin(), number.end(), is_digit));
  const auto first = std::find_if_not(number.begin(), number.end(), is_phone_separator);
  if (first == number.end() || *first != '+') return "the + is missing";
  if (digits < phone_digits_min || digits > phone_digits_max)
    return "it has " + count_of(digits, "digit");
  const auto digit = std::find_if(number.begin(), number.end(), is_digit);
  if (*digit == '0') return "no country code begins with 0";
  return "the + does not stand in front";
}

std::string reason(const ReadyMac&, std::string_view cell)
{
  const auto may_be = [](char32_t point) {
    const char c = static_cast<char>(point);
    return point < 0x80 && (hex_value(c) >= 0 || is_mac_separator(c));
  };
  if (const auto found = first_not(cell, may_be); !found.empty()) return foreign(found);
  std::string digits;
  std::copy_if(cell.begin(), cell.end(), std::back_inserter(digits),
               [](char c) { return hex_value(c) >= 0; });
  if (digits.size() != 12) return "it has " + count_of(digits.size(), "digit");
  if (digits.find_first_not_of('0') == std::string::npos) return "it is all zeros";
  if (digits.find_first_not_of("fF") == std::string::npos) return "it is all f";
  if (hex_value(digits[1]) % 2 != 0) return "it is the address of a group";
  return "the separators stand in the wrong places";
}

// Digits, and a dash where it may be a range.
std::string why_no_extension(const ReadyExtension& type, std::string_view cell)
{
  const auto may_be = [&](char32_t point) {
    return (point >= U'0' && point <= U'9') || (point == U'-' && type.range_max > 1);
  };
  if (const auto found = first_not(cell, may_be); !found.empty()) return foreign(found);
  if (cell.find('-') != cell.rfind('-')) return "there is more than one dash in it";
  return "an extension is missing beside the dash";
}

// Both sides are digits, and neither is too short or too long.
std::string reason(const ReadyExtension& type, std::string_view cell)
{
  const ExtensionRange range = range_of(cell);
  if (range.first.size() != range.last.size())
    return "its ends differ in how many digits they have";
  if (range.count == 0) return "it goes backwards";
  return "it has more than " + count_of(type.range_max, "extension");
}

} // namespace

std::string reason_of(const ReadyType& type, Code code, std::string_view cell)
{
  switch (code) {
    case Code::value_email:
      return reason(ReadyEmail{}, cell);
    case Code::value_mac:
      return reason(ReadyMac{}, cell);
    case Code::value_phone: {
      const auto* const phone = std::get_if<ReadyPhone>(&type);
      return reason(phone != nullptr ? *phone : ReadyPhone{}, cell);
    }
    case Code::value_extension: {
      const auto* const extension = std::get_if<ReadyExtension>(&type);
      return why_no_extension(extension != nullptr ? *extension : ReadyExtension{}, cell);
    }
    case Code::extension_range: {
      const auto* const extension = std::get_if<ReadyExtension>(&type);
      return reason(extension != nullptr ? *extension : ReadyExtension{}, cell);
    }
    case Code::value_digits: {
      const auto* const digits = std::get_if<ReadyDigits>(&type);
      const bool may_have_plus = digits != nullptr && digits->plus == schema::Plus::optional;
      if (!may_have_plus) return {};
      return cell == "+" ? "there is none behind the +" : "a + may stand in front of them";
    }
    case Code::value_spreadsheet_damage:
      return "the digits cannot be guessed";
    default:
      return {};
  }
}

} // namespace rollcall::check
