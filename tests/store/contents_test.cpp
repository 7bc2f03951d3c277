// What is put into a database comes out of it, in the same bytes as from a directory in memory.
#include <doctest/doctest.h>

#include <string>

#include "rollcall/memory_directory.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string through_memory(std::string_view json)
{
  SystemSeams system;
  MemorySource source{json};
  auto directory = must(MemoryDirectory::read(source, people(), system.seams()));
  std::pmr::string text;
  TextSink sink{text};
  must(directory.write(sink));
  return std::string{text};
}

constexpr std::string_view of_all_sorts = R"({
  "zebra": [1, null, {"x": 1.5}], "ape": null, "defaults": {}, "phone": [], "flag": false,
  "tenant": {"b": 1, "a": [{"x": null}, 1.5]},
  "team": [{"name": "Zoo"}, {"lead": "", "name": "Ant", "open": true}, {"name": "\u00c4"}],
  "user": [{"shoe": 38, "id": "b", "pin": "hunter2", "list": [1, {"a": "b"}], "": null},
           {"id": 10, "level": -3, "name": null, "active": false}, {"id": "9", "pin": false},
           {"id": "010"}, {"id": "99999999999999999999999", "extension": 7}, {"id": "+1"},
           {"id": "0"}, {"id": "00"}, {"id": "88888888888888888888888", "pin": 1}]})";

} // namespace

TEST_CASE("what a format has looked at is written as from memory")
{
  Host host{of_all_sorts};
  SqliteStore store = host.open();
  auto directory = must(store.directory(people()));
  CHECK(dump_of(store) == through_memory(of_all_sorts));
  CHECK(found(*directory, user, pin, {"true"}).size() == 2);
  CHECK(found(*directory, user, pin, {"hunter2"}).empty());
  CHECK(host.sql("SELECT count(*) FROM object WHERE fields LIKE '%hunter2%'") == "0\n");
  must(store.check());
}

TEST_CASE("what no format has looked at comes out as it went in")
{
  Host host{R"({"b": [{"y": 1, "x": null}, 5], "a": {"q": "w"}, "c": [], "aa": 1})"};
  SqliteStore store = host.open();
  CHECK(dump_of(store) ==
        "{\n  \"a\": {\n    \"q\": \"w\"\n  },\n  \"aa\": 1,\n"
        "  \"b\": [\n    {\"y\": 1, \"x\": null},\n    5\n  ],\n  \"c\": []\n}\n");
}

TEST_CASE("kinds stand in one order, whether a format has looked at them or not")
{
  const auto names = [](const std::string& json) {
    std::string found;
    for (std::size_t at = 0; (at = json.find("\n  \"", at)) != std::string::npos; ++at)
      found += json.substr(at + 4, json.find('"', at + 4) - at - 4) + " ";
    return found;
  };
  Host host{of_all_sorts};
  SqliteStore store = host.open();
  const std::string before = names(dump_of(store));
  CHECK(before.find("ape flag phone team user zebra") != std::string::npos);
  auto directory = must(store.directory(people()));
  CHECK(Groups{}.update(user, "b", {{name, "Eve"}}).apply_to(*directory) == Lines{"applied b"});
  CHECK(names(dump_of(store)) == before);
}

TEST_CASE("what a format cannot read is named, and nothing was changed")
{
  for (const auto& [json, fault] :
       {std::pair{R"({"user": [{"id": "1"}, {"id": "2", "active": "yes"}]})", "user[1].active"},
        std::pair{R"({"user": [{"name": "Ada"}]})", "user[0]: lacks \"id\""},
        std::pair{R"({"user": [17]})", "user[0]: expected an object"},
        std::pair{R"({"user": [{"id": "1"}, {"id": 1}]})", "user: the key 1 stands twice"},
        std::pair{R"({"team": [{"name": "A"}, {"name": "a"}]})", "team: the key a stands twice"},
        std::pair{R"({"tenant": 5})", "tenant: expected an object"}}) {
    Host host{json};
    SqliteStore store = host.open();
    const std::string before = dump_of(store);
    const auto directory = store.directory(people());
    REQUIRE(error_of(directory) == ErrorCode::malformed);
    const std::string says{directory.assume_error().detail()};
    CHECK_MESSAGE(says.find(fault) != std::string::npos, says);
    CHECK(dump_of(store) == before);
    must(store.check());
  }
}

TEST_CASE("of many objects that a format cannot read the first are named, by no line of a text")
{
  Host host{R"({"user": [{"name": "A"}, {"name": "B"}, {"name": "C"}, {"name": "D"}]})"};
  SqliteStore store = host.open();
  const auto said = [&] {
    const auto directory = store.directory(people());
    REQUIRE(error_of(directory) == ErrorCode::malformed);
    return std::string{directory.assume_error().detail()};
  };
  const std::string first =
      R"(user[0]: lacks "id"; user[1]: lacks "id"; user[2]: lacks "id"; and 1 more)";
  CHECK(said() == first);
  const auto add = [&](std::string_view format) {
    JobRecord job;
    job.summary.format = format;
    static_cast<void>(must(store.add(job)));
  };
  add("other");
  add("another");
  CHECK(said() == first + "; its jobs are of another, other");
  add(people().id);
  CHECK(said() == first);
}

TEST_CASE("a directory.json that breaks off leaves nothing")
{
  Host host;
  SqliteStore store = host.open();
  MemorySource source{std::string_view{R"({"user": [{"id": "1"}, )"}};
  CHECK(error_of(store.fill(source)) == ErrorCode::malformed);
  CHECK(dump_of(store) == "{}\n");
}

TEST_CASE("two formats keep each other's fields and indexes")
{
  schema::Schema other = people();
  other.kinds = {{.name = "user", .key = {"email"}, .fields = {{"mac"}, {"colour"}}}};
  other.columns = {{.field = "email", .header = "Email"}};
  other.objects = {{.kind = "user", .key = "email"}};
  Host host{R"({"user": [{"id": "1", "name": "Ada", "email": "A@b", "mac": "AABB.CCDD.EE01"}]})"};
  SqliteStore store = host.open();
  auto ours = must(store.directory(people()));
  auto theirs = must(store.directory(other));
  CHECK(found(*ours, user, mac, {"aa:bb:cc:dd:ee:01"}).size() == 1);
  CHECK(found(*ours, user, name, {"ada"}).size() == 1);
  CHECK(found(*theirs, user, 0, {"aabb.ccdd.ee01"}).size() == 1);
  CHECK(Groups{}.update(user, "a@B", {{0, "aabb.ccdd.ee02"}, {1, "red"}}).apply_to(*theirs) ==
        Lines{"applied A@b"});
  CHECK(found(*ours, user, mac, {"aa:bb:cc:dd:ee:02"}).size() == 1);
  CHECK(found(*ours, user, mac, {"aa:bb:cc:dd:ee:01"}).empty());
  must(store.check());
  CHECK(Groups{}.update(user, "1", {{name, "Eve"}}).apply_to(*ours) == Lines{"applied 1"});
  CHECK(dump_of(store).find("\"colour\": \"red\"") != std::string::npos);
  CHECK(must(ours->next_id(user)) == 2);
  CHECK(Groups{}.remove(user, "a@b").apply_to(*theirs) == Lines{"applied A@b"});
  CHECK(found(*ours, user, name, {"eve"}).empty());
  CHECK(must(ours->count(user)) == 0);
  CHECK(must(ours->next_id(user)) == 1);
  must(store.check());
}
