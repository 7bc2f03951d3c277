// The catalogue of formats that rollcall brings along.
#include <doctest/doctest.h>

#include <set>
#include <string_view>

#include "rollcall/formats.hpp"
#include "schema/compiled.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

TEST_CASE("every format that rollcall brings along compiles, under its own name")
{
  REQUIRE_FALSE(formats::builtin().empty());
  for (const formats::Format& format : formats::builtin()) {
    CAPTURE(format.id);
    const auto compiled = must(schema::CompiledSchema::compile(format.make()));
    CHECK(compiled.schema().id == format.id);
    CHECK_FALSE(compiled.schema().title.empty());
  }
}

TEST_CASE("no two formats have one name")
{
  std::set<std::string_view> ids;
  for (const formats::Format& format : formats::builtin()) CHECK(ids.insert(format.id).second);
}
