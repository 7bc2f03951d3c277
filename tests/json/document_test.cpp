// Reading JSON: what is accepted, what is not, and where it says that something stands.
#include "json/document.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "json/errors.hpp"
#include "json/syntax.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using namespace std::string_view_literals;
using rollcall::tests::code_of;
using rollcall::tests::error_of;
using rollcall::tests::must;

namespace {

// Reads the text; both readers must agree.
bool reads(std::string_view text)
{
  Document document{{}};
  const bool is_read = document.read(text).has_value();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CHECK(is_read == !find_fault(text, 64).has_value());
  return is_read;
}

} // namespace

TEST_CASE("what RFC 8259 allows is read")
{
  for (const std::string_view text : {"null"sv,
                                      "true"sv,
                                      "false"sv,
                                      "0"sv,
                                      "-0"sv,
                                      "-1"sv,
                                      "10"sv,
                                      "1.0"sv,
                                      "-0.0"sv,
                                      "1e5"sv,
                                      "1E+05"sv,
                                      "1e-5"sv,
                                      "0e0"sv,
                                      "\"\""sv,
                                      "[]"sv,
                                      "{}"sv,
                                      " [ ] "sv,
                                      "\t\r\n{ }\n"sv,
                                      "[[]]"sv,
                                      "[1,2]"sv,
                                      "[1 , 2]"sv,
                                      R"({"a":1})"sv,
                                      R"({ "a" : 1 , "b" : [ ] })"sv,
                                      R"({"":0})"sv,
                                      R"("\"\\\/\b\f\n\r\t")"sv,
                                      R"("\u0041\u00e9\u20AC\ud83d\uDE00")"sv,
                                      R"("\u0000")"sv,
                                      "\"\x7F\""sv,
                                      "\"\xC3\xBC\""sv,
                                      "\"\xF4\x8F\xBF\xBF\""sv,
                                      "\"\xEF\xBF\xBF\""sv,
                                      "\"\xE2\x80\xA8\""sv,
                                      "\xEF\xBB\xBF[]"sv,
                                      "18446744073709551615"sv,
                                      "-9223372036854775808"sv,
                                      "1.7976931348623157e308"sv,
                                      "1e-400"sv,
                                      "0e999999999999"sv,
                                      "0.0e400"sv,
                                      "123456789012345678901234567890.0"sv,
                                      "0.1e-99999999999999999999"sv}) {
    CAPTURE(text);
    CHECK(reads(text));
  }
}

TEST_CASE("what RFC 8259 does not allow is not read")
{
  for (const std::string_view text : {""sv,
                                      " "sv,
                                      "nul"sv,
                                      "nulll"sv,
                                      "True"sv,
                                      "NaN"sv,
                                      "Infinity"sv,
                                      "-Infinity"sv,
                                      "undefined"sv,
                                      "01"sv,
                                      "-01"sv,
                                      "00"sv,
                                      "+1"sv,
                                      ".5"sv,
                                      "1."sv,
                                      "-"sv,
                                      "- 1"sv,
                                      "1e"sv,
                                      "1e+"sv,
                                      "1.e1"sv,
                                      "0x10"sv,
                                      "1_000"sv,
                                      "1,"sv,
                                      "\xEF\xBC\x91"sv,
                                      "'a'"sv,
                                      "\"a"sv,
                                      "\"\\\""sv,
                                      "\"\\a\""sv,
                                      "\"\\u12\""sv,
                                      "\"\\u12G4\""sv,
                                      "\"\\U0041\""sv,
                                      "\"\\x41\""sv,
                                      "\"a\tb\""sv,
                                      "\"a\nb\""sv,
                                      "\"\0\""sv,
                                      "\"\x1F\""sv,
                                      "["sv,
                                      "]"sv,
                                      "[1"sv,
                                      "[1,"sv,
                                      "[1,]"sv,
                                      "[,1]"sv,
                                      "[1,,2]"sv,
                                      "[1 2]"sv,
                                      "[1}"sv,
                                      "{"sv,
                                      "}"sv,
                                      "{]"sv,
                                      R"({"a")"sv,
                                      R"({"a":)"sv,
                                      R"({"a":1)"sv,
                                      R"({"a":1,})"sv,
                                      R"({,"a":1})"sv,
                                      R"({"a" 1})"sv,
                                      R"({"a"=1})"sv,
                                      R"({a:1})"sv,
                                      R"({1:1})"sv,
                                      R"({"a":1 "b":2})"sv,
                                      R"({"a":1]})"sv,
                                      R"({"a"::1})"sv,
                                      R"({'a':1})"sv,
                                      "[] []"sv,
                                      "{} 1"sv,
                                      "1 2"sv,
                                      "[]x"sv,
                                      "[]\0"sv,
                                      "1\0"sv,
                                      "// a\n1"sv,
                                      "/* */1"sv,
                                      "1 // a"sv,
                                      "\f1"sv,
                                      "[\v]"sv,
                                      "\xC2\xA0"
                                      "1"sv,
                                      "\xEF\xBB\xBF"sv,
                                      "\xEF\xBB\xBF\xEF\xBB\xBF[]"sv,
                                      "[\xEF\xBB\xBF]"sv,
                                      "\xFF\xFE[\0]\0"sv,
                                      "\x80"sv,
                                      "\"\x80\""sv,
                                      "\"\xC0\x80\""sv,
                                      "\"\xC3\""sv,
                                      "\"\xED\xA0\x80\""sv,
                                      "\"\xF4\x90\x80\x80\""sv,
                                      "\"\xE2\x82\""sv,
                                      R"("\ud800")"sv,
                                      R"("\udc00")"sv,
                                      R"("\ud800\u0041")"sv,
                                      R"("\ud800\ud800")"sv,
                                      R"("\ude00\ud83d")"sv,
                                      R"("\ud83d\\ude00")"sv,
                                      "18446744073709551616"sv,
                                      "-9223372036854775809"sv,
                                      "1e400"sv,
                                      "-1e400"sv,
                                      "1.7976931348623159e308"sv,
                                      "1e99999999999999999999"sv,
                                      "100000000000000000000000e300"sv,
                                      "0.00001e400"sv}) {
    CAPTURE(text);
    CHECK_FALSE(reads(text));
  }
}

