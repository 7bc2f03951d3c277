// The manual: pages of blocks, made from the table of verbs and options, and set as roff (man) or
// as Markdown (docs/reference/command_line.md).
#ifndef ROLLCALL_TOOLS_MANUAL_HPP
#define ROLLCALL_TOOLS_MANUAL_HPP

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "verbs.hpp"

namespace rollcall::tools {

// Texts may have `words` in them that are typed as they stand.
struct Block {
  enum class Is : std::uint8_t { section, group, words, item, code };
  Is is = Is::words;
  std::string text;
  std::string label = {}; // of an item: what the text is about
};

struct ManualPage {
  std::string name; // "rollcall-validate"
  int section = 1;  // of the manual: 1 programs, 5 files
  std::string does; // one line
  std::string usage;
  std::vector<Block> blocks;
};

[[nodiscard]] ManualPage manual_of_all();
[[nodiscard]] ManualPage manual_of(const Verb& verb);
[[nodiscard]] ManualPage manual_of_settings(); // rollcall.toml
// These three sorts, in this order.
[[nodiscard]] std::vector<ManualPage> whole_manual();

// "rollcall-validate.1"
[[nodiscard]] std::string file_name_of(const ManualPage& page);
[[nodiscard]] std::string as_roff(const ManualPage& page);
[[nodiscard]] std::string as_markdown(std::span<const ManualPage> pages);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_MANUAL_HPP
