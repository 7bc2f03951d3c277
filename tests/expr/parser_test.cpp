// What is a text of the language and what is none, and where it goes wrong.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "expr/syntax.hpp"

using namespace rollcall::expr;

namespace {

std::string fault_of(std::string_view text)
{
  Syntax syntax;
  const std::optional<Fault> fault = parse(text, syntax);
  if (!fault) return {};
  return fault->what + " at " + std::to_string(fault->offset) + "+" + std::to_string(fault->length);
}

void ok(std::string_view text)
{
  CAPTURE(text);
  CHECK(fault_of(text) == "");
}

void bad(std::string_view text, std::string_view fault)
{
  CAPTURE(text);
  CHECK(fault_of(text) == fault);
}

// Every operator with its operands in brackets.
std::string shown(const Syntax& syntax, SyntaxId id)
{
  const SyntaxNode& node = syntax.nodes[id];
  const auto between = [&](std::string_view sign) {
    std::string all = "(";
    for (const SyntaxId child : node.children) {
      all += (all.size() == 1 ? "" : std::string{sign}) + shown(syntax, child);
    }
    return all + ")";
  };
  switch (node.says) {
    case Says::truth:
      return node.truth ? "true" : "false";
    case Says::null:
      return "null";
    case Says::fresh:
      return "generated";
    case Says::integer:
      return std::to_string(node.integer);
    case Says::text:
      return "'" + std::string{node.text} + "'";
    case Says::list:
      return between(", ");
    case Says::name:
      return std::string{node.text};
    case Says::call:
      return std::string{node.text} + between(", ");
    case Says::field:
      return shown(syntax, node.children[0]) + "." + std::string{node.text};
    case Says::negation:
      return "not" + between("");
    case Says::all:
      return between(" and ");
    case Says::any:
      return between(" or ");
    case Says::equal:
      return between(" == ");
    case Says::not_equal:
      return between(" != ");
    case Says::less:
      return between(" < ");
    case Says::less_equal:
      return between(" <= ");
    case Says::greater:
      return between(" > ");
    case Says::greater_equal:
      return between(" >= ");
    case Says::in:
      return between(" in ");
  }
  return {};
}

std::string shown(std::string_view text)
{
  Syntax syntax;
  REQUIRE(!parse(text, syntax));
  return shown(syntax, syntax.root);
}

// The text that each node stands for, in the order in which they were made.
std::string places(std::string_view text)
{
  Syntax syntax;
  REQUIRE(!parse(text, syntax));
  std::string all;
  for (const SyntaxNode& node : syntax.nodes) {
    all += (all.empty() ? "" : " | ") + std::string{text.substr(node.offset, node.length)};
  }
  return all;
}

std::string repeated(std::string_view text, int times)
{
  std::string all;
  for (int i = 0; i != times; ++i) all += text;
  return all;
}

} // namespace

TEST_CASE("what belongs to the language is read")
{
  ok("true");
  ok("  a\t\r\n");
  ok("a.b.c");
  ok("_a9.B");
  ok("order");
  ok("nothing and inside or android");
  ok("object.in");
  ok("-42");
  ok("9223372036854775807");
  ok("''");
  ok("'it''s'");
  ok("'{a}-{b.c}'");
  ok("'\xC3\xA9'");
  ok("['a', 'b']");
  ok("[4, 10]");
  ok("f()");
  ok("f(a, g(b), 'c')");
  ok("lookup(a.b, c).d");
  ok("lookup (a, b) . c");
  ok("not not a");
  ok("not(a)");
  ok("a==b");
  ok("a in b");
  ok("(a in b) == c");
}

