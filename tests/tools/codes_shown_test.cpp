// The closed list of finding codes against what golden cases show: a code that nobody has seen come
// up is one of which nobody knows whether it does.
#include <doctest/doctest.h>

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

// What no job can find yet, and why. Who builds that takes it off, and adds a case.
const std::map<std::string_view, std::string_view> not_yet = {
    {"plan.stale", "there are no plans in files"},
    {"plan.used", "there are no plans in files"},
    {"plan.invalid", "there are no plans in files"},
    {"object.stale", "there are no plans in files"},
    {"host.refused", "only a directory in memory is applied to, and it refuses nothing"},
    {"host.no_answer", "only a directory in memory is applied to, and it always answers"},
    {"host.failed", "only a directory in memory is applied to"},
    {"undo.conflict", "only jobs in a store are undone"},
    {"undo.not_reversible", "only jobs in a store are undone"},
};

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
    std::ifstream file{entry.path(), std::ios::binary};
    all.append(std::istreambuf_iterator<char>{file}, {});
  }
  return all;
}

} // namespace

TEST_CASE("every finding code is shown by a golden case, or it is said why it cannot be yet")
{
  const std::string all = all_expected();
  for (const rollcall::Code code : rollcall::all_codes()) {
    const std::string slug{rollcall::slug(code)};
    CAPTURE(slug);
    const bool is_shown = all.find("\"code\": \"" + slug + "\"") != std::string::npos;
    CHECK(is_shown != not_yet.contains(slug));
  }
}

TEST_CASE("what cannot be shown yet is in the closed list")
{
  for (const auto& each : not_yet) CHECK(rollcall::code_of(each.first).has_value());
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
