// Booleans: the words of a format, compared without case and kept as true and false.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

const schema::Boolean words = {.yes = {"1", "yes", "on",
                                       "stra\xC3\x9F"
                                       "e"},
                               .no = {"0", "no", "\xC3\xA9teint"}};

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
  ok("On", "true");
  ok("0", "false");
  ok("nO", "false");
}

TEST_CASE("words of booleans are folded in full, after they were composed")
{
  ok("STRASSE", "true");
  ok("\xC3\x89TEINT", "false");
  ok("E\xCC\x81teint", "false");
}

TEST_CASE("what is no word of the format is no boolean")
{
  bad("true");
  bad("2");
  bad("y");
  bad("yes ");
  bad("00");
}
