// Schemas with faults in what a file holds: what is said of each, with its path; and that all are
// said at once.
#include <doctest/doctest.h>

#include <string>

#include "schema/bad_schemas.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::check_all;
using rollcall::tests::faults_after;
using rollcall::tests::rule;
TEST_CASE("the schema for tests is good")
{
  CHECK(faults_after([](Schema&) {}).empty());
}

TEST_CASE("a schema that is nothing lacks all that a schema has")
{
  const auto result = CompiledSchema::compile({});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.assume_error().detail() ==
        "id: a schema has one; title: people want one; kinds: a schema has at least one kind; "
        "columns: a schema has at least one column; objects: a row has at least one object; roles: "
        "without one nobody may do anything");
}

TEST_CASE("names are there, once, and can be said in an expression")
{
  check_all({
      {[](Schema& s) { s.kinds[1].name = "user"; }, "kinds[1].name: 'user' is there already"},
      {[](Schema& s) { s.kinds[1].name = ""; }, "kinds[1].name: a name is needed"},
      {[](Schema& s) { s.kinds[1].name = "tenant"; },
       "kinds[1].name: a directory has something else under this name"},
      {[](Schema& s) { s.kinds[1].fields[1].name = "lead"; },
       "kinds[1].fields[1].name: 'lead' is there already"},
      {[](Schema& s) { s.kinds[1].fields[1].name = "name"; },
       "kinds[1].fields[1].name: 'name' is the key"},
      {[](Schema& s) { s.columns[2].field = "name"; },
       "columns[2].field: 'name' is there already; claims[0].held_in[0].field: there is no user "
       "field 'email'"},
      {[](Schema& s) { s.columns[6].field = ""; }, "columns[6].field: a name is needed"},
      {[](Schema& s) { s.columns[6].field = "mac address"; },
       "columns[6].field: 'mac address' is no name: letters, digits and _, no digit first, no word "
       "of the rule language"},
      {[](Schema& s) { s.columns[6].field = "and"; },
       "columns[6].field: 'and' is no name: letters, digits and _, no digit first, no word of the "
       "rule language"},
      {[](Schema& s) { s.columns[6].field = "tenant"; },
       "columns[6].field: 'tenant' is a word of the rule language"},
      {[](Schema& s) { s.roles[1].name = "writer"; }, "roles[1].name: 'writer' is there already"},
      {[](Schema& s) { s.roles[1].name = ""; }, "roles[1].name: a name is needed"},
      {[](Schema& s) {
         s.lets = {{"mac", "true"}};
       },
       "lets[0].name: 'mac' is a column"},
      {[](Schema& s) {
         s.lets = {{"a", "true"}, {"a", "false"}};
       },
       "lets[1].name: 'a' is there already"},
      {[](Schema& s) { s.revision = 0; }, "revision: revisions count from 1"},
  });
}

TEST_CASE("a header leads to one column, whichever way it is written")
{
  check_all({
      {[](Schema& s) { s.columns[2].header = "full_NAME"; },
       "columns[2].header: 'full_NAME' is a header that columns[1] has, too"},
      {[](Schema& s) {
         s.columns[2].aliases = {"X", "I-D"};
       },
       "columns[2].aliases[1]: 'I-D' is a header that columns[0] has, too"},
      {[](Schema& s) { s.columns[2].header = "- _"; },
       "columns[2].header: a header is more than blanks, dashes and underscores"},
      {[](Schema& s) { s.columns[2].aliases = {"E-Mail"}; }, ""},
      {[](Schema& s) { s.columns[2].header = "Notes"; }, ""},
  });
}

TEST_CASE("keys are no secrets, and never null")
{
  check_all({
      {[](Schema& s) { s.columns[0].type = Secret{}; },
       "columns[0].type: a key is no secret; objects[0].key: \"id\" at 1: a secret may only be "
       "asked for its presence, its length and its characters"},
      {[](Schema& s) { s.kinds[1].key.type = Secret{}; }, "kinds[1].key.type: a key is no secret"},
      {[](Schema& s) { s.kinds[1].key.null_is = "'x'"; },
       "kinds[1].key.null_is: a key is never null"},
      {[](Schema& s) { s.key = "password"; }, "key: no row is named by a secret"},
      {[](Schema& s) { s.key = "pasword"; },
       "key: there is no column 'pasword'; did you mean password?"},
  });
}

