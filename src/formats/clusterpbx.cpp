// ClusterPBX: the users.csv that a client account exports, edits and uploads again.
//
// A blank ID asks for a new user. What the page says of phones, templates and unique values needs
// rules and claims, which the model does not have yet.
#include "rollcall/formats.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Action;

// clang-format off
Schema clusterpbx()
{
  const Type on_off = Boolean{.yes = {"1", "yes", "true", "on"}, .no = {"0", "no", "false", "off"}};
  const Type phone = Digits{.max = 20, .plus = true};

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
       .on_create = required, .on_update = required, .mandatory = true},
      {.field = "last_name", .header = "Last Name", .type = Text{.max = 64},
       .on_create = required, .on_update = required, .mandatory = true},
      {.field = "email", .header = "Email", .type = Email{},
       .on_create = required, .on_update = required, .mandatory = true},
      {.field = "web_password", .header = "Web Passwords", .aliases = {"Web Password"},
       .type = Secret{}, .on_create = generate, .on_update = keep},
      {.field = "phone_secret", .header = "Phone Secret", .type = Secret{},
       .on_create = generate, .on_update = keep},
      {.field = "voicemail_pin", .header = "Voicemail Pin",
       .type = Secret{.digits = true, .min = 4, .max = 10},
       .on_create = generate, .on_update = keep},
      {.field = "extension", .header = "Extension", .type = Extension{.min = 2, .max = 10},
       .on_create = required, .on_update = required, .mandatory = true},
      {.field = "department", .header = "Department"},
      {.field = "language", .header = "Language", .on_update = keep},
      {.field = "phone_model_id", .header = "Phone Model ID"},
      {.field = "provisioning_template_id", .header = "Provisioning Template ID"},
      {.field = "mac", .header = "Mac Address", .type = Mac{}},
      {.field = "user_profile_id", .header = "User Profile ID"},
      {.field = "forward_number", .header = "Forward Number", .type = phone},
      {.field = "followme_number", .header = "Followme Number", .type = phone},
      {.field = "dnd", .header = "DND On", .type = on_off,
       .on_create = fill, .on_update = keep, .fill = "false"},
      {.field = "call_waiting", .header = "Callwaiting on", .type = on_off,
       .on_create = fill, .on_update = keep, .fill = "true"},
      {.field = "ip_address", .header = "IP address", .type = Ip{}, .informational = true},
    },

    .result_headers = {"Status", "Notes"},
  };
}
// clang-format on

} // namespace rollcall::formats
