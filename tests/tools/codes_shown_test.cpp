// The closed list of finding codes against what golden cases show: a code that nobody has seen come
// up is one of which nobody knows whether it does.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "rollcall/code.hpp"
#include "support/source_folder.hpp"

namespace fs = std::filesystem;

namespace {

// What golden cases cannot bring about: it takes a plan that is carried out later, a host with a
// will of its own, or a job that was. These tests show it.
const std::map<std::string_view, std::string_view> shown_elsewhere = {
    {"plan.stale", "tests/apply/stale_test.cpp"},
    {"plan.used", "tests/job/execute_job_test.cpp"},
    {"plan.invalid", "tests/apply/stale_test.cpp"},
    {"object.stale", "tests/apply/stale_test.cpp"},
    {"host.no_answer", "tests/job/failure_test.cpp"},
    {"host.failed", "tests/job/failure_test.cpp"},
    {"undo.conflict", "tests/job/undo_left_test.cpp"},
    {"undo.not_reversible", "tests/job/undo_left_test.cpp"},
};

std::string text_of(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// All that the golden cases expect.
std::string all_expected()
{
  std::string all;
  for (const auto& entry :
       fs::recursive_directory_iterator{rollcall::tests::source_folder() / "tests/golden"}) {
    const std::string folder = entry.path().parent_path().parent_path().filename().string();
    // Others are made by hand.
    const bool is_run = folder == "job" || folder == "rows" || folder == "convert";
    if (!is_run || !entry.path().filename().string().starts_with("expected")) continue;
    all += text_of(entry.path());
  }
  return all;
}

} // namespace

TEST_CASE("every finding code is shown by a golden case, or by a test that is named")
{
  const std::string all = all_expected();
  for (const rollcall::Code code : rollcall::all_codes()) {
    const std::string slug{rollcall::slug(code)};
    CAPTURE(slug);
    const bool is_shown = all.find("\"code\": \"" + slug + "\"") != std::string::npos;
    CHECK(is_shown != shown_elsewhere.contains(slug));
  }
}

TEST_CASE("a test that is named for a code knows it, and the code is in the closed list")
{
  for (const auto& shown : shown_elsewhere) {
    const std::string_view slug = shown.first;
    CAPTURE(slug);
    CHECK(rollcall::code_of(slug).has_value());
    std::string name{slug}; // in C++
    std::replace(name.begin(), name.end(), '.', '_');
    const std::string text = text_of(rollcall::tests::source_folder() / shown.second);
    CHECK((text.find(slug) != text.npos || text.find(name) != text.npos));
  }
}

TEST_CASE("no message that a golden case shows lacks a fact")
{
  const std::string all = all_expected();
  for (const rollcall::Code code : rollcall::all_codes()) {
    std::string_view rest = rollcall::message_template(code);
    for (std::size_t open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
      const std::size_t close = rest.find('}', open);
      const std::string name{rest.substr(open, close + 1 - open)};
      CAPTURE(name);
      CHECK(all.find(name) == std::string::npos);
      rest.remove_prefix(close + 1);
    }
  }
}