TEST_CASE("a type that no cell could satisfy, or that says two things, is a fault")
{
  check_all({
      {[](Schema& s) { s.columns[3].type = Extension{.min = 5, .max = 4}; },
       "columns[3].type: nothing is from 5 to 4"},
      {[](Schema& s) { s.columns[3].type = Extension{.range_max = 0}; },
       "columns[3].type.range_max: a range has 1 to 10000 numbers"},
      {[](Schema& s) { s.columns[4].type = Digits{.min = 0}; }, "columns[4].type.min: less than 1"},
      {[](Schema& s) { s.columns[1].type = Text{.min = -1, .max = 0}; },
       "columns[1].type.min: less than 0; columns[1].type.max: less than 1"},
      {[](Schema& s) { s.columns[1].type = Text{.chars = "z-a"}; },
       "columns[1].type.chars: \"z-a\" at 1: expected a range that goes up"},
      {[](Schema& s) { s.columns[1].type = Text{.max = "mac"}; },
       "columns[1].type.max: \"mac\" at 1: expected an integer, found a text"},
      {[](Schema& s) { s.columns[1].type = Text{.max = "length(mac)"}; },
       "columns[1].type.max: reads mac, which is not known here"},
      {[](Schema& s) { s.columns[5].type = Boolean{.yes = {}}; },
       "columns[5].type: a boolean has words for both sides"},
      {[](Schema& s) {
         s.columns[5].type = Boolean{.yes = {"on", "true"}, .no = {"off", "ON"}};
       },
       "columns[5].type.no[1]: the word 'ON' is there already"},
      {[](Schema& s) { s.columns[5].type = Boolean{.yes = {""}}; },
       "columns[5].type.yes[0]: a blank cell is no word"},
      {[](Schema& s) { s.columns[2].type = Choice{}; },
       "columns[2].type: a choice is of words, or from a list of them"},
      {[](Schema& s) {
         s.columns[2].type = Choice{.of = {"a", "A"}, .from = "['b']"};
       },
       "columns[2].type: a choice is of words, or from a list of them; columns[2].type.of[1]: the "
       "word 'A' is there already"},
      {[](Schema& s) { s.columns[8].type = Secret{.min = 4, .max = 12}; },
       "columns[8].type.length: what is generated is as long as min to max allow"},
      {[](Schema& s) { s.columns[8].type = Secret{.digits = true, .alphabet = "'ab'"}; },
       "columns[8].type.alphabet: digits are made of digits"},
      {[](Schema& s) { s.kinds[1].fields[0].type = Choice{}; },
       "kinds[1].fields[0].type: a choice is of words, or from a list of them"},
  });
}

TEST_CASE("what a blank stands for is there, and of the column's type")
{
  check_all({
      {[](Schema& s) { s.columns[5].fill = ""; }, "columns[5].fill: nothing to fill in"},
      {[](Schema& s) { s.columns[5].fill = "'yes'"; },
       "columns[5].fill: \"'yes'\" at 1: expected true or false, found a text"},
      {[](Schema& s) { s.columns[5].on_create = Blank::clear; },
       "columns[5].fill: neither on_create nor on_update asks for it"},
      {[](Schema& s) { s.columns[2].on_create = Blank::generate; },
       "columns[2]: only secrets are generated"},
      {[](Schema& s) { s.columns[2].on_create = Blank::keep; },
       "columns[2].on_create: a new object has nothing to keep"},
      {[](Schema& s) {
         s.columns[6].on_create = Blank::fill;
         s.columns[6].fill = "new.mac";
       },
       "columns[6]: what it comes to hangs on itself: look at fill and needs"},
      {[](Schema& s) {
         s.columns[6].needs = "present(new.name)";
         s.columns[1].needs = "present(new.mac)";
       },
       "columns[1]: what it comes to hangs on itself: look at fill and needs; columns[6]: what it "
       "comes to hangs on itself: look at fill and needs"},
      {[](Schema& s) { s.columns[6].needs = "present(name)"; },
       "columns[6].needs: reads name, which is not known here"},
      {[](Schema& s) { s.columns[0].needs = "present(new.name)"; },
       "columns[0].needs: this column is no field of the row's object that could go"},
      {[](Schema& s) {
         s.columns[7].on_create = Blank::fill;
         s.columns[7].fill = "'10.0.0.1'";
       },
       "columns[7].informational: what is never applied is neither filled in nor made"},
      {[](Schema& s) {
         s.columns[3].on_create = Blank::pool;
         s.columns[3].on_update = Blank::fill;
         s.columns[3].fill = "tenant.name";
       },
       "columns[3].on_update: a number of a pool is for what is new; columns[3].fill: expected the "
       "name of a pool: 'tenant.extension_pool'"},
      {[](Schema& s) {
         s.settings = {{.name = "numbers", .is = Is::pool}};
         s.columns[3].on_create = Blank::pool;
         s.columns[3].fill = "tenant.numbers";
       },
       "columns[3].fill: no claim says which numbers of the pool are free"},
  });
}

