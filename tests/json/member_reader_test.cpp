// Large objects, piece by piece, held against a document that reads them in one go.
#include "json/member_reader.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>

#include "json/pieces.hpp"
#include "json/writer.hpp"
#include "support/memory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using rollcall::tests::FailingMemory;
using rollcall::tests::must;
using rollcall::tests::PieceSource;

namespace {

// Each piece with its path and place, as told by the reader of members or by a document.
void tell(std::string& into, const Value& value)
{
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink, {.buffer_bytes = 100}));
  writer.value(value);
  must(writer.finish());
  into += value.path() + " " + in_words({.place = value.place()}) + ": " + std::string{text} + "\n";
}

std::string in_pieces(std::string_view text, std::size_t piece, std::size_t chunk)
{
  PieceSource source{text, piece};
  MemberReader reader{source, {.chunk_bytes = chunk}};
  std::string told;
  while (must(reader.next_member())) {
    told += reader.name() + (reader.is_list() ? " is a list\n" : "\n");
    if (!reader.is_list()) tell(told, reader.value());
    while (must(reader.next_element())) tell(told, reader.value());
  }
  CHECK_FALSE(must(reader.next_member()));
  CHECK_FALSE(must(reader.next_element()));
  return told;
}

std::string in_one_go(std::string_view text)
{
  Document document{{}};
  must(document.read(text));
  std::string told;
  for (const Value member : document.root()) {
    told += std::string{member.name()} + (member.is(Kind::list) ? " is a list\n" : "\n");
    if (!member.is(Kind::list)) tell(told, member);
    if (!member.is(Kind::list)) continue;
    for (const Value element : member) tell(told, element);
  }
  return told;
}

Error error_of(std::string_view text, const MemberOptions& options = {})
{
  PieceSource source{text, 7};
  MemberReader reader{source, options};
  for (;;) {
    Result<bool> result = reader.next_member();
    while (result.has_value() && result.assume_value() && reader.is_list()) {
      result = reader.next_element();
      if (result.has_value() && !result.assume_value()) result = reader.next_member();
    }
    if (!result.has_value()) {
      CHECK_FALSE(reader.next_member().has_value());
      CHECK_FALSE(reader.next_element().has_value());
      return std::move(result).assume_error();
    }
    if (!result.assume_value()) FAIL("no error");
  }
}

constexpr std::string_view directory =
    "{\"tenant\": {\"name\": \"acme\", \"x\": [1, \"}]\", {\"y\": \"\\\\\"}]},\n"
    " \"user\": [{\"upn\": \"a\\\"]},{[@b.example\", \"on\": true},\n   {\"upn\": \"\\u00fc\"} , "
    "17, null,"
    " \"text\", [], [[1], 2], {} ],\n \"number\": [], \"n\\u0031\" : -1.5e3 , \"last\": false}\n "
    "\n";

} // namespace