TEST_CASE("values are what the text says, in its order")
{
  Document document{{}};
  must(document.read(R"({"name": "Zo\u00eb \"Z\"", "id": 17, "big": 18446744073709551615,
      "rate": -1.5, "on": true, "off": false, "none": null, "list": [1, [], {}, "x"]})"));
  const Value root = document.root();
  CHECK(root.size() == 8);
  std::string names;
  for (const Value member : root) names += std::string{member.name()} + " ";
  CHECK(names == "name id big rate on off none list ");

  CHECK(root.find("name").text() == "Zo\xC3\xAB \"Z\"");
  CHECK(root.find("id").integer() == 17);
  CHECK(root.find("id").natural() == 17U);
  CHECK(root.find("id").real() == 17.0);
  CHECK_FALSE(root.find("big").integer().has_value());
  CHECK(root.find("big").natural() == std::numeric_limits<std::uint64_t>::max());
  CHECK(root.find("rate").real() == -1.5);
  CHECK_FALSE(root.find("rate").integer().has_value());
  CHECK(root.find("on").boolean() == true);
  CHECK(root.find("off").boolean() == false);
  CHECK(root.find("none").is(Kind::null));
  CHECK_FALSE(root.find("None"));
  CHECK_FALSE(root.find("id").find("x"));

  const Value list = root.find("list");
  CHECK(list.size() == 4);
  std::vector<Kind> kinds;
  for (const Value element : list) kinds.push_back(element.kind());
  CHECK(kinds == std::vector{Kind::integer, Kind::list, Kind::object, Kind::text});
  CHECK(root.find("name").begin() == root.find("name").end());
  CHECK(root.find("name").size() == 0);

  const Value absent = root.find("none").find("x").find("y");
  CHECK(absent.is(Kind::absent));
  CHECK_FALSE(absent.text().has_value());
  CHECK(absent.path().empty());
  CHECK(absent.begin() == absent.end());
}

