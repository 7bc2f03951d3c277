// Reads the tree from disk. It lists the folders that it goes into, so a build folder or what an
// editor leaves beside them does not count.
#include "tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace rollcall::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 10> folders = {
    ".ci", "benchmarks", "bindings", "capi", "cmake", "docs", "include", "src", "tests", "tools"};
constexpr std::array<std::string_view, 5> foreign = {"docs/spec", "tests/conformance", "tests/demo",
                                                     "tests/fuzz/corpus", "tests/golden"};
constexpr std::array<std::string_view, 10> suffixes = {".cpp", ".hpp",   ".h",  ".c",  ".def",
                                                       ".txt", ".cmake", ".sh", ".md", ".py"};

std::string read_file(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

bool is_text(const fs::path& path)
{
  const std::string suffix = path.extension().string();
  return suffix.empty() || std::ranges::find(suffixes, suffix) != suffixes.end();
}

void read_folder(const fs::path& top, const fs::path& folder, Tree& tree)
{
  for (auto at = fs::recursive_directory_iterator{folder}; at != fs::recursive_directory_iterator{};
       ++at) {
    const std::string path = at->path().lexically_relative(top).generic_string();
    if (at->is_directory() && std::ranges::find(foreign, path) != foreign.end()) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file() && is_text(at->path())) {
      tree.emplace(path, read_file(at->path()));
    }
  }
}

} // namespace

Tree read_tree(const fs::path& top)
{
  Tree tree;
  for (const std::string_view folder : folders) {
    if (fs::is_directory(top / folder)) {
      read_folder(top, top / folder, tree);
    }
  }
  for (const auto& entry : fs::directory_iterator{top}) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.front() != '.' && is_text(entry.path())) {
      tree.emplace(name, read_file(entry.path()));
    }
  }
  return tree;
}

std::vector<std::string_view> lines_of(std::string_view text)
{
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view line)
{
  std::vector<std::string_view> words;
  for (;;) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty()) {
      return words;
    }
    words.push_back(line.substr(0, line.find_first_of(" \t")));
    line.remove_prefix(words.back().size());
  }
}

std::string listed(const Faults& faults)
{
  std::string text;
  for (const Fault& fault : faults) {
    text += fault.path + ":" + std::to_string(fault.line) + ": " + fault.what + "\n";
  }
  return text;
}

} // namespace rollcall::tidy
