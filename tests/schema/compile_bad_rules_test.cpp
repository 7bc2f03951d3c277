// Schemas with faults in what is judged and made of a row.
#include <doctest/doctest.h>

#include <string>

#include "schema/bad_schemas.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::check_all;
using rollcall::tests::faults_after;
using rollcall::tests::rule;
TEST_CASE("fields of kinds have constants where the directory has nothing")
{
  check_all({
      {[](Schema& s) { s.kinds[1].fields[1].null_is = "1"; },
       "kinds[1].fields[1].null_is: \"1\" at 1: expected true or false, found an integer"},
      {[](Schema& s) { s.kinds[1].fields[0].null_is = "tenant.name"; },
       "kinds[1].fields[0].null_is: expected a text, a number, true or false"},
      {[](Schema& s) {
         s.kinds[1].fields[0] = {"lead", Secret{}, "'x'"};
       },
       "kinds[1].fields[0].null_is: a secret has no value of its own"},
      {[](Schema& s) { s.kinds[0].fields = {{"mac"}}; },
       "kinds[0].fields: 'mac' is a column, which has another type"},
      {[](Schema& s) {
         s.kinds[1].undo = {{"open", "5"}, {"opne", "true"}, {"name", "'x'"}, {"lead"}};
       },
       "kinds[1].undo[0].value: \"5\" at 1: expected true or false, found an integer; "
       "kinds[1].undo[1].field: there is no team field 'opne'; did you mean open?; "
       "kinds[1].undo[2].field: the key is set by `key`; kinds[1].undo[3].value: there is no "
       "column 'lead' to take the value from"},
  });
}

TEST_CASE("rules say what they are about")
{
  check_all({
      {[](Schema& s) { s.rules = {{.code = "ab", .says = "x"}}; },
       "rules[0].code: a code is two words in small letters with a point between: mac.required"},
      {[](Schema& s) { s.rules = {{.code = "a.b"}}; },
       "rules[0].says: a code of one's own says what it means"},
      {[](Schema& s) { s.rules = {rule("present(foo)")}; },
       "rules[0].when: \"present(foo)\" at 9: unknown name 'foo'"},
      {[](Schema& s) { s.rules = {rule("present(new.mca)")}; },
       "rules[0].when: \"present(new.mca)\" at 9: unknown name 'new.mca'; did you mean new.mac?"},
      {[](Schema& s) { s.rules = {rule("true", "present(it)")}; },
       "rules[0].require: \"present(it)\" at 9: unknown name 'it'"},
      {[](Schema& s) { s.rules = {rule("key(user) == 'x'")}; },
       "rules[0].when: reads key(user), which is not known here"},
      {[](Schema& s) { s.rules = {rule("row.ok")}; },
       "rules[0].when: reads row.ok, which is not known here"},
      {[](Schema& s) {
         s.rules = {rule("true")};
         s.rules[0].blame = "mak";
         s.rules[0].about = {"ip", "ip", "pi", ""};
         s.rules[0].says = "{password} is {dropped}";
       },
       "rules[0].blame: there is no column 'mak'; did you mean mac?; rules[0].says: \"{password} "
       "is {dropped}\" at 2: a secret is never shown; rules[0].says: \"{password} is {dropped}\" "
       "at 16: unknown name 'dropped'; rules[0].about[1]: 'ip' stands there twice; "
       "rules[0].about[2]: there is no column 'pi'; rules[0].about[3]: a name is needed"},
      {[](Schema& s) {
         s.rules = {rule("true", "present(mac)")};
         s.rules[0].drops = {"mac"};
       },
       "rules[0].drops: what rejects the row leaves no cells out; rules[0].require: what is left "
       "out is left out when `when` holds"},
      {[](Schema& s) {
         s.rules = {rule("true")};
         s.rules[0].severity = Severity::info;
       },
       "rules[0].severity: a rule gives an error or a warning"},
      {[](Schema& s) {
         s.lets = {{"a", "present(mak)"}};
         s.rules = {rule("a")};
       },
       "lets[0].is: \"present(mak)\" at 9: unknown name 'mak'; did you mean mac?"},
      {[](Schema& s) {
         s.lets = {{"a", "object.id"}};
         s.rules = {rule("a")};
       },
       "lets[0].is: \"object.id\" at 1: unknown name 'object.id'"},
  });
}

TEST_CASE("what is looked up by what was looked up has an end")
{
  const auto nested = [](int depth) {
    std::string text = "name";
    for (int i = 0; i < depth; ++i) text = "lookup(team, " + text + ").lead";
    return text;
  };
  Schema three = tests::staff();
  three.rules = {rule("present(" + nested(3) + ")")};
  CHECK(CompiledSchema::compile(three).has_value());
  Schema four = tests::staff();
  four.rules = {rule("present(" + nested(4) + ")")};
  const auto result = CompiledSchema::compile(four);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.assume_error().detail().ends_with(
      "at 9: looks up more than 3 deep: the key of a lookup needs others"));
}

