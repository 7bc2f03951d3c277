// Who imports, as a context.json says it.
#include <doctest/doctest.h>

#include <string>

#include "rollcall/validate.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

Actor actor_of(std::string_view text)
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

TEST_CASE("a context names the actor and his role, and may hold more")
{
  CHECK(actor_of(R"({"actor": {"name": "ada", "role": "writer"}})") == Actor{"ada", "writer"});
  CHECK(
      actor_of(R"({"options": {"x": true}, "actor": {"role": "r", "teams": ["a"], "rank": 1}})") ==
      Actor{"", "r"});
}

TEST_CASE("what a context leaves out is not given")
{
  CHECK(actor_of("{}") == Actor{});
  CHECK(actor_of(R"({"actor": {}})") == Actor{});
  CHECK(actor_of(R"({"actor": {"name": null, "role": null}})") == Actor{});
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
  CHECK(actor_of(of_size(1024 * 1024)) == Actor{});
  CHECK(fault_of(of_size(1024 * 1024 + 1)).code() == ErrorCode::limit_exceeded);
}

TEST_CASE("a context that breaks off is the error of its source")
{
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::file_failed, "gone"};
  }};
  CHECK(read_context(source).assume_error().code() == ErrorCode::file_failed);
}
