// Who imports, as a context.json says it.
#include <doctest/doctest.h>

#include <string>

#include "rollcall/job.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

Context context_of(std::string_view text)
{
  MemorySource source{text};
  return must(read_context(source));
}

Error fault_of(std::string_view text)
{
  MemorySource source{text};
  auto result = read_context(source);
  REQUIRE_FALSE(result.has_value());
  return std::move(result).assume_error();
}

} // namespace

TEST_CASE("a context names the actor and his role")
{
  CHECK(context_of(R"({"actor": {"name": "ada", "role": "writer"}})") == Context{"ada", "writer"});
  CHECK(context_of("{}") == Context{});
  CHECK(context_of(R"({"actor": {}})") == Context{});
  CHECK(context_of(R"({"actor": {"name": null, "role": null}})") == Context{});
}

TEST_CASE("what else a context says of the actor is a fact under its own name, and so is an option")
{
  const Context context = context_of(
      R"({"actor": {"role": "r", "teams": ["a", 2], "rank": 1, "is_new": false, "x": {"y": 1}},
          "options": {"fast": true, "none": null, "by": "tea"}, "more": []})");
  using Is = Setting::Is;
  const Setting teams = {
      .is = Is::list, .items = {{.is = Is::text, .text = "a"}, {.is = Is::integer, .integer = 2}}};
  CHECK(context.name.empty());
  CHECK(context.role == "r");
  CHECK(context.facts.size() == 4);
  CHECK(context.facts.at("teams") == teams);
  CHECK(context.facts.at("rank") == Setting{.is = Is::integer, .integer = 1});
  CHECK(context.facts.at("is_new") == Setting{.is = Is::boolean});
  CHECK(context.facts.at("x").is == Is::other);
  CHECK(context.options.size() == 3);
  CHECK(context.options.at("fast") == Setting{.is = Is::boolean, .boolean = true});
  CHECK(context.options.at("none") == Setting{});
  CHECK(context.options.at("by") == Setting{.is = Is::text, .text = "tea"});
}

TEST_CASE("a context of the wrong shape is malformed, and says where")
{
  CHECK(fault_of(R"({"actor": {"role": 1, "name": []}})").detail().find("actor.role") !=
        std::string_view::npos);
  CHECK(fault_of(R"({"actor": {"role": 1, "name": []}})").detail().find("actor.name") !=
        std::string_view::npos);
  CHECK(fault_of(R"({"actor": "ada"})").detail().find("actor: expected an object") !=
        std::string_view::npos);
  for (const char* const text :
       {"", "[]", "{", "{} {}", "null", "{\"actor\": {\"a\": 1, \"a\": 1}}"})
    CHECK(fault_of(text).code() == ErrorCode::malformed);
}

TEST_CASE("a context has at most 1 MiB")
{
  const std::string frame = R"({"x": ""})";
  const auto of_size = [&](std::size_t size) {
    return R"({"x": ")" + std::string(size - frame.size(), ' ') + "\"}";
  };
  CHECK(context_of(of_size(1024 * 1024)) == Context{});
  CHECK(fault_of(of_size(1024 * 1024 + 1)).code() == ErrorCode::limit_exceeded);
}

TEST_CASE("a context that breaks off is the error of its source")
{
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::file_failed, "gone"};
  }};
  CHECK(read_context(source).assume_error().code() == ErrorCode::file_failed);
}