TEST_CASE("claims are about fields that can be compared")
{
  check_all({
      {[](Schema& s) { s.claims[0].name = ""; }, "claims[0].name: a name is needed"},
      {[](Schema& s) { s.claims[0].held_in = {}; }, "claims[0].held_in: held in no field"},
      {[](Schema& s) { s.claims[0].held_in[0].field = "user"; },
       "claims[0].held_in[0].field: expected a kind and a field: 'user.id'"},
      {[](Schema& s) { s.claims[0].held_in[0].field = "user.password"; },
       "claims[0].held_in[0].field: a secret is compared with none"},
      {[](Schema& s) { s.claims[0].held_in[0].when = "present(mac)"; },
       "claims[0].held_in[0].when: reads mac, which is not known here"},
      {[](Schema& s) { s.claims[0].held_in[0].when = "holder.activ"; },
       "claims[0].held_in[0].when: \"holder.activ\" at 1: unknown name 'holder.activ'; did you "
       "mean holder.active?"},
      {[](Schema& s) { s.claims[0].held_in[0].when = "exists(team, holder.name)"; },
       "claims[0].held_in[0].when: reads lookup(team, ...), which is not known here"},
      {[](Schema& s) { s.claims[0].held_in[0].owner = "boss"; },
       "claims[0].held_in[0].owner: there is no user field 'boss'"},
      {[](Schema& s) { s.claims[0].takes_from = "holder.active"; },
       "claims[0].takes_from: only rows that act in turn take anything from anybody"},
      {[](Schema& s) {
         s.rows = Rows::in_turn;
         s.claims[0].duplicates = Duplicates::every;
         s.claims[0].held_in.push_back({"team.lead"});
       },
       "claims[0].held_in: rows that act in turn take from objects of one kind; "
       "claims[0].duplicates: of rows that act in turn the last one has the value"},
      {[](Schema& s) { s.claims.push_back({.name = "again", .held_in = {{"user.email"}}}); },
       "claims[1].held_in: 'user.email' is claimed already"},
      {[](Schema& s) { s.claims[0].blame = "e_mail"; },
       "claims[0].blame: there is no column 'e_mail'; did you mean email?"},
  });
}

TEST_CASE("objects have keys and fields, and are made at some time")
{
  check_all({
      {[](Schema& s) { s.objects[0].kind = "users"; },
       "objects[0].kind: there is no kind 'users'; did you mean user?; claims[0].held_in[0].field: "
       "there is no user field 'email'; exports.cells: nothing says what is exported as name, "
       "email, extension, phone, active, mac, ip"},
      {[](Schema& s) { s.objects[0].key = ""; }, "objects[0].key: what is updated has a key"},
      {[](Schema& s) {
         s.objects[0].create = "";
         s.objects[0].update = "";
       },
       "objects[0]: neither created nor updated"},
      {[](Schema& s) { s.objects.push_back({.kind = "team", .create = always}); },
       "objects[1].key: the host gives no keys of this kind, so the row says it; objects[1].sets: "
       "only the first object has the columns for its fields"},
      {[](Schema& s) {
         s.objects.push_back({.kind = "team",
                              .key = "name",
                              .create = always,
                              .eligible = "old.active",
                              .sets = {{"lead", "key(user)"}, {"lead", "name"}, {"open", "mac"}}});
       },
       "objects[1].eligible: asked of the row's own object, when it is updated; "
       "objects[1].sets[1].field: 'lead' is set already; objects[1].sets[2].value: \"mac\" at 1: "
       "expected true or false, found a text"},
      {[](Schema& s) {
         s.objects.push_back(
             {.kind = "team", .key = "name", .create = always, .sets = {{"open"}, {"name"}}});
       },
       "objects[1].sets[0].value: there is no column 'open' to take the value from; "
       "objects[1].sets[1].field: the key is set by `key`"},
      {[](Schema& s) {
         s.objects.push_back({.kind = "team",
                              .key = "name",
                              .create = always,
                              .sets = {{"lead", "password"}, {"open", "generated"}}});
       },
       "objects[1].sets[0].value: \"password\" at 1: a secret may only be asked for its presence, "
       "its length and its characters; objects[1].sets[1].value: \"generated\" at 1: only a secret "
       "field can be generated"},
      {[](Schema& s) { s.objects[0].key = "key(user)"; },
       "objects[0].key: reads key(user), which is not known here"},
      {[](Schema& s) {
         s.limits = {{.kind = "team", .most = "'x'", .code = "a.b", .blame = "mak"}};
       },
       "limits[0].kind: no row creates any of these; limits[0].most: \"'x'\" at 1: expected an "
       "integer, found a text; limits[0].blame: there is no column 'mak'; did you mean mac?"},
      {[](Schema& s) {
         s.effects = {{.name = "mail",
                       .fields = {{"to", "email"},
                                  {"to", "email"},
                                  {"effect", "email"},
                                  {"pin", "password"}},
                       .secrets = {"user.password", "user.email"}}};
       },
       "effects[0].fields[1].field: 'to' is there already; effects[0].fields[2].field: 'effect' is "
       "there already; effects[0].fields[3].value: \"password\" at 1: a secret may only be asked "
       "for its presence, its length and its characters; effects[0].secrets[1]: 'user.email' is no "
       "secret"},
  });
}

