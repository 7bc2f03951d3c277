// The directory in memory as a file: what is read comes back, what has the wrong shape is named.
#include "rollcall/memory_directory.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "directory/people.hpp"
#include "support/memory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

MemoryDirectory directory_of(std::string_view text)
{
  SystemSeams system;
  MemorySource source{text};
  return must(MemoryDirectory::read(source, people(), system.seams()));
}

std::string fault_of(std::string_view text)
{
  SystemSeams system;
  MemorySource source{text};
  const auto result = MemoryDirectory::read(source, people(), system.seams());
  if (result.has_value()) return {};
  CHECK(result.assume_error().code() == ErrorCode::malformed);
  return std::string{result.assume_error().detail()};
}

std::string written(const MemoryDirectory& directory)
{
  std::pmr::string text;
  TextSink sink{text};
  must(directory.write(sink));
  return std::string{text};
}

std::string rewritten(std::string_view text)
{
  return written(directory_of(text));
}

} // namespace

TEST_CASE("a directory of nothing lists no kind, and writes nothing")
{
  SystemSeams system;
  auto empty = must(MemoryDirectory::make(people(), system.seams()));
  CHECK_FALSE(empty.lists(user));
  CHECK_FALSE(empty.lists(team));
  CHECK(found(empty, user, key_field, {"17"}).empty());
  CHECK(written(empty) == "{}\n");
  CHECK(rewritten("{}") == "{}\n");
}

TEST_CASE("a kind that is there is closed, also if it is empty, and stays")
{
  const auto directory = directory_of(R"({"user": []})");
  CHECK(directory.lists(user));
  CHECK_FALSE(directory.lists(team));
  CHECK(written(directory) == "{\n  \"user\": []\n}\n");
}

TEST_CASE("a kind that was not there is written once it has an object")
{
  auto directory = directory_of("{}");
  CHECK(Groups{}.create(team, "A").apply_to(directory) == Lines{"applied A"});
  CHECK(written(directory) == "{\n  \"team\": [\n    {\"name\": \"A\"}\n  ]\n}\n");
  CHECK_FALSE(directory.lists(team));
  CHECK(Groups{}.remove(team, "a").apply_to(directory) == Lines{"applied A"});
  CHECK(written(directory) == "{}\n");
}

TEST_CASE("the last object that goes leaves an empty kind")
{
  auto directory = directory_of(R"({"user": [{"id": "1"}]})");
  CHECK(Groups{}.remove(user, "1").apply_to(directory) == Lines{"applied 1"});
  CHECK(written(directory) == "{\n  \"user\": []\n}\n");
}

TEST_CASE("objects are written by kind, then key, ids that are numbers by number")
{
  CHECK(rewritten(R"({"team": [{"name": "Zoo-keepers"}, {"name": "Zoo-keeping"}, {"name": "Ant"},
                               {"name": "Zoo"}, {"name": "\u00c4"}],
                      "user": [{"id": "b"}, {"id": "10"}, {"id": "9"}, {"id": "a"}, {"id": "010"},
                               {"id": "99999999999999999999999"}, {"id": "+1"}, {"id": "0"},
                               {"id": "88888888888888888888888"},
                               {"id": "18446744073709551615"}]})") ==
        "{\n"
        "  \"team\": [\n"
        "    {\"name\": \"Ant\"},\n"
        "    {\"name\": \"Zoo\"},\n"
        "    {\"name\": \"Zoo-keepers\"},\n"
        "    {\"name\": \"Zoo-keeping\"},\n"
        "    {\"name\": \"\xC3\x84\"}\n"
        "  ],\n"
        "  \"user\": [\n"
        "    {\"id\": \"0\"},\n"
        "    {\"id\": \"9\"},\n"
        "    {\"id\": \"010\"},\n"
        "    {\"id\": \"10\"},\n"
        "    {\"id\": \"18446744073709551615\"},\n"
        "    {\"id\": \"88888888888888888888888\"},\n"
        "    {\"id\": \"99999999999999999999999\"},\n"
        "    {\"id\": \"+1\"},\n"
        "    {\"id\": \"a\"},\n"
        "    {\"id\": \"b\"}\n"
        "  ]\n"
        "}\n");
}

