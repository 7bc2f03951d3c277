// Texts that are made, and kept in the tree where a change of them is seen.
//
// ROLLCALL_UPDATE=1 in the environment rewrites them; the diff is then the review.
#ifndef ROLLCALL_TESTS_FORMATS_KEPT_HPP
#define ROLLCALL_TESTS_FORMATS_KEPT_HPP

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "support/source_folder.hpp"

namespace rollcall::tests {

inline std::string read_kept(const std::filesystem::path& path)
{
  std::ifstream file{source_folder() / path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// Compares a text with a file of the tree.
inline void check_kept(const std::filesystem::path& path, const std::string& text)
{
  const std::filesystem::path whole = source_folder() / path;
  const char* const update = std::getenv("ROLLCALL_UPDATE");
  if (update != nullptr && std::string_view{update} == "1") {
    std::filesystem::create_directories(whole.parent_path());
    std::ofstream{whole, std::ios::binary} << text;
  }
  CHECK(read_kept(path) == text);
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_FORMATS_KEPT_HPP
