// What five vendors' formats say in the rule language compiles: every condition and value of them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "expr/naming.hpp"
#include "expr/program.hpp"

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

namespace {

using enum Type;

// A book and the names that it is written with.
struct Format {
  Naming names;
  Book book;

  void let(const std::string& name, const std::string& text)
  {
    CAPTURE(text);
    const auto fault = book.let(name, text, names);
    CHECK_MESSAGE(!fault, (fault ? fault->what : ""));
  }

  void compiles(Wanted wanted, std::optional<Type> type, const std::vector<std::string>& texts)
  {
    for (const std::string& text : texts) {
      CAPTURE(text);
      const Book::Compiled compiled = book.compile(text, wanted, names, type);
      for (const Fault& fault : compiled.faults) CHECK_MESSAGE(fault.what.empty(), fault.what);
    }
  }

  void conditions(const std::vector<std::string>& texts) { compiles(Wanted::condition, {}, texts); }
  void values(const std::vector<std::string>& texts) { compiles(Wanted::value, {}, texts); }
  void secrets(const std::vector<std::string>& texts) { compiles(Wanted::value, secret, texts); }
  void texts(const std::vector<std::string>& all) { compiles(Wanted::text_template, {}, all); }
};

} // namespace

TEST_CASE("what ClusterPBX says compiles")
{
  Format format;
  format.names.kinds({{"user", {"id", folded}},
                      {"phone_model", {"id", folded}, {{"name"}}},
                      {"provisioning_template", {"id", folded}, {{"phone_model_id", folded}}}});
  format.names.columns({{"id", folded},
                        {"phone_model_id", folded},
                        {"provisioning_template_id", folded},
                        {"mac"},
                        {"ip_address"}});
  format.names.add("it", Space::cell, 1, folded);
  format.names.add("new.it", Space::fresh, 1, folded);
  format.names.add_all({{"row.outcome"}, {"row.messages"}}, Space::row);
  format.let("softphone", "blank(new.phone_model_id) and blank(new.provisioning_template_id)");
  format.let("template", "lookup(provisioning_template, new.provisioning_template_id)");
  format.conditions({"true", "false", "softphone", "not softphone", "present(new.it)",
                     "present(new.mac)",
                     "present(new.phone_model_id) or present(new.provisioning_template_id)",
                     "present(new.phone_model_id) and present(new.provisioning_template_id)",
                     "present(template.phone_model_id) and present(new.phone_model_id)",
                     "template.phone_model_id == new.phone_model_id", "present(ip_address)",
                     "ip_address == old.ip_address", "blank(id)", "present(id)"});
  format.values({"id", "row.outcome", "row.messages", "false", "true"});
  format.texts({"this template is for phone model {template.phone_model_id}",
                "a softphone has no MAC address, so it is not used"});
  CHECK(format.book.lookups().size() == 1);
}

TEST_CASE("what CTU says compiles")
{
  Format format;
  format.names.kinds(
      {{"user", {"login", folded}},
       {"permission_group", {"name", folded}, {{"rank", integer}, {"password_policy", folded}}},
       {"team", {"name", folded}},
       {"password_policy",
        {"name", folded},
        {{"min_length", integer},
         {"max_length", integer},
         {"upper", boolean},
         {"lower", boolean},
         {"digit", boolean},
         {"symbol", boolean},
         {"forbid_login", boolean}}}});
  format.names.columns(
      {{"login"}, {"password", secret}, {"permission_group", folded}, {"primary_team", folded}});
  format.names.facts({{"tenant.password_policy", folded},
                      {"actor.permission_group", folded},
                      {"actor.teams", Type::texts}});
  format.names.add_all({{"row.outcome"}, {"row.messages"}}, Space::row);
  format.names.add_all({{"job.state"}, {"job.rows", integer}, {"job.actor"}}, Space::job);
  format.let("group", "lookup(permission_group, permission_group)");
  format.let("policy",
             "first(lookup(password_policy, group.password_policy), "
             "lookup(password_policy, tenant.password_policy))");
  format.let("own", "lookup(permission_group, actor.permission_group)");
  format.conditions(
      {"exists(permission_group, actor.permission_group)",
       "present(permission_group) and present(policy.min_length)",
       "length(password) >= policy.min_length", "length(password) <= policy.max_length",
       "present(permission_group) and policy.upper", R"(has(password, '\p{Lu}'))",
       R"(has(password, '\p{Ll}'))", "has(password, '0-9')",
       R"(has(password, '^\p{L}\p{M}\p{N}\s'))",
       "present(permission_group) and policy.forbid_login", "not contains(password, login)",
       "group.rank <= own.rank", "primary_team in actor.teams"});
  format.values({"login", "job.rows", "job.actor", "0",
                 "if(job.state == 'succeeded', 'tick', if(job.state in ['queued', 'running', "
                 "'interrupted'], 'spinner', 'cross'))"});
  format.texts(
      {"at least {policy.min_length} characters", "{permission_group} ranks above your own group"});
  CHECK(format.book.lookups().size() == 4);
}

