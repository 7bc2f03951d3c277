// Classes of characters: what is in them, and what is none.
#include "expr/char_class.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rollcall::expr;

namespace {

CharClass class_of(std::string_view text)
{
  Fault fault;
  const std::optional<CharClass> parsed = CharClass::parse(text, fault);
  REQUIRE_MESSAGE(parsed.has_value(), fault.what);
  return *parsed;
}

void bad(std::string_view text, std::string_view what, std::size_t offset, std::size_t length)
{
  CAPTURE(text);
  Fault fault;
  CHECK(!CharClass::parse(text, fault));
  CHECK(fault.what == what);
  CHECK(fault.offset == offset);
  CHECK(fault.length == length);
}

// Which of these characters are in the class.
std::string among(std::string_view text, std::u32string_view signs)
{
  const CharClass asked = class_of(text);
  std::string said;
  for (const char32_t sign : signs) said += asked.has(sign) ? 'y' : 'n';
  return said;
}

} // namespace

TEST_CASE("a class is signs, ranges, categories and white space")
{
  CHECK(among("a-c_", U"abc_dA") == "yyyynn");
  CHECK(among("-a", U"-ab") == "yyn");
  CHECK(among("a-", U"-ab") == "yyn");
  CHECK(among("+\\-%", U"+-%,") == "yyyn");
  CHECK(among("\\\\^", U"\\^a") == "yyn");
  CHECK(among("\\^a", U"^ab") == "yyn");
  CHECK(among("\\s", U" \t\u00A0\u3000a") == "yyyyn");
  CHECK(among("\\p{Lu}",
              U"A\u00C4a\u00E4"
              U"1") == "yynnn");
  CHECK(among("\\p{L}\\p{Nd}", U"A\u00E41\u0661\u00BD-") == "yyyynn");
  CHECK(among("\u00E4-\u00FC", U"\u00E3\u00E4\u00FC\u00FD") == "nyyn");
  CHECK(among("\\.-\\/", U"./-0") == "yynn");
}

TEST_CASE("a class that begins with ^ is all the others")
{
  CHECK(among("^a", U"ab\u00E4") == "nyy");
  CHECK(among("^\\s", U" a\u00A0\u00E4") == "nyny");
  CHECK(among("^\\p{L}\\p{M}\\p{N}\\s", U"a\u03011 !\u20AC") == "nnnnyy");
}

TEST_CASE("what is none says where")
{
  bad("", "expected a character", 0, 0);
  bad("^", "expected a character", 0, 1);
  bad("az-a", "expected a range that goes up", 1, 3);
  bad("a\\", "expected a sign behind the backslash", 1, 1);
  bad("\\d", "expected \\p{..}, \\s, or a sign that is no letter or digit", 0, 2);
  bad("x\\p{Zz}", "expected a Unicode category as L or Lu", 1, 6);
  bad("\\p{}", "expected a Unicode category as L or Lu", 0, 4);
  bad("\\pL", "expected \\p{..} with a Unicode category in it", 0, 2);
  bad("a-\\s", "expected a sign behind '-'", 0, 2);
  bad("a-\\", "expected a sign behind the backslash", 2, 1);
  bad("\xFF", "expected UTF-8", 0, 1);
}

TEST_CASE("texts have any or all of a class")
{
  const CharClass digits = class_of("0-9");
  CHECK(digits.has_any("abc1"));
  CHECK_FALSE(digits.has_any("abc"));
  CHECK_FALSE(digits.has_any(""));
  CHECK(digits.has_all("123"));
  CHECK(digits.has_all(""));
  CHECK_FALSE(digits.has_all("12\xC2\xB3"));
  CHECK_FALSE(CharClass{}.has_any("a"));
  CHECK(class_of("^\\s").has_all("J\xC3\xB6rg"));
}
