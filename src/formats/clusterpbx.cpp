// ClusterPBX: the users.csv that a client account exports, edits and uploads again.
//
// A blank ID asks for a new user. Model, template and MAC make a desk phone; a user without model
// and template is a softphone, which holds no MAC address.
#include "formats/catalogue.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Severity;
using enum Action;

// clang-format off
Schema clusterpbx()
{
  const Type on_off = Boolean{.yes = {"1", "yes", "true", "on"}, .no = {"0", "no", "false", "off"}};
  const Type number = Digits{.max = 20, .plus = Plus::optional};

  return {
    .id = "clusterpbx", .title = "ClusterPBX users.csv",

    .roles = {
      {.name = "client",   .may = {template_, export_, validate, execute, undo, jobs}},
      {.name = "reseller", .may = {template_, export_, jobs}},
    },

    .kinds = {
      {.name = "user",                  .key = {"id", Id{}}, .keys = Keys::from_host},
      {.name = "phone_model",           .key = {"id", Id{}}, .fields = {{"name"}}},
      {.name = "provisioning_template", .key = {"id", Id{}}, .fields = {{"phone_model_id", Id{}}}},
      {.name = "user_profile",          .key = {"id", Id{}}},
    },

    .columns = {
      {.field = "id", .header = "ID", .type = Id{}},
      {.field = "first_name", .header = "First Name", .type = Text{.max = 64},
       .on_create = required, .on_update = required, .mandatory = always,
       .carries = {"first_name"}},
      {.field = "last_name", .header = "Last Name", .type = Text{.max = 64},
       .on_create = required, .on_update = required, .mandatory = always,
       .carries = {"last_name"}},
      {.field = "email", .header = "Email", .type = Email{},
       .on_create = required, .on_update = required, .mandatory = always,
       .carries = {"email", "login"}},
      {.field = "web_password", .header = "Web Passwords", .aliases = {"Web Password"},
       .type = Secret{}, .on_create = generate, .on_update = keep,
       .carries = {"portal_password"}},
      {.field = "phone_secret", .header = "Phone Secret",
       .type = Secret{}, .on_create = generate, .on_update = keep,
       .carries = {"sip_password"}},
      {.field = "voicemail_pin", .header = "Voicemail Pin",
       .type = Secret{.digits = true, .min = 4, .max = 10, .length = 6},
       .on_create = generate, .on_update = keep, .carries = {"voicemail_pin"}},
      {.field = "extension", .header = "Extension", .type = Extension{.min = 2, .max = 10},
       .on_create = required, .on_update = required, .zeros_lost_from = "user.extension",
       .mandatory = always, .carries = {"extension"}},
      {.field = "department", .header = "Department", .carries = {"department"}},
      {.field = "language", .header = "Language", .on_update = keep, .carries = {"language"}},
      {.field = "phone_model_id", .header = "Phone Model ID", .refers = "phone_model",
       .carries = {"phone_model"}},
      {.field = "provisioning_template_id", .header = "Provisioning Template ID",
       .refers = "provisioning_template"},
      {.field = "mac", .header = "Mac Address", .type = Mac{},
       .needs = "present(new.phone_model_id) or present(new.provisioning_template_id)",
       .carries = {"mac"}},
      {.field = "user_profile_id", .header = "User Profile ID", .refers = "user_profile",
       .carries = {"role"}},
      {.field = "forward_number", .header = "Forward Number", .type = number,
       .carries = {"forward_number"}},
      {.field = "followme_number", .header = "Followme Number", .type = number,
       .carries = {"mobile_number"}},
      {.field = "dnd", .header = "DND On", .type = on_off,
       .on_create = fill, .on_update = keep, .fill = "false"},
      {.field = "call_waiting", .header = "Callwaiting on", .type = on_off,
       .on_create = fill, .on_update = keep, .fill = "true"},
      {.field = "ip_address", .header = "IP address", .type = Ip{}, .on_update = keep,
       .informational = true},
    },

    .lets = {
      {"softphone", "blank(new.phone_model_id) and blank(new.provisioning_template_id)"},
      {"template",  "lookup(provisioning_template, new.provisioning_template_id)"},
    },

    // The first one takes the MAC address of a softphone out of the row, so that all others see
    // none. The rules of the phone are about model, template and MAC: they are judged when any of
    // the three changes, and only if all cells of the three are good.
    .rules = {
      {.code = "mac.without_phone", .severity = warning, .blame = "mac",
       .when = "softphone", .drops = {"mac"}, .even_unchanged = true,
       .says = "a softphone has no MAC address, so it is not used"},
      {.code = "provisioning.incomplete", .blame = "it",
       .each = {"phone_model_id", "provisioning_template_id"},
       .when = "not softphone", .require = "present(new.it)", .about = {"mac"},
       .says = "a phone model and a provisioning template come together, or both stay blank for a "
               "softphone"},
      {.code = "mac.required", .blame = "mac",
       .when = "present(new.phone_model_id) and present(new.provisioning_template_id)",
       .require = "present(new.mac)",
       .says = "a desk phone needs its MAC address"},
      {.code = "provisioning.template_model_mismatch", .stage = Stage::reference,
       .blame = "provisioning_template_id",
       .when = "present(template.phone_model_id) and present(new.phone_model_id)",
       .require = "template.phone_model_id == new.phone_model_id", .about = {"mac"},
       .says = "this template is for phone model {template.phone_model_id}"},
      {.code = "value.ignored", .severity = warning, .blame = "ip_address",
       .when = "present(ip_address)", .require = "ip_address == old.ip_address",
       .says = "the IP address is what the phone reported; an import never sets it"},
    },

    .codes = {
      {.code = "mac.without_phone",
       .means = "A user without phone model and provisioning template is a softphone, and a "
                "softphone holds no MAC address. The one in the row is not used.",
       .bad = "a MAC address, model and template blank",
       .good = "a MAC address with model and template, or none of the three",
       .mend = "For a desk phone fill in model and template; for a softphone leave the MAC address "
               "blank."},
      {.code = "provisioning.incomplete",
       .means = "A desk phone is provisioned from its model and a template. One of the two alone "
                "is not enough.",
       .bad = "a phone model, the template blank",
       .good = "a phone model and a template of that model",
       .mend = "Fill in the other one as well, or leave both blank for a softphone."},
      {.code = "mac.required",
       .means = "A desk phone is known by its MAC address, so a user with phone model and "
                "provisioning template needs one.",
       .bad = "",
       .good = "00:04:13:a2:b3:c4",
       .mend = "Fill in the MAC address, which stands on the back of the phone, or leave model and "
               "template blank for a softphone."},
      {.code = "provisioning.template_model_mismatch",
       .means = "A provisioning template is made for one phone model, and the row names another "
                "one.",
       .bad = "a template for snom_d785, the model yealink_t46u",
       .good = "a template for yealink_t46u, the model yealink_t46u",
       .mend = "Choose a template of this model, or correct the model."},
    },

    .claims = {
      {.name = "email",     .held_in = {{"user.email"}}},
      {.name = "extension", .held_in = {{"user.extension"}}},
      {.name = "mac",       .held_in = {{"user.mac"}}},
    },

    .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"}},

    .result = ResultFile{.columns = {{"Status", "row.outcome"}, {"Notes", "row.messages"}},
               .error_rows = true, .error_log = true},
    .exports = Export{.kind = "user", .order = "id", .file_name = "users.csv"},
  };
}
// clang-format on

} // namespace rollcall::formats
