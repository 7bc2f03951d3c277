// The closed list of codes: held against the specification, and each one complete.
#include "rollcall/code.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>

#include "support/specified_codes.hpp"

using namespace rollcall;

namespace {

struct CodeTexts {
  std::string name;
  std::string_view slug;
  std::string_view message;
  std::string_view meaning;
  std::string_view bad;
  std::string_view good;
  std::string_view mend;
};

const std::map<Code, CodeTexts>& texts()
{
  static const std::map<Code, CodeTexts> all = {
#define ROLLCALL_CODE(number, name, slug, severity, message, meaning, bad, good, mend) \
  {Code::name, {#name, slug, message, meaning, bad, good, mend}},
#include "rollcall/codes.def"
#undef ROLLCALL_CODE
  };
  return all;
}

Scope scope_named(std::string_view name)
{
  static const std::map<std::string_view, Scope> scopes = {
      {"file", Scope::file},      {"text", Scope::text},    {"cell", Scope::value},
      {"row", Scope::row},        {"claims", Scope::claim}, {"apply", Scope::apply},
      {"convert", Scope::convert}};
  return scopes.at(name);
}

} // namespace

TEST_CASE("the codes are exactly those of the specification, with its scopes and severities")
{
  std::set<std::string_view> specified;
  for (const tests::SpecifiedCode& each : tests::specified_codes) {
    CAPTURE(each.slug);
    CHECK(specified.insert(each.slug).second);
    const auto code = code_of(each.slug);
    REQUIRE(code.has_value());
    CHECK(slug(*code) == each.slug);
    CHECK(scope(*code) == scope_named(each.scope));
    CHECK(std::toupper(slug(severity(*code)).front()) == each.severity);
  }
  for (const Code code : all_codes()) {
    CAPTURE(slug(code));
    CHECK(specified.contains(slug(code)));
  }
  CHECK(all_codes().size() == specified.size());
}

TEST_CASE("an enumerator is its slug with an underscore for the dot, so that either is found")
{
  for (const auto& [code, text] : texts()) {
    std::string name{text.slug};
    std::replace(name.begin(), name.end(), '.', '_');
    CHECK(name == text.name);
  }
}

TEST_CASE("every code has a number of its own, in the band of its scope and in order")
{
  Code before = Code::rule;
  for (const Code code : all_codes()) {
    CAPTURE(slug(code));
    CHECK(before < code);
    CHECK(scope(code) >= Scope::file);
    CHECK(scope(code) <= Scope::convert);
    before = code;
  }
  CHECK(texts().size() == all_codes().size());
}

TEST_CASE("every code has all of its texts, each in its form")
{
  for (const auto& each : texts()) {
    const CodeTexts& text = each.second;
    CAPTURE(text.slug);
    CHECK_FALSE(text.message.empty());
    CHECK_FALSE(text.message.ends_with('.'));
    CHECK(std::isupper(static_cast<unsigned char>(text.message.front())) == 0);
    CHECK(text.meaning.ends_with('.'));
    CHECK(text.mend.ends_with('.'));
    CHECK(text.bad != text.good);
    CHECK_FALSE(text.good.empty());
    CHECK(message_template(each.first) == text.message);
  }
}

TEST_CASE("the brackets and braces of every message are in order")
{
  for (const auto& each : texts()) {
    const CodeTexts& text = each.second;
    CAPTURE(text.message);
    std::string open;
    for (const char letter : text.message) {
      if (letter == '[' || letter == '{') {
        CHECK((open.empty() || (open == "[" && letter == '{')));
        open.push_back(letter);
      } else if (letter == ']' || letter == '}') {
        REQUIRE_FALSE(open.empty());
        CHECK(open.back() == (letter == ']' ? '[' : '{'));
        open.pop_back();
      }
    }
    CHECK(open.empty());
  }
}

TEST_CASE(
    "every code has a page: what is said and means, why it matters, bad and good, how to mend it")
{
  for (const Code code : all_codes()) {
    const std::string page = explain(code);
    CAPTURE(page);
    CHECK(page.starts_with(slug(code)));
    for (const std::string_view title :
         {"What is said", "What it means", "Why it matters", "Bad", "Good", "How to mend it"}) {
      CHECK(page.find("\n\n" + std::string{title} + "\n  ") != page.npos);
    }
    CHECK(page.find("\n  \n") == page.npos);
    CHECK(page.ends_with(".\n"));
  }
}

TEST_CASE("a page reads as people want it")
{
  CHECK(explain(Code::value_required) ==
        "value.required (error, 3001)\n"
        "\n"
        "What is said\n"
        "  {column} is blank and must not be\n"
        "\n"
        "What it means\n"
        "  The row cannot do without this cell. Spaces alone count as blank.\n"
        "\n"
        "Why it matters\n"
        "  The row is rejected, and nothing of it is imported. The other rows are, unless one "
        "rejected row is to stop them all.\n"
        "\n"
        "Bad\n"
        "  (a blank cell)\n"
        "\n"
        "Good\n"
        "  Ada\n"
        "\n"
        "How to mend it\n"
        "  Fill in the cell.\n");
}

TEST_CASE("the code of a schema's rule, and a number that is no code, have no texts")
{
  for (const Code code : {Code::rule, static_cast<Code>(9999)}) {
    CHECK(slug(code).empty());
    CHECK(explain(code).empty());
    CHECK(message_template(code).empty());
  }
  CHECK(scope(Code::rule) == Scope::rule);
  CHECK_FALSE(code_of("mac.required").has_value());
  CHECK_FALSE(code_of("").has_value());
  CHECK(slug(static_cast<Severity>(7)).empty());
}

TEST_CASE("numbers that outputs have shown stay what they are")
{
  CHECK(static_cast<int>(Code::file_unreadable) == 1001);
  CHECK(static_cast<int>(Code::csv_quote) == 2101);
  CHECK(static_cast<int>(Code::value_phone) == 3008);
  CHECK(static_cast<int>(Code::claim_taken) == 5001);
  CHECK(static_cast<int>(Code::undo_not_reversible) == 6302);
}
