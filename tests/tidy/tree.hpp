// The files of the project as the tidy test sees them: a path from the top folder, and a text.
//
// A tree may be read from disk or written down in a test, so that every rule is tried on one that
// breaks it. Copies of other people's bytes (specification, conformance cases, corpora) are no part
// of it.
#ifndef ROLLCALL_TESTS_TIDY_TREE_HPP
#define ROLLCALL_TESTS_TIDY_TREE_HPP

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::tidy {

using Tree = std::map<std::string, std::string, std::less<>>;

// Something that is not as it should be. `line` counts from 1; 0 is the file as a whole.
struct Fault {
  std::string path = {};
  std::size_t line = 0;
  std::string what = {};
};

using Faults = std::vector<Fault>;

Tree read_tree(const std::filesystem::path& top);

std::vector<std::string_view> lines_of(std::string_view text);
std::vector<std::string_view> words_of(std::string_view line);

// One line a fault, `path:line: what`, to be read by people and by editors.
std::string listed(const Faults& faults);

} // namespace rollcall::tidy

#endif // ROLLCALL_TESTS_TIDY_TREE_HPP
