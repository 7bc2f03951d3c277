// The claims about groups: together or not at all, in their order, and what is wrong use.
#include "directory/port_groups.hpp"

#include <doctest/doctest.h>

#include <string>

#include "directory/people.hpp"

namespace rollcall::tests {

void check_groups(Directory& directory)
{
  SUBCASE("exchanges values within a group, and moves them along")
  {
    (void)found(directory, user, extension, {"100"});
    CHECK(Groups{}
              .update(user, "9", {{extension, "0100"}})
              .update(user, "10", {{extension, "100"}})
              .apply_to(directory) == Lines{"applied 9 10"});
    CHECK(found(directory, user, extension, {"100"}).front().starts_with("0: 10 "));
    CHECK(found(directory, user, extension, {"0100"}).front().starts_with("0: 9 "));
    CHECK(Groups{}
              .update(user, "11", {{extension, "100"}})
              .update(user, "10", {{extension, {}}})
              .apply_to(directory) == Lines{"applied 11 10"});
    CHECK(found(directory, user, extension, {"100"}).front().starts_with("0: 11 "));
  }
  SUBCASE("clears before it sets, in whatever order it is told")
  {
    CHECK(Groups{}
              .update(user, "9", {{name, "New"}})
              .update(user, "9", {{name, {}}, {level, {}}})
              .apply_to(directory) == Lines{"applied 9 9"});
    CHECK(found(directory, user, name, {"new"}).size() == 1);
    CHECK(found(directory, user, level, {"3"}).empty());
  }
  SUBCASE("deletes before it creates, and what is created is new")
  {
    CHECK(Groups{}
              .create(user, "BOB.X", {{level, "1"}})
              .remove(user, "Bob.X")
              .update(user, "bob.x", {{extension, "7"}})
              .apply_to(directory) == Lines{"applied BOB.X BOB.X BOB.X"});
    CHECK(found(directory, user, key_field, {"bob.x"}) == Lines{"0: BOB.X - - 7 - - - 1 -"});
    CHECK(must(directory.count(user)) == 4);
  }
  SUBCASE("refuses a group as a whole and goes on with the next")
  {
    const Lines before = scanned(directory, user);
    CHECK(Groups{}
              .create(user, "new")
              .update(user, "9", {{name, "Changed"}})
              .create(user, "bob.X")
              .begin()
              .update(user, "10", {{name, "Changed"}})
              .update(user, "gone", {{name, "Changed"}})
              .begin()
              .remove(user, "10")
              .remove(user, "10")
              .begin()
              .remove(team, "gone")
              .begin()
              .create(team, {})
              .begin()
              .create(team, "A")
              .create(team, "a")
              .begin()
              .remove(user, "10")
              .update(user, "10", {})
              .apply_to(directory) ==
          Lines{"refused user bob.X is there already", "refused user gone is not there",
                "refused user 10 is not there", "refused team gone is not there",
                "refused team has no key", "refused team a is there already",
                "refused user 10 is not there"});
    CHECK(scanned(directory, user) == before);
    CHECK(must(directory.count(team)) == 0);
    CHECK(Groups{}.create(user, "9").begin().create(team, "A").apply_to(directory) ==
          Lines{"refused user 9 is there already", "applied A"});
  }
  SUBCASE("applies a group of thousands like one of two")
  {
    Groups groups;
    for (int i = 0; i != 3000; ++i) groups.create(user, {}, {{extension, std::to_string(i)}});
    CHECK(groups.apply_to(directory).front().starts_with("applied 12 13 14 "));
    Groups shifted;
    for (int i = 0; i != 3000; ++i)
      shifted.update(user, std::to_string(12 + i), {{extension, std::to_string(i + 1)}});
    CHECK(shifted.apply_to(directory).front().starts_with("applied 12 13 14 "));
    CHECK(found(directory, user, extension, {"3000"}).front().starts_with("0: 3011 "));
    CHECK(found(directory, user, extension, {"0"}).empty());
    CHECK(found(directory, user, extension, {"1"}).front().starts_with("0: 12 "));
  }
}

void check_wrong_use(Directory& directory)
{
  Seen seen;
  Answers answers;
  const auto is_wrong_use = [](const auto& result) {
    return !result.has_value() && result.assume_error().code() == ErrorCode::wrong_use;
  };
  SUBCASE("takes a kind or a field that is not there for wrong use")
  {
    CHECK(is_wrong_use(directory.find(2, key_field, {}, seen)));
    CHECK(is_wrong_use(directory.find(user, fields_of_user, {}, seen)));
    CHECK(is_wrong_use(directory.scan(2, seen)));
    CHECK(is_wrong_use(directory.count(2)));
    CHECK(is_wrong_use(directory.next_id(2)));
    CHECK(is_wrong_use(directory.nearest(team, fields_of_team, "x")));
    CHECK(is_wrong_use(directory.apply(Groups{}.remove(2, "9").views(), answers)));
    CHECK_FALSE(directory.lists(2));
  }
  SUBCASE("takes keys for wrong use that nobody gives, or two, or that are not the host's")
  {
    const auto is_refused = [&](const Groups& groups) {
      return is_wrong_use(directory.apply(groups.views(), answers));
    };
    CHECK(is_refused(Groups{}.create(team, "A").gets_key(lead)));
    CHECK(is_refused(Groups{}.create(team, "A").gives_key()));
    CHECK(is_refused(Groups{}.update(user, "9", {}).gives_key()));
    CHECK(is_refused(Groups{}.remove(user, "9").gives_key()));
    CHECK(answers.lines.empty());
  }
  SUBCASE("touches nothing if one of the groups is wrong use")
  {
    Groups groups;
    groups.remove(user, "9").begin().update(user, "10", {{fields_of_user, "x"}});
    CHECK(is_wrong_use(directory.apply(groups.views(), answers)));
    CHECK(is_wrong_use(
        directory.apply(Groups{}.update(user, "10", {{key_field, "x"}}).views(), answers)));
    CHECK(answers.lines.empty());
    CHECK(must(directory.count(user)) == 4);
  }
}

} // namespace rollcall::tests
