// Reading JSON: what is too deep, too long, or too much for the memory there is.
#include <doctest/doctest.h>

#include <cstddef>
#include <memory_resource>
#include <string>

#include "json/document.hpp"
#include "json/errors.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using rollcall::tests::code_of;
using rollcall::tests::error_of;
using rollcall::tests::must;

TEST_CASE("a depth over the limit is an error at its place")
{
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(error_of(nested(64)).empty());
  CHECK(error_of(nested(65)) == "nested deeper than 64 (line 1, column 65)");
  CHECK(code_of(nested(65)) == ErrorCode::limit_exceeded);
  CHECK(error_of(std::string(100'000, '[')) == "nested deeper than 64 (line 1, column 65)");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(error_of(objects) == "nested deeper than 64 (line 1, column 321)");
  CHECK(error_of("[[1]]", {.depth_max = 2}).empty());
  CHECK(code_of("[[[]]]", {.depth_max = 2}) == ErrorCode::limit_exceeded);
  CHECK(code_of("[]", {.depth_max = 0}) == ErrorCode::limit_exceeded);
  CHECK(error_of("1", {.depth_max = 0}).empty());
  CHECK(error_of(nested(1024), {.depth_max = 5000}).empty());
  CHECK(code_of(nested(1025), {.depth_max = 5000}) == ErrorCode::limit_exceeded);
}

TEST_CASE("a size over the limit is an error before anything is read")
{
  CHECK(error_of("[1234]", {.bytes_max = 6}).empty());
  CHECK(error_of("[12345]", {.bytes_max = 6}) ==
        "longer than the 6 bytes that are read (line 1, column 1)");
  CHECK(code_of("[12345]", {.bytes_max = 6}) == ErrorCode::limit_exceeded);
}

TEST_CASE("a text of 10 MB is one value")
{
  const std::string large(10'000'000, 'x');
  Document document{{}};
  must(document.read("[\"" + large + "\"]"));
  CHECK((*document.root().begin()).text() == large);
}

TEST_CASE("too little memory is an error")
{
  Document document{{.memory = std::pmr::null_memory_resource()}};
  const Result<void> result = document.read("[]");
  REQUIRE(!result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
}
