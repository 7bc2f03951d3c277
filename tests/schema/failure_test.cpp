// What schemas do when there is no memory: each allocation fails once, and what could not be done
// is said, with nothing lost or leaked.
#include <doctest/doctest.h>

#include <memory_resource>
#include <string>
#include <string_view>

#include "rollcall/schema_json.hpp"
#include "schema/compiled.hpp"
#include "schema/schema_text.hpp"
#include "support/failing_new.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::allocations_alive;
using rollcall::tests::AllocationsLeft;
using rollcall::tests::json_of;
using rollcall::tests::must;

namespace {

// A little of everything that is compiled.
constexpr std::string_view small = R"json({
  "id": "small", "title": "Small, but with a title that no small string has room for",
  "settings": [{"name": "numbers", "is": "pool"}, {"name": "name", "chars": "a-z"}],
  "roles": [{"name": "writer", "is": "present(actor.role)",
                           "may" : [ "validate", "export" ]
}],
  "kinds": [{"name": "user", "key": {"name": "login"}, "fields": [{"name": "old_name"}]}],
  "columns": [
    {"field": "login", "header": "Login", "on_create": "required"},
    {"field": "extension", "header": "Extension", "type": "extension", "on_create": "pool",
     "fill": "tenant.numbers", "carries": ["extension"]},
    {"field": "team", "header": "Team", "aliases": ["Group"], "refers": "user.extension",
     "words": [{"word": "none", "means": null}]}
  ],
  "lets": [{"name": "boss", "is": "lookup(user, team)"}],
  "rules": [{"code": "team.boss", "blame": "team", "when": "present(new.team)",
             "require": "boss.extension != '100'", "says": "{boss.extension} leads no team"}],
  "claims": [{"name": "extension", "held_in": [{"field": "user.extension"}]}],
  "objects": [{"kind": "user", "key": "login", "create": "true"}],
  "result": {"columns": [{"header": "Notes", "value": "row.messages"}]},
  "exports":
{
  "kind" : "user", "order" : "login", "file_name" : "users.csv"
}
})json";

// Until it succeeds, with one more allocation each time; how many that were.
template <class Work>
std::size_t allocations_of(Work work)
{
  for (std::size_t left = 0;; ++left) {
    const std::ptrdiff_t before = allocations_alive;
    {
      const auto result = [&] {
        const AllocationsLeft limit{left};
        return work();
      }();
      if (result.has_value()) return left;
      REQUIRE(result.assume_error().code() == ErrorCode::out_of_memory);
    }
    REQUIRE(allocations_alive == before);
  }
}

} // namespace

TEST_CASE("reading a schema fails at each allocation once")
{
  CHECK(allocations_of([] { return read_schema(small); }) > 10);
}

TEST_CASE("making a schema ready fails at each allocation once")
{
  const Schema schema = must(read_schema(small));
  const auto work = [&]() -> Result<CompiledSchema> {
    return guarded([&] { return CompiledSchema::compile(schema); });
  };
  CHECK(allocations_of(work) > 100);
}

TEST_CASE("checking a schema fails at each allocation once, with faults or without")
{
  Schema schema = must(read_schema(small));
  CHECK(allocations_of([&] { return check_schema(schema); }) > 100);
  schema.rules[0].when = "present(new.teem)";
  const std::string json = json_of(schema);
  CHECK(allocations_of([&] { return check_schema(json); }) > 100);
}

TEST_CASE("the digest of a schema fails at each allocation once")
{
  const Schema schema = must(read_schema(small));
  CHECK(allocations_of([&] { return digest_of(schema); }) > 0);
}
