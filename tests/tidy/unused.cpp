// Counts the words of all that is built into library and programs. What a header declares must
// stand there once more than where it is declared and, in the .cpp file of the header, defined.
#include "tidy/unused.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace rollcall::tidy {
namespace {

constexpr std::array<std::string_view, 5> products = {"src/", "capi/", "tools/", "include/",
                                                      "docs/examples/"};
constexpr std::array<std::string_view, 3> inner = {"src/", "capi/src/", "tools/"};

template <std::size_t count>
bool is_in(std::string_view path, const std::array<std::string_view, count>& folders)
{
  return std::ranges::any_of(folders,
                             [path](std::string_view folder) { return path.starts_with(folder); });
}

bool is_word(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string_view code_of(std::string_view line)
{
  return line.substr(0, line.find("//"));
}

// Each word of a line of code, with where it begins.
template <class Take>
void each_word(std::string_view line, Take take)
{
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && is_word(line[end])) ++end;
    if (end != at) take(line.substr(at, end - at), at);
    at = std::max(end, at + 1);
  }
}

// How often a word stands in what is built, and how often at the head of a function that a .cpp
// file has at its margin.
struct Uses {
  std::size_t all = 0, heads = 0;
};
using Words = std::map<std::string, Uses, std::less<>>;

Words words_of_products(const Tree& tree)
{
  Words words;
  for (const auto& [path, text] : tree) {
    if (!is_in(path, products)) continue;
    for (const std::string_view line : lines_of(text)) {
      const bool is_head = path.ends_with(".cpp") && !line.empty() && line.front() != ' ';
      each_word(code_of(line), [&](std::string_view word, std::size_t at) {
        Uses& uses = words[std::string{word}];
        ++uses.all;
        const std::size_t end = at + word.size();
        uses.heads += is_head && end < line.size() && line[end] == '(' ? 1U : 0U;
      });
    }
  }
  return words;
}

// `Type name(`: a type stands before it, and nothing that makes a call of it.
bool is_declared(std::string_view line, std::string_view word, std::size_t at)
{
  const std::size_t end = at + word.size();
  if (end >= line.size() || line[end] != '(' || at == 0) return false;
  std::size_t before = at;
  while (before > 0 && line[before - 1] == ' ') --before;
  if (before == 0) return false;
  const char last = line[before - 1];
  if (last == '&' || last == '*' || last == '>') return before < 2 || line[before - 2] != last;
  std::size_t begin = before;
  while (begin > 0 && is_word(line[begin - 1])) --begin;
  const std::string_view type = line.substr(begin, before - begin);
  return before != at && !type.empty() && type != "return" && type != "new" && type != "else";
}

} // namespace

Faults check_unused(const Tree& tree)
{
  std::map<std::string, bool, std::less<>> is_included;
  for (const auto& [path, text] : tree) {
    if (!is_in(path, products)) continue;
    for (const std::string_view line : lines_of(text)) {
      const std::size_t begin = line.find('"') + 1;
      if (line.starts_with("#include \""))
        is_included[std::string{line.substr(begin, line.rfind('"') - begin)}] = true;
    }
  }
  const Words words = words_of_products(tree);
  Faults faults;
  for (const auto& [name_of_file, text] : tree) {
    const std::string& path = name_of_file; // a lambda takes it, which clang 14 needs a name for
    if (!is_in(path, inner) || !path.ends_with(".hpp")) continue;
    const std::string_view name = std::string_view{path}.substr(path.find('/') + 1);
    const std::string_view bare = std::string_view{path}.substr(path.rfind('/') + 1);
    if (!is_included.contains(name) && !is_included.contains(bare))
      faults.push_back({path, 0, "nothing that is built includes it"});
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
      ++number;
      const std::string_view code = code_of(line);
      each_word(code, [&](std::string_view word, std::size_t at) {
        if (!is_declared(code, word, at)) return;
        const Uses& uses = words.find(word)->second;
        if (uses.all - std::min<std::size_t>(uses.heads, 1) <= 1)
          faults.push_back({path, number, "nothing that is built calls " + std::string{word}});
      });
    }
  }
  return faults;
}

} // namespace rollcall::tidy
