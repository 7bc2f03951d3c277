// Texts: measured in characters after they were composed, and kept as typed.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

constexpr schema::Text two_to_four = {.min = 2, .max = 4};

void ok(std::string_view cell)
{
  CHECK(outcome_of(two_to_four, cell) == cell);
}

} // namespace

TEST_CASE("a text is kept as it was typed")
{
  ok("Ad");
  ok("Ada");
  ok("a b");
  ok("a\nb");
  ok("O'Ha");
  ok("=1+1");
  ok("\xE6\x9D\x8E\xE5\xB0\x8F");
}

TEST_CASE("the length of a text counts code points, not bytes")
{
  ok("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
  ok("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
  CHECK(outcome_of(two_to_four, "A") == "<value.too_short>");
  CHECK(outcome_of(two_to_four, "\xF0\x9F\x98\x80") == "<value.too_short>");
  CHECK(outcome_of(two_to_four, "Ada B") == "<value.too_long>");
  CHECK(outcome_of(two_to_four, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9") == "<value.too_long>");
}

TEST_CASE("a text is composed, and measured after that")
{
  CHECK(outcome_of(two_to_four, "Ze\xCC\x81") == "Z\xC3\xA9");
  CHECK(outcome_of(two_to_four, "e\xCC\x81") == "<value.too_short>");
  CHECK(outcome_of(two_to_four,
                   "e\xCC\x81"
                   "e\xCC\x81"
                   "e\xCC\x81"
                   "e\xCC\x81") == "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
}
