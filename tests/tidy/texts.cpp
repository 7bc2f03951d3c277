// The checks of what files look like. Widths are counted in characters, not bytes, so that a name
// that is not ASCII costs what it shows.
#include "tidy/texts.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace rollcall::tidy {
namespace {

constexpr std::size_t columns_max = 100;
constexpr std::size_t lines_max = 400;
constexpr std::size_t format_lines_max = 250;
constexpr std::size_t opening_min = 20;

// Written in two parts, or this file would find itself.
constexpr std::array<std::string_view, 6> banned = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X",
    "/work"
    "/",
    "/tmp/"
    "team",
    "/root"
    "/"};

bool ends_in_any(std::string_view path, std::initializer_list<std::string_view> suffixes)
{
  return std::ranges::any_of(suffixes,
                             [path](std::string_view suffix) { return path.ends_with(suffix); });
}

bool is_cpp(std::string_view path)
{
  return ends_in_any(path, {".cpp", ".hpp", ".h", ".c", ".def"});
}

bool is_script(std::string_view path)
{
  return path == "dev" || path == ".ci/run" ||
         ends_in_any(path, {".cmake", ".sh", ".py", "CMakeLists.txt", "layers.txt"});
}

bool is_prose(std::string_view path)
{
  return path.ends_with(".md");
}

std::size_t width_of(std::string_view line)
{
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Is the word in the line, and no part of a longer word?
bool holds_word(std::string_view line, std::string_view word)
{
  const auto is_letter = [line](std::size_t i) {
    return i < line.size() && std::isalnum(static_cast<unsigned char>(line[i])) != 0;
  };
  for (std::size_t at = line.find(word); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    const bool is_path = word.front() == '/';
    if (is_path || !((at > 0 && is_letter(at - 1)) || is_letter(at + word.size()))) return true;
  }
  return false;
}

// src/csv/reader.hpp -> ROLLCALL_CSV_READER_HPP
std::string guard_of(std::string_view path)
{
  std::string guard =
      path.starts_with("include/rollcall/") || path.starts_with("src/") ? "" : "ROLLCALL_";
  for (const std::string_view prefix :
       {"include/", "src/", "capi/include/rollcall/", "capi/include/"}) {
    if (!path.starts_with(prefix)) continue;
    path.remove_prefix(prefix.size());
    if (prefix == "src/") guard = "ROLLCALL_";
    break;
  }
  if (path == "rollcall.h") guard.clear();
  if (path.starts_with("tools/rollcall/")) {
    guard += "TOOLS_";
    path.remove_prefix(std::string_view{"tools/rollcall/"}.size());
  }
  for (const char c : path) {
    guard += std::isalnum(static_cast<unsigned char>(c)) != 0
                 ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                 : '_';
  }
  return guard;
}

void check_guard(const std::string& path, const std::vector<std::string_view>& lines,
                 Faults& faults)
{
  const std::string guard = guard_of(path);
  const auto directive =
      std::ranges::find_if(lines, [](std::string_view line) { return line.starts_with('#'); });
  const bool is_guarded = directive != lines.end() && *directive == "#ifndef " + guard &&
                          directive + 1 != lines.end() && *(directive + 1) == "#define " + guard &&
                          lines.back().starts_with("#endif");
  if (!is_guarded) {
    faults.push_back({path, 0, "wants the header guard " + guard});
  }
}

std::string_view folder_of(std::string_view path)
{
  return path.substr(0, path.rfind('/') + 1);
}

// A folder of tests is built if it holds a test; all of its files are then part of it.
bool is_test_folder(const Tree& tree, std::string_view folder)
{
  return folder == "tests/support/" || folder == "tests/fuzz/" ||
         std::ranges::any_of(tree, [folder](const auto& file) {
           return folder_of(file.first) == folder && file.first.ends_with("_test.cpp");
         });
}

// Does the file stand where CMake looks for sources?
bool is_built(const Tree& tree, std::string_view path)
{
  const std::string_view folder = folder_of(path);
  const bool is_one_deep = std::ranges::count(folder, '/') == 2;
  if (path.starts_with("src/")) return is_one_deep;
  // Programs of their own.
  if (folder == "tests/torture/" || folder == "tests/package/consumer_cpp/" ||
      folder == "tests/tools/dies_at/")
    return true;
  if (path.starts_with("tests/")) return is_one_deep && is_test_folder(tree, folder);
  if (folder == "docs/examples/") return true; // by tests/CMakeLists.txt
  if (folder == "benchmarks/") return path.ends_with("_bench.cpp");
  return folder == "tools/rollcall/" || folder == "capi/src/" || folder == "benchmarks/support/" ||
         folder == "benchmarks/peers/";
}

} // namespace

