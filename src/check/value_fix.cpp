// value_fix.cpp: what a bad cell must have meant, where that is beyond doubt.
//
// The list is short, because `--fix` writes what stands here into people's files:
//   - `tel:` in front of a number and `mailto:` in front of an address, as links have them;
//   - in numbers and addresses of devices, characters that look like the ones that were meant and
//     mean nothing else: full-width and Arabic digits, other dashes and spaces, and those that
//     cannot be seen, which come with numbers copied from address books;
//   - ="0201" around numbers and addresses, as which spreadsheets are made to keep digits for a
//     text;
//   - blanks between the digits of a MAC address, as labels have them;
//   - blanks that are none of ASCII, and what cannot be seen, in a text that takes neither.
// A word that is near one of a list is a guess, and so is a yes where the column takes TRUE: those
// are suggested, not fixed (value_guess.cpp). The plus that only the inventory can restore is not
// known here.
#include <type_traits>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/value_plain.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

// Of a cell that is plain nothing can be mapped, but links begin with a word, formulas with a sign,
// and blanks may be taken out: nearly every bad cell is known to have no fix by that alone.
bool may_be_fixed(std::string_view cell) noexcept
{
  return !is_ascii(cell) || cell.starts_with('=') ||
         cell.find_first_of(": \t") != std::string_view::npos;
}

std::string meant(const ReadyPhone&, std::string_view cell)
{
  std::string text = plain_text(cell);
  drop_prefix(text, "tel:");
  return text;
}

std::string meant(const ReadyMac&, std::string_view cell)
{
  std::string text = plain_text(cell);
  std::erase(text, ' ');
  return text;
}

// A letter beyond ASCII may be meant, so only what cannot be seen is taken out, of an address that
// is ASCII otherwise.
std::string meant(const ReadyEmail&, std::string_view cell)
{
  std::string text = visible_text(cell);
  drop_prefix(text, "mailto:");
  return is_ascii(text) ? text : std::string{};
}

// What joins letters of some scripts is a part of the word.
std::string meant(const ReadyText&, std::string_view cell)
{
  if (cell.find("\u200C") != cell.npos || cell.find("\u200D") != cell.npos) return {};
  return visible_text(cell, [](char32_t point) { return is_white_space(point) ? U' ' : point; });
}

// Digits that may have a plus are a number that is dialled.
std::string meant(const ReadyDigits& type, std::string_view cell)
{
  return type.plus == schema::Plus::none ? plain_text(cell) : meant(ReadyPhone{}, cell);
}

template <class Ready>
constexpr bool is_fixable =
    std::is_same_v<Ready, ReadyPhone> || std::is_same_v<Ready, ReadyMac> ||
    std::is_same_v<Ready, ReadyEmail> || std::is_same_v<Ready, ReadyDigits> ||
    std::is_same_v<Ready, ReadyInteger> || std::is_same_v<Ready, ReadyExtension> ||
    std::is_same_v<Ready, ReadyIp> || std::is_same_v<Ready, ReadyId> ||
    std::is_same_v<Ready, ReadyText>;

} // namespace

std::optional<std::string> certain_fix(const ReadyType& type, Code code, std::string_view cell,
                                       Scratch& scratch)
{
  if (code == Code::value_spreadsheet_damage || code == Code::value_required) return {};
  if (code == Code::value_too_short || code == Code::value_too_long) return {};
  if (!may_be_fixed(cell)) return {};
  return std::visit(
      [&]<class Ready>(const Ready& kind) -> std::optional<std::string> {
        if constexpr (is_fixable<Ready>) {
          const bool is_text = std::is_same_v<Ready, ReadyText>;
          const std::string_view within = is_text ? std::string_view{} : text_of_formula(cell);
          const std::string_view typed = within.empty() ? cell : within;
          std::string text;
          if constexpr (requires { meant(kind, typed); })
            text = meant(kind, typed);
          else
            text = plain_text(typed);
          if (text.empty() || text == cell) return {};
          const Reading reading = read_value(kind, text, scratch);
          if (reading.is_good() || reading.verdict == Verdict::range)
            return std::string{reading.text()};
        }
        return {};
      },
      type);
}

} // namespace rollcall::check