TEST_CASE("what the extension generator says compiles")
{
  Format format;
  format.names.kinds({{"user", {"username", folded}, {{"first_name"}, {"password", secret}}},
                      {"mailbox", {"mailbox", folded}, {{"pager"}}},
                      {"endpoint", {"username", folded}, {{"caller_id"}, {"mac"}}},
                      {"inbound_route", {"did"}, {{"extension", folded}}},
                      {"number", {"e164"}, {{"tenant"}, {"route"}}}});
  format.names.columns({{"extension"},
                        {"first_name"},
                        {"last_name"},
                        {"email"},
                        {"did"},
                        {"mac"},
                        {"phone_model", folded},
                        {"password", secret},
                        {"voicemail_pin", secret}});
  format.names.ranges("extension");
  format.names.add("it", Space::cell, 7, secret);
  format.names.facts({{"tenant.multi_tenant", boolean},
                      {"tenant.name"},
                      {"tenant.script"},
                      {"tenant.phone_model", folded},
                      {"tenant.provisioning", boolean},
                      {"tenant.welcome_email", boolean},
                      {"tenant.max_extensions", integer},
                      {"tenant.password.length", integer},
                      {"option.use_dids_as_caller_ids", boolean},
                      {"option.create_missing_dids", boolean}});
  format.names.add_all({{"holder.route"}, {"holder.tenant"}}, Space::holder);
  format.names.add_all({{"object.user", folded}, {"object.extension"}}, Space::object);
  format.names.add_all({{"row.number", integer}, {"row.outcome"}, {"row.key"}}, Space::row);
  format.let("user_name", "if(tenant.multi_tenant, '{tenant.name}-{extension}', extension)");
  format.let("endpoint_name", "if(tenant.multi_tenant, '{extension}-{tenant.name}', extension)");
  format.let("full_name", "join(' ', first_name, last_name)");
  format.let("makes_file", "present(mac) and tenant.provisioning and present(new.phone_model)");
  format.conditions(
      {"tenant.multi_tenant", "not option.create_missing_dids", "is_range(extension)", "blank(it)",
       "present(mac)", "present(mac) and tenant.provisioning", "tenant.provisioning",
       "present(did) and lists(number) and option.create_missing_dids", "exists(number, did)",
       "present(holder.route) or present(holder.tenant) and holder.tenant != tenant.name",
       "present(did) and lists(number) and not exists(number, did)", "makes_file",
       "tenant.welcome_email and present(email)"});
  format.values({"'dial'",
                 "false",
                 "16",
                 "6",
                 "tenant.phone_model",
                 "if(option.use_dids_as_caller_ids, did, null)",
                 "user_name",
                 "endpoint_name",
                 "extension",
                 "tenant.script",
                 "full_name",
                 "tenant.password.length",
                 "tenant.max_extensions",
                 "if(makes_file, mac, null)",
                 "if(makes_file, new.phone_model, null)",
                 "'extension'",
                 "tenant.name",
                 "if(row.outcome == 'created', user_name, null)",
                 "row.number",
                 "row.key",
                 "lookup(user, object.user).first_name",
                 "lookup(mailbox, object.extension).pager",
                 "lookup(inbound_route.extension, object.extension).did",
                 "lookup(endpoint, object.user).caller_id"});
  format.secrets({"generated", "new.password", "new.voicemail_pin"});
  format.texts({"{did} is new to the inventory"});
}

