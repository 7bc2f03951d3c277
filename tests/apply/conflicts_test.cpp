// All that is in the way of a group, in one message.
#include "apply/conflicts.hpp"

#include <doctest/doctest.h>

#include <string>

#include "base/facts.hpp"

using namespace rollcall;

namespace {

std::string message(std::size_t fields, const std::string& value)
{
  apply::Conflicts all;
  for (std::size_t i = 1; i <= fields; ++i) {
    Finding each = finding(Code::object_stale);
    each.facts = {fact("field", "field_" + std::to_string(i)), fact("key", "user 7"),
                  fact("planned", value), fact("now", "x" + value)};
    all.add(std::move(each));
  }
  return render_message(*all.take());
}

} // namespace

TEST_CASE("of many conflicts as many are named as have room, and of the rest it is said how many")
{
  CHECK(message(1, "a").find("so it is with") == std::string::npos);
  CHECK(message(3, "a").ends_with("so it is with field_2 (a, now xa), field_3 (a, now xa)"));
  CHECK(message(17, "a").ends_with("field_17 (a, now xa)"));
  CHECK(message(25, "a").ends_with("field_17 (a, now xa) and 8 more"));
  const std::string long_one(30, 'v');
  const std::string many = message(25, long_one);
  CHECK(many.find("...") == std::string::npos);
  CHECK(many.ends_with(" more"));
  // Also within the message of a plan that no longer fits.
  Finding plan = finding(Code::plan_stale);
  plan.place.line = 2;
  plan.facts = {fact("stale", 1), fact("first", many)};
  CHECK(render_message(plan).ends_with(" more"));
  // Where there is no room for any it is a number alone.
  std::string hidden;
  for (int i = 0; i != 60; ++i) hidden += "\x01";
  CHECK(message(3, hidden).find("so it is with") != std::string::npos);
}
