// Schemas as JSON: what goes out comes back, and what is wrong with a text is told all at once.
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "schema/everything_set.hpp"
#include "schema/schema_text.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::everything_set;
using rollcall::tests::faults_of_json;
using rollcall::tests::json_of;
using rollcall::tests::must;
using rollcall::tests::staff;

TEST_CASE("a schema with nothing at its default comes back whole")
{
  const Schema schema = everything_set<Schema>();
  const std::string json = json_of(schema);
  const Schema again = must(read_schema(json));
  CHECK(again == schema);
  CHECK(json_of(again) == json);
}

TEST_CASE("every type comes back, bare and with all its parameters")
{
  Schema schema;
  for (const Type& type : std::vector<Type>{Text{},
                                            Digits{},
                                            Integer{},
                                            Boolean{},
                                            Choice{},
                                            Email{},
                                            Phone{},
                                            Extension{},
                                            Mac{},
                                            Ip{},
                                            Id{},
                                            Secret{},
                                            everything_set<Text>(),
                                            everything_set<Digits>(),
                                            everything_set<Integer>(),
                                            everything_set<Boolean>(),
                                            everything_set<Choice>(),
                                            everything_set<Phone>(),
                                            everything_set<Extension>(),
                                            everything_set<Secret>()})
    schema.columns.push_back({.type = type});
  REQUIRE(schema.columns.size() > std::variant_size_v<Type>);
  CHECK(must(read_schema(json_of(schema))) == schema);
}

TEST_CASE("what has its default is left out, and an empty object is the default")
{
  CHECK(json_of({}) == "{}\n");
  CHECK(must(read_schema("{}")) == Schema{});
  CHECK(must(read_schema(R"({"columns": [{"type": {"mac": {}}}]})")).columns[0].type ==
        Type{Mac{}});
}

TEST_CASE("a list in the text stands for the default, and is not put behind it")
{
  const auto schema =
      must(read_schema(R"({"columns": [{"type": {"boolean": {"yes": ["y"], "no": ["n"]}}}]})"));
  CHECK(schema.columns[0].type == Type{Boolean{.yes = {"y"}, .no = {"n"}}});
}

TEST_CASE("what a word means is always said, and null clears")
{
  Schema schema = {.columns = {{.words = {{"Global", {}}, {"-1", "private"}}}}};
  const std::string json = json_of(schema);
  CHECK(json.find(R"({"word": "Global", "means": null})") != std::string::npos);
  CHECK(must(read_schema(json)) == schema);
  CHECK(faults_of_json(R"({"columns": [{"words": [{"word": "Global"}]}]})") ==
        "columns[0].words[0]: lacks \"means\" (line 1, column 25)");
}

TEST_CASE("an amount is an integer or a text")
{
  const auto schema = must(read_schema(
      R"({"columns": [{"type": {"integer": {"min": -5, "max": "tenant.max_devices"}}}]})"));
  CHECK(schema.columns[0].type == Type{Integer{.min = -5, .max = "tenant.max_devices"}});
}

TEST_CASE("all faults of a text are told at once, each with its path and place")
{
  CHECK(
      faults_of_json(R"({
  "idd": "x",
  "revision": "1",
  "columns": [{"field": "a", "heder": "A"}, 7],
  "rules": {"code": "x.y"},
  "rows": "in_tern"
})") ==
      "revision: expected an integer, found a text (line 3, column 15); "
      "columns[0].heder: a name that is not known here; did you mean header? (line 4, column 39); "
      "columns[1]: expected an object, found an integer (line 4, column 45); "
      "rules: expected a list, found an object (line 5, column 12); "
      "rows: expected one of together, in_turn, found 'in_tern'; did you mean in_turn? "
      "(line 6, column 11); "
      "idd: a name that is not known here; did you mean id? (line 2, column 10)");
}

