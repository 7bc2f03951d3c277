// Booleans: the words of a format, compared without case and kept as true and false.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

const check::ReadyBoolean words{schema::Boolean{{"1", "yes", "on",
                                                 "stra\xC3\x9F"
                                                 "e"},
                                                {"0", "no", "\xC3\xA9teint", "switched off"}}};

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(words, cell) == value);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(words, cell) == "<value.boolean>");
}

} // namespace

TEST_CASE("a boolean is one of its words, without case")
{
  ok("1", "true");
  ok("yes", "true");
  ok("YES", "true");
  ok("yEs", "true");
  ok("On", "true");
  ok("0", "false");
  ok("nO", "false");
  ok("switched off", "false");
  ok("SWITCHED OFF", "false");
  ok("Switched Off", "false");
}

TEST_CASE("words of booleans are folded in full, after they were composed")
{
  ok("stra\xC3\x9F"
     "e",
     "true");
  ok("STRASSE", "true");
  ok("Strasse", "true");
  ok("stra\xE1\xBA\x9E"
     "e",
     "true"); // the capital of the sharp s
  ok("\xC3\x89TEINT", "false");
  ok("\xC3\xA9teint", "false");
  ok("E\xCC\x81teint", "false");
  ok("e\xCC\x81"
     "TEINT",
     "false");
}

TEST_CASE("blanks, quotes and a guard are no part of the word")
{
  ok(" yes", "true");
  ok("yes ", "true");
  ok("\"yes\"", "true");
  ok("\" NO \"", "false");
  ok("\xC2\xA0on", "true");
}

TEST_CASE("what is no word of the format is no boolean")
{
  bad("true");
  bad("false");
  bad("2");
  bad("y");
  bad("yes!");
  bad("yess");
  bad("ye");
  bad("00");
  bad("01");
  bad("+1");
  bad("-1");
  bad("1.0");
  bad("o\xC3\xB1");
  bad("o\xCC\x81n");
  bad("switched");
  bad("switched  off");
  bad("a text far too long to be a word of any format at all");
  bad("\x19"
      "es"); // folds as other letters do, but is none
  bad("\xD9\xA1");
}

TEST_CASE("the usual words of the formats")
{
  const check::ReadyBoolean plain{schema::Boolean{}};
  CHECK(outcome_of(plain, "TRUE") == "true");
  CHECK(outcome_of(plain, "True") == "true");
  CHECK(outcome_of(plain, "FALSE") == "false");
  CHECK(outcome_of(plain, "falsE") == "false");
  CHECK(outcome_of(plain, "yes") == "<value.boolean>");
  CHECK(outcome_of(plain, "1") == "<value.boolean>");
  const check::ReadyBoolean letters{schema::Boolean{{"y"}, {"n"}}};
  CHECK(outcome_of(letters, "Y") == "true");
  CHECK(outcome_of(letters, "n") == "false");
  CHECK(outcome_of(letters, "yes") == "<value.boolean>");
}
