// The formats that rollcall brings along: each compiles, and everything that it says can be said as
// JSON. Their JSON and their pages are kept in the tree.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

#include "formats/kept.hpp"
#include "rollcall/formats.hpp"
#include "schema/compiled.hpp"
#include "schema/schema_text.hpp"

using namespace rollcall;
using rollcall::tests::check_kept;
using rollcall::tests::json_of;
using rollcall::tests::must;
using rollcall::tests::page_of;

TEST_CASE(
    "every format that rollcall brings along compiles, under its own name, and says what it means")
{
  REQUIRE_FALSE(formats::builtin().empty());
  for (const formats::Format& format : formats::builtin()) {
    CAPTURE(format.id);
    const auto compiled = must(schema::CompiledSchema::compile(format.make()));
    CHECK(compiled.schema().id == format.id);
    // Call Manager leaves a line out before anything else is asked of it, and means it.
    const std::size_t meant = format.id == "call_manager" ? 1 : 0;
    CHECK(must(schema::check_schema(format.make())).remarks.size() == meant);
  }
}

TEST_CASE("every code that only a format has is explained, and no page is of another one")
{
  for (const formats::Format& format : formats::builtin()) {
    CAPTURE(format.id);
    const schema::Schema schema = format.make();
    const auto codes = schema::codes_of(schema);
    CHECK(schema.codes.size() == codes.size());
    for (const std::string_view code : codes) {
      CAPTURE(code);
      const schema::CodePage* const page = schema::page_of(schema, code);
      REQUIRE(page != nullptr);
      CHECK_FALSE(page->means.empty());
      CHECK_FALSE(page->mend.empty());
      const std::string text = schema::explain(schema, code);
      CHECK(text.starts_with(std::string{code} + " ("));
      CHECK(text.find(page->mend) != std::string::npos);
      for (const char* const title :
           {"What is said", "What it means", "Why it matters", "Bad", "Good", "How to mend it"})
        CHECK(text.find("\n\n" + std::string{title} + "\n  ") != std::string::npos);
    }
  }
}

TEST_CASE("no two formats have one name, and each is found by it")
{
  std::set<std::string_view> ids;
  for (const formats::Format& format : formats::builtin()) {
    CHECK(ids.insert(format.id).second);
    CHECK(formats::find(format.id) == &format);
  }
  CHECK(formats::find("") == nullptr);
  CHECK(formats::find("CLUSTERPBX") == nullptr);
}

TEST_CASE("nothing that a built-in format says is beyond its JSON")
{
  for (const formats::Format& format : formats::builtin()) {
    CAPTURE(format.id);
    const std::string json = json_of(format.make());
    CHECK(must(schema::read_schema(json)) == format.make());
    check_kept("tests/golden/schema/" + std::string{format.id} + ".json", json);
  }
}

TEST_CASE("the page of each format is made from its schema")
{
  for (const formats::Format& format : formats::builtin()) {
    CAPTURE(format.id);
    check_kept("docs/formats/" + std::string{format.id} + ".md", page_of(format.make()));
  }
}
