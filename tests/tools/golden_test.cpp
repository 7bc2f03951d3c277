// Golden cases of the command line. A case is a folder tests/golden/<group>/<case>:
//
//   args             what stands behind `rollcall`; the case's folder is the working directory
//   expected.jsonl   standard output (expected.txt, expected.csv: the same for other outputs)
//   expected_stderr  standard error; absent if it stays silent
//   expected_exit    the exit code
//
// ROLLCALL_UPDATE=1 in the environment rewrites what is expected; the diff is then the review.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rollcall/code.hpp"
#include "tools/program.hpp"

namespace fs = std::filesystem;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;

namespace {

const fs::path golden = fs::path{ROLLCALL_SOURCE_DIR} / "tests/golden";

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
  if (read(path) != text) std::ofstream{path, std::ios::binary} << text;
  if (text.empty() && path.filename() == "expected_stderr") fs::remove(path);
}

bool is_updating()
{
  const char* const update = std::getenv("ROLLCALL_UPDATE");
  return update != nullptr && std::string{update} == "1";
}

void run_group(const std::string& group)
{
  const auto cases = cases_of(golden / group);
  CHECK(!cases.empty());
  for (const fs::path& folder : cases) {
    const std::string name = group + "/" + folder.filename().string();
    CAPTURE(name);
    const Run run = run_rollcall(first_line(folder / "args"), folder);
    if (is_updating()) {
      rewrite(output_of(folder), run.out);
      rewrite(folder / "expected_stderr", run.err);
      rewrite(folder / "expected_exit", std::to_string(run.exit) + "\n");
    }
    CHECK(run.out == read(output_of(folder)));
    CHECK(run.err == read(folder / "expected_stderr"));
    CHECK(std::to_string(run.exit) == first_line(folder / "expected_exit"));
  }
}

} // namespace

TEST_CASE("rows says of every kind of file what it always said")
{
  run_group("rows");
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