Faults check_sizes(const Tree& tree)
{
  Faults faults;
  for (const auto& [path, text] : tree) {
    if (!is_cpp(path) && !is_script(path)) continue;
    const std::vector<std::string_view> lines = lines_of(text);
    const std::size_t most = path.starts_with("src/formats/") ? format_lines_max : lines_max;
    if (lines.size() > most) {
      faults.push_back({path, most + 1,
                        std::to_string(lines.size()) + " lines, where " + std::to_string(most) +
                            " are too many for one thing"});
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (width_of(lines[i]) > columns_max) {
        faults.push_back({path, i + 1, "wider than " + std::to_string(columns_max) + " columns"});
      }
    }
  }
  return faults;
}

Faults check_openings(const Tree& tree)
{
  Faults faults;
  for (const auto& [path, text] : tree) {
    if (!is_cpp(path) && !is_script(path)) continue;
    std::vector<std::string_view> lines = lines_of(text);
    if (!lines.empty() && lines.front().starts_with("#!")) lines.erase(lines.begin());
    const std::string_view first = lines.empty() ? std::string_view{} : lines.front();
    const bool is_comment = is_cpp(path) ? first.starts_with("//") || first.starts_with("/*")
                                         : first.starts_with('#') || first.starts_with("\"\"\"");
    if (!is_comment || first.size() < opening_min) {
      faults.push_back({path, 1, "opens without a sentence that says what it is"});
    }
    if (ends_in_any(path, {".hpp", ".h"}) && !lines.empty()) {
      check_guard(path, lines, faults);
    }
  }
  return faults;
}

Faults check_words(const Tree& tree)
{
  Faults faults;
  for (const auto& [path, text] : tree) {
    if (!is_cpp(path) && !is_script(path) && !is_prose(path)) continue;
    const std::vector<std::string_view> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const std::string_view word : banned) {
        if (holds_word(lines[i], word)) {
          faults.push_back({path, i + 1, "holds the banned word " + std::string{word}});
        }
      }
    }
  }
  return faults;
}

// A format is the name of its file, which has no header. It is named there, in the list, in tests,
// benchmarks and where people are shown an example: nothing that runs may treat it otherwise than
// one that a host brings.
Faults check_formats(const Tree& tree)
{
  constexpr std::string_view folder = "src/formats/";
  std::vector<std::string> names;
  for (const auto& [path, text] : tree) {
    if (!path.starts_with(folder) || !path.ends_with(".cpp") || path.ends_with("/builtin.cpp"))
      continue;
    const std::string name = path.substr(0, path.size() - 4);
    if (!tree.contains(name + ".hpp")) names.push_back(name.substr(folder.size()));
  }
  Faults faults;
  for (const auto& [path, text] : tree) {
    const bool is_about_all = path.starts_with("include/") || path.starts_with("src/") ||
                              path.starts_with("capi/src/") || path.starts_with("tools/") ||
                              path.starts_with("cmake/") || path == "dev";
    const bool is_help = path == "tools/rollcall/manual.cpp" ||
                         path == "tools/rollcall/verbs.cpp" || path.starts_with("tools/docs/");
    if (!is_about_all || path.starts_with(folder) || is_prose(path) || is_help) continue;
    const std::vector<std::string_view> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string line{lines[i]};
      for (char& c : line) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      for (const std::string& name : names)
        if (holds_word(line, name)) faults.push_back({path, i + 1, "names the format " + name});
    }
  }
  return faults;
}

Faults check_orphans(const Tree& tree)
{
  Faults faults;
  for (const auto& [path, text] : tree) {
    if (path.ends_with(".cpp") && !is_built(tree, path)) {
      faults.push_back({path, 0, "is built by no target"});
    }
  }
  return faults;
}

} // namespace rollcall::tidy
