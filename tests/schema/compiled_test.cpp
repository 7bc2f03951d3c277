// Schemas made ready: what is numbered, how headers are found, and all that can be wrong at once.
#include "schema/compiled.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "support/must.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

// What compiling says of the schema for tests after a change; empty if it is good.
template <class Change>
std::string faults_after(Change change)
{
  Schema changed = staff();
  change(changed);
  const auto result = CompiledSchema::compile(changed);
  if (result.has_value()) return {};
  CHECK(result.assume_error().code() == ErrorCode::malformed);
  return std::string{result.assume_error().detail()};
}

} // namespace

TEST_CASE("headers are folded: without case, space, underscore and dash")
{
  CHECK(folded_header("Mac Address") == "macaddress");
  CHECK(folded_header("MAC_ADDRESS") == "macaddress");
  CHECK(folded_header(" m-a-c--address_ ") == "macaddress");
  CHECK(folded_header("STRASSE") == folded_header("Stra\xC3\x9F"
                                                  "e"));
  CHECK(folded_header("E\xCC\x81tage") == folded_header("\xC3\xA9"
                                                        "TAGE"));
  CHECK(folded_header("E-Mail") != folded_header("E.Mail"));
  CHECK(folded_header(" - _ ").empty());
}

TEST_CASE("columns are found by header and alias, and by nothing else")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  CHECK(compiled.find_column("full_name") == 1);
  CHECK(compiled.find_column("NAME") == 1);
  CHECK(compiled.find_column("id") == 0);
  CHECK_FALSE(compiled.find_column("Names").has_value());
  CHECK_FALSE(compiled.find_column("extensions").has_value());
  CHECK_FALSE(compiled.find_column("").has_value());
  CHECK_FALSE(compiled.find_column("--").has_value());
}

TEST_CASE("the headers of results are known in every format, with its own")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  for (const char* const header :
       {"Change OK", "CHANGEOK", "Notes", "Errors", "Row", "Line", "Status", "Messages", "outcome"})
    CHECK(compiled.is_result_header(header));
  CHECK_FALSE(compiled.is_result_header("Name"));
  CHECK_FALSE(compiled.is_result_header(""));
}

TEST_CASE("the fields of the own kind are its columns but the key, in their order")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  CHECK(compiled.own_kind().name == "user");
  CHECK(compiled.key_column() == 0);
  REQUIRE(compiled.fields(0).size() == compiled.columns().size() - 1);
  CHECK(compiled.fields(0).front().name == "name");
  for (std::size_t i = 0; i != compiled.fields(0).size(); ++i) {
    const Column& column = compiled.columns()[compiled.field_columns()[i]];
    CHECK(compiled.fields(0)[i].name == column.field);
    CHECK(compiled.fields(0)[i].type == column.type);
  }
  CHECK(compiled.fields(1).size() == 2);
}

TEST_CASE("the column of the key may stand anywhere")
{
  Schema moved = staff();
  std::rotate(moved.columns.begin(), moved.columns.begin() + 1, moved.columns.begin() + 4);
  const auto compiled = must(CompiledSchema::compile(moved));
  CHECK(compiled.key_column() == 3);
  CHECK(compiled.field_columns()[3] == 4);
}

TEST_CASE("a role may do what its schema says, and nobody else may do anything")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  CHECK(compiled.allows("writer", Action::validate));
  CHECK_FALSE(compiled.allows("writer", Action::undo));
  CHECK_FALSE(compiled.allows("reader", Action::validate));
  CHECK_FALSE(compiled.allows("guest", Action::validate));
  CHECK_FALSE(compiled.allows("", Action::validate));
}

TEST_CASE("a schema that is nothing lacks all that a schema has")
{
  const auto result = CompiledSchema::compile({});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.assume_error().detail() ==
        "id: a schema has one; kinds: a schema has at least one kind");
}

TEST_CASE("the key of the first kind is a column, and no secret")
{
  CHECK(faults_after([](Schema& s) { s.columns.erase(s.columns.begin()); }) ==
        "columns: none is the key of the first kind");
  CHECK(faults_after([](Schema& s) { s.columns[0].type = Secret{}; }) ==
        "columns[0].type: a key is no secret");
  CHECK(faults_after([](Schema& s) { s.kinds[1].key.type = Secret{}; }) ==
        "kinds[1].key: a key is no secret");
}

