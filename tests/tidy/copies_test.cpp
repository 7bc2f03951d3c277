// Compares the copies of the specification and the conformance cases with their origin, byte for
// byte, where that lies beside this checkout as ../shared. Elsewhere there is nothing to compare.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> contents_of(const fs::path& folder)
{
  std::map<std::string, std::string> contents;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (!entry.is_regular_file() || entry.path().extension() == ".pyc") continue;
    std::ifstream file{entry.path(), std::ios::binary};
    contents[entry.path().lexically_relative(folder).generic_string()] = {
        std::istreambuf_iterator<char>{file}, {}};
  }
  return contents;
}

void compare(const std::string& origin, const std::string& copy)
{
  const fs::path top = ROLLCALL_SOURCE_DIR;
  const fs::path there = top.parent_path() / "shared" / origin;
  if (!fs::is_directory(there)) {
    MESSAGE("no ../shared/" << origin << " to compare with");
    return;
  }
  const auto wanted = contents_of(there);
  const auto ours = contents_of(top / copy);
  for (const auto& file : wanted) {
    CAPTURE(file.first);
    REQUIRE_MESSAGE(ours.contains(file.first), "not in the copy");
    CHECK_MESSAGE(ours.at(file.first) == file.second, "not the same bytes");
  }
  for (const auto& file : ours) {
    CAPTURE(file.first);
    CHECK_MESSAGE(wanted.contains(file.first), "not in the origin");
  }
}

} // namespace

TEST_CASE("the copy of the specification is the specification")
{
  compare("spec", "docs/spec");
}

TEST_CASE("the copy of the conformance cases is the conformance cases")
{
  compare("conformance", "tests/conformance");
}
