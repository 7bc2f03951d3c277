// Call Manager: bulk changes to Teams voice users who already exist in the customer's tenant.
//
// Rows act in the order of the file. A number given to a user is taken from whoever holds it, and a
// location goes with the number that it belongs to. `Global` says "no policy of one's own".
#include "formats/catalogue.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Severity;
using enum Action;

// clang-format off
Schema call_manager()
{
  const std::vector<Word> global = {{"Global", std::nullopt}};
  const Type line = Phone{.ext = true, .restores_plus = true};

  return {
    .id = "call_manager", .title = "Call Manager bulk user changes",

    .settings = {{.name = "private_line", .is = Is::boolean, .otherwise = "true"}},

    .roles = {
      {.name = "owner",  .may = {template_, export_, validate, execute, undo, jobs}},
      {.name = "writer", .may = {template_, export_, validate, execute, undo, jobs}},
      {.name = "reader", .may = {template_, export_, validate, jobs}},
      {.name = "tenant_setup"},
    },

    .kinds = {
      {.name = "user", .key = {"upn"}, .fields = {{"standard", Boolean{}, "true"}}},
      {.name = "number",             .key = {"e164", Phone{.ext = true}}},
      {.name = "location",           .key = {"name"}},
      {.name = "caller_id_policy",   .key = {"name"}},
      {.name = "voice_route_policy", .key = {"name"}},
    },

    .columns = {
      {.field = "upn", .header = "User Principal Name", .aliases = {"UPN", "User"},
       .on_update = required, .mandatory = always, .carries = {"login", "email"}},
      {.field = "display_name", .header = "Display Name", .on_update = keep,
       .informational = true, .carries = {"display_name"}},
      {.field = "enterprise_voice", .header = "Enterprise Voice Enabled", .aliases = {"EV Enabled"},
       .type = Boolean{.yes = {"TRUE"}, .no = {"FALSE"}}, .on_update = keep, .carries = {"active"}},
      {.field = "primary_number", .header = "Primary Phone Number",
       .aliases = {"Phone Number", "Line URI"}, .type = line, .refers = "number",
       .carries = {"direct_number"}},
      {.field = "primary_location", .header = "Primary Location", .refers = "location",
       .needs = "present(new.primary_number)"},
      {.field = "private_number", .header = "Private Phone Number", .type = line,
       .refers = "number",
       .offered = "tenant.private_line", .carries = {"second_number"}},
      {.field = "private_location", .header = "Private Location", .refers = "location",
       .needs = "present(new.private_number)", .offered = "tenant.private_line"},
      {.field = "caller_id_policy", .header = "Caller ID Policy", .on_update = keep,
       .words = global, .refers = "caller_id_policy"},
      {.field = "voice_route_policy", .header = "Voice Route Policy", .on_update = keep,
       .words = global, .refers = "voice_route_policy"},
    },

    .rules = {
      {.code = "authority.column", .severity = warning, .when = "not tenant.private_line",
       .drops = {"private_number", "private_location"},
       .says = "the private line is switched off here: left out {dropped}"},
      {.code = "location.without_number", .blame = "primary_location",
       .when = "present(new.primary_location)", .require = "present(new.primary_number)",
       .says = "a location needs its number"},
      {.code = "location.without_number", .blame = "private_location",
       .when = "present(new.private_location)", .require = "present(new.private_number)",
       .says = "a location needs its number"},
      {.code = "number.same_for_both", .blame = "private_number",
       .when = "present(new.private_number)", .require = "new.private_number != new.primary_number",
       .says = "one number cannot be both the primary and the private one"},
      {.code = "enterprise_voice.required", .blame = "enterprise_voice",
       .when = "present(new.primary_number) or present(new.private_number)",
       .require = "new.enterprise_voice",
       .says = "a user with a number needs Enterprise Voice"},
      {.code = "value.ignored", .severity = warning, .blame = "display_name",
       .when = "present(display_name)", .require = "display_name == old.display_name",
       .says = "the display name is never changed by an import"},
      {.code = "value.cleared", .severity = warning, .blame = "primary_number",
       .when = "present(old.primary_number) and blank(new.primary_number)",
       .require = "private_number == old.primary_number",
       .says = "the blank cell takes {old.primary_number} away from this user"},
      {.code = "value.cleared", .severity = warning, .blame = "private_number",
       .when = "present(old.private_number) and blank(new.private_number)",
       .require = "primary_number == old.private_number",
       .says = "the blank cell takes {old.private_number} away from this user"},
    },

    .codes = {
      {.code = "location.without_number",
       .means = "A location is the emergency address of a number, so it stands and goes with it. "
                "The user would have the location and no number.",
       .bad = "a Primary Location, Primary Phone Number blank",
       .good = "a Primary Location and a Primary Phone Number",
       .mend = "Fill in the number, or leave its location blank."},
      {.code = "number.same_for_both",
       .means = "The primary and the private line of a user cannot have one number.",
       .bad = "+442071838750 in both columns",
       .good = "+442071838750 and +442071838751",
       .mend = "Choose another number for one of the two, or leave the private one blank."},
      {.code = "enterprise_voice.required",
       .means = "Only a user with Enterprise Voice can have a number. He would have one without "
                "it.",
       .bad = "a number, Enterprise Voice Enabled FALSE",
       .good = "a number, Enterprise Voice Enabled TRUE",
       .mend = "Write TRUE in Enterprise Voice Enabled, or clear both numbers."},
    },

    .rows = Rows::in_turn,
    .claims = {{.name = "number", .held_in = {{"user.primary_number"}, {"user.private_number"}},
        .takes_from = "holder.standard"}},

    .objects = {{.kind = "user", .key = "upn", .update = always, .eligible = "old.standard"}},

    .result = ResultFile{.columns = {
      {"Change OK", "if(row.ok, 'TRUE', 'FALSE')"},
      {"Notes",
       "join('; ', row.messages, "
       "if(row.ok, if(present(row.updated), 'Updated: {row.updated}', 'No change'), null), "
       "if(row.outcome == 'withheld', "
       "'Not applied: another row failed, or the job was stopped', null))"},
    }},
    .exports = Export{.kind = "user", .filter = "object.standard", .order = "upn",
        .file_name = "users.csv"},
  };
}
// clang-format on

} // namespace rollcall::formats
