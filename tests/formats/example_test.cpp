// The formats that are only a file, docs/formats/examples/*.json: each compiles, is written as
// `schema show` would write it, and has its page beside it.
//
// What the page lists of formats is held here too, for those that are built in as well.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "formats/kept.hpp"
#include "schema/compiled.hpp"
#include "schema/schema_text.hpp"
#include "support/source_folder.hpp"

namespace fs = std::filesystem;
using namespace rollcall;
using rollcall::tests::check_kept;
using rollcall::tests::json_of;
using rollcall::tests::must;
using rollcall::tests::page_of;
using rollcall::tests::read_kept;

namespace {

const fs::path pages = "docs/formats";
const fs::path examples = pages / "examples";

// The files of a folder that end so, by their paths in the tree.
std::vector<fs::path> files_of(const fs::path& folder, const std::string& suffix)
{
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{rollcall::tests::source_folder() / folder})
    if (entry.path().extension() == suffix) files.push_back(folder / entry.path().filename());
  return files;
}

} // namespace

TEST_CASE("every example compiles, under the name of its file, and says what it means")
{
  REQUIRE_FALSE(files_of(examples, ".json").empty());
  for (const fs::path& path : files_of(examples, ".json")) {
    CAPTURE(path);
    const schema::Schema schema = must(schema::read_schema(read_kept(path)));
    CHECK(path.stem() == schema.id);
    CHECK(must(schema::check_schema(schema)).remarks.empty());
  }
}

TEST_CASE("every example is laid out as it would be shown, and its page is made from it")
{
  for (const fs::path& path : files_of(examples, ".json")) {
    CAPTURE(path);
    const schema::Schema schema = must(schema::read_schema(read_kept(path)));
    check_kept(path, json_of(schema));
    check_kept(examples / (schema.id + ".md"), page_of(schema));
  }
}

TEST_CASE("the list of formats leads to every page")
{
  const std::string list = read_kept(pages / "README.md");
  for (const fs::path& folder : {pages, examples})
    for (const fs::path& page : files_of(folder, ".md")) {
      if (page == pages / "README.md") continue;
      CAPTURE(page);
      CHECK(list.find("(" + page.lexically_relative(pages).string() + ")") != list.npos);
    }
}