TEST_CASE("fields are written in the order of the schema, each as what it is, without nulls")
{
  CHECK(rewritten(R"({"user": [{"pin": true, "level": -3, "active": false, "email": null,
                                "phone": "12", "mac": "", "extension": 7, "name": "Ada",
                                "id": 17}]})") ==
        "{\n  \"user\": [\n"
        "    {\"id\": \"17\", \"name\": \"Ada\", \"extension\": \"7\", \"phone\": \"12\", "
        "\"active\": false, \"level\": -3, \"pin\": true}\n"
        "  ]\n}\n");
  for (const char* const level :
       {"9223372036854775807", "-9223372036854775808", "18446744073709551615", "0"})
    CHECK(rewritten(std::string{R"({"user": [{"id": "1", "level": )"} + level + "}]}")
              .find(std::string{"\"level\": "} + level + "}") != std::string::npos);
}

TEST_CASE("settings come first, then all else by name, whether the schema knows it or not")
{
  CHECK(rewritten(R"({"zebra": [1], "team": [], "ape": null, "defaults": {}, "user": [],
                      "tenant": {"b": 1, "a": [{"x": null}, 1.5]}})") ==
        "{\n"
        "  \"tenant\": {\n    \"b\": 1,\n    \"a\": [{\"x\": null}, 1.5]\n  },\n"
        "  \"defaults\": {},\n"
        "  \"ape\": null,\n"
        "  \"team\": [],\n"
        "  \"user\": [],\n"
        "  \"zebra\": [\n    1\n  ]\n"
        "}\n");
}

TEST_CASE("kinds and fields that the schema does not know are kept as they are")
{
  auto directory = directory_of(
      R"({"phone": [{"x": 1.5}, null, [], "y", {"z": {"deep": [true]}}], "none": [], "flag": false,
          "user": [{"shoe": 38, "id": "17", "name": "Ada", "list": [1, {"a": "b"}], "": null}]})");
  const std::string once = written(directory);
  CHECK(rewritten(once) == once);
  for (const char* const part :
       {"\"x\": 1.5", "\"deep\": [true]", "\"none\": []", "\"flag\": false",
        "\"name\": \"Ada\", \"shoe\": 38, \"list\": [1, {\"a\": \"b\"}], \"\": null}", "\"y\""})
    CHECK_MESSAGE(once.find(part) != std::string::npos, once);
  CHECK(Groups{}.update(user, "17", {{name, "Eve"}}).apply_to(directory) == Lines{"applied 17"});
  CHECK(written(directory).find("\"name\": \"Eve\", \"shoe\": 38, \"list\": [1, {\"a\": \"b\"}]") !=
        std::string::npos);
}

TEST_CASE("an unknown kind may be as large, and as deep, as what is read")
{
  std::string large = R"({"log": [)";
  const std::string element(1024 * 1024, 'x');
  for (int i = 0; i != 17; ++i) large += (i == 0 ? "\"" : ",\"") + element + "\"";
  CHECK(rewritten(large + "]}").size() > 17 * element.size());

  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(rewritten(R"({"log": [)" + deep + "]}").find(deep) != std::string::npos);
  const std::string less = std::string(63, '[') + std::string(63, ']');
  CHECK(rewritten(R"({"user": [{"id": "1", "log": )" + less + "}]}").find(less) !=
        std::string::npos);
}

TEST_CASE("what is written reads back as the same")
{
  const std::string text = rewritten(
      R"({"user": [{"id": "2", "name": "Ren\u00e9 \"x\"\n\t", "active": true, "y": null},
                   {"id": 1}],
          "team": [{"name": "A", "open": true}], "defaults": {}})");
  CHECK(rewritten(text) == text);
}

TEST_CASE("keys given as integers are read as text")
{
  auto directory =
      directory_of(R"({"user": [{"id": 17}, {"id": -3}, {"id": 18446744073709551615}]})");
  CHECK(found(directory, user, key_field, {"17", "-3", "18446744073709551615"}).size() == 3);
  CHECK(written(directory).find("\"id\": \"17\"") != std::string::npos);
}

TEST_CASE("of a secret nothing is kept but that one is set")
{
  auto directory = directory_of(
      R"({"user": [{"id": "1", "pin": "hunter2"}, {"id": "2", "pin": false}, {"id": "3", "pin": 1},
                   {"id": "4", "pin": true}, {"id": "5", "pin": ""}, {"id": "6", "pin": null}]})");
  CHECK(found(directory, user, pin, {"true"}).size() == 3);
  CHECK(written(directory).find("hunter2") == std::string::npos);
}

TEST_CASE("the next id is one more than the highest that is a number, also when that goes")
{
  auto directory = directory_of(
      R"({"user": [{"id": "9"}, {"id": "010"}, {"id": "abc"}, {"id": "99x"}, {"id": "-50"}]})");
  CHECK(must(directory.next_id(user)) == 11U);
  (void)Groups{}.remove(user, "010").apply_to(directory);
  CHECK(must(directory.next_id(user)) == 10U);
  (void)Groups{}.create(user, "20").apply_to(directory);
  CHECK(must(directory.next_id(user)) == 21U);
}

