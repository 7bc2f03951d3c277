// A small format for tests: a column of every type, and one for everything that a blank can mean.
#ifndef ROLLCALL_TESTS_SUPPORT_STAFF_SCHEMA_HPP
#define ROLLCALL_TESTS_SUPPORT_STAFF_SCHEMA_HPP

#include "rollcall/schema.hpp"

namespace rollcall::tests {

[[nodiscard]] inline schema::Schema staff()
{
  using namespace schema;
  using enum Blank;
  return {
      .id = "staff",
      .title = "Staff",
      .roles = {{.name = "writer", .may = {Action::validate, Action::execute}},
                {.name = "reader", .may = {Action::export_}}},
      .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host},
                {.name = "team", .key = {"name"}, .fields = {{"lead"}, {"open", Boolean{}}}}},
      .columns = {{.field = "id", .header = "ID", .type = Id{}},
                  {.field = "name",
                   .header = "Full Name",
                   .aliases = {"Name"},
                   .type = Text{.max = 8},
                   .on_create = required,
                   .on_update = required,
                   .mandatory = always},
                  {.field = "email", .header = "Email", .type = Email{}},
                  {.field = "extension",
                   .header = "Extension",
                   .type = Extension{.min = 2, .max = 5},
                   .on_create = required,
                   .on_update = keep},
                  {.field = "phone",
                   .header = "Phone",
                   .type = Digits{.min = 3, .max = 8, .plus = Plus::optional}},
                  {.field = "active",
                   .header = "Active",
                   .type = Boolean{.yes = {"yes", "true"}, .no = {"no", "false"}},
                   .on_create = fill,
                   .on_update = keep,
                   .fill = "true"},
                  {.field = "mac", .header = "Mac Address", .type = Mac{}},
                  {.field = "ip", .header = "IP", .type = Ip{}, .informational = true},
                  {.field = "password",
                   .header = "Password",
                   .type = Secret{.min = 4, .max = 12, .length = 12},
                   .on_create = generate,
                   .on_update = keep}},
      .claims = {{.name = "email", .held_in = {{"user.email"}}}},
      .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"}},
      .result = {.columns = {{"Outcome", "row.outcome"}}},
      .exports = Export{.kind = "user", .order = "id", .file_name = "staff.csv"},
  };
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_STAFF_SCHEMA_HPP
