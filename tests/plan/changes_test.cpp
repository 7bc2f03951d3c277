// What rows do: fields before and after, other objects, what is taken, effects (spec F2, E24).
#include "plan/changes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "plan/work_words.hpp"
#include "support/checking.hpp"

namespace rollcall::tests {
namespace {

using plan::Changes;
using plan::Taking;

// A user, a mailbox if he has one, the team that he is in, and a mail about a new password.
schema::Schema office()
{
  using namespace schema;
  return {
      .id = "office",
      .title = "Office",
      .roles = {{.name = "writer", .may = {Action::validate}}},
      .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host},
                {.name = "team", .key = {"name"}, .fields = {{"last"}}},
                {.name = "box", .key = {"name"}, .fields = {{"owner"}, {"pin", Secret{}}}}},
      .columns = {{.field = "id", .header = "ID", .type = Id{}},
                  {.field = "name", .header = "Name", .on_update = Blank::keep},
                  {.field = "level", .header = "Level", .type = Integer{}},
                  {.field = "mac", .header = "MAC", .type = Mac{}},
                  {.field = "password",
                   .header = "Password",
                   .type = Secret{.length = 12},
                   .on_create = Blank::generate,
                   .on_update = Blank::keep},
                  {.field = "box", .header = "Box"}},
      .claims = {{.name = "name", .held_in = {{"user.name"}}}},
      .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"},
                  {.kind = "box",
                   .key = "'{new.box}'",
                   .create = "present(new.box) and not exists(box, new.box)",
                   .update = "present(new.box) and exists(box, new.box)",
                   .sets = {{.field = "owner", .value = "key(user)"},
                            {.field = "pin", .value = "generated"}}},
                  {.kind = "team",
                   .key = "'all'",
                   .update = "exists(team, 'all')",
                   .sets = {{.field = "last", .value = "new.name"}}}},
      .effects = {{.name = "mail",
                   .when = "present(password)",
                   .fields = {{"to", "new.name"},
                              {"cc", "if(present(level), 'boss', null)"},
                              {"id", "key(user)"}}}},
  };
}

// Users whose mailbox goes with their name, and nothing that says what a row sets.
schema::Schema desks()
{
  using namespace schema;
  return {.id = "desks",
          .title = "Desks",
          .roles = {{.name = "writer", .may = {Action::validate}}},
          .kinds = {{.name = "user", .key = {"id", Id{}}}},
          .columns = {{.field = "id", .header = "ID", .type = Id{}},
                      {.field = "name", .header = "Name"},
                      {.field = "level", .header = "Level", .on_update = Blank::keep},
                      {.field = "box", .header = "Box", .needs = "present(new.name)"}},
          .claims = {{.name = "name", .held_in = {{"user.name"}}}},
          .objects = {{.kind = "user", .key = "id", .update = "present(id)"}}};
}

class Doing {
 public:
  explicit Doing(const std::string& text, const std::string& json = "{}",
                 const schema::Schema& schema = office())
      : rows{text, {.dialect = {.delimiter = ','}}, schema}
  {
    rows.context = {.name = "ada", .role = "writer"};
    rows.directory.hold(json);
    rows.check();
    for (std::size_t row = 0; row != rows.rows(); ++row) {
      INFO(rows.findings(row));
      REQUIRE_FALSE(rows.is_rejected(row));
    }
    changes.emplace(rows.schema(), rows.checker(), memory);
    check::RowMask all{&memory};
    all.assign(rows.rows(), true);
    must(changes->start(all));
  }

  [[nodiscard]] std::string does(std::size_t row, std::optional<std::string_view> given = {},
                                 std::span<const Taking> takings = {})
  {
    return in_words(must(changes->make(row, given, takings)), rows.schema());
  }

  std::pmr::memory_resource& memory = *std::pmr::new_delete_resource();
  Checking rows;
  std::optional<Changes> changes;
};

constexpr const char* ada = R"({"id": "1", "name": "Ada", "level": 3, "password": true,
                               "mac": "AABB.CCDD.EE02"})";

std::string host(const std::string& users, const std::string& more = "")
{
  return R"({"user": [)" + users + "]" + more + "}";
}

} // namespace

TEST_CASE("what stays as it is, is no change, however it is written")
{
  Doing doing{"ID,Name,Level,MAC\n1,Ada,03,aa:bb:cc:dd:ee:02\n1,Ada,4,aa-bb-cc-dd-ee-02\n",
              host(ada)};
  CHECK_FALSE(doing.changes->has_any(0));
  CHECK(doing.does(0).empty());
  CHECK(doing.changes->has_any(1));
  CHECK(doing.does(1) == "update user 1 (level 3 > 4)");
}

