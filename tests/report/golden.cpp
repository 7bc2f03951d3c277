// golden.cpp: compares with a golden file, or rewrites it.
#include "report/golden.hpp"
#include "support/source_folder.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace rollcall::tests {

void check_golden(const std::string& name, std::string_view text)
{
  const std::filesystem::path path = source_folder() / "tests/golden/report" / name;
  const char* const update = std::getenv("ROLLCALL_UPDATE");
  if (update != nullptr && std::string_view{update} == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
    return;
  }
  std::ifstream file{path, std::ios::binary};
  const std::string expected{std::istreambuf_iterator<char>{file}, {}};
  CAPTURE(name);
  CHECK(std::string{text} == expected);
}

} // namespace rollcall::tests
