// The clean-up of cells: what is taken off, and in which order (spec E6 to E8).
#include <doctest/doctest.h>

#include "check/cell_text.hpp"

using namespace rollcall;

namespace {

void text(std::string_view cell, std::string_view wanted, const csv::Dialect& dialect = {})
{
  CAPTURE(cell);
  check::Scratch scratch;
  CHECK(check::cell_text(cell, dialect, scratch) == wanted);
}

void secret(std::string_view cell, std::string_view wanted)
{
  CAPTURE(cell);
  check::Scratch scratch;
  CHECK(check::secret_text(cell, {}, scratch) == wanted);
}

} // namespace

TEST_CASE("a cell is unquoted, trimmed, freed of its guard and composed, in this order")
{
  text("Ada", "Ada");
  text("", "");
  text(" \t\xC2\xA0 Ada \xC2\xA0\t ", "Ada");
  text("\"Ada\"", "Ada");
  text("\" Ada \"", "Ada");
  text("\"Ada \"\"Countess\"\" Byron\"", "Ada \"Countess\" Byron");
  text("\"a\nb\"", "a\nb");
  text("'=1+1", "=1+1");
  text(" '=1+1 ", "=1+1");
  text("\"'=1,1\"", "=1,1");
  text("''=1", "'=1");
  text("'''=1", "''=1");
  text("'Ada", "'Ada");
  text("'+442071838750", "+442071838750");
  text("' =1", " =1"); // not trimmed again
  text(
      "'\xEF\xBC\x9D"
      "1",
      "\xEF\xBC\x9D"
      "1");
  text("e\xCC\x81", "\xC3\xA9");
  text("'=e\xCC\x81", "=\xC3\xA9");
  text(" e\xCC\x81 ", "\xC3\xA9");
  text("\xE2\x84\xAA", "K");
}

TEST_CASE("a cell of blanks is blank, quoted or not")
{
  text("   ", "");
  text("\t", "");
  text("\xC2\xA0\xC2\xA0", "");
  text("\"\"", "");
  text("\"  \"", "");
  text("'", "'");
}

TEST_CASE("a secret is as it was read, but blank if it is blanks alone")
{
  secret("abc", "abc");
  secret(" abc ", " abc ");
  secret("'=1", "'=1");
  secret("e\xCC\x81", "e\xCC\x81");
  secret("\" a\"\" \"", " a\" ");
  secret("", "");
  secret("  \t\xC2\xA0", "");
  secret("\"  \"", "");
}

TEST_CASE("the dialect of the file says what quotes and escapes")
{
  const csv::Dialect single = {.quote = '\''};
  text("'a''b'", "a'b", single);
  text("\"ab\"", "\"ab\"", single);
  const csv::Dialect none = {.quote = {}};
  text("\"ab\"", "\"ab\"", none);
  const csv::Dialect escaping = {.escape = '\\'};
  text("a\\,b", "a,b", escaping);
}

TEST_CASE("a value of the directory reads as if it had been exported")
{
  check::Scratch scratch;
  CHECK(check::value_text(" Ada ", scratch) == "Ada");
  CHECK(check::value_text("e\xCC\x81", scratch) == "\xC3\xA9");
  CHECK(check::value_text("'=1", scratch) == "'=1");   // its guard would be guarded
  CHECK(check::value_text("\t=x", scratch) == "\t=x"); // exported as '\t=x
  CHECK(check::value_text("\xC2\xA0=z ", scratch) == "\xC2\xA0=z");
  CHECK(check::value_text("Ada\t", scratch) == "Ada");
  CHECK(check::value_text("Ada\xC2\xA0", scratch) == "Ada");
  CHECK(check::value_text("Zoe\xCC\x88", scratch) == "Zo\xC3\xAB");
  CHECK(check::value_text("", scratch).empty());
  CHECK(check::value_text(" '=1", scratch) == "=1");
  CHECK(check::value_text(" +44", scratch) == " +44"); // no number, for the blank
  CHECK(check::value_text("+44", scratch) == "+44");
  CHECK(check::value_text("\"a\"", scratch) == "\"a\"");
}