TEST_CASE("behind an id that no number of 64 bits follows none is left")
{
  const auto next = [](const std::string& id) {
    auto directory = directory_of(R"({"user": [{"id": "7"}, {"id": ")" + id + R"("}]})");
    return must(directory.next_id(user));
  };
  CHECK(next("18446744073709551613") == 18'446'744'073'709'551'614U);
  for (const char* const last :
       {"18446744073709551614", "18446744073709551615", "99999999999999999999999"})
    CHECK(next(last) == no_id_left);

  auto full = directory_of(R"({"user": [{"id": "18446744073709551614"}]})");
  CHECK(Groups{}.create(user, {}).apply_to(full) == Lines{"refused user has no key"});
  (void)Groups{}.remove(user, "18446744073709551614").apply_to(full);
  CHECK(must(full.next_id(user)) == 1U);
}

TEST_CASE("what has the right shape is read")
{
  for (const char* const ok : {
           R"({})",
           "\xEF\xBB\xBF {}\n",
           R"({"user": []})",
           R"({"user": [{"id": "1"}]})",
           R"({"user": [{"id": 0}]})",
           R"({"user": [{"id": "1", "name": null, "active": null, "level": null, "pin": null}]})",
           R"({"user": [{"id": "1", "name": 5, "extension": 201}]})",
           R"({"user": [{"id": "\u0020"}, {"id": "\t\r\n"}, {"id": "\u00a0\u00a1"}]})",
           R"({"user": [{"id": "1", "unknown": "\u0000"}], "unknown": ["\u0007"]})",
           R"({"user": [{"id": "1"}], "team": [{"name": "1"}]})",
           R"({"tenant": {}, "defaults": {"x": {"y": []}}})",
           R"({"Tenant": 5, "USER": null})",
       }) {
    const std::string text{ok};
    CAPTURE(text);
    CHECK(fault_of(ok) == "");
  }
}

TEST_CASE("what has the wrong shape is named with its path")
{
  struct Case {
    const char* text;
    const char* fault;
  };
  for (const Case& bad : {
           Case{"", "expected an object, found the end"},
           Case{"[]", "expected an object, found '['"},
           Case{"5", "expected an object"},
           Case{R"({"user": [)", "expected a value, found the end"},
           Case{R"({"user": [{"id": "1"})", "expected a comma or ]"},
           Case{R"({"user": [{"id": "1"}]} x)", "expected the end"},
           Case{R"({"user": [], "user": []})", "user: the name stands twice"},
           Case{R"({"user": {}})", "user: expected a list, found an object"},
           Case{R"({"team": null})", "team: expected a list, found null"},
           Case{R"({"tenant": 5})", "tenant: expected an object, found an integer"},
           Case{R"({"tenant": null})", "tenant: expected an object, found null"},
           Case{R"({"defaults": []})", "defaults: expected an object, found a list"},
           Case{R"({"user": [17]})", "user[0]: expected an object, found an integer"},
           Case{R"({"user": [null]})", "user[0]: expected an object, found null"},
           Case{R"({"user": [{"name": "Ada"}]})", "user[0]: lacks \"id\""},
           Case{R"({"user": [{"id": null}]})", "user[0].id: expected a text, found null"},
           Case{R"({"user": [{"id": ""}]})", "user[0].id: a key may not be empty"},
           Case{R"({"user": [{"id": true}]})", "user[0].id: expected a text, found true"},
           Case{R"({"user": [{"id": 1.0}]})", "user[0].id: expected a text"},
           Case{R"({"user": [{"id": {}}]})", "user[0].id: expected a text, found an object"},
           Case{R"({"user": [{"id": "1", "id": "2"}]})", "user[0].id: the name stands twice"},
           Case{R"({"user": [{"id": "1", "name": []}]})", "user[0].name: expected a text"},
           Case{R"({"user": [{"id": "1", "name": true}]})", "user[0].name: expected a text"},
           Case{R"({"user": [{"id": "1", "mac": 1.5}]})", "user[0].mac: expected a text"},
           Case{R"({"user": [{"id": "1", "email": 5}]})", "user[0].email: expected a text"},
           Case{R"({"user": [{"id": "1", "phone": 442071838750}]})", "user[0].phone: expected a"},
           Case{R"({"user": [{"id": "a\u0000"}]})", "user[0].id: a control character"},
           Case{R"({"user": [{"id": "1", "name": "a\u001bb"}]})", "user[0].name: a control char"},
           Case{R"({"user": [{"id": "1", "name": "\u007f"}]})", "user[0].name: a control char"},
           Case{R"({"user": [{"id": "1", "email": "\u0085"}]})", "user[0].email: a control char"},
           Case{R"({"user": [{"id": "1", "active": "yes"}]})", "user[0].active: expected true or"},
           Case{R"({"user": [{"id": "1", "active": 1}]})", "user[0].active: expected true or"},
           Case{R"({"user": [{"id": "1", "level": "3"}]})",
                "user[0].level: expected an integer, found a text"},
           Case{R"({"user": [{"id": "1", "level": 3.5}]})", "user[0].level: expected an integer"},
           Case{R"({"user": [{"id": "1", "pin": []}]})", "user[0].pin: expected true or false"},
           Case{R"({"user": [{"id": "1", "name": "\ud800"}]})", "user[0]"},
           Case{"{\"user\": [{\"id\": \"\xFF\"}]}", "user[0]"},
           Case{R"({"user": [{"id": 99999999999999999999}]})", "user[0]"},
           Case{R"({"user": [{"id": "1"}, {"id": 1}]})", "user[1].id: the key 1 stands twice"},
           Case{R"({"team": [{"name": "A"}, {"name": "b"}, {"name": "a"}]})",
                "team[2].name: the key a stands twice, compared without case"},
           Case{R"({"team": [{"name": "e\u0301"}, {"name": "\u00c9"}]})",
                "team[1].name: the key \xC3\x89 stands twice, compared without case"},
       }) {
    const std::string text{bad.text};
    CAPTURE(text);
    const std::string fault = fault_of(bad.text);
    CHECK_MESSAGE(fault.find(bad.fault) != std::string::npos, fault);
  }
}