TEST_CASE("what does not is refused where it goes wrong, with what was expected")
{
  bad("", "expected a value or condition, found the end at 0+0");
  bad("   ", "expected a value or condition, found the end at 3+0");
  bad("a and", "expected a condition, found the end at 5+0");
  bad("a and or b", "expected a condition, found 'or' at 6+2");
  bad("a b", "expected an operator or the end, found 'b' at 2+1");
  bad("a == ", "expected a value, found the end at 5+0");
  bad("a == not b", "expected a value, found 'not' at 5+3");
  bad("a = b", "expected an operator or the end, found '=' at 2+1");
  bad("(a", "expected ')', found the end at 2+0");
  bad("f(a,)", "expected a value or condition, found ')' at 4+1");
  bad("f(a b)", "expected ')', found 'b' at 4+1");
  bad("lookup(a, b).", "expected a field, found the end at 13+0");
  bad("lookup(a, b).c.d", "expected an operator or the end, found '.' at 14+1");
  bad("a.b(c)", "expected a function before '(' at 0+3");
  bad("a .b", "expected an operator or the end, found '.' at 2+1");
  bad("'a", "expected a closing quote, found the end at 2+0");
  bad("[]", "expected a text or an integer, found ']' at 1+1");
  bad("['a' 'b']", "expected ',' or ']', found a quote at 5+1");
  bad("[a]", "expected a text or an integer, found 'a' at 1+1");
  bad("4x", "expected a value or condition, found '4x' at 0+2");
  bad("a \xC3\xBC", "expected an operator or the end, found '\xC3\xBC' at 2+2");
  bad("true.a", "expected an operator or the end, found '.' at 4+1");
  bad("9223372036854775808", "a number of more than 64 bits at 0+19");
  bad(std::string_view{"a \0", 3},
      "expected an operator or the end, found a control character at 2+1");
  bad("a + b", "expected an operator or the end, found '+' at 2+1");
  bad("'\xFF'", "expected UTF-8 at 1+1");
}

TEST_CASE("comparisons cannot be chained")
{
  bad("a == b == c", "expected 'and' or 'or', comparisons cannot be chained at 7+2");
  bad("a < b <= c", "expected 'and' or 'or', comparisons cannot be chained at 6+2");
  bad("a in b in c", "expected 'and' or 'or', comparisons cannot be chained at 7+2");
}

TEST_CASE("or is weaker than and, and than not, and not than a comparison")
{
  CHECK(shown("a or b and c or d") == "(a or (b and c) or d)");
  CHECK(shown("not a and b") == "(not(a) and b)");
  CHECK(shown("not a == b") == "not((a == b))");
  CHECK(shown("(a or b) and c") == "((a or b) and c)");
  CHECK(shown("(a and b) and c") == "(a and b and c)");
  CHECK(shown("not not a in ['x', 'y']") == "not(not((a in ('x', 'y'))))");
  CHECK(shown("f(a or b, -1).c <= d") == "(f((a or b), -1).c <= d)");
  CHECK(shown("if(a, generated, null) != 'it''s'") == "(if(a, generated, null) != 'it''s')");
}

TEST_CASE("every part knows its place")
{
  CHECK(places(" a  and not f( b ) ") == "a | f( b ) | b | not f( b ) | a  and not f( b )");
  CHECK(places("( a ) == 'x'") == "( a ) | ( a ) == 'x' | 'x'");
  CHECK(places("[ 1 , 2 ]") == "[ 1 , 2 ] | 1 | 2");
  CHECK(places("f(a) . b or c") == "f(a) | a | f(a) . b | c | f(a) . b or c");
}

TEST_CASE("what is nested too deep is refused before the stack is")
{
  ok(repeated("(", 64) + "a" + repeated(")", 64));
  bad(repeated("(", 65) + "a" + repeated(")", 65), "nested more than 64 deep at 64+1");
  bad(repeated("(", 60'000), "nested more than 64 deep at 64+1");
  bad(repeated("not ", 16'000), "nested more than 64 deep at 256+3");
  bad(repeated("f(", 30'000), "nested more than 64 deep at 129+1");
  bad(repeated("f(a, g(", 9'000), "nested more than 64 deep at 225+1");
  // Side by side is not in one another.
  ok("a" + repeated(" or not (b)", 5'000));
}

TEST_CASE("a text that is too long is refused unread")
{
  ok("'" + std::string(65'534, 'a') + "'");
  bad("'" + std::string(65'535, 'a') + "'", "longer than 65536 bytes at 65536+1");
}

TEST_CASE("a plain name is a word that the language does not use")
{
  CHECK(is_plain_name("full_name"));
  CHECK(is_plain_name("_9"));
  CHECK_FALSE(is_plain_name(""));
  CHECK_FALSE(is_plain_name("9a"));
  CHECK_FALSE(is_plain_name("a.b"));
  CHECK_FALSE(is_plain_name("not"));
  CHECK_FALSE(is_plain_name("generated"));
}
