// The directory in memory: what is read comes back, what has the wrong shape is named.
#include "rollcall/memory_directory.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/must.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

MemoryDirectory directory_of(std::string_view text)
{
  MemorySource source{text};
  return must(MemoryDirectory::read(source, staff()));
}

std::string fault_of(std::string_view text)
{
  MemorySource source{text};
  const auto result = MemoryDirectory::read(source, staff());
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

// What is written of what was read, each object on its line.
std::string rewritten(std::string_view text)
{
  return written(directory_of(text));
}

class Seen final : public ObjectSink {
 public:
  // "0: 17 Ada - true"
  std::vector<std::string> objects;

  void object(std::size_t asked, const ObjectView& object) override
  {
    std::string line = std::to_string(asked) + ": " + std::string{object.key};
    for (const auto& field : object.fields) line += " " + std::string{field.value_or("-")};
    objects.push_back(line);
  }
};

std::vector<std::string> found(MemoryDirectory& directory, KindId kind,
                               std::vector<std::string_view> keys)
{
  Seen seen;
  must(directory.find(kind, keys, seen));
  return seen.objects;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a directory of nothing lists no kind, and writes nothing")
{
  auto empty = must(MemoryDirectory::make(staff()));
  CHECK_FALSE(empty.lists(0));
  CHECK_FALSE(empty.lists(1));
  CHECK(found(empty, 0, {"17"}).empty());
  CHECK(written(empty) == "{}\n");
  CHECK(rewritten("{}") == "{}\n");
}

TEST_CASE("a kind that is there is closed, also if it is empty, and stays")
{
  const auto directory = directory_of(R"({"user": []})");
  CHECK(directory.lists(0));
  CHECK_FALSE(directory.lists(1));
  CHECK(written(directory) == "{\n  \"user\": []\n}\n");
}

TEST_CASE("objects are written by kind, then key, ids that are numbers by number")
{
  CHECK(rewritten(R"({"team": [{"name": "Zoo"}, {"name": "Ant"}],
                      "user": [{"id": "b"}, {"id": "10"}, {"id": "9"}, {"id": "a"}, {"id": "010"},
                               {"id": "99999999999999999999999"}, {"id": "+1"}]})") ==
        "{\n"
        "  \"user\": [\n"
        "    {\"id\": \"9\"},\n"
        "    {\"id\": \"010\"},\n"
        "    {\"id\": \"10\"},\n"
        "    {\"id\": \"99999999999999999999999\"},\n"
        "    {\"id\": \"+1\"},\n"
        "    {\"id\": \"a\"},\n"
        "    {\"id\": \"b\"}\n"
        "  ],\n"
        "  \"team\": [\n"
        "    {\"name\": \"Ant\"},\n"
        "    {\"name\": \"Zoo\"}\n"
        "  ]\n"
        "}\n");
}

TEST_CASE("fields are written in the order of the schema, without nulls")
{
  CHECK(rewritten(R"({"user": [{"password": true, "active": false, "email": null, "phone": "12",
                                "name": "Ada", "id": "17"}]})") ==
        "{\n  \"user\": [\n"
        "    {\"id\": \"17\", \"name\": \"Ada\", \"phone\": \"12\", \"active\": false, "
        "\"password\": true}\n"
        "  ]\n}\n");
}

TEST_CASE("kinds and fields that the schema does not know are kept as they are")
{
  const std::string text =
      "{\n"
      "  \"tenant\": {\"name\": \"acme\", \"pin\": [4, 8]},\n"
      "  \"phone\": [{\"x\": 1.5}, null, [], \"y\", {\"z\": {\"deep\": [true]}}],\n"
      "  \"none\": [],\n"
      "  \"flag\": false,\n"
      "  \"user\": [\n"
      "    {\"id\": \"17\", \"name\": \"Ada\", \"shoe\": 38, \"list\": [1, {\"a\": \"b\"}]}\n"
      "  ]\n"
      "}\n";
  const std::string once = rewritten(text);
  CHECK(rewritten(once) == once);
  for (const char* const part :
       {"\"pin\": [4, 8]", "\"x\": 1.5", "\"deep\": [true]", "\"none\": []", "\"flag\": false",
        "\"shoe\": 38, \"list\": [1, {\"a\": \"b\"}]", "\"y\""})
    CHECK_MESSAGE(once.find(part) != std::string::npos, once);
}

TEST_CASE("an unknown kind may be as large, and as deep, as what is read")
{
  std::string large = R"({"log": [)";
  const std::string element(1024 * 1024, 'x');
  for (int i = 0; i != 17; ++i) large += (i == 0 ? "\"" : ",\"") + element + "\"";
  CHECK(rewritten(large + "]}").size() > 17 * element.size());

  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(rewritten(R"({"log": [)" + deep + "]}").find(deep) != std::string::npos);
}

TEST_CASE("what is written reads back as the same")
{
  const std::string text = rewritten(
      R"({"user": [{"id": "2", "name": "Ren\u00e9 \"x\"\n", "active": true, "y": null}, {"id": 1}],
          "team": [{"name": "A", "open": true}], "defaults": {}})");
  CHECK(rewritten(text) == text);
}

