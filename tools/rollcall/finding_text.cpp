// Puts findings into the form that compilers have, so that editors find the place.
#include "finding_text.hpp"

#include <fmt/format.h>

namespace rollcall::tools {

std::string line_of(const Finding& finding, std::string_view file_name)
{
  std::string text{file_name.empty() ? "-" : file_name};
  if (finding.place.line != 0) text += fmt::format(":{}", finding.place.line);
  text += fmt::format(": {} {}", slug(finding.severity), slug(finding));
  if (!finding.column.empty()) {
    // A header may hold anything: a message shows it in a way that harms no terminal.
    Finding named = finding;
    named.says = " in {column}";
    text += render_message(named);
  }
  return text.append(": ").append(render_message(finding));
}

} // namespace rollcall::tools
