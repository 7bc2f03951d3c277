// The claims about any directory.
#include "directory/port_suite.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "directory/people.hpp"
#include "directory/port_groups.hpp"

namespace rollcall::tests {
namespace {

constexpr std::string_view few_people = R"({
  "tenant": {"name": "acme", "pin": {"length": 4}, "a.b": 1, "limits": [4, "x", null, [true]],
             "open": true, "max": -7, "half": 0.5, "huge": 18446744073709551615, "none": null},
  "defaults": {"name": "all", "script": "dial"},
  "user": [
    {"id": "9", "name": "Ada", "email": "Ada@Example.com", "extension": "100", "active": true,
     "mac": "AABB.CCDD.EE01", "phone": "+44 (20) 7183-8750;ext=1", "level": 3, "pin": true},
    {"id": "10", "name": "Eve", "email": "eve@example.com", "extension": "0100", "active": false},
    {"id": "Bob.X", "name": "Ada", "email": "STRASSE@example.com"},
    {"id": 11, "name": "Stra\u00dfe", "email": "cafe\u0301@example.com", "level": 18}],
  "team": []})";

void check_find(Directory& directory)
{
  const std::string ada =
      "9 Ada Ada@Example.com 100 AABB.CCDD.EE01 +44 (20) 7183-8750;ext=1 true 3 true";
  SUBCASE("finds objects by their keys, in its own spelling, and says which value it answers")
  {
    CHECK(found(directory, user, key_field, {"bob.x", "nobody", "9", "BOB.X"}) ==
          Lines{"0: Bob.X Ada STRASSE@example.com - - - - - -", "2: " + ada,
                "3: Bob.X Ada STRASSE@example.com - - - - - -"});
  }
  SUBCASE("finds nothing where nothing is asked")
  {
    CHECK(found(directory, user, key_field, {}).empty());
    CHECK(found(directory, team, key_field, {"9"}).empty());
    CHECK(found(directory, team, lead, {""}).empty());
  }
  SUBCASE("reads a key that is a number as its digits")
  {
    CHECK(found(directory, user, key_field, {"11"}).size() == 1);
  }
  SUBCASE("shows all objects that share a value")
  {
    CHECK(found(directory, user, name, {"ADA"}) ==
          Lines{"0: " + ada, "0: Bob.X Ada STRASSE@example.com - - - - - -"});
  }
  SUBCASE("compares as Unicode does")
  {
    CHECK(found(directory, user, name,
                {"STRASSE",
                 "stra\xC3\x9F"
                 "e"})
              .size() == 2);
    CHECK(found(directory, user, email, {"CAF\xC3\x89@EXAMPLE.COM"}).size() == 1);
    CHECK(found(directory, user, email,
                {"stra\xC3\x9F"
                 "e@example.com"})
              .size() == 1);
  }
  SUBCASE("compares numbers and addresses in their plain form")
  {
    CHECK(found(directory, user, mac, {"aa:bb:cc:dd:ee:01"}) == Lines{"0: " + ada});
    CHECK(found(directory, user, phone, {"+442071838750;ext=1"}) == Lines{"0: " + ada});
    CHECK(found(directory, user, phone, {"+442071838750"}).empty());
  }
  SUBCASE("finds by numbers and truths as well, never by what is missing")
  {
    CHECK(found(directory, user, level, {"18", "3"}).size() == 2);
    CHECK(found(directory, user, active, {"false"}).size() == 1);
    CHECK(found(directory, user, extension, {"", "100", "0100", "00100"}).size() == 2);
  }
  SUBCASE("answers many values as it answers one")
  {
    std::vector<std::string> texts;
    for (int i = 0; i != 1000; ++i) texts.push_back(std::to_string(i));
    const std::vector<std::string_view> values{texts.begin(), texts.end()};
    CHECK(found(directory, user, key_field, values).size() == 3);
  }
}