TEST_CASE("names are there, and once")
{
  CHECK(faults_after([](Schema& s) { s.kinds[1].name = "user"; }) ==
        "kinds[1].name: 'user' is there already");
  CHECK(faults_after([](Schema& s) { s.kinds[1].name = ""; }) == "kinds[1].name: a name is needed");
  CHECK(faults_after([](Schema& s) { s.kinds[1].fields[1].name = "lead"; }) ==
        "kinds[1].fields[1].name: 'lead' is there already");
  CHECK(faults_after([](Schema& s) { s.kinds[1].fields[1].name = "name"; }) ==
        "kinds[1].fields[1].name: 'name' is there already");
  CHECK(faults_after([](Schema& s) { s.columns[2].field = "name"; }) ==
        "columns[2].field: 'name' is there already");
  CHECK(faults_after([](Schema& s) { s.columns[2].field = ""; }) ==
        "columns[2].field: a name is needed");
  CHECK(faults_after([](Schema& s) { s.roles[1].name = "writer"; }) ==
        "roles[1].name: 'writer' is there already");
  CHECK(faults_after([](Schema& s) { s.roles[1].name = ""; }) ==
        "roles[1].name: a name is needed"); // or who has no role had this one
}

TEST_CASE("fields of the first kind would be ignored, so there are none")
{
  CHECK(faults_after([](Schema& s) { s.kinds[0].fields = {{"name"}}; }) ==
        "kinds[0].fields: the fields of the first kind are the columns");
}

TEST_CASE("a header leads to one column, whichever way it is written")
{
  CHECK(faults_after([](Schema& s) { s.columns[2].header = "full_NAME"; }) ==
        "columns[2].header: 'full_NAME' is a header that columns[1] has, too");
  CHECK(faults_after([](Schema& s) {
          s.columns[2].aliases = {"X", "I-D"};
        }) == "columns[2].aliases[1]: 'I-D' is a header that columns[0] has, too");
  CHECK(faults_after([](Schema& s) { s.columns[2].aliases = {"E-Mail"}; }) ==
        "columns[2].aliases[0]: 'E-Mail' is a header that this column has already");
  CHECK(faults_after([](Schema& s) { s.columns[2].header = "- _"; }) ==
        "columns[2].header: a header is more than blanks, dashes and underscores");
  CHECK(faults_after([](Schema& s) { s.columns[2].header = "Notes"; }).empty());
}

TEST_CASE("what is filled in for a blank is there, and of the column's type")
{
  CHECK(faults_after([](Schema& s) { s.columns[5].fill = ""; }) ==
        "columns[5].fill: nothing to fill in");
  CHECK(faults_after([](Schema& s) { s.columns[5].fill = "yes"; }) ==
        "columns[5].fill: a boolean is true or false");
  CHECK(faults_after([](Schema& s) {
          s.columns[8].on_update = Blank::fill;
          s.columns[8].fill = "secret";
        }) == "columns[8].fill: a secret is not filled in");
  CHECK(faults_after([](Schema& s) { s.columns[2].on_create = Blank::generate; }) ==
        "columns[2]: only secrets are generated");
}

TEST_CASE("a type that no cell could satisfy, or that says two things, is a fault")
{
  CHECK(faults_after([](Schema& s) { s.columns[3].type = Extension{.min = 5, .max = 4}; }) ==
        "columns[3].type: nothing is as long as min and as short as max");
  CHECK(faults_after([](Schema& s) { s.columns[5].type = Boolean{.yes = {}}; }) ==
        "columns[5].type: a boolean has words for both sides");
  CHECK(faults_after([](Schema& s) {
          s.columns[5].type = Boolean{.yes = {"on", "true"}, .no = {"off", "ON"}};
        }) == "columns[5].type: the word 'ON' is there already");
}

TEST_CASE("all faults of a schema are told at once")
{
  CHECK(faults_after([](Schema& s) {
          s.id = "";
          s.roles[0].name = "";
          s.columns[1].header = "ID";
          s.columns[5].fill = "";
        }) ==
        "id: a schema has one; roles[0].name: a name is needed; "
        "columns[1].header: 'ID' is a header that columns[0] has, too; "
        "columns[5].fill: nothing to fill in");
}
