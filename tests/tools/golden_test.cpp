// Golden cases of the command line. A case is a folder tests/golden/<group>/<case>:
//
//   args             what stands behind `rollcall`; a copy of the folder is the working directory
//   expected.jsonl   standard output (expected.txt, expected.csv: the same for other outputs)
//   expected_stderr  standard error; absent if it stays silent
//   expected_exit    the exit code
//   expected_NAME    what the run leaves in a file called NAME; any other file must not be left
//
// ROLLCALL_UPDATE=1 in the environment rewrites what is expected; the diff is then the review.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "rollcall/code.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

namespace fs = std::filesystem;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::TemporaryFolder;

namespace {

const fs::path golden = rollcall::tests::source_folder() / "tests/golden";

std::string read(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string first_line(const fs::path& path)
{
  const std::string text = read(path);
  return text.substr(0, text.find('\n'));
}

std::vector<fs::path> cases_of(const fs::path& group)
{
  std::vector<fs::path> cases;
  for (const auto& folder : fs::directory_iterator{group})
    if (fs::exists(folder.path() / "args")) cases.push_back(folder.path());
  std::sort(cases.begin(), cases.end());
  return cases;
}

fs::path output_of(const fs::path& folder)
{
  for (const char* name : {"expected.txt", "expected.csv"})
    if (fs::exists(folder / name)) return folder / name;
  return folder / "expected.jsonl";
}

void rewrite(const fs::path& path, const std::string& text)
{
  if (read(path) != text || !fs::exists(path)) std::ofstream{path, std::ios::binary} << text;
}

bool is_updating()
{
  const char* const update = std::getenv("ROLLCALL_UPDATE");
  return update != nullptr && std::string{update} == "1";
}

using Texts = std::map<std::string, std::string>; // by the names of their files

// Those that a run is compared with, and those that it works on.
constexpr std::string_view of_expected = "expected";

bool is_expected(const std::string& name)
{
  return name.starts_with(of_expected);
}

// All that a run says and leaves behind, under the names of what it is compared with.
Texts seen_of(const fs::path& folder)
{
  const TemporaryFolder copy;
  for (const auto& entry : fs::directory_iterator{folder})
    if (!is_expected(entry.path().filename().string()))
      fs::copy(entry.path(), fs::path{copy.path()} / entry.path().filename());
  const Run run = run_rollcall(first_line(folder / "args"), copy.path());
  Texts seen = {{output_of(folder).filename().string(), run.out},
                {"expected_exit", std::to_string(run.exit) + "\n"}};
  if (!run.err.empty()) seen["expected_stderr"] = run.err;
  for (const auto& entry : fs::directory_iterator{copy.path()}) {
    const std::string name = entry.path().filename().string();
    if (!fs::exists(folder / name)) seen["expected_" + name] = read(entry.path());
  }
  return seen;
}

Texts expected_of(const fs::path& folder)
{
  Texts expected;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (is_expected(name)) expected[name] = read(entry.path());
  }
  return expected;
}

void run_group(const std::string& group)
{
  const auto cases = cases_of(golden / group);
  CHECK(!cases.empty());
  for (const fs::path& folder : cases) {
    const std::string name = group + "/" + folder.filename().string();
    CAPTURE(name);
    Texts seen = seen_of(folder);
    Texts expected = expected_of(folder);
    if (is_updating()) {
      for (const auto& [file, text] : seen) rewrite(folder / file, text);
      for (const auto& [file, text] : expected)
        if (!seen.contains(file)) fs::remove(folder / file);
      expected = expected_of(folder);
    }
    for (const auto& each : expected) seen.try_emplace(each.first, "(nothing was written)");
    for (const auto& each : seen) {
      const std::string& file = each.first;
      CAPTURE(file);
      CHECK(each.second == expected[file]);
    }
  }
}

} // namespace

TEST_CASE("rows says of every kind of file what it always said")
{
  run_group("rows");
}

TEST_CASE("a whole job says of every kind of file what it always said")
{
  run_group("job");
}

TEST_CASE("every format becomes every other as it always did, and what is lost is listed")
{
  run_group("convert");
}

TEST_CASE("a plan is shown as it always was, whatever became of it")
{
  run_group("show");
}

TEST_CASE("every code of the text scope that the reader can give is shown by a case")
{
  std::string all;
  for (const fs::path& folder : cases_of(golden / "rows")) all += read(output_of(folder));
  for (const rollcall::Code code : rollcall::all_codes()) {
    if (rollcall::scope(code) != rollcall::Scope::text) continue;
    const std::string slug{rollcall::slug(code)};
    CAPTURE(slug);
    CHECK(all.find("\"code\": \"" + slug + "\"") != all.npos);
  }
  for (const std::string slug :
       {"file.unreadable", "file.too_large", "file.too_many_rows", "file.encoding_hint"}) {
    CAPTURE(slug);
    CHECK(all.find("\"code\": \"" + slug + "\"") != all.npos);
  }
}
