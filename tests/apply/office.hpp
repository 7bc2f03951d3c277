// A small format for tests of the applier, in which a row hangs on everything that it can hang on:
// its own object, a team that it names, what the team says, claims, a setting, an actor.
#ifndef ROLLCALL_TESTS_APPLY_OFFICE_HPP
#define ROLLCALL_TESTS_APPLY_OFFICE_HPP

#include <string>
#include <string_view>

#include "rollcall/schema.hpp"

namespace rollcall::tests {

[[nodiscard]] inline schema::Schema office(schema::Keys keys = schema::Keys::from_file)
{
  using namespace schema;
  const bool is_named = keys == Keys::from_file;
  return {.id = "office",
          .title = "Office",
          .settings = {{.name = "floor", .otherwise = "'1'"}},
          .actor = {{.name = "desk"}},
          .options = {{.name = "quick", .is = Is::boolean}},
          .roles = {{.name = "writer", .may = {Action::validate, Action::execute}},
                    {.name = "chief", .may = {Action::validate, Action::execute}},
                    {.name = "reader", .may = {Action::validate}}},
          .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = keys, .fields = {{"floor"}}},
                    {.name = "team", .key = {"name"}, .fields = {{"open", Boolean{}}}}},
          .columns = {{.field = "id", .header = "ID", .type = Id{}},
                      {.field = "name", .header = "Name", .on_create = Blank::required},
                      {.field = "email", .header = "Email", .type = Email{}},
                      {.field = "extension", .header = "Extension", .type = Extension{}},
                      {.field = "team", .header = "Team", .refers = "team"},
                      {.field = "password",
                       .header = "Password",
                       .type = Secret{},
                       .on_create = Blank::generate,
                       .on_update = Blank::keep}},
          .rules = {{.code = "team.closed",
                     .blame = "team",
                     .when = "present(team)",
                     .require = "lookup(team, team).open",
                     .even_unchanged = true,
                     .says = "the team takes nobody"}},
          .claims = {{.name = "email", .held_in = {{"user.email"}}},
                     {.name = "extension", .held_in = {{"user.extension"}}}},
          .objects = {{.kind = "user",
                       .key = "id",
                       .create = is_named ? "not exists(user, id)" : "blank(id)",
                       .update = is_named ? "exists(user, id)" : "present(id)"}}};
}

inline constexpr std::string_view office_people = R"({
  "tenant": {"floor": "1"},
  "user": [{"id": "1", "name": "Ada", "email": "ada@b.de", "extension": "201", "team": "Sales"},
           {"id": "2", "name": "Bo", "email": "bo@b.de", "extension": "202"},
           {"id": "3", "name": "Cy", "email": "cy@b.de", "extension": "203"}],
  "team": [{"name": "Sales", "open": true}]})";

// As many users, with extensions from 1000 on.
[[nodiscard]] inline std::string many_people(std::size_t count)
{
  std::string json = R"({"user": [)";
  for (std::size_t i = 0; i != count; ++i) {
    const std::string id = std::to_string(i + 1);
    json.append(i == 0 ? "" : ", ").append(R"({"id": ")").append(id);
    json.append(R"(", "name": "U", "extension": ")").append(std::to_string(1000 + i)).append("\"}");
  }
  return json.append("]}");
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_APPLY_OFFICE_HPP
