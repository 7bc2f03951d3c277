// Formats and schemas on the command line: what is listed, shown and checked, and how it ends.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/source_folder.hpp"
#include "tools/program.hpp"

namespace fs = std::filesystem;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;

namespace {

const fs::path source = rollcall::tests::source_folder();

std::string read(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("formats lists those that are built in, for people and for programs")
{
  const Run list = run_rollcall("formats");
  CHECK(list.exit == 0);
  CHECK(list.out.find("clusterpbx           ClusterPBX users.csv\n") != list.out.npos);
  const Run lines = run_rollcall("formats --json");
  CHECK(lines.exit == 0);
  CHECK(lines.out.find(R"({"format": "ctu", "revision": 1, "title": "CTU agents")") !=
        lines.out.npos);
}

TEST_CASE("schema show prints the JSON of a format, and its page")
{
  const Run json = run_rollcall("schema show clusterpbx");
  CHECK(json.exit == 0);
  CHECK(json.out == read(source / "tests/golden/schema/clusterpbx.json"));
  const Run page = run_rollcall("schema show clusterpbx --page");
  CHECK(page.exit == 0);
  CHECK(page.out == read(source / "docs/formats/clusterpbx.md"));
}

TEST_CASE("schema show of what was shown shows it again")
{
  const Run again = run_shell(R"("$ROLLCALL" schema show ctu | "$ROLLCALL" schema show -)");
  CHECK(again.exit == 0);
  CHECK(again.out == read(source / "tests/golden/schema/ctu.json"));
}

TEST_CASE("schema check says that a schema has no faults")
{
  CHECK(run_rollcall("schema check clusterpbx").out == "clusterpbx: no faults\n");
  const Run run = run_rollcall("schema check ctu.json", source / "tests/golden/schema");
  CHECK(run.exit == 0);
  CHECK(run.out == "ctu.json: no faults\n");
}

TEST_CASE("schema check names every fault with its place, and the file is refused")
{
  const std::string json =
      R"({"id": "x",\n "title": "X", "columns": [{"field": "a", "header": "A", "fill": "b"}]})";
  const Run run = run_shell("printf '" + json + R"(' | "$ROLLCALL" schema check -)");
  CHECK(run.exit == 3);
  CHECK(run.err.empty());
  CHECK(run.out ==
        "standard input:1:1: kinds: a schema has at least one kind\n"
        "standard input:1:1: objects: a row has at least one object\n"
        "standard input:1:1: roles: without one nobody may do anything\n"
        "standard input:2:66: columns[0].fill: neither on_create nor on_update asks for it\n"
        "standard input:2:66: columns[0].fill: \"b\" at 1: unknown name 'b'\n");
}

TEST_CASE("a schema verb that means nothing is wrong use")
{
  for (const char* const words : {"schema", "schema show", "schema frob ctu", "schema show ctx",
                                  "schema check ctu --page", "schema show ctu more"}) {
    CAPTURE(words);
    const Run run = run_rollcall(words, source / "tests/golden/schema");
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
  }
}
