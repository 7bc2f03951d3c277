// Plans that somebody has written by hand, knowing how a digest is made: what no file could give is
// refused, and what is wrong with a header is said of the plan.
#include <doctest/doctest.h>

#include <string>

#include "apply/office.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/planning.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using rollcall::tests::must;
using rollcall::tests::Planning;
using rollcall::tests::with;

namespace {

schema::Schema staff()
{
  schema::Schema made = tests::staff();
  made.columns.push_back({.field = "level", .header = "Level", .type = schema::Integer{}});
  return made;
}

constexpr std::string_view people = R"({"user": [
  {"id": "1", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true}]})";

// A value for a field of each type, as the plan has it.
constexpr std::string_view file =
    "ID,Name,Email,Extension,Phone,Active,Mac Address,Level\n"
    ",Bo,bo@b.de,202,123,no,00:04:13:aa:bb:cc,7\n";

Planning planning()
{
  return Planning{staff(), people};
}

// What becomes of the plan with a piece of it in place of another.
std::string refusal(std::string_view from, std::string_view to)
{
  Planning at = planning();
  at.apply(with(at.plan_of(file), from, to));
  const std::string why = at.refusal();
  // What was applied can be read again; of what was refused nothing is there.
  SystemSeams system;
  const std::string json = at.directory.json();
  MemorySource source{std::string_view{json}};
  must(MemoryDirectory::read(source, at.schema, system.seams()));
  CHECK((json.find("bo@b.de") == json.npos) == !why.empty());
  return why;
}

bool is_invalid(const std::string& why, std::string_view says)
{
  CAPTURE(why);
  return why.starts_with("plan.invalid: ") && why.find(says) != std::string::npos;
}

} // namespace

TEST_CASE("what a plan sets is held to the type of its field, and to what a cell may hold")
{
  constexpr std::string_view control = "control character";
  constexpr std::string_view type = "of the type";
  CHECK(refusal(R"("name":[null,"Bo"])", R"("name":[null,"Bea"])").empty());
  CHECK(is_invalid(refusal(R"("name":[null,"Bo"])", R"("name":[null,"B\u0000o"])"), control));
  CHECK(is_invalid(refusal(R"("name":[null,"Bo"])", R"("name":[null,"\u001b[31mBo"])"), control));
  CHECK(is_invalid(refusal(R"("202")", R"("2\u000002")"), control));
  CHECK(is_invalid(refusal(R"("123")", R"("\u009b123")"), control));
  CHECK(is_invalid(refusal(R"("00:04:13:aa:bb:cc")", R"("00:04:13:aa:bb:c\u007f")"), control));
  CHECK(refusal(R"("active":[null,false])", R"("active":[null,true])").empty());
  CHECK(is_invalid(refusal(R"("active":[null,false])", R"("active":[null,"maybe"])"), type));
  CHECK(is_invalid(refusal(R"("active":[null,false])", R"("active":[null,7])"), "no value"));
  CHECK(refusal(R"("level":[null,7])", R"("level":[null,-8])").empty());
  CHECK(is_invalid(refusal(R"("level":[null,7])", R"("level":[null,"much"])"), type));
  CHECK(is_invalid(refusal(R"("level":[null,7])", R"("level":[null,"7 "])"), type));
  CHECK(is_invalid(refusal(R"("level":[null,7])", R"("level":[null,true])"), "no value"));
}

TEST_CASE("what is wrong with the header of a plan is said of it, and is no wrong use")
{
  CHECK(is_invalid(refusal(R"("options":{})", R"("options":{"x":true})"), "no option 'x'"));
  CHECK(is_invalid(refusal(R"("delimiter":",")", R"("delimiter":";")"), "does not read the file"));
  CHECK(is_invalid(refusal(R"("delimiter":",")", R"("delimiter":"\"")"), "neither quote"));
  CHECK(is_invalid(refusal(R"("quote":"\"")", R"("quote":"\n")"), "no line end"));
  CHECK(is_invalid(refusal(R"("encoding":"utf-8")", R"("encoding":"utf-16le")"), ""));
  CHECK(is_invalid(refusal(R"("format":"staff")", R"("format":"stuff")"), "made for the format"));
}

TEST_CASE("an option that who carries a plan out asks for himself is his own fault")
{
  Planning at = planning();
  const std::string plan = at.plan_of(file);
  at.context.options.emplace("x", Setting{});
  const auto applied = at.try_to_apply(plan);
  REQUIRE_FALSE(applied.has_value());
  CHECK(applied.assume_error().code() == ErrorCode::wrong_use);
}

TEST_CASE("a secret that a plan takes from the file stands there, or nothing is done")
{
  Planning at{tests::office(), tests::office_people};
  const std::string plan = at.plan_of("ID,Name,Password\n8,Bo,canary-77\n9,Cy,\n");
  const std::string before = at.directory.json();
  at.apply(with(plan, R"({"secret":"generated"})", R"({"secret":"column"})"));
  CHECK(is_invalid(at.refusal(), "the secret that it sets in line 3 is not in the file"));
  CHECK(at.directory.json() == before);
  at.apply(plan);
  CHECK(at.refusal().empty());
  CHECK(at.job.created == 2);
}
