// value_fix.cpp: what a bad cell must have meant, where that is beyond doubt.
//
// The list is short, because `--fix` writes what stands here into people's files:
//   - `tel:` in front of a number and `mailto:` in front of an address, as links have them;
//   - in numbers and addresses of devices, characters that look like the ones that were meant and
//     mean nothing else: full-width and Arabic digits, other dashes and spaces, and those that
//     cannot be seen, which come with numbers copied from address books;
//   - blanks between the digits of a MAC address, as labels have them.
// A word that is near one of a list is a guess, and so is a number without its country code: those
// are suggested, not fixed. What a spreadsheet has damaged is lost. The plus that only the
// inventory can restore is not known here.
#include <type_traits>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr bool is_between(char32_t point, char32_t first, char32_t last) noexcept
{
  return point >= first && point <= last;
}

constexpr bool is_invisible(char32_t point) noexcept
{
  return point == 0xAD || is_between(point, 0x200B, 0x200F) || is_between(point, 0x202A, 0x202E) ||
         is_between(point, 0x2060, 0x2064) || is_between(point, 0x2066, 0x2069) || point == 0xFEFF;
}

// The character of ASCII that this one looks like, or itself.
constexpr char32_t plain(char32_t point) noexcept
{
  if (is_between(point, 0xFF01, 0xFF5E)) return point - 0xFF01 + U'!';
  if (is_between(point, 0x660, 0x669)) return point - 0x660 + U'0';
  if (is_between(point, 0x6F0, 0x6F9)) return point - 0x6F0 + U'0';
  if (is_between(point, 0x2010, 0x2015) || point == 0x2212) return U'-';
  return is_white_space(point) ? U' ' : point;
}

// Of a cell that is plain nothing can be mapped, but links begin with a word, and blanks may be
// taken out: nearly every bad cell is known to have no fix by that alone.
bool may_be_fixed(std::string_view cell) noexcept
{
  return !is_ascii(cell) || cell.find_first_of(": \t") != std::string_view::npos;
}

template <class Map>
std::string mapped(std::string_view cell, Map map)
{
  std::string out;
  while (!cell.empty()) {
    const Decoded next = decode_next(cell);
    cell.remove_prefix(next.bytes);
    if (!is_invisible(next.code_point)) append_utf8(out, map(next.code_point));
  }
  return out;
}

void drop_prefix(std::string& text, std::string_view prefix)
{
  if (text.size() < prefix.size()) return;
  for (std::size_t i = 0; i != prefix.size(); ++i)
    if (to_lower(text[i]) != prefix[i]) return;
  text.erase(0, prefix.size());
}

std::string meant(const ReadyPhone&, std::string_view cell)
{
  std::string text = mapped(cell, plain);
  drop_prefix(text, "tel:");
  return text;
}

std::string meant(const ReadyMac&, std::string_view cell)
{
  std::string text = mapped(cell, plain);
  std::erase(text, ' ');
  return text;
}

// A letter beyond ASCII may be meant, so only what cannot be seen is taken out, of an address that
// is ASCII otherwise.
std::string meant(const ReadyEmail&, std::string_view cell)
{
  std::string text = mapped(cell, [](char32_t point) { return point; });
  drop_prefix(text, "mailto:");
  return is_ascii(text) ? text : std::string{};
}

std::string meant(const ReadyDigits& type, std::string_view cell)
{
  if (type.plus == schema::Plus::means_phone) return meant(ReadyPhone{}, cell);
  return mapped(cell, plain);
}

template <class Ready>
constexpr bool is_fixable =
    std::is_same_v<Ready, ReadyPhone> || std::is_same_v<Ready, ReadyMac> ||
    std::is_same_v<Ready, ReadyEmail> || std::is_same_v<Ready, ReadyDigits> ||
    std::is_same_v<Ready, ReadyInteger> || std::is_same_v<Ready, ReadyExtension> ||
    std::is_same_v<Ready, ReadyIp> || std::is_same_v<Ready, ReadyId>;

} // namespace

std::optional<std::string> certain_fix(const ReadyType& type, Code code, std::string_view cell,
                                       Scratch& scratch)
{
  if (code == Code::value_spreadsheet_damage || code == Code::value_required) return {};
  if (!may_be_fixed(cell)) return {};
  return std::visit(
      [&]<class Ready>(const Ready& kind) -> std::optional<std::string> {
        if constexpr (is_fixable<Ready>) {
          std::string text;
          if constexpr (requires { meant(kind, cell); })
            text = meant(kind, cell);
          else
            text = mapped(cell, plain);
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