TEST_CASE("all that is wrong is named at once, with its place")
{
  const std::string all = fault_of(
      "{\"user\": [{\"id\": \"1\", \"name\": []},\n {\"id\": {}}, {\"id\": \"2\"}],\n"
      " \"team\": {}}");
  CHECK(all ==
        "user[0].name: expected a text, found a list (line 1, column 31); "
        "user[1].id: expected a text, found an object (line 2, column 9); "
        "team: expected a list, found an object (line 3, column 10)");
}

TEST_CASE("objects take less than half of what their JSON takes, while they are read as well")
{
  std::string text = R"({"user": [)";
  constexpr std::size_t count = 20'000;
  for (std::size_t i = 0; i != count; ++i) {
    const std::string number = std::to_string(100'000 + i);
    text += (i == 0 ? R"({"id": ")" : R"(, {"id": ")") + number + R"(", "name": "Ada Lovelace")" +
            R"(, "email": "ada.)" + number + R"(@example.com", "extension": ")" + number +
            R"(", "mac": "aa:bb:cc:)" + number.substr(0, 2) + ":" + number.substr(2, 2) + ":" +
            number.substr(4, 2) + R"(", "active": true, "level": 3, "pin": true})";
  }
  text += "]}";
  CountingMemory memory;
  SystemSeams system;
  Seams seams = system.seams();
  seams.memory = &memory;
  MemorySource source{text};
  auto directory = must(MemoryDirectory::read(source, people(), seams));
  CHECK(memory.bytes_now() < text.size() / 2 + 1024 * 1024);
  CHECK(memory.bytes_most() < text.size() / 2 + 3 * 1024 * 1024);
  const std::size_t before = memory.bytes_now();
  CHECK(found(directory, user, email, {"ADA.100007@example.com"}).size() == 1);
  CHECK(memory.bytes_now() - before <= 17 * count);

  for (int i = 0; i != 200; ++i) { // what changes leave behind does not pile up
    Groups groups;
    for (int k = 0; k != 100; ++k)
      groups.update(user, std::to_string(100'000 + k), {{name, std::string(200, 'x')}});
    CHECK(groups.apply_to(directory).front().starts_with("applied 100000 "));
  }
  CHECK(memory.bytes_now() < 2 * before + 3 * 1024 * 1024);
}

TEST_CASE("a source that breaks off is its own error")
{
  SystemSeams system;
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::host_failed, "gone"};
  }};
  const auto result = MemoryDirectory::read(source, people(), system.seams());
  CHECK(result.assume_error().code() == ErrorCode::host_failed);
}

TEST_CASE("a full disk is told by whoever writes")
{
  class Full final : public Sink {
   public:
    Result<void> write(std::string_view) override { return Error{ErrorCode::disk_full}; }
  };
  Full full;
  CHECK(directory_of(R"({"user": []})").write(full).assume_error().code() == ErrorCode::disk_full);
}