TEST_CASE("integers are exact, negative ones are no natural numbers, zero has no sign")
{
  Document document{{}};
  must(document.read("[-9223372036854775808, 9223372036854775807, 9007199254740993, -0, -0.0]"));
  std::vector<Value> values;
  for (const Value value : document.root()) values.push_back(value);
  CHECK(values[0].integer() == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(values[0].natural().has_value());
  CHECK(values[1].integer() == std::numeric_limits<std::int64_t>::max());
  CHECK(values[2].integer() == 9007199254740993);
  CHECK(values[3].integer() == 0);
  CHECK(std::signbit(values[4].real().value_or(0)));
}

TEST_CASE("every value knows its path and its place")
{
  Document document{{}};
  must(document.read(
      "{\"users\": [{}, {\n  \"email\": 1,\n\"first name\": [\"x\"]}],\n \"\": true}"));
  const Value user = *++document.root().find("users").begin();
  CHECK(document.root().path().empty());
  CHECK(document.root().place() == Place{1, 1});
  CHECK(user.path() == "users[1]");
  CHECK(user.place() == Place{1, 16});
  CHECK(user.find("email").path() == "users[1].email");
  CHECK(user.find("email").place() == Place{2, 12});
  CHECK((*user.find("first name").begin()).path() == "users[1][\"first name\"][0]");
  CHECK((*user.find("first name").begin()).place() == Place{3, 16});
  CHECK(document.root().find("").path() == "[\"\"]");
  CHECK(document.root().find("").place() == Place{4, 6});

  must(document.read("[[], \"x\"]", {.path = "user[3]", .place = {.line = 7, .column = 5}}));
  const Value text = *++document.root().begin();
  CHECK(text.path() == "user[3][1]");
  CHECK(text.place() == Place{7, 10});
}

TEST_CASE("a syntax error says where it is and what stands there")
{
  CHECK(error_of("{\"a\": 1,\n \"b\" 2}") == "expected a colon, found '2' (line 2, column 6)");
  CHECK(error_of("[1, 2") == "expected a comma or ], found the end (line 1, column 6)");
  CHECK(error_of("[1,\n]") == "expected a value, found ']' (line 2, column 1)");
  CHECK(error_of("{\"a\": 1,}") == "expected a name in quotes, found '}' (line 1, column 9)");
  CHECK(error_of("[tru]") == "expected a value, found 't' (line 1, column 2)");
  CHECK(error_of("[\xC3\xBC]") == "expected a value, found '\xC3\xBC' (line 1, column 2)");
  CHECK(error_of("[\x0B]") == "expected a value, found the byte 0x0B (line 1, column 2)");
  CHECK(error_of("[\"a\nb\"]") ==
        "a text holds the end of the line; it wants an escape (line 1, column 4)");
  CHECK(error_of("[\"abc]") == "the text that begins here has no end (line 1, column 2)");
  CHECK(error_of("[\"a\xFF\"]") == "bytes that are not UTF-8 (line 1, column 4)");
  CHECK(error_of("[\"a\\ud800\"]") == "half of a surrogate pair (line 1, column 4)");
  CHECK(error_of("[\"\\q\"]") == "an escape that JSON does not have (line 1, column 3)");
  CHECK(error_of("[01]") == "a number begins with 0 (line 1, column 3)");
  CHECK(error_of("[1.]") == "expected a digit, found ']' (line 1, column 4)");
  CHECK(error_of("[99999999999999999999]") == "a number that is too large (line 1, column 2)");
  CHECK(error_of("[] []") == "expected the end, found '[' (line 1, column 4)");
  CHECK(error_of("") == "expected a value, found the end (line 1, column 1)");
  CHECK(code_of("[1 2]") == ErrorCode::malformed);
}

TEST_CASE("a name stands once in its object, however it is written")
{
  CHECK(error_of(R"({"a": 1, "b": [{"x": 1, "\u0078": 2}]})") ==
        "b[0].x: the name stands twice in its object (line 1, column 35)");
  CHECK(reads(R"({"a": {"a": {"a": 1}}, "b": {"a": 1}, "A": 1})"));
  std::string many = "{\"n17\": 0";
  for (int i = 0; i < 100; ++i) {
    if (i != 17) many += ", \"n" + std::to_string(i) + "\": 0";
  }
  CHECK(error_of(many + "}").empty());
  CHECK(error_of(many + ", \"n99\": 1, \"n17\": 2}").starts_with("n99: the name stands twice"));
}

TEST_CASE("a name that stands twice is found among any number of others, like them or not")
{
  for (const int count : {2, 8, 9, 17, 63, 64, 65, 200}) {
    for (const char* const end : {"", "x", "a longer name with the same beginning and end"}) {
      CAPTURE(count);
      const auto member = [&](int i) {
        return "\"" + std::string{end} + std::to_string(i + 100) + end +
               "\": {\"y\": " + std::to_string(i) + "}";
      };
      std::string all = member(0);
      for (int i = 1; i < count - 1; ++i) all += ", " + member(i);
      CHECK(reads("{" + all + ", \"\": 1}"));
      for (const int again : {0, (count - 1) / 2, count - 2})
        CHECK(error_of("{" + all + ", " + member(again) + "}").find("stands twice") !=
              std::string::npos);
    }
  }
}

TEST_CASE("a document is read into again and again, also after an error")
{
  Document document{{}};
  for (int i = 0; i < 100; ++i) {
    must(document.read("{\"n\": " + std::to_string(i) + "}"));
    CHECK(document.root().find("n").integer() == i);
    CHECK_FALSE(
        document.read(std::string(static_cast<std::size_t>(i) * 50, ' ') + "[1,").has_value());
  }
}

TEST_CASE("the readers agree about texts that are nearly JSON")
{
  constexpr std::string_view signs = "{}[],:\"\\u0019dD8ceE+-. tfn\n\x01\xC3\xBC";
  std::mt19937 random{3}; // NOLINT: the same texts each time
  const std::vector<std::string> seeds = {
      R"({"a": [1, -2.5e3, "\u00fc\ud83d\ude00"], "b": {"c": null, "d": true}})",
      "[0, 10, 1.5, 1E5, \"\\n\\\\\", false, {}, []]"};
  int accepted = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string text = seeds[random() % seeds.size()];
    for (std::size_t left = 1 + random() % 3; left != 0; --left) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = signs[random() % signs.size()];
          break;
        case 1:
          text.insert(at, 1, signs[random() % signs.size()]);
          break;
        default:
          text.erase(at, 1 + random() % 2);
          break;
      }
    }
    Document document{{}};
    const Result<void> result = document.read(text);
    const bool is_twice =
        !result.has_value() && result.assume_error().detail().find("twice") != std::string::npos;
    if (result.has_value()) ++accepted;
    if ((result.has_value() || is_twice) != !find_fault(text, 64)) FAIL_CHECK("differs: ", text);
    if (!result.has_value()) CHECK(result.assume_error().code() != ErrorCode::internal);
  }
  CHECK(accepted > 1000);
}
