// A row of a table is a line that begins with a name as code.
#include "schema/reference_page.hpp"
#include "support/source_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace rollcall::tests {
namespace {

std::string trimmed(std::string_view text)
{
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string{text};
}

} // namespace

const ReferencePage& reference_page()
{
  static const ReferencePage made = [] {
    ReferencePage page;
    std::ifstream file{source_folder() / "docs/reference/schema.md"};
    REQUIRE(file);
    std::string heading;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with('#')) heading = line.substr(line.find_first_not_of("# "));
      if (line.starts_with('#')) page[heading];
      if (!line.starts_with("| `")) continue;
      std::vector<std::string> cells;
      for (std::size_t at = 1; at < line.size();) {
        const std::size_t end = std::min(line.find(" |", at), line.size());
        cells.push_back(trimmed(std::string_view{line}.substr(at, end - at)));
        at = end + 2;
      }
      cells.resize(4);
      page[heading].push_back({cells[0], cells[1], cells[2], cells[3]});
    }
    return page;
  }();
  return made;
}

} // namespace rollcall::tests
