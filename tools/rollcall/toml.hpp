// Reads the part of TOML that defaults need: tables, and in them texts, whole numbers, true, false,
// and arrays of texts. What else TOML has is a fault, and named: it is never read as something
// other than TOML says.
#ifndef ROLLCALL_TOOLS_TOML_HPP
#define ROLLCALL_TOOLS_TOML_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/result.hpp"

namespace rollcall::tools {

struct TomlValue {
  enum class Is : std::uint8_t { text, number, truth, list };
  Is is = Is::text;
  std::vector<std::string> words; // as they are meant; one, if it is no list
};

struct TomlEntry {
  std::string table; // empty: it stands before the first
  std::string key;
  TomlValue value;
  std::size_t line = 0; // of the key, from 1
};

struct TomlTable {
  std::string name;
  std::size_t line = 0;
};

// In the order of the text. No key stands twice in a table, no table is there twice.
struct Toml {
  std::vector<TomlEntry> entries;
  std::vector<TomlTable> tables;
};

// What cannot be read is wrong_use, and begins with line and column: "3:7: ...".
[[nodiscard]] Result<Toml> read_toml(std::string_view text);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_TOML_HPP