TEST_CASE("a large object is the same piece by piece, at every split of the source")
{
  const std::string expected = in_one_go(directory);
  CHECK(expected.find("user[1] (line 3, column 4)") == std::string::npos);
  for (const std::size_t chunk : {1U, 3U, 64U, 10'000U}) {
    for (std::size_t piece = 1; piece < directory.size() + 2; ++piece) {
      const std::string told = in_pieces(directory, piece, chunk);
      if (told != expected) FAIL("differs at ", piece, " ", chunk, ":\n", told, expected);
    }
  }
  CHECK(in_pieces("{}", 1, 1).empty());
  CHECK(in_pieces("\xEF\xBB\xBF { } ", 1, 1).empty());
}

TEST_CASE("elements that nobody asks for are read over")
{
  PieceSource source{directory, 5};
  MemberReader reader{source};
  std::string names;
  while (must(reader.next_member())) names += reader.name() + " ";
  CHECK(names == "tenant user number n1 last ");
}

TEST_CASE("an error says where it stands in the whole text")
{
  CHECK(error_of("{\"user\": [{\"id\": 1},\n {\"id\": }]}").detail() ==
        "user[1]: expected a value, found '}' (line 2, column 9)");
  CHECK(error_of("[]").detail() == "expected an object, found '[' (line 1, column 1)");
  CHECK(error_of("").detail() == "expected an object, found the end (line 1, column 1)");
  CHECK(error_of("{").detail() == "expected a name in quotes, found the end (line 1, column 2)");
  CHECK(error_of("{\"a\": 1,}").detail() ==
        "expected a name in quotes, found '}' (line 1, column 9)");
  CHECK(error_of("{\"a\" 1}").detail() == "expected a colon, found '1' (line 1, column 6)");
  CHECK(error_of("{\"a\": }").detail() == "expected a value, found '}' (line 1, column 7)");
  CHECK(error_of("{\"a\": 1 \"b\": 2}").detail() ==
        "expected a comma or }, found '\"' (line 1, column 9)");
  CHECK(error_of("{\"a\": [1 2]}").detail() ==
        "expected a comma or ], found '2' (line 1, column 10)");
  CHECK(error_of("{\"a\": [1,]}").detail() == "expected a value, found ']' (line 1, column 10)");
  CHECK(error_of("{\"a\": [1,").detail() == "expected a value, found the end (line 1, column 10)");
  CHECK(error_of("{\"a\": [1").detail() ==
        "expected a comma or ], found the end (line 1, column 9)");
  CHECK(error_of("{\"a\": [tru]}").detail() ==
        "a[0]: expected a value, found 't' (line 1, column 8)");
  CHECK(error_of("{\"a\": {]}").detail() ==
        "a: expected a name in quotes, found ']' (line 1, column 8)");
  CHECK(error_of("{\"a\": \"x").detail() ==
        "a: the text that begins here has no end (line 1, column 7)");
  CHECK(error_of("{} x").detail() == "expected the end, found 'x' (line 1, column 4)");
}

TEST_CASE("a name that stands twice is an error, at the top and below")
{
  CHECK(error_of("{\"a\": 1, \"b\": [], \"\\u0061\": 2}").detail() ==
        "a: the name stands twice in its object (line 1, column 19)");
  CHECK(error_of("{\"user\": [{}, {\"a\": 1, \"a\": 2}]}").detail() ==
        "user[1].a: the name stands twice in its object (line 1, column 29)");
}

TEST_CASE("limits hold for each piece, and for how many members there are")
{
  const MemberOptions options = {.read = {.bytes_max = 20}, .members_max = 3, .chunk_bytes = 8};
  PieceSource source{"{\"a\": [" + std::string(100, ' ') + "1, 2, 3, \"0123456789\", 4]}", 9};
  MemberReader reader{source, options};
  CHECK(must(reader.next_member()));
  for (int i = 0; i < 5; ++i) CHECK(must(reader.next_element()));
  CHECK_FALSE(must(reader.next_member()));

  const Error too_long = error_of("{\"a\": [1, \"" + std::string(100'000, 'x') + "\"]}", options);
  CHECK(too_long.code() == ErrorCode::limit_exceeded);
  CHECK(too_long.detail() == "a[1]: longer than the 20 bytes that are read (line 1, column 11)");
  const Error too_many = error_of(R"({"a": 1, "b": 2, "c": 3, "d": 4})", options);
  CHECK(too_many.code() == ErrorCode::limit_exceeded);
  CHECK(too_many.detail() == "more than 3 members (line 1, column 26)");
  CHECK(error_of("{\"a\": " + std::string(100'000, '[')).detail() ==
        "a[0]: nested deeper than 64 (line 1, column 72)");
}

TEST_CASE("whichever allocation fails, it is an error and nothing else")
{
  std::size_t failures = 0;
  for (bool is_whole = false; !is_whole; ++failures) {
    FailingMemory memory{failures};
    PieceSource source{directory, 7};
    MemberReader reader{source, {.read = {.memory = &memory}, .chunk_bytes = 16}};
    for (;;) {
      const Result<bool> is_member = reader.next_member();
      if (!is_member.has_value()) {
        CHECK(is_member.assume_error().code() == ErrorCode::out_of_memory);
        break;
      }
      is_whole = !is_member.assume_value();
      if (is_whole) break;
    }
  }
  CHECK(failures > 10);
}
