// Passwords and PINs that are made: as long, and of such signs, as format and tenant ask for.
#include "apply/secret_maker.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/random_text.hpp"
#include "base/seeded_random.hpp"
#include "base/siphash.hpp"
#include "check/known_objects.hpp"
#include "support/fake_directory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

schema::Schema format(const schema::Secret& secret)
{
  using namespace schema;
  return {
      .id = "pins",
      .title = "PINs",
      .settings = {{.name = "length", .is = Is::integer}, {.name = "alphabet"}},
      .roles = {{.name = "writer", .may = {schema::Action::execute}}},
      .kinds = {{.name = "user", .key = {"id"}}},
      .columns = {{.field = "id", .header = "ID"},
                  {.field = "pin", .header = "PIN", .type = secret, .on_create = Blank::generate}},
      .objects = {{.kind = "user", .key = "id", .create = always}}};
}

std::vector<std::string> made(const schema::Secret& secret, std::string_view host, int count,
                              const std::vector<std::string_view>& known = {})
{
  const auto schema = must(schema::CompiledSchema::compile(format(secret)));
  FakeDirectory directory{schema.schema(), host};
  SeededRandom random{7};
  const SipKey key = must(make_sip_key(random));
  check::KnownObjects objects{schema, directory, key, *std::pmr::new_delete_resource()};
  check::Facts facts{schema, objects, *std::pmr::new_delete_resource()};
  const Context context;
  must(facts.read(context));
  must(facts.check());
  apply::SecretMaker maker{schema, facts, random};
  const auto& fields = schema.kinds.front().fields;
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [](const auto& field) { return field.name == "pin"; });
  const auto field = static_cast<std::uint16_t>(at - fields.begin());
  std::vector<std::string> all;
  for (int i = 0; i != count; ++i) {
    const Secret one = must(maker.make({0, field}, known));
    all.emplace_back(one.view());
  }
  return all;
}

} // namespace

TEST_CASE("a password has 16 of 56 characters, and hardly ever is the same twice")
{
  const auto all = made({}, "{}", 500);
  std::set<char> used;
  for (const std::string& each : all) {
    CHECK(each.size() == 16);
    used.insert(each.begin(), each.end());
  }
  CHECK(used == std::set<char>(distinct_characters.begin(), distinct_characters.end()));
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
}

TEST_CASE("a PIN is never weak, nor what the object is called by")
{
  for (const std::string& each :
       made({.digits = true, .min = 4, .max = 10, .length = 4}, "{}", 9000))
    CHECK_FALSE(apply::is_weak(each));
  for (const std::string& each :
       made({.digits = true, .min = 2, .max = 2, .length = 2}, "{}", 900, {"47", "74"}))
    CHECK_FALSE((each == "47" || each == "74"));
}

TEST_CASE("a tenant says how long they are and of which characters, within what the field takes")
{
  const schema::Secret secret{
      .min = 8, .max = 20, .length = "tenant.length", .alphabet = "tenant.alphabet"};
  const auto first = [&](std::string_view host) { return made(secret, host, 1).front(); };
  CHECK(first(R"({"tenant": {"length": 12}})").size() == 12);
  CHECK(first(R"({"tenant": {"length": 3}})").size() == 8);
  CHECK(first(R"({"tenant": {"length": 99}})").size() == 20);
  CHECK(first("{}").size() == 16);
  const std::string own = first(R"({"tenant": {"alphabet": "xxyy"}})");
  CHECK(own.find_first_not_of("xy") == own.npos);
  const std::string wide = first(R"({"tenant": {"alphabet": "\u00e9\u20ac", "length": 9}})");
  CHECK(wide.size() > 17);
}

TEST_CASE("where only weak ones are to be had, one is made all the same")
{
  CHECK(made({.digits = true, .min = 1, .max = 1, .length = 1}, "{}", 1, {"1", "2"}).size() == 1);
}

TEST_CASE("PINs that everybody tries are weak")
{
  for (const char* const weak : {"1234", "4321", "0000", "1111", "1212", "112211", "123123", "789"})
    CHECK_MESSAGE(apply::is_weak(weak), weak);
  for (const char* const good : {"4711", "908172", "135", "7", "2580"})
    CHECK_MESSAGE(!apply::is_weak(good), good);
}