void check_questions(Directory& directory)
{
  SUBCASE("lists the kinds that it knows all of")
  {
    CHECK(directory.lists(user));
    CHECK(directory.lists(team));
  }
  SUBCASE("counts, and shows all")
  {
    CHECK(must(directory.count(user)) == 4);
    CHECK(must(directory.count(team)) == 0);
    CHECK(scanned(directory, user).size() == 4);
    CHECK(scanned(directory, team).empty());
  }
  SUBCASE("goes on behind the highest id")
  {
    CHECK(must(directory.next_id(user)) == 12);
    CHECK(must(directory.next_id(team)) == 1);
  }
  SUBCASE("knows what somebody meant")
  {
    CHECK(must(directory.nearest(user, name, "Adda")) == "Ada");
    CHECK(must(directory.nearest(user, email, "EVE@exmaple.com")) == "eve@example.com");
    CHECK(must(directory.nearest(user, key_field, "bbo.x")) == "Bob.X");
    CHECK_FALSE(must(directory.nearest(user, name, "Zacharias")));
    CHECK_FALSE(must(directory.nearest(user, name, "")));
    CHECK_FALSE(must(directory.nearest(user, name, std::string(100'000, 'a'))));
    CHECK_FALSE(must(directory.nearest(team, lead, "Ada")));
  }
  SUBCASE("knows settings, and what all tenants have")
  {
    using Is = Setting::Is;
    CHECK(must(directory.setting("name")) == Setting{.is = Is::text, .text = "acme"});
    CHECK(must(directory.setting("pin.length")) == Setting{.is = Is::integer, .integer = 4});
    CHECK(must(directory.setting("a.b")) == Setting{.is = Is::integer, .integer = 1});
    CHECK(must(directory.setting("open")) == Setting{.is = Is::boolean, .boolean = true});
    CHECK(must(directory.setting("max")).integer == -7);
    for (const char* const other : {"half", "huge", "pin"})
      CHECK(must(directory.setting(other)) == Setting{.is = Is::other});
    for (const char* const nothing : {"none", "script", "", ".", "pin.", "pin.x", "name.x", "a"})
      CHECK(must(directory.setting(nothing)) == Setting{});
    const Setting limits = must(directory.setting("limits"));
    CHECK(limits.is == Is::list);
    REQUIRE(limits.items.size() == 4);
    CHECK(limits.items[0].integer == 4);
    CHECK(limits.items[1].text == "x");
    CHECK(limits.items[2] == Setting{});
    CHECK(limits.items[3].items == std::vector{Setting{.is = Is::boolean, .boolean = true}});
    CHECK(must(directory.default_setting("script")).text == "dial");
    CHECK(must(directory.default_setting("name")).text == "all");
    CHECK(must(directory.default_setting("open")) == Setting{});
  }
}

void check_changes(Directory& directory)
{
  SUBCASE("creates objects, also with ids of its own, and says their keys")
  {
    CHECK(Groups{}
              .create(user, {}, {{name, "Joe"}, {active, "true"}})
              .create(user, {}, {{name, "Ann"}})
              .create(team, "Sales", {{lead, "12"}, {open, "false"}})
              .begin()
              .create(user, {}, {{name, "Tom"}})
              .begin()
              .create(user, "x-1")
              .apply_to(directory) == Lines{"applied 12 13 Sales", "applied 14", "applied x-1"});
    CHECK(must(directory.count(user)) == 8);
    CHECK(must(directory.next_id(user)) == 15);
    CHECK(found(directory, user, key_field, {"12", "x-1"}) ==
          Lines{"0: 12 Joe - - - - true - -", "1: x-1 - - - - - - - -"});
    CHECK(found(directory, team, key_field, {"SALES"}) == Lines{"0: Sales 12 false"});
    CHECK(found(directory, user, name, {"tom"}).size() == 1);
  }
  SUBCASE("updates what is said and leaves the rest")
  {
    (void)found(directory, user, email, {"x"}); // there may be an index from here on
    CHECK(Groups{}
              .update(user, "BOB.x", {{email, "bob@example.com"}, {name, std::nullopt}})
              .update(user, "9", {{level, "4"}})
              .apply_to(directory) == Lines{"applied Bob.X 9"});
    CHECK(found(directory, user, key_field, {"bob.x"}) ==
          Lines{"0: Bob.X - bob@example.com - - - - - -"});
    CHECK(found(directory, user, email, {"strasse@example.com", "bob@example.com"}).size() == 1);
    CHECK(found(directory, user, name, {"ada"}).size() == 1);
    CHECK(found(directory, user, level, {"3", "4"}).size() == 1);
  }
  SUBCASE("deletes")
  {
    CHECK(Groups{}.remove(user, "10").apply_to(directory) == Lines{"applied 10"});
    CHECK(found(directory, user, key_field, {"10", "11"}).size() == 1);
    CHECK(found(directory, user, email, {"eve@example.com"}).empty());
    CHECK(must(directory.count(user)) == 3);
    CHECK(Groups{}.create(user, "10").apply_to(directory) == Lines{"applied 10"});
    CHECK(found(directory, user, key_field, {"10"}) == Lines{"0: 10 - - - - - - - -"});
  }
  SUBCASE("of a secret keeps only that it is set")
  {
    for (const SecretFrom from : {SecretFrom::column, SecretFrom::generated})
      CHECK(Groups{}.change(Op::update, user, "10", {}, from).apply_to(directory) ==
            Lines{"applied 10"});
    CHECK(Groups{}.update(user, "11", {{pin, "1234"}}).apply_to(directory) == Lines{"applied 11"});
    CHECK(found(directory, user, pin, {"true"}).size() == 3);
    CHECK(found(directory, user, pin, {"1234"}).empty());
    CHECK(Groups{}.update(user, "9", {{pin, {}}}).apply_to(directory) == Lines{"applied 9"});
    CHECK(found(directory, user, pin, {"true"}).size() == 2);
  }
}

void check_given_keys(Directory& directory)
{
  SUBCASE("gives the key that was expected, or another if that is taken by now")
  {
    CHECK(Groups{}
              .create(team, "Sales", {{open, "true"}})
              .gets_key(lead, "12")
              .create(user, "12", {{name, "Joe"}})
              .gives_key()
              .begin()
              .create(user, "12", {{name, "Ann"}})
              .gives_key()
              .create(team, "Care")
              .gets_key(lead, "12")
              .begin()
              .create(user, "13", {{name, "Tom"}})
              .gives_key()
              .gets_key(extension, "13")
              .begin()
              .create(user, {}, {{name, "Zoe"}})
              .gives_key()
              .update(user, "9", {})
              .gets_key(name)
              .apply_to(directory) ==
          Lines{"applied Sales 12", "applied 13 Care", "applied 14", "applied 15 9"});
    CHECK(found(directory, team, lead, {"12", "13"}) == Lines{"0: Sales 12 true", "1: Care 13 -"});
    CHECK(found(directory, user, extension, {"13", "14"}) == Lines{"1: 14 Tom - 14 - - - - -"});
    CHECK(found(directory, user, name, {"15"}).front().starts_with("0: 9 15 "));
    CHECK(must(directory.next_id(user)) == 16);
  }
  SUBCASE("gives no key that the group itself has taken")
  {
    CHECK(Groups{}
              .create(user, "12", {{name, "Joe"}})
              .create(user, "12", {{name, "Ann"}})
              .gives_key()
              .apply_to(directory) == Lines{"applied 12 13"});
    CHECK(Groups{}.remove(user, "13").create(user, "13").gives_key().apply_to(directory) ==
          Lines{"applied 13 13"});
  }
  SUBCASE("gives each of several objects a key, and what follows it that key")
  {
    CHECK(Groups{}
              .create(user, "12", {{name, "Joe"}})
              .gives_key()
              .create(team, "Sales")
              .gets_key(lead)
              .create(user, "12", {{name, "Ann"}})
              .gives_key()
              .create(team, "Care")
              .gets_key(lead)
              .apply_to(directory) == Lines{"applied 12 Sales 13 Care"});
    CHECK(found(directory, team, lead, {"12", "13"}) == Lines{"0: Sales 12 -", "1: Care 13 -"});
  }
  SUBCASE("gives no key that a group has not got, which was refused")
  {
    CHECK(Groups{}
              .create(user, "12")
              .gives_key()
              .create(user, "9")
              .begin()
              .create(user, "12", {{name, "Ann"}})
              .gives_key()
              .apply_to(directory) == Lines{"refused user 9 is there already", "applied 12"});
  }
}

} // namespace

void check_port(const MakeDirectory& make)
{
  const std::unique_ptr<Directory> directory = make(few_people);
  check_find(*directory);
  check_questions(*directory);
  check_changes(*directory);
  check_groups(*directory);
  check_given_keys(*directory);
  check_wrong_use(*directory);
  SUBCASE("knows nothing of kinds that are not there, until something is created")
  {
    const std::unique_ptr<Directory> empty = make("{}");
    CHECK_FALSE(empty->lists(user));
    CHECK(found(*empty, user, key_field, {"9"}).empty());
    CHECK(must(empty->next_id(user)) == 1);
    CHECK(must(empty->setting("name")) == Setting{});
    CHECK(Groups{}.create(user, {}, {{name, "Ada"}}).apply_to(*empty) == Lines{"applied 1"});
    CHECK(found(*empty, user, name, {"ada"}).size() == 1);
    CHECK_FALSE(empty->lists(user));
  }
  SUBCASE("has no next id behind one that has no successor")
  {
    const auto full = make(R"({"user": [{"id": "18446744073709551615"}, {"id": "7"}]})");
    CHECK(must(full->next_id(user)) == no_id_left);
    CHECK(Groups{}.create(user, {}).apply_to(*full) == Lines{"refused user has no key"});
  }
}

} // namespace rollcall::tests
