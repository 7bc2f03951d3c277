// Puts findings into the form that compilers have, so that editors find the place.
#include "finding_text.hpp"

#include <fmt/format.h>

namespace rollcall::tools {
namespace {

// As much of a text as anybody reads, cut between two characters.
std::string beginning_of(const std::string& text)
{
  constexpr std::size_t bytes_max = 100;
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max;
  while (size != 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
  return text.substr(0, size) + "...";
}

} // namespace

std::string line_of(const Finding& finding, std::string_view file_name)
{
  std::string text{file_name.empty() ? "-" : file_name};
  if (finding.place.line != 0) text += fmt::format(":{}", finding.place.line);
  text += fmt::format(": {} {}", slug(finding.severity), slug(finding));
  if (!finding.column.empty()) {
    // A header may hold anything: a message shows it in a way that harms no terminal.
    text += render_message({.says = " in " + beginning_of(finding.column)});
  }
  return text.append(": ").append(render_message(finding));
}

} // namespace rollcall::tools