TEST_CASE("what the subscriber import says compiles")
{
  Format format;
  format.names.kinds({{"user", {"id", folded}}, {"number", {"e164"}, {{"id", folded}}}});
  format.names.columns({{"type", folded},
                        {"email"},
                        {"extension"},
                        {"incoming_did"},
                        {"pin", secret},
                        {"system_pin", boolean}});
  format.names.facts({{"tenant.pin_notification"},
                      {"tenant.default_call_profile", folded},
                      {"tenant.max_devices", integer},
                      {"tenant.languages", Type::texts},
                      {"tenant.pin_length.min", integer},
                      {"tenant.pin_length.max", integer},
                      {"actor.role"},
                      {"actor.telco_admin", boolean}});
  format.names.add_all({{"holder.assigned_to", folded}}, Space::holder);
  format.let("notifies_by_email", "tenant.pin_notification in ['email', 'email_and_display']");
  format.let("telco_admin", "actor.role == 'telco_admin' or actor.telco_admin");
  format.conditions({"telco_admin", "notifies_by_email", "tenant.pin_notification != 'email'",
                     "notifies_by_email and type == 'User'", "present(email)", "system_pin",
                     "not telco_admin", "type == 'Location'", "present(pin)", "not is_run(pin)",
                     "pin != extension", "present(holder.assigned_to)",
                     "exists(number, incoming_did)", "new.system_pin and notifies_by_email"});
  format.values({"'none'", "1", "false", "first(tenant.languages)", "'default'",
                 "if(type == 'Location', 'dial', 'both')", "tenant.default_call_profile",
                 "tenant.max_devices", "tenant.pin_length.min", "key(user)", "incoming_did",
                 "new.extension"});
  format.compiles(Wanted::value, Type::texts, {"['en']", "tenant.languages"});
  format.compiles(Wanted::value, Type::integers, {"[4, 10]"});
  format.secrets({"if(new.system_pin, generated, null)"});
}

TEST_CASE("what Call Manager says compiles")
{
  Format format;
  format.names.columns({{"upn", folded},
                        {"display_name"},
                        {"enterprise_voice", boolean},
                        {"primary_number"},
                        {"primary_location", folded},
                        {"private_number"},
                        {"private_location", folded}});
  format.names.facts({{"tenant.private_line", boolean}});
  format.names.add_all({{"holder.standard", boolean}}, Space::holder);
  format.names.add_all({{"object.standard", boolean}}, Space::object);
  format.names.add_all({{"old.standard", boolean}}, Space::old);
  format.names.add_all({{"row.ok", boolean}, {"row.messages"}, {"row.updated", Type::texts}},
                       Space::row);
  format.names.add_all({{"dropped", Type::texts}}, Space::row);
  format.conditions(
      {"present(new.primary_number)", "present(new.private_number)", "tenant.private_line",
       "not tenant.private_line", "present(new.primary_location)", "present(new.private_location)",
       "new.private_number != new.primary_number",
       "present(new.primary_number) or present(new.private_number)", "new.enterprise_voice",
       "present(display_name) and present(old.display_name)", "display_name == old.display_name",
       "present(old.primary_number) and blank(new.primary_number)",
       "private_number == old.primary_number",
       "present(old.private_number) and blank(new.private_number)",
       "primary_number == old.private_number", "holder.standard", "old.standard",
       "object.standard"});
  format.values({"true", "upn", "if(row.ok, 'TRUE', 'FALSE')",
                 "join('; ', row.messages, if(row.ok, if(present(row.updated), "
                 "'Updated: {row.updated}', 'No change'), null))"});
  format.texts({"the private line is switched off here: left out {dropped}",
                "{old.primary_number} is taken from this user"});
}
