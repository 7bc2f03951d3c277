// Subscriber import: a telco's new users and locations, thirty-two columns, in any order.
//
// Create only. A Location is a place, not a person: it has no login, so PIN and admin cells mean
// nothing there. Some columns are the telco's alone.
#include <utility>

#include "formats/catalogue.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Severity;
using enum Action;

// clang-format off
Schema subscriber_import()
{
  const auto flag = [](std::string field, std::string header,
                       std::vector<std::string> carries = {}) {
    return Column{.field = std::move(field), .header = std::move(header),
                  .type = Boolean{.yes = {"y"}, .no = {"n"}}, .on_create = fill,
                  .fill = "false", .carries = std::move(carries)};
  };
  const Type plain_number = Digits{.max = 20, .plus = Plus::optional};
  const std::vector<Action> all = {template_, validate, execute, undo, jobs};

  return {
    .id = "subscriber_import", .title = "Subscriber import",

    .settings = {
      {.name = "pin_notification", .otherwise = "'none'",
       .one_of = {"none", "display", "email", "email_and_display"}},
      {.name = "default_call_profile", .is = Is::key},
      {.name = "max_devices", .is = Is::integer,  .otherwise = "1", .min = 1},
      {.name = "languages",   .is = Is::texts,    .otherwise = "['en']", .min = 1},
      {.name = "pin_length",  .is = Is::interval, .otherwise = "[4, 10]"},
      {.name = "extension_pool", .is = Is::pool},
    },
    .actor = {{.name = "telco_admin", .is = Is::boolean, .otherwise = "false"}},

    .roles = {
      {.name = "telco_admin", .is = "telco_admin", .may = all},
      {.name = "enterprise_admin", .may = all},
      {.name = "company_admin",    .may = all},
    },

    .kinds = {
      {.name = "user",         .key = {"id", Id{}}, .keys = Keys::from_host},
      {.name = "number",       .key = {"e164", Phone{}},
       .fields = {{"id", Id{}}, {"assigned_to", Id{}}}},
      {.name = "announcement", .key = {"id", Id{}}},
      {.name = "zone",         .key = {"id", Id{}}},
      {.name = "call_profile", .key = {"id", Id{}}},
      {.name = "key_profile",  .key = {"id", Id{}}},
    },

    .columns = {
      {.field = "type", .header = "Type", .type = Choice{.of = {"User", "Location"}},
       .on_create = required, .mandatory = always,
       .carries = {"kind_of_user"}, .carried_default = "User"},
      {.field = "first_name", .header = "FirstName", .type = Text{.max = 64},
       .carries = {"first_name"}},
      {.field = "last_name", .header = "LastName", .type = Text{.max = 64},
       .on_create = required, .mandatory = always, .carries = {"last_name"}},
      {.field = "email", .header = "Email", .type = Email{}, .mandatory = "notifies_by_email",
       .carries = {"email"}},
      {.field = "home_phone", .header = "HomePhone", .type = plain_number,
       .carries = {"home_number"}},
      {.field = "mobile_phone", .header = "MobilePhone", .type = plain_number,
       .carries = {"mobile_number"}},
      {.field = "extension", .header = "Extension", .type = Extension{.min = 2, .max = 10},
       .on_create = pool, .fill = "tenant.extension_pool",
       .zeros_lost_from = "user.extension", .carries = {"extension"}},
      {.field = "language", .header = "Language", .type = Choice{.from = "tenant.languages"},
       .on_create = fill, .fill = "first(tenant.languages)", .words = {{"English", "en"}},
       .carries = {"language"}},
      {.field = "incoming_did", .header = "IncomingDID", .type = Phone{}, .refers = "number",
       .carries = {"direct_number"}},
      {.field = "outgoing_clid", .header = "OutgoingCLID", .on_create = fill, .fill = "'default'",
       .words = {{"-1", "private"}, {"0", "default"}}, .refers = "number.id"},
      flag("privacy",                "Privacy"),
      flag("pai",                    "PAI"),
      flag("hands_free_answer_back", "HFAback"),
      flag("locked",                 "Locked", {"not active"}),
      {.field = "hold", .header = "Hold", .refers = "announcement"},
      {.field = "dir_access", .header = "DirAccess", .type = Choice{.of = {"dial", "both", "none"}},
       .on_create = fill, .fill = "if(type == 'Location', 'dial', 'both')"},
      {.field = "max_devices", .header = "MaxDevices",
       .type = Integer{.min = 1, .max = "tenant.max_devices"}, .on_create = fill, .fill = "1"},
      flag("twin",                   "Twin"),
      flag("selective_call_routing", "SCR"),
      flag("on_demand_recording",    "ODCR"),
      flag("voicemail",              "VM"),
      flag("agent",                  "Agent"),
      flag("dynamic_site",           "Dsite"),
      {.field = "dsite_clid", .header = "DsiteCLID", .type = plain_number},
      {.field = "dsite_max_calls", .header = "NumCallDsite", .type = Integer{.min = 0, .max = 999}},
      {.field = "dsite_zone", .header = "DsiteZone", .refers = "zone"},
      flag("company_admin",          "CAdmin"),
      flag("enterprise_admin",       "EAdmin"),
      {.field = "call_profile", .header = "CallProfile",
       .on_create = fill, .fill = "tenant.default_call_profile", .refers = "call_profile",
       .carries = {"role"}},
      {.field = "key_profile", .header = "KeyProfile", .words = {{"-1", std::nullopt}},
       .refers = "key_profile"},
      {.field = "pin", .header = "PIN",
       .type = Secret{.digits = true, .min = "tenant.pin_length.min",
                      .max = "tenant.pin_length.max", .length = 6,
                      .shown = "tenant.pin_notification != 'email'"},
       .on_create = fill, .fill = "if(new.system_pin, generated, null)",
       .carries = {"voicemail_pin"}},
      flag("system_pin",             "SysPIN"),
    },

    .lets = {
      {"notifies_by_email", "tenant.pin_notification in ['email', 'email_and_display']"},
      {"telco_admin",       "actor.role == 'telco_admin' or actor.telco_admin"},
    },

    // The order tells: SysPIN asks for an email even on a Location, a PIN there is never called
    // weak.
    .rules = {
      {.code = "email.required", .blame = "email",
       .when = "notifies_by_email and type == 'User'", .require = "present(email)",
       .says = "this tenant mails the PIN, so a user needs an email address"},
      {.code = "email.required", .blame = "email",
       .when = "system_pin", .require = "present(email)",
       .says = "a PIN made by the system needs an email address"},
      {.code = "authority.column", .severity = warning, .when = "not telco_admin",
       .drops = {"pai", "dynamic_site", "dsite_clid", "dsite_max_calls", "dsite_zone"},
       .says = "only a telco admin can set {dropped}"},
      {.code = "location.no_login", .severity = warning, .when = "type == 'Location'",
       .drops = {"pin", "system_pin", "company_admin", "enterprise_admin"},
       .says = "a location has no login: left out {dropped}"},
      {.code = "secret.weak", .severity = warning, .blame = "pin",
       .when = "present(pin)", .require = "not is_run(pin)", .about = {"type"},
       .says = "one digit repeated, or digits in a row"},
      {.code = "secret.weak", .severity = warning, .blame = "pin",
       .when = "present(pin)", .require = "pin != extension", .about = {"type"},
       .says = "the same as the extension"},
    },

    .codes = {
      {.code = "email.required",
       .means = "PINs of this tenant, or PINs made by the system, are sent by email.",
       .bad = "SysPIN y, Email blank", .good = "SysPIN y and an Email",
       .mend = "Fill in Email; or, where PINs are not mailed, give the PIN in the column PIN and "
               "leave SysPIN blank."},
      {.code = "location.no_login",
       .means = "A location is a place, which nobody logs in as: PIN, SysPIN, CAdmin and EAdmin "
                "mean nothing there. They are left out; the rest of the row counts.",
       .bad = "Type Location, PIN 4711", .good = "Type Location, PIN blank",
       .mend = "Clear these cells, or make it a User."},
    },

    .claims = {
      {.name = "extension",    .held_in = {{"user.extension"}}},
      {.name = "incoming_did",
       .held_in = {{"user.incoming_did"},
                   {"number.e164", "present(holder.assigned_to)", "assigned_to"}}},
    },

    .objects = {
      {.kind = "user",   .create = always},
      {.kind = "number", .key = "incoming_did", .update = "exists(number, incoming_did)",
       .sets = {{"assigned_to", "key(user)"}}},
    },
    .effects = {
      {.name = "email.pin", .when = "new.system_pin and notifies_by_email",
       .fields = {{"to", "email"}, {"user", "key(user)"}}, .secrets = {"user.pin"}},
    },

    .result = ResultFile{.source_columns = false,
               .columns = {{"Row", "row.number"}, {"Line", "row.line"}, {"Status", "row.outcome"},
                           {"Extension", "new.extension"}, {"Messages", "row.messages"}}},
  };
}
// clang-format on

} // namespace rollcall::formats