TEST_CASE("bad types are told")
{
  const auto faults_of_type = [](const std::string& type) {
    return faults_of_json(R"({"columns": [{"type": )" + type + "}]}");
  };
  CHECK(faults_of_type(R"("mak")").starts_with("columns[0].type: expected one of text, digits, "));
  CHECK(faults_of_type(R"("mak")").find("found 'mak'; did you mean mac?") != std::string::npos);
  CHECK(faults_of_type("5") ==
        "columns[0].type: expected the name of a type, or an object of one, found an integer "
        "(line 1, column 23)");
  CHECK(faults_of_type("{}") ==
        "columns[0].type: expected one type and its parameters (line 1, column 23)");
  CHECK(faults_of_type(R"({"mac": {}, "ip": {}})") ==
        "columns[0].type: expected one type and its parameters (line 1, column 23)");
  CHECK(faults_of_type(R"({"text": {"maximum": 5}})") ==
        "columns[0].type.text.maximum: a name that is not known here (line 1, column 44)");
  CHECK(faults_of_type(R"({"text": {"max": true}})") ==
        "columns[0].type.text.max: expected an integer, or an expression as a text, found true "
        "(line 1, column 40)");
  CHECK(faults_of_type(R"({"mac": 5})") ==
        "columns[0].type.mac: expected an object, found an integer (line 1, column 31)");
}

TEST_CASE("values that do not fit are told")
{
  CHECK(faults_of_json(R"({"revision": 4294967296})") ==
        "revision: an integer that is too large (line 1, column 14)");
  CHECK(faults_of_json(R"({"file": {"bytes_max": -1}})") ==
        "file.bytes_max: expected 0 or more, found less (line 1, column 24)");
  CHECK(faults_of_json(R"({"columns": [{"on_create": 3}]})") ==
        "columns[0].on_create: expected a text, found an integer (line 1, column 28)");
  CHECK(faults_of_json(R"({"roles": [{"may": ["template_"]}]})").find("did you mean template?") !=
        std::string::npos);
}

TEST_CASE("what is no JSON, or too much of it, is refused")
{
  CHECK_FALSE(faults_of_json("").empty());
  CHECK_FALSE(faults_of_json("[]").empty());
  CHECK_FALSE(faults_of_json(R"({"id": "a", "id": "b"})").empty());
  std::string many = R"({"lets": [)";
  for (int i = 0; i < 10'001; ++i) many += "{},";
  many.back() = ']';
  CHECK(faults_of_json(many + "}") == "lets: more than 10000 elements (line 1, column 10)");
  const auto huge = read_schema(std::string(schema_bytes_max + 1, ' '));
  REQUIRE_FALSE(huge.has_value());
  CHECK(huge.assume_error().code() == ErrorCode::limit_exceeded);
}

TEST_CASE("a thousand unknown members are a bounded message")
{
  std::string json = "{";
  for (int i = 0; i < 1'000; ++i) json += "\"m" + std::to_string(i) + "\": 0,";
  json.back() = '}';
  const std::string faults = faults_of_json(json);
  CHECK(faults.ends_with("; and 900 more"));
  CHECK(faults.size() < 10'000);
}

TEST_CASE("the digest is that of the value: order and blanks of its JSON do not matter")
{
  const Schema schema = staff();
  const std::string digest = must(digest_of(schema));
  CHECK(digest.size() == 64);
  CHECK(must(digest_of(must(read_schema(json_of(schema))))) == digest);
  CHECK(must(digest_of(must(read_schema(R"({"title": "T",  "id":"x"})")))) ==
        must(digest_of(must(read_schema(R"({"id": "x", "title": "T", "revision": 1})")))));
  Schema changed = schema;
  changed.columns[1].on_update = Blank::keep;
  CHECK(must(digest_of(changed)) != digest);
}

TEST_CASE("the digest of a schema is what it was in earlier versions")
{
  // Plans name schemas by it. If this fails, what canonical JSON says has changed.
  CHECK(must(digest_of({})) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  CHECK(must(digest_of({.id = "a", .title = "A", .columns = {{.field = "x", .type = Mac{}}}})) ==
        "4c25c6bbf92119334c66545b8d698e0ca5a1c3f97a764c993fb12e44f537e4e9");
}
