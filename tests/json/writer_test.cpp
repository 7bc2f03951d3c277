// Writing JSON: layout, escapes, numbers, and that it reads back the same.
#include "json/writer.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory_resource>
#include <random>
#include <string>
#include <string_view>

#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using namespace std::string_view_literals;
using rollcall::tests::must;

namespace {

std::string written(const std::function<void(Writer&)>& write, const WriterOptions& options = {})
{
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink, options));
  write(writer);
  must(writer.finish());
  return std::string{text};
}

std::string copied(std::string_view text, const WriterOptions& options = {})
{
  Document document{{}};
  must(document.read(text));
  return written([&](Writer& writer) { writer.value(document.root()); }, options);
}

std::string quoted(std::string_view text)
{
  return written([&](Writer& writer) { writer.text(text); });
}

ErrorCode failure_of(const std::function<void(Writer&)>& write)
{
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink));
  write(writer);
  const Result<void> result = writer.finish();
  REQUIRE(!result.has_value());
  return result.assume_error().code();
}

} // namespace

TEST_CASE("a line of a report is written as the specification shows it")
{
  CHECK(written([](Writer& writer) {
          writer.begin_object();
          writer.name("row").natural(1);
          writer.name("line").integer(-2);
          writer.name("key").null();
          writer.name("fields").begin_object();
          writer.name("number").begin_list();
          writer.null();
          writer.text("+442071838750");
          writer.end_list();
          writer.end_object();
          writer.name("effects").begin_list();
          writer.end_list();
          writer.name("ok").boolean(true);
          writer.end_object();
          writer.end_line();
          writer.begin_object();
          writer.end_object();
          writer.end_line();
        }) ==
        "{\"row\": 1, \"line\": -2, \"key\": null, \"fields\": {\"number\": "
        "[null, \"+442071838750\"]}, \"effects\": [], \"ok\": true}\n{}\n");
}

TEST_CASE("levels can be broken over lines, as many as asked for")
{
  constexpr std::string_view text = R"({"a":[{"b":1,"c":[]},{}],"d":{}})";
  CHECK(copied(text) == R"({"a": [{"b": 1, "c": []}, {}], "d": {}})");
  CHECK(copied(text, {.compact = true}) == text);
  CHECK(copied(text, {.broken_levels = 1}) ==
        "{\n  \"a\": [{\"b\": 1, \"c\": []}, {}],\n  \"d\": {}\n}");
  CHECK(copied(text, {.broken_levels = 2}) ==
        "{\n  \"a\": [\n    {\"b\": 1, \"c\": []},\n    {}\n  ],\n  \"d\": {}\n}");
  CHECK(copied(text, {.broken_levels = 99}) ==
        "{\n  \"a\": [\n    {\n      \"b\": 1,\n      \"c\": []\n    },\n    {}\n  ],\n  \"d\": "
        "{}\n}");
}

TEST_CASE("texts are escaped where they must be and nowhere else")
{
  CHECK(quoted("") == "\"\"");
  CHECK(quoted("a/b'<&>\x7F") == "\"a/b'<&>\x7F\"");
  CHECK(quoted("a\"b\\c") == R"("a\"b\\c")");
  CHECK(quoted("\n\r\t\b\f\0\x1F"sv) == R"("\n\r\t\u0008\u000c\u0000\u001f")");
  CHECK(quoted("Zo\xC3\xAB \xF0\x9F\x98\x80") == "\"Zo\xC3\xAB \xF0\x9F\x98\x80\"");
  CHECK(quoted("\xC2\x85\xE2\x80\xA8\xE2\x80\xA9") == R"("\u0085\u2028\u2029")");
}

TEST_CASE("undecodable bytes become U+FFFD, so that what is written is always valid")
{
  CHECK(quoted("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
  CHECK(quoted("\xE2\x82") == "\"\xEF\xBF\xBD\"");
  CHECK(quoted("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST_CASE("numbers are exact and short, and a real one stays one")
{
  const auto real = [](double number) {
    return written([&](Writer& writer) { writer.real(number); });
  };
  CHECK(real(1) == "1.0");
  CHECK(real(-0.0) == "-0.0");
  CHECK(real(0.1) == "0.1");
  CHECK(real(1e22) == "1e+22");
  CHECK(real(5e-324) == "5e-324");
  CHECK(real(1.7976931348623157e308) == "1.7976931348623157e+308");
  CHECK(copied("[18446744073709551615, -9223372036854775808, 9007199254740993]") ==
        "[18446744073709551615, -9223372036854775808, 9007199254740993]");
  std::mt19937_64 random{5}; // NOLINT: the same numbers each time
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (!std::isfinite(number)) continue;
    Document document{{}};
    must(document.read(real(number)));
    CHECK(document.root().is(Kind::real));
    if (document.root().real() != number) FAIL_CHECK("lost: ", number);
  }
}

TEST_CASE("every text reads back the same, if it is UTF-8")
{
  constexpr std::string_view signs = "ab\"\\/\n\t\x01\x1F\x7F {}[]:,\0"sv;
  std::mt19937 random{9}; // NOLINT: the same texts each time
  Document document{{}};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t left = random() % 50; left != 0; --left) {
      switch (random() % 16) {
        case 0:
          text += signs[random() % signs.size()];
          break;
        case 1:
          text += "\xC3\xBC";
          break;
        case 2:
          text += "\xF0\x9F\x98\x80";
          break;
        default:
          text += static_cast<char>('a' + random() % 26);
          break;
      }
    }
    must(document.read(quoted(text)));
    if (document.root().text() != text) FAIL_CHECK("lost: ", text);
  }
}

TEST_CASE("what is written does not hang on the size of the buffer")
{
  const std::string text =
      R"({"a": [1, 2.5, "x\ny", {"b": null}], "long": ")" + std::string(300, 'y') + "\"}";
  for (const std::size_t size : {1U, 2U, 7U, 64U}) {
    CHECK(copied(text, {.buffer_bytes = size}) == text);
  }
}

TEST_CASE("calls that would give no JSON are failures that stay")
{
  CHECK(failure_of([](Writer& w) { w.begin_list(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.end_list(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_list(), w.end_object(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.name("a"); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_list(), w.name("a"); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_object(), w.null(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_object(), w.name("a").name("b"); }) ==
        ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_object(), w.name("a"), w.end_object(); }) ==
        ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.null(), w.null(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.end_line(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.begin_list(), w.end_line(); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.real(std::nan("")); }) == ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) { w.real(std::numeric_limits<double>::infinity()); }) ==
        ErrorCode::wrong_use);
  CHECK(failure_of([](Writer& w) {
          for (int i = 0; i < 1000; ++i) w.begin_list();
          for (int i = 0; i < 1000; ++i) w.end_list();
        }) == ErrorCode::limit_exceeded);
}