TEST_CASE("a change says what was before, as the directory has it")
{
  Doing doing{"ID,Name,Level,MAC\n1,Eve,3,\n", host(ada)};
  CHECK(doing.does(0) == "update user 1 (name Ada > Eve, mac AABB.CCDD.EE02 > -)");
}

TEST_CASE("a column that is not there, and a blank that keeps, change nothing")
{
  Doing doing{"ID,Name\n1,\n", host(ada)};
  CHECK(doing.does(0).empty());
}

TEST_CASE("what an object says that it sets, a column that is not there or keeps leaves as it is")
{
  using schema::Blank;
  schema::Schema said = desks();
  said.kinds[0].fields = {{"nick"}, {"level"}, {"code", schema::Secret{}}, {"label"}};
  said.columns = {
      said.columns[0],
      said.columns[1],
      said.columns[2],
      {.field = "code", .header = "Code", .type = schema::Secret{}, .on_update = Blank::keep}};
  said.claims.clear();
  said.objects[0].sets = {{.field = "nick", .value = "new.name"},
                          {.field = "level"},
                          {.field = "code"},
                          {.field = "label", .value = "'{new.name}!'"}};
  const std::string eve =
      host(R"({"id": "1", "nick": "Eve", "level": "3", "code": true, "label": "Eve!"})");
  Doing absent{"ID,Name\n1,Eve\n1,Ann\n", eve, said};
  CHECK(absent.does(0).empty());
  CHECK(absent.does(1) == "update user 1 (nick Eve > Ann, label Eve! > Ann!)");
  Doing blank{"ID,Name,Level,Code\n1,Eve,,\n1,Ann,4,Hidden-1\n", eve, said};
  CHECK_FALSE(blank.changes->has_any(0));
  CHECK(blank.does(0).empty());
  CHECK(blank.does(1) ==
        "update user 1 (nick Eve > Ann, level 3 > 4, code true > cell, label Eve! > Ann!)");
}

TEST_CASE("a new object gets what is not null, and its key from the host")
{
  Doing doing{"ID,Name,Level\n,Eve,\n"};
  CHECK(doing.changes->has_any(0));
  CHECK(doing.does(0, "7") == "create user 7? (name Eve, password made)");
  CHECK(doing.does(0) == "create user ? (name Eve, password made)");
}

TEST_CASE("a secret that a cell gives is a change, and its value is not told")
{
  Doing doing{"ID,Name,Password\n1,Ada,Hidden-1\n,Eve,Hidden-2\n",
              host(R"({"id": "1", "name": "Ada", "password": true})")};
  CHECK(doing.does(0) == "update user 1 (password true > cell); mail (to Ada, id 1)");
  CHECK(doing.does(1, "2") == "create user 2? (name Eve, password cell); mail (to Eve, id 2?)");
}