TEST_CASE("what cells name is there, and can be named so")
{
  check_all({
      {[](Schema& s) { s.columns[2].refers = "teem"; },
       "columns[2].refers: there is no kind 'teem'; did you mean team?"},
      {[](Schema& s) { s.columns[2].refers = "team.led"; },
       "columns[2].refers: there is no team field 'led'; did you mean lead?"},
      {[](Schema& s) { s.columns[5].refers = "team"; },
       "columns[5].refers: no cell of this type names an object"},
      {[](Schema& s) { s.columns[2].refers_when = "present(mac)"; },
       "columns[2].refers_when: the column refers to nothing"},
      {[](Schema& s) { s.columns[2].type = Phone{.restores_plus = true}; },
       "columns[2].type.restores_plus: the column refers to nothing that lists numbers"},
      {[](Schema& s) { s.columns[3].zeros_lost_from = "user"; },
       "columns[3].zeros_lost_from: expected a kind and a field: 'user.id'"},
      {[](Schema& s) { s.columns[6].zeros_lost_from = "user.extension"; },
       "columns[6].zeros_lost_from: only extensions and digits lose zeros"},
      {[](Schema& s) {
         s.columns[8].words = {{"none", {}}};
       },
       "columns[8].words: a secret is taken as it is typed"},
      {[](Schema& s) {
         s.columns[2].words = {{"-", {}}, {"", {}}, {"-", "x"}};
       },
       "columns[2].words[1].word: a blank cell is no word; columns[2].words[2].word: the word '-' "
       "is there already"},
      {[](Schema& s) { s.columns[2].mandatory = "present(name)"; },
       "columns[2].mandatory: reads name, which is not known here"},
      {[](Schema& s) { s.columns[2].offered = ""; },
       "columns[2].offered: \"\" at 1: expected a value or condition, found the end"},
  });
}

TEST_CASE("what a conversion carries is canonical, and of one column")
{
  check_all({
      {[](Schema& s) { s.columns[2].carries = {"emial"}; },
       "columns[2].carries[0]: there is no canonical field 'emial'; did you mean email?"},
      {[](Schema& s) { s.columns[2].carries = {"not active"}; },
       "columns[2].carries[0]: only a yes or no has an opposite"},
      {[](Schema& s) { s.columns[2].carries = {"sip_password"}; },
       "columns[2].carries[0]: only a secret carries a secret"},
      {[](Schema& s) { s.columns[8].carries = {"email"}; },
       "columns[8].carries[0]: a secret is carried as a secret alone"},
      {[](Schema& s) {
         s.columns[1].carries = {"login"};
         s.columns[2].carries = {"email", "login"};
       },
       "columns[2].carries[1]: columns[1] carries 'login', too"},
      {[](Schema& s) { s.columns[2].carried_default = "x"; },
       "columns[2].carried_default: the column carries nothing"},
  });
}

TEST_CASE("facts are what they say, and are read before the file is")
{
  check_all({
      {[](Schema& s) {
         s.settings = {{.name = "a"}, {.name = "a"}};
       },
       "settings[1].name: 'tenant.a' is there already"},
      {[](Schema& s) { s.settings = {{.name = "a..b"}}; },
       "settings[0].name: 'a..b' is no name, nor names with points between"},
      {[](Schema& s) { s.settings = {{.name = "a", .otherwise = "5"}}; },
       "settings[0].otherwise: \"5\" at 1: expected a text, found an integer"},
      {[](Schema& s) { s.settings = {{.name = "a", .is = Is::boolean, .otherwise = "'x'"}}; },
       "settings[0].otherwise: \"'x'\" at 1: expected true or false, found a text"},
      {[](Schema& s) {
         s.settings = {{.name = "a", .is = Is::interval, .otherwise = "['a', 'b']"}};
       },
       "settings[0].otherwise: \"['a', 'b']\" at 1: expected a list of integers, found a list"},
      {[](Schema& s) {
         s.settings = {{.name = "a", .otherwise = "tenant.b"}, {.name = "b"}};
       },
       "settings[0].otherwise: reads tenant.b, which does not stand before it"},
      {[](Schema& s) {
         s.actor = {{.name = "a", .is = Is::boolean, .one_of = {"x"}, .chars = "a-z", .min = 1}};
       },
       "actor[0].one_of: only a text has this; actor[0].chars: only a text has this; actor[0].min: "
       "only an integer or a list of texts has this"},
      {[](Schema& s) { s.options = {{.name = "a", .chars = "z-a", .code = "Bad"}}; },
       "options[0].code: a code is two words in small letters with a point between: mac.required; "
       "options[0].chars: \"z-a\" at 1: expected a range that goes up"},
      {[](Schema& s) {
         s.settings = {{.name = "a", .one_of = {"x", "y", "x"}}};
       },
       "settings[0].one_of[2]: 'x' stands there twice"},
      {[](Schema& s) { s.settings = {{.name = "a", .needed = "present(mac)"}}; },
       "settings[0].needed: reads mac, which is not known here"},
      {[](Schema& s) {
         s.settings = {{.name = "a", .is = Is::interval}};
         s.rules = {rule("tenant.a")};
       },
       "rules[0].when: \"tenant.a\" at 1: unknown name 'tenant.a'"},
  });
}
