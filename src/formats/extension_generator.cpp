// Extension generator: one row, or one row for a whole range, and everything that an extension
// needs.
//
// Create only, six to eight objects a number. Objects get names from the tenant where there are
// several tenants. Portal passwords are always generated; Password and Voicemail PIN are the
// phone's and the mailbox's.
#include "formats/catalogue.hpp"

namespace rollcall::formats {

using namespace schema;
using enum Blank;
using enum Severity;
using enum Action;

// clang-format off
Schema extension_generator()
{
  const Secret password = {.min = 8, .max = 128, .length = "tenant.password.length",
                           .alphabet = "tenant.password.alphabet"};
  const Secret pin = {.digits = true, .min = 4, .max = 10, .length = "tenant.voicemail_pin_length"};
  const std::vector<Action> all = {template_, export_, validate, execute, undo, jobs};

  return {
    .id = "extension_generator", .title = "Users CSV upload",

    .settings = {
      {.name = "multi_tenant",   .is = Is::boolean, .otherwise = "false"},
      {.name = "name",           .chars = "a-z0-9", .needed = "tenant.multi_tenant",
       .code = "tenant.name"},
      {.name = "script",         .otherwise = "'dial'"},
      {.name = "phone_model"},
      {.name = "provisioning",   .is = Is::boolean, .otherwise = "false"},
      {.name = "welcome_email",  .is = Is::boolean, .otherwise = "false"},
      {.name = "max_extensions", .is = Is::integer},
      {.name = "password.length", .is = Is::integer, .otherwise = "16", .min = 1},
      {.name = "password.alphabet"},
      {.name = "voicemail_pin_length", .is = Is::integer, .otherwise = "6", .min = 1},
    },
    .options = {
      {.name = "use_dids_as_caller_ids", .is = Is::boolean, .otherwise = "false"},
      {.name = "create_missing_dids",    .is = Is::boolean, .otherwise = "false"},
    },
    .system_defaults = true,

    .roles = {{.name = "admin", .may = all}, {.name = "tenant_admin", .may = all}},

    .kinds = {
      {.name = "user", .key = {"username"},
       .fields = {{"extension"}, {"first_name"}, {"last_name"}, {"email", Email{}},
                  {"password", password}}},
      {.name = "extension", .key = {"extension", Extension{}},
       .fields = {{"user"}, {"script"}, {"endpoint"}, {"mailbox"}}},
      {.name = "mailbox", .key = {"mailbox", Extension{}},
       .fields = {{"owner"}, {"email", Email{}}, {"pager", Email{}}, {"pin", pin}}},
      {.name = "endpoint", .key = {"username"},
       .fields = {{"caller_id"}, {"password", password}, {"mailbox"}, {"mac", Mac{}},
                  {"phone_model"}}},
      {.name = "contact", .key = {"extension", Extension{}},
       .fields = {{"name"}, {"email", Email{}}}},
      {.name = "inbound_route", .key = {"did", Phone{}}, .fields = {{"handler"}, {"extension"}}},
      {.name = "number", .key = {"e164", Phone{}}, .fields = {{"tenant", Id{}}, {"route"}}},
      {.name = "provisioning_file", .key = {"mac", Mac{}},
       .fields = {{"phone_model"}, {"endpoint"}}},
      {.name = "phone_model", .key = {"name"}},
    },

    .columns = {
      {.field = "extension", .header = "Extension",
       .type = Extension{.min = 2, .max = 8, .range_max = 1000}, .on_create = required,
       .zeros_lost_from = "extension.extension", .mandatory = always, .carries = {"extension"}},
      {.field = "first_name", .header = "First Name", .type = Text{.max = 64},
       .on_create = required, .mandatory = always, .carries = {"first_name"}},
      {.field = "last_name", .header = "Last Name", .type = Text{.max = 64},
       .carries = {"last_name"}},
      {.field = "email", .header = "Email", .type = Email{}, .carries = {"email"}},
      {.field = "pager", .header = "Pager", .type = Email{}, .carries = {"pager"}},
      {.field = "did", .header = "DID", .type = Phone{}, .refers = "number",
       .refers_when = "not option.create_missing_dids", .carries = {"direct_number"}},
      {.field = "caller_id", .header = "Caller ID",
       .type = Digits{.max = 20, .plus = Plus::means_phone},
       .on_create = fill, .fill = "if(option.use_dids_as_caller_ids, did, null)",
       .carries = {"caller_id"}},
      {.field = "mac", .header = "MAC", .type = Mac{}, .carries = {"mac"}},
      {.field = "phone_model", .header = "Phone Model",
       .on_create = fill, .fill = "tenant.phone_model", .refers = "phone_model",
       .carries = {"phone_model"}},
      {.field = "password", .header = "Password", .type = password, .on_create = generate,
       .carries = {"sip_password"}},
      {.field = "voicemail_pin", .header = "Voicemail PIN", .type = pin, .on_create = generate,
       .carries = {"voicemail_pin"}},
    },

    .lets = {
      {"user_name",     "if(tenant.multi_tenant, '{tenant.name}-{extension}', extension)"},
      {"endpoint_name", "if(tenant.multi_tenant, '{extension}-{tenant.name}', extension)"},
      {"full_name",     "join(' ', first_name, last_name)"},
      {"makes_file",    "present(mac) and tenant.provisioning and present(new.phone_model)"},
    },

    .rules = {
      {.code = "range.single_value_column", .blame = "it",
       .each = {"did", "mac", "email", "pager", "password"},
       .when = "is_range(extension)", .require = "blank(it)",
       .says = "this cannot be the same for all extensions of a range"},
      {.code = "mac.ignored", .severity = warning, .blame = "mac",
       .when = "present(mac)", .require = "tenant.provisioning",
       .says = "provisioning is off, so no file is made for this MAC address"},
      {.code = "mac.no_phone_model", .severity = warning, .blame = "mac",
       .when = "present(mac) and tenant.provisioning", .require = "present(new.phone_model)",
       .says = "no phone model is known, so no file is made"},
      {.code = "did.created", .severity = warning, .stage = Stage::reference, .blame = "did",
       .when = "present(did) and lists(number) and option.create_missing_dids",
       .require = "exists(number, did)", .says = "{did} is new to the inventory"},
    },

    .codes = {
      {.code = "range.single_value_column",
       .means = "A range of extensions makes an extension of each number in it, and this column "
                "holds what only one of them may have.",
       .bad = "Extension 200-249 with a DID",
       .good = "Extension 200-249, the DID blank",
       .mend = "Leave the cell blank, or give the extension a row of its own."},
      {.code = "mac.ignored",
       .means = "Provisioning is switched off for this tenant, so no provisioning file is made for "
                "the phone. The extension is made all the same.",
       .bad = "a MAC address where provisioning is off",
       .good = "a blank MAC address, or provisioning switched on",
       .mend = "Nothing, if the phone is set up by hand. Otherwise have provisioning switched on "
               "and import again."},
      {.code = "mac.no_phone_model",
       .means = "A provisioning file is made for a phone model; neither the row nor the tenant "
                "names one, so no file is made.",
       .bad = "a MAC address, Phone Model blank",
       .good = "a MAC address and a Phone Model",
       .mend = "Fill in Phone Model, or set a default model for the tenant."},
      {.code = "did.created",
       .means = "The inventory does not have this number. The import was asked to add numbers that "
                "are missing, so it is added.",
       .bad = "a DID with a wrong digit",
       .good = "a DID of the inventory",
       .mend = "Nothing, if the number is yours. Otherwise correct it: calls to it never arrive."},
    },

    .key = "extension",
    .claims = {
      {.name = "extension",
       .held_in = {{"extension.extension"}, {"mailbox.mailbox"}, {"contact.extension"}},
       .blame = "extension"},
      {.name = "user name",     .held_in = {{"user.username"}},     .blame = "extension"},
      {.name = "endpoint name", .held_in = {{"endpoint.username"}}, .blame = "extension"},
      {.name = "did",
       .held_in = {{"inbound_route.did"},
                   {"number.e164", "present(holder.route) or "
                                   "present(holder.tenant) and holder.tenant != tenant.name"}},
       .blame = "did", .names_holder = false},
      {.name = "mac", .held_in = {{"provisioning_file.mac"}}, .blame = "mac"},
    },
    .limits = {{.kind = "extension", .most = "tenant.max_extensions",
                .code = "extension.limit", .blame = "extension"}},

    .objects = {
      {.kind = "user", .key = "user_name", .create = always,
       .sets = {{"extension", "extension"}, {"first_name"}, {"last_name"}, {"email"},
                {"password", "generated"}}},
      {.kind = "extension", .key = "extension", .create = always,
       .sets = {{"user", "user_name"}, {"script", "tenant.script"}, {"endpoint", "endpoint_name"},
                {"mailbox", "extension"}}},
      {.kind = "mailbox", .key = "extension", .create = always,
       .sets = {{"owner", "full_name"}, {"email"}, {"pager"}, {"pin", "new.voicemail_pin"}}},
      {.kind = "endpoint", .key = "endpoint_name", .create = always,
       .sets = {{"caller_id"}, {"password"}, {"mailbox", "extension"},
                {"mac", "if(makes_file, mac, null)"},
                {"phone_model", "if(makes_file, new.phone_model, null)"}}},
      {.kind = "contact", .key = "extension", .create = always,
       .sets = {{"name", "full_name"}, {"email"}}},
      {.kind = "inbound_route", .key = "did", .create = "present(did)",
       .sets = {{"handler", "'extension'"}, {"extension", "extension"}}},
      {.kind = "number", .key = "did",
       .create = "present(did) and lists(number) and not exists(number, did)",
       .sets = {{"tenant", "tenant.name"}, {"route", "extension"}}},
      {.kind = "number", .key = "did", .update = "exists(number, did)",
       .sets = {{"route", "extension"}}},
      {.kind = "provisioning_file", .key = "mac", .create = "makes_file",
       .sets = {{"phone_model"}, {"endpoint", "endpoint_name"}}},
    },
    .effects = {
      {.name = "provisioning.write", .when = "makes_file",
       .fields = {{"mac"}, {"endpoint", "endpoint_name"}, {"phone_model"}},
       .secrets = {"endpoint.password"}},
      {.name = "email.welcome", .when = "tenant.welcome_email and present(email)",
       .fields = {{"to", "email"}, {"user", "user_name"}}, .secrets = {"user.password"}},
    },

    .result = ResultFile{.source_columns = false, .columns = {
      {"Row", "row.number"}, {"Line", "row.line"}, {"Status", "row.outcome"},
      {"Extension", "row.key"},
      // A range has many of both; what would stand here is the name of none.
      {"User", "if(row.outcome == 'created' and not is_range(extension), user_name, null)"},
      {"Endpoint", "if(row.outcome == 'created' and not is_range(extension), endpoint_name, null)"},
      {"Messages", "row.messages"}}},
    .exports = Export{.kind = "extension", .order = "extension", .file_name = "extensions.csv",
      .cells = {
        {"first_name",  "lookup(user, object.user).first_name"},
        {"last_name",   "lookup(user, object.user).last_name"},
        {"email",       "lookup(user, object.user).email"},
        {"pager",       "lookup(mailbox, object.mailbox).pager"},
        {"did",         "lookup(inbound_route.extension, object.extension).did"},
        {"caller_id",   "lookup(endpoint, object.endpoint).caller_id"},
        {"mac",         "lookup(endpoint, object.endpoint).mac"},
        {"phone_model", "lookup(endpoint, object.endpoint).phone_model"}}},
  };
}
// clang-format on

} // namespace rollcall::formats