TEST_CASE("keys given as integers are read as text")
{
  auto directory = directory_of(
      R"({"user": [{"id": 17}, {"id": -3}, {"id": 18446744073709551615, "extension": 201}]})");
  CHECK(found(directory, 0, {"17", "-3", "18446744073709551615"}) ==
        Lines{"0: 17 - - - - - - - -", "1: -3 - - - - - - - -",
              "2: 18446744073709551615 - - 201 - - - - -"});
  CHECK(written(directory).find("\"id\": \"17\"") != std::string::npos);
}

TEST_CASE("keys compare without case, and objects are shown in their own spelling")
{
  auto directory = directory_of(R"({"team": [{"name": "Stra\u00dfe", "lead": "Ada"}]})");
  CHECK(found(directory, 1, {"x", "STRASSE"}) == Lines{"1: Stra\xC3\x9F"
                                                       "e Ada -"});
  CHECK(found(directory, 1, {"strase"}).empty());
}

TEST_CASE("a key that is asked for twice is shown twice")
{
  auto directory = directory_of(R"({"user": [{"id": "1"}, {"id": "2"}]})");
  CHECK(found(directory, 0, {"2", "1", "2"}).size() == 3);
  CHECK(found(directory, 0, {}).empty());
}

TEST_CASE("fields are shown as canonical text, of a secret only that one is set")
{
  auto directory = directory_of(
      R"({"user": [{"id": "1", "name": "Ada", "active": false, "password": "hunter2"},
                   {"id": "2", "active": true, "password": false},
                   {"id": "3", "password": true, "mac": null}]})");
  CHECK(found(directory, 0, {"1", "2", "3"}) == Lines{"0: 1 Ada - - - false - - true",
                                                      "1: 2 - - - - true - - -",
                                                      "2: 3 - - - - - - - true"});
  CHECK(written(directory).find("hunter2") == std::string::npos);
}

TEST_CASE("the next id is one more than the highest that is a number")
{
  const auto next = [](std::string_view text) {
    auto directory = directory_of(text);
    return must(directory.next_id(0));
  };
  CHECK(next(R"({})") == 1U);
  CHECK(next(R"({"user": []})") == 1U);
  CHECK(next(R"({"user": [{"id": "9"}, {"id": "010"}, {"id": "abc"}, {"id": "99x"}]})") == 11U);
  CHECK(next(R"({"user": [{"id": "-5"}, {"id": "1.5"}]})") == 1U);
}

TEST_CASE("an id that no number of 64 bits follows leaves the host unable to tell the next")
{
  const auto next = [](const std::string& id) {
    auto directory = directory_of(R"({"user": [{"id": "7"}, {"id": ")" + id + R"("}]})");
    return must(directory.next_id(0));
  };
  CHECK(next("18446744073709551614") == 18'446'744'073'709'551'615U);
  CHECK_FALSE(next("18446744073709551615").has_value());
  CHECK_FALSE(next("99999999999999999999999").has_value());
}

TEST_CASE("what has the wrong shape is named with its path, all of it at once")
{
  CHECK(fault_of(R"({"user": [{"name": "Ada"}]})").find("user[0]: lacks \"id\"") !=
        std::string::npos);
  CHECK(fault_of(R"({"user": [17]})").find("user[0]: expected an object") != std::string::npos);
  const std::string both =
      fault_of(R"({"user": [{"id": "1", "name": []}, {"id": {}}, {"id": "2", "mac": 1.5}]})");
  CHECK(both.find("user[0].name: expected a text, found a list") != std::string::npos);
  CHECK(both.find("user[1].id: expected a text, found an object") != std::string::npos);
  CHECK(both.find("user[2].mac: expected a text") != std::string::npos);
}

TEST_CASE("a kind of the schema is a list, and nothing else passes for an open one")
{
  CHECK(fault_of(R"({"user": {}})").find("user: expected a list, found an object") !=
        std::string::npos);
  CHECK(fault_of(R"({"team": null})").find("team: expected a list") != std::string::npos);
  CHECK(fault_of(R"([])") != "");
  CHECK(fault_of("") != "");
  CHECK(fault_of(R"({"user": [])") != "");
}

TEST_CASE("a boolean is true or false, and no other field is")
{
  CHECK(fault_of(R"({"user": [{"id": "1", "active": "yes"}]})").find("user[0].active: expected") !=
        std::string::npos);
  CHECK(fault_of(R"({"user": [{"id": "1", "name": true}]})").find("user[0].name: expected") !=
        std::string::npos);
  CHECK(fault_of(R"({"user": [{"id": true}]})").find("user[0].id: expected") != std::string::npos);
}

TEST_CASE("a key is there, is not blank, and stands once, compared without case")
{
  CHECK(fault_of(R"({"user": [{"id": null}]})").find("user[0].id: ") != std::string::npos);
  CHECK(fault_of(R"({"user": [{"id": ""}]})").find("user[0].id: ") != std::string::npos);
  CHECK(fault_of(R"({"team": [{"name": "A"}, {"name": "b"}, {"name": "a"}]})")
            .find("team[2].name: this key stands twice") != std::string::npos);
  CHECK(fault_of(R"({"user": [{"id": "1"}, {"id": 1}]})").find("user[1].id: this key") !=
        std::string::npos);
}

TEST_CASE("a source that breaks off is its own error")
{
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::host_failed, "gone"};
  }};
  const auto result = MemoryDirectory::read(source, staff());
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