TEST_CASE("what goes out can be written, and told from what comes in")
{
  check_all({
      {[](Schema& s) {
         s.result.columns = {{"Email", "email"}, {"A", "password"}, {"a", "row.ok"}, {"-", "1"}};
       },
       "result.columns[1].value: \"password\" at 1: a secret may only be asked for its presence, "
       "its length and its characters; result.columns[2].header: 'a' is there already; "
       "result.columns[3].header: a header is more than blanks, dashes and underscores; "
       "result.columns[0].header: 'Email' is a column of the file as well"},
      {[](Schema& s) {
         s.result = {.source_columns = false, .columns = {{"Email", "email"}}};
       },
       ""},
      {[](Schema& s) { s.result = {.source_columns = false}; },
       "result.columns: a result without the file's columns has its own"},
      {[](Schema& s) {
         s.result.columns = {{"Who", "lookup(team, name)"}};
       },
       "result.columns[0].value: \"lookup(team, name)\" at 1: expected a field of the object "
       "behind it"},
      {[](Schema& s) {
         s.result.columns = {{"Who", "job.actor"}};
       },
       "result.columns[0].value: reads job.actor, which is not known here"},
      {[](Schema& s) {
         s.job_page = {{"Who", "mac"}};
       },
       "job_page[0].value: reads mac, which is not known here"},
      {[](Schema& s) { s.exports->kind = "usr"; },
       "exports.kind: there is no kind 'usr'; did you mean user?"},
      {[](Schema& s) {
         s.exports->order = "";
         s.exports->file_name = "";
       },
       "exports.order: a field is needed; exports.file_name: a name is needed"},
      {[](Schema& s) { s.exports->order = "password"; },
       "exports.order: nothing is sorted by a secret"},
      {[](Schema& s) {
         s.exports->cells = {{"mac", "mac"}, {"mac", "'x'"}, {"mak", "'x'"}};
       },
       "exports.cells[1].field: 'mac' is there already; exports.cells[2].field: there is no column "
       "'mak'; did you mean mac?"},
      {[](Schema& s) {
         s.exports = Export{.kind = "team", .order = "name", .file_name = "x"};
         s.columns.resize(3);
       },
       "exports.cells: nothing says what is exported as id, email"},
      {[](Schema& s) { s.file.suffixes = {"csv"}; },
       "file.suffixes[0]: a suffix begins with a point: .csv"},
      {[](Schema& s) {
         s.roles[0].may = {Action::undo, Action::undo};
       },
       "roles[0].may[1]: stands there twice"},
      {[](Schema& s) { s.roles[0].is = "present(mac)"; },
       "roles[0].is: reads mac, which is not known here"},
  });
}

TEST_CASE("all faults of a schema are told at once")
{
  CHECK(faults_after([](Schema& s) {
          s.id = "";
          s.roles[0].name = "";
          s.columns[1].header = "ID";
          s.columns[5].fill = "";
          s.rules = {rule("present(mak) and lenght(mac) > 3")};
        }) ==
        "id: a schema has one; columns[1].header: 'ID' is a header that columns[0] has, too; "
        "columns[5].fill: nothing to fill in; rules[0].when: \"present(mak) and lenght(mac) > 3\" "
        "at 9: unknown name 'mak'; did you mean mac?; rules[0].when: \"present(mak) and "
        "lenght(mac) > 3\" at 18: unknown function 'lenght'; roles[0].name: a name is needed");
}

TEST_CASE("a schema is no larger than can be numbered, and its faults no longer than can be read")
{
  check_all({
      {[](Schema& s) { s.columns.resize(1'025); }, "columns: more than 1024 of them"},
      {[](Schema& s) { s.kinds.resize(65); }, "kinds: more than 64 of them"},
      {[](Schema& s) { s.rules.resize(1'001); }, "rules: more than 1000 of them"},
      {[](Schema& s) {
         for (int i = 0; i < 1'000; ++i) {
           s.rules.push_back(rule("true"));
           s.rules.back().each = {"mac", "ip"};
         }
       },
       "rules: more than 1000, each of those that are said of several columns"},
  });
  const std::string many = faults_after([](Schema& s) { s.columns.resize(1'000); });
  CHECK(many.ends_with(" more"));
  CHECK(many.size() < 20'000);
}
