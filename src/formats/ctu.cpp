// CTU: the agents of a contact centre, in campaigns and teams.
//
// Only new logins. Nothing is ever deleted there: to undo is to deactivate, and the login stays
// taken. An importer reaches as high as his own permission group and into his own teams.
#include <utility>

#include "formats/catalogue.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Action;

// clang-format off
Schema ctu()
{
  const Type name = Text{.min = 1, .max = 50, .chars = R"(\p{L}\p{M}0-9 +\-%_,/().£$!?@\\')"};
  const Type true_false = Boolean{.yes = {"TRUE"}, .no = {"FALSE"}};

  // The policy of the row's group, one demand each; all that a password breaks is one finding,
  // which says what it needs: "the password needs a digit; an upper-case letter".
  const auto demand = [](const Expr& when, Expr require, std::string says) {
    return Rule{.code = "secret.policy", .blame = "password",
                .when = "present(permission_group) and " + when,
                .require = std::move(require),
                .says = "the password needs " + std::move(says)};
  };

  return {
    .id = "ctu", .title = "CTU agents",

    .file = FileChecks{.suffixes = {".csv", ".txt"}, .bytes_max = 102'400, .needs_entries = true},
    .settings = {{.name = "password_policy", .is = Is::key}},
    .actor    = {{.name = "permission_group", .is = Is::key}, {.name = "teams", .is = Is::texts}},

    .roles = {{.name = "member of a listed permission group",
               .is = "exists(permission_group, actor.permission_group)",
               .may = {template_, validate, execute, undo, jobs}}},

    .kinds = {
      {.name = "user", .key = {"login"}, .undo = {{"active", "false"}}},
      {.name = "permission_group", .key = {"name"},
       .fields = {{"rank", Integer{}, "0"}, {"password_policy"}}},
      {.name = "team", .key = {"name"}},
      {.name = "capacity_plan", .key = {"name"}},
      {.name = "password_policy", .key = {"name"},
       .fields = {{"min_length", Integer{}}, {"max_length", Integer{}}, {"upper", Boolean{}},
                  {"lower", Boolean{}}, {"digit", Boolean{}}, {"symbol", Boolean{}},
                  {"forbid_login", Boolean{}}}},
    },

    .columns = {
      {.field = "first_name", .header = "First Name", .type = name,
       .on_create = required, .mandatory = always, .carries = {"first_name"}},
      {.field = "last_name", .header = "Last Name", .type = name,
       .on_create = required, .mandatory = always, .carries = {"last_name"}},
      {.field = "login", .header = "Login", .type = Text{.min = 1, .max = 40, .chars = R"(^\s)"},
       .on_create = required, .mandatory = always, .carries = {"login", "email"}},
      {.field = "password", .header = "Password", .type = Secret{},
       .on_create = required, .mandatory = always, .carries = {"portal_password"}},
      {.field = "permission_group", .header = "Permission Group", .aliases = {"Role"},
       .on_create = required, .refers = "permission_group", .mandatory = always,
       .carries = {"role"}},
      {.field = "web_rtc", .header = "Web RTC", .aliases = {"WebRTC"}, .type = true_false,
       .on_create = fill, .fill = "false"},
      {.field = "extension", .header = "Extension", .type = Digits{.min = 1, .max = 10},
       .zeros_lost_from = "user.extension", .carries = {"extension"}},
      {.field = "primary_team", .header = "Primary Team",
       .on_create = required, .refers = "team", .mandatory = always, .carries = {"department"}},
      {.field = "capacity_plan", .header = "Capacity Plan", .refers = "capacity_plan"},
      {.field = "active", .header = "Active", .type = true_false,
       .on_create = fill, .fill = "true", .carries = {"active"}},
    },

    .lets = {
      {"group",  "lookup(permission_group, permission_group)"},
      {"policy", "first(lookup(password_policy, group.password_policy), "
                 "lookup(password_policy, tenant.password_policy))"},
      {"own",    "lookup(permission_group, actor.permission_group)"},
    },

    .rules = {
      demand("present(policy.min_length)", "length(password) >= policy.min_length",
             "{policy.min_length} characters or more"),
      demand("present(policy.max_length)", "length(password) <= policy.max_length",
             "{policy.max_length} characters or fewer"),
      demand("policy.upper",  R"(has(password, '\p{Lu}'))", "an upper-case letter"),
      demand("policy.lower",  R"(has(password, '\p{Ll}'))", "a lower-case letter"),
      demand("policy.digit",  "has(password, '0-9')",       "a digit"),
      demand("policy.symbol", R"(has(password, '^\p{L}\p{M}\p{N}\s'))",
             "a sign that is neither letter nor digit nor space"),
      demand("policy.forbid_login", "not contains(password, login)", "to be without the login"),
      {.code = "authority.rank", .stage = Stage::authority, .blame = "permission_group",
       .require = "group.rank <= own.rank",
       .says = "{permission_group} ranks above your own group"},
      {.code = "authority.team", .stage = Stage::authority, .blame = "primary_team",
       .require = "primary_team in actor.teams", .says = "you are not in the team {primary_team}"},
    },

    .claims  = {{.name = "login", .held_in = {{"user.login"}}, .duplicates = Duplicates::every}},
    .objects = {{.kind = "user", .key = "login", .create = always}},

    .result = ResultFile{.columns = {{"Status", "row.outcome"}, {"Notes", "row.messages"}},
               .error_rows = true},
    .job_page = {
      {"Upload status", "if(job.state == 'succeeded', 'tick', "
                        "if(job.state in ['queued', 'running', 'interrupted'], 'spinner', "
                        "'cross'))"},
      {"Users", "job.rows"}, {"Created", "job.created"}, {"Rows with errors", "job.errors"},
      {"Uploaded by", "job.actor"}, {"Upload start", "job.started"}, {"Upload end", "job.ended"},
      {"Details", "job.details"},
    },
  };
}
// clang-format on

} // namespace rollcall::formats
