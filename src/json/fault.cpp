// Paths and faults as people read them: always one line, however odd a name in the text is.
#include "json/fault.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace rollcall::json {
namespace {

// Names are shown whole up to this size: a message is one line.
constexpr std::size_t shown_bytes_max = 64;

bool is_plain(char sign) noexcept
{
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         (sign >= '0' && sign <= '9') || sign == '_' || sign == '-';
}

void append_quoted(std::string& path, std::string_view name)
{
  std::size_t at = 0;
  while (at < name.size() && at < shown_bytes_max) {
    const Decoded decoded = decode_next(name.substr(at));
    if (!decoded.is_valid || is_control(decoded.code_point)) {
      append_utf8(path, replacement_character);
    } else {
      if (name[at] == '"' || name[at] == '\\') path += '\\';
      path += name.substr(at, decoded.bytes);
    }
    at += decoded.bytes;
  }
  if (at < name.size()) path += "...";
}

} // namespace

void advance(Place& place, std::string_view over) noexcept
{
  for (;;) {
    const std::size_t line_end = over.find('\n');
    if (line_end == std::string_view::npos) break;
    ++place.line;
    place.column = 1;
    over.remove_prefix(line_end + 1);
  }
  place.column += over.size();
}

std::string in_words(const Fault& fault, Places places)
{
  std::string words = fault.path;
  if (!words.empty()) words += ": ";
  words += fault.what;
  if (places == Places::untold) return words;
  words += " (line " + std::to_string(fault.place.line) + ", column " +
           std::to_string(fault.place.column) + ")";
  return words;
}

void append_member(std::string& path, std::string_view name)
{
  if (!name.empty() && name.size() <= shown_bytes_max && std::ranges::all_of(name, is_plain)) {
    if (!path.empty()) path += '.';
    path += name;
    return;
  }
  path += "[\"";
  append_quoted(path, name);
  path += "\"]";
}

void append_element(std::string& path, std::size_t index)
{
  path += "[" + std::to_string(index) + "]";
}

} // namespace rollcall::json
