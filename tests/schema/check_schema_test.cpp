// What people are told of a schema: faults with the places of its JSON, and remarks.
#include <doctest/doctest.h>

#include <string>

#include "rollcall/schema_json.hpp"
#include "schema/schema_text.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::json_of;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

std::string told(const std::vector<SchemaFault>& faults)
{
  std::string text;
  for (const SchemaFault& fault : faults)
    text += std::to_string(fault.line) + ":" + std::to_string(fault.column) + " " + fault.path +
            ": " + fault.what + "\n";
  return text;
}

} // namespace

TEST_CASE("a good schema has neither faults nor remarks")
{
  const SchemaCheck check = must(check_schema(json_of(staff())));
  CHECK(check.is_good());
  CHECK(told(check.faults).empty());
  CHECK(told(check.remarks).empty());
}

TEST_CASE("faults of a schema are found again in its JSON, and told in its order")
{
  const SchemaCheck check = must(check_schema(R"({
  "id": "x", "title": "X",
  "roles": [{"name": "r"}],
  "kinds": [{"name": "user", "key": {"name": "login"}}],
  "columns": [
    {"field": "login", "header": "Login"},
    {"field": "pin", "header": "PIN", "type": {"secret": {"min": 20}}},
    {"field": "age", "header": "login", "type": {"integer": {"min": "agee"}}}
  ],
  "objects": [{"kind": "user", "key": "login", "create": "true"}]
})"));
  CHECK_FALSE(check.is_good());
  CHECK(check.count == check.faults.size());
  CHECK(told(check.faults) ==
        "7:47 columns[1].type.length: what is generated is as long as min to max allow\n"
        "8:32 columns[2].header: 'login' is a header that columns[0] has, too\n"
        "8:69 columns[2].type.min: \"agee\" at 1: unknown name 'agee'; did you mean age?\n");
}

TEST_CASE("what only follows from a member that could not be read is not said")
{
  const SchemaCheck check = must(check_schema("{\n  \"titel\": \"X\"\n}"));
  CHECK(told(check.faults) == "2:12 titel: a name that is not known here; did you mean title?\n");

  const auto about = [](std::string_view part, std::string_view by) {
    std::string json = json_of(staff());
    const std::size_t at = json.find(part);
    REQUIRE(at != std::string::npos);
    json.replace(at, part.size(), by);
    std::string paths;
    for (const SchemaFault& fault : must(check_schema(json)).faults) paths += fault.path + "\n";
    return paths;
  };
  CHECK(about("\"columns\"", "\"colums\"") == "colums\n");
  CHECK(about("\"kinds\"", "\"kind\"") == "kind\n");
  CHECK(about("\"field\": \"email\"", "\"feild\": \"email\"") == "columns[2].feild\n");
  CHECK(about("\"header\": \"Email\"", "\"haeder\": \"Email\"") == "columns[2].haeder\n");
}

TEST_CASE("what is wrong beside a member that could not be read is said as well")
{
  const SchemaCheck check = must(check_schema(R"({
  "id": "x", "title": "X",
  "roles": [{"name": "r"}],
  "kinds": [{"name": "user", "key": {"name": "login"}}],
  "columns": [
    {"field": "login", "header": "Login", "on_create": "requird"},
    {"field": "age", "header": "login", "type": {"integer": {"min": "agee"}}, "hint": 5}
  ],
  "objects": [{"kind": "user", "key": "login", "create": "true"}]
})"));
  CHECK(told(check.faults) ==
        "6:56 columns[0].on_create: expected one of clear, keep, required, generate, fill, pool, "
        "found 'requird'; did you mean required?\n"
        "7:32 columns[1].header: 'login' is a header that columns[0] has, too\n"
        "7:69 columns[1].type.min: \"agee\" at 1: unknown name 'agee'; did you mean age?\n"
        "7:87 columns[1].hint: a name that is not known here\n");
}

TEST_CASE("what is no JSON is one fault, which says where")
{
  const SchemaCheck check = must(check_schema("{\n  \"id\": }"));
  CHECK(check.count == 1);
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults[0].what.find("line 2") != std::string::npos);
}

TEST_CASE("a rule that reads what one far above it has dropped is remarked upon")
{
  Schema schema = staff();
  const auto rule = [](std::string code, Expr when) {
    return Rule{.code = code, .severity = Severity::warning, .when = when, .says = "x"};
  };
  schema.rules = {rule("a.drops", "blank(name)"), rule("a.reason", "present(mac)"),
                  rule("a.reason", "present(mac) and present(ip)"), rule("a.late", "present(mac)"),
                  rule("a.other", "present(ip)")};
  schema.rules[0].drops = {"mac"};
  const SchemaCheck check = must(check_schema(schema));
  CHECK(check.is_good());
  CHECK(told(check.remarks) ==
        "0:0 rules[3]: reads 'mac', which rules[0] may have left out by then\n");
}

TEST_CASE("a page of a code that nothing gives, or that rollcall explains itself, is remarked upon")
{
  Schema schema = staff();
  schema.codes = {{.code = "staff.none"}, {.code = "value.email"}};
  CHECK(told(must(check_schema(schema)).remarks) ==
        "0:0 codes[0]: nothing gives the code 'staff.none'\n"
        "0:0 codes[1]: 'value.email' has a page of rollcall's own\n");
}

TEST_CASE("a code is explained by its page, or else by what its rules say")
{
  Schema schema = staff();
  schema.rules = {{.code = "staff.odd", .severity = Severity::warning, .says = "that is odd"},
                  {.code = "staff.odd", .says = "that is odd"},
                  {.code = "staff.odd", .says = "that is odd, too"}};
  CHECK(explain(schema, "staff.none").empty());
  CHECK(explain(schema, "value.email").empty());
  CHECK(
      explain(schema, "staff.odd") ==
      "staff.odd (warning, of staff)\n\nWhat it means\n  that is odd\n  that is odd, too\n"
      "\nWhy it matters\n  The row is imported all the same. What comes of it may not be what was "
      "meant.\n");
  schema.codes = {{.code = "staff.odd", .means = "It is odd.", .bad = "1", .mend = "Be even."}};
  CHECK(
      explain(schema, "staff.odd") ==
      "staff.odd (warning, of staff)\n\nWhat is said\n  that is odd\n  that is odd, too\n"
      "\nWhat it means\n  It is odd.\n"
      "\nWhy it matters\n  The row is imported all the same. What comes of it may not be what was "
      "meant.\n\nBad\n  1\n\nGood\n"
      "  (a blank cell)\n\nHow to mend it\n  Be even.\n");
}

TEST_CASE("a role that may export where there is no export is remarked upon")
{
  Schema schema = staff();
  schema.exports.reset();
  CHECK(told(must(check_schema(schema)).remarks) ==
        "0:0 roles[1].may: there is no export to be allowed\n");
}