TEST_CASE("other objects are made or changed behind the row's own, by kind and key")
{
  Doing doing{"ID,Name,Box\n,Eve,b2\n1,Ada,b1\n",
              host(ada, R"(, "box": [{"name": "b1", "owner": "9", "pin": true}],
                             "team": [{"name": "all", "last": "Ada"}])")};
  CHECK(doing.does(0, "2") ==
        "create user 2? (name Eve, password made, box b2); "
        "update team all (last Ada > Eve); create box b2 (owner 2?, pin made)");
  CHECK(doing.does(1) == "update user 1 (box b1); update box b1 (owner 9 > 1, pin true > made)");
}

TEST_CASE("the key of the row's own object is the one that was found")
{
  Doing doing{"ID,Name\nUSER-1,Eve\n,Ada\n", host(R"({"id": "User-1"})")};
  CHECK(doing.changes->own_key(0) == "User-1");
  CHECK_FALSE(doing.changes->own_key(1));
}

TEST_CASE("a blank clears or keeps as its column says, and what needs a value goes with it")
{
  Doing doing{"ID,Name,Level,Box\n1,,,\n2,,,b2\n3,,,\n4,Dan,4,\n5,,7,\n",
              host(R"({"id": "1", "name": "Ada", "level": "3", "box": "b1"},
                      {"id": "2", "box": "b2"}, {"id": "3", "level": "3"},
                      {"id": "4", "name": "Dan", "level": "4"}, {"id": "5", "level": "3"})"),
              desks()};
  CHECK(doing.changes->has_any(0));
  CHECK(doing.does(0) == "update user 1 (name Ada > -, box b1 > -)");
  for (const std::size_t row : {1U, 2U, 3U}) {
    CHECK_FALSE(doing.changes->has_any(row));
    CHECK(doing.does(row).empty());
  }
  CHECK(doing.does(4) == "update user 5 (level 3 > 7)");
}

TEST_CASE("what needs a value goes with it where its own column is not in the file")
{
  Doing doing{"ID,Name\n1,\n2,Bob\n", host(R"({"id": "1", "name": "Ada", "box": "b1"},
                      {"id": "2", "name": "Bob", "box": "b2"})"),
              desks()};
  CHECK(doing.does(0) == "update user 1 (name Ada > -, box b1 > -)");
  CHECK(doing.does(1).empty());
}

TEST_CASE("what is taken from an object is one change of it, with what hangs on that")
{
  Doing doing{"ID,Name\n1,Bob\n", host(R"({"id": "1", "name": "Ada"})"), desks()};
  const std::vector<std::optional<std::string_view>> fields = {"Bob", "3", "b1"};
  const check::Known bob{.key = "2", .fields = fields};
  const Taking name{.kind = 0, .holder = &bob, .field = 0};
  const Taking level{.kind = 0, .holder = &bob, .field = 1};
  CHECK(doing.does(0, {}, std::vector{level, name}) ==
        "update user 1 (name Ada > Bob); update user 2 (name Bob > -, level 3 > -, box b1 > -)");
  CHECK(doing.does(0, {}, std::vector{level}) ==
        "update user 1 (name Ada > Bob); update user 2 (level 3 > -)");
}

TEST_CASE("what two objects lose are two changes, by key")
{
  Doing doing{"ID,Name\n1,Bob\n", host(ada)};
  const std::vector<std::optional<std::string_view>> fields = {"Bob", {}, {}, {}, {}};
  const check::Known three{.key = "3", .fields = fields};
  const check::Known two{.key = "2", .fields = fields};
  const std::vector<Taking> takings = {{.kind = 0, .holder = &three, .field = 0},
                                       {.kind = 0, .holder = &two, .field = 0}};
  CHECK(doing.does(0, {}, takings) ==
        "update user 1 (name Ada > Bob); update user 2 (name Bob > -); "
        "update user 3 (name Bob > -)");
}

TEST_CASE("what was kept of a row is the same after the next one")
{
  Doing doing{"ID,Name,Password\n1,Eve,Hidden-1\n,Bob,\n", host(ada)};
  std::pmr::monotonic_buffer_resource memory;
  const plan::Work kept = Changes::keep(must(doing.changes->make(0, {})), memory);
  const std::string words = in_words(kept, doing.rows.schema());
  (void)doing.does(1, "2");
  CHECK(in_words(kept, doing.rows.schema()) == words);
  CHECK(words ==
        "update user 1 (name Ada > Eve, password true > cell); "
        "mail (to Eve, id 1)");
}

TEST_CASE("a range does for each of its numbers what a row does for one")
{
  using namespace schema;
  schema::Schema ranged = {
      .id = "ranged",
      .title = "Ranged",
      .roles = {{.name = "writer", .may = {Action::validate}}},
      .kinds = {{.name = "extension", .key = {"extension", Extension{}}},
                {.name = "box", .key = {"name"}, .fields = {{"owner"}}}},
      .columns = {{.field = "extension", .header = "Extension", .type = Extension{.range_max = 9}},
                  {.field = "name", .header = "Name"}},
      .objects = {{.kind = "extension",
                   .key = "extension",
                   .create = "true",
                   .sets = {{.field = "name", .value = "'{name} {extension}'"}}},
                  {.kind = "box",
                   .key = "'b{extension}'",
                   .create = "extension != '21'",
                   .sets = {{.field = "owner", .value = "extension"}}}},
  };
  ranged.kinds[0].fields = {{"name"}};
  Doing doing{"Extension,Name\n20-22,Hall\n", "{}", ranged};
  CHECK(doing.does(0) ==
        "create extension 20 (name Hall 20); create extension 21 (name Hall 21); "
        "create extension 22 (name Hall 22); create box b20 (owner 20); create box b22 (owner 22)");
}

} // namespace rollcall::tests
