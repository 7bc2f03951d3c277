// Sets a page of the manual: as roff for man(1), and as Markdown.
#include <fmt/format.h>

#include "manual.hpp"
#include "rollcall/version.hpp"

namespace rollcall::tools {
namespace {

std::string in_capitals(std::string_view text)
{
  std::string capitals{text};
  for (char& sign : capitals)
    if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 32);
  return capitals;
}

// Signs that mean something to roff are escaped, and so that a line begins with none.
std::string escaped(std::string_view text)
{
  std::string roff;
  bool begins_line = true;
  for (const char sign : text) {
    if (begins_line && (sign == '.' || sign == '\'')) roff += "\\&";
    begins_line = sign == '\n';
    if (sign == '\\')
      roff += "\\e";
    else if (sign == '-')
      roff += "\\-";
    else
      roff += sign;
  }
  return roff;
}

// `words` become bold.
std::string set_as_roff(std::string_view text)
{
  std::string roff;
  bool is_typed = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('`', at), text.size());
    roff += escaped(text.substr(at, end - at));
    if (end != text.size()) roff += is_typed ? "\\fR" : "\\fB";
    is_typed = !is_typed;
    at = end + 1;
  }
  return roff;
}

// "rollcall validate", as it is typed.
std::string title_of(const ManualPage& page)
{
  std::string title = page.name;
  if (const std::size_t at = title.find('-'); at != title.npos) title[at] = ' ';
  return title;
}

void append_markdown(std::string& text, const Block& block, bool& is_in_list)
{
  using enum Block::Is;
  if (is_in_list && block.is != item) text += '\n';
  is_in_list = block.is == item;
  switch (block.is) {
    case section:
      if (block.text != "Description" && block.text != "Options")
        text += fmt::format("### {}\n\n", block.text);
      return;
    case group:
      text += fmt::format("**{}**\n\n", block.text);
      return;
    case words:
      text += block.text + "\n\n";
      return;
    case code:
      text += fmt::format("```\n{}\n```\n\n", block.text);
      return;
    case item:
      break;
  }
  text += fmt::format("- `{}`: {}\n", block.label, block.text);
}

} // namespace

std::string file_name_of(const ManualPage& page)
{
  return fmt::format("{}.{}", page.name, page.section);
}

std::string as_roff(const ManualPage& page)
{
  using enum Block::Is;
  std::string roff = fmt::format(".TH {} {} \"\" \"rollcall {}\" rollcall\n.SH NAME\n{} \\- {}\n",
                                 escaped(in_capitals(page.name)), page.section, version(),
                                 escaped(page.name), escaped(page.does));
  if (!page.usage.empty()) roff += ".SH SYNOPSIS\n" + escaped(page.usage) + "\n";
  bool begins = true; // of a section: its first paragraph needs no space before it
  for (const Block& block : page.blocks) {
    switch (block.is) {
      case section:
        roff += ".SH " + escaped(in_capitals(block.text)) + "\n";
        break;
      case group:
        roff += ".SS " + escaped(block.text) + "\n";
        break;
      case words:
        roff += (begins ? "" : ".PP\n") + set_as_roff(block.text) + "\n";
        break;
      case code:
        roff += (begins ? "" : ".PP\n") +
                fmt::format(".nf\n.RS 4\n{}\n.RE\n.fi\n", escaped(block.text));
        break;
      case item:
        roff += fmt::format(".TP\n.B {}\n{}\n", escaped(block.label), set_as_roff(block.text));
        break;
    }
    begins = block.is == section || block.is == group;
  }
  if (page.name != "rollcall")
    roff += ".SH SEE ALSO\n.BR rollcall (1)" +
            std::string{page.section == 1 ? ",\n.BR rollcall.toml (5)\n" : "\n"};
  return roff;
}

std::string as_markdown(std::span<const ManualPage> pages)
{
  std::string text =
      "# The command line\n\n"
      "Made by `rollcall man --markdown`, of the table of verbs and options from which also come "
      "`--help`, the pages for `man` and what shells complete; a test compares.\n\n";
  for (const ManualPage& page : pages) {
    text += fmt::format("## {}\n\n{}{}.\n\n", title_of(page), in_capitals(page.does.substr(0, 1)),
                        page.does.substr(1));
    if (!page.usage.empty()) text += fmt::format("```\n{}\n```\n\n", page.usage);
    bool is_in_list = false;
    for (const Block& block : page.blocks) append_markdown(text, block, is_in_list);
    if (is_in_list) text += '\n';
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

} // namespace rollcall::tools
