// vendor_files.cpp: what stands in made-up files of each format.
#include "job/vendor_files.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "formats/catalogue.hpp"

namespace rollcall::tests {
namespace {

// No row of a vendor's file is worth more than these.
constexpr std::array<std::string_view, 5> broken = {"\"a\"b", "a\"b", "\x01", "\xFF", "\"a\nb\"c"};

Setting text(std::string value)
{
  return {.is = Setting::Is::text, .text = std::move(value)};
}

std::string joined(const std::vector<std::string>& cells)
{
  std::string line;
  for (std::size_t i = 0; i != cells.size(); ++i) line.append(i == 0 ? "" : ",").append(cells[i]);
  return line;
}

} // namespace

Vendor clusterpbx_vendor()
{
  return {.schema = formats::clusterpbx(),
          .directory = R"({
        "user": [
          {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "a1@x.de",
           "extension": "101", "web_password": true, "dnd": false, "call_waiting": true},
          {"id": "2", "first_name": "Bea", "last_name": "Orr", "email": "a2@x.de",
           "extension": "102", "phone_model_id": "1", "provisioning_template_id": "10",
           "mac": "00:04:13:00:00:02", "department": "Sales", "language": "en", "dnd": true},
          {"id": "3", "first_name": "Cid", "last_name": "Roth", "email": "a3@x.de",
           "extension": "103", "user_profile_id": "agent", "ip_address": "10.0.0.1",
           "department": " -1", "language": "\t=x"},
          {"id": "04", "first_name": "Dee", "last_name": "Moss", "email": "A4@x.de",
           "extension": "0104", "phone_model_id": "2", "provisioning_template_id": "20",
           "mac": "00:04:13:00:00:04", "voicemail_pin": true, "language": "\u00a0=z "}],
        "phone_model": [{"id": "1"}, {"id": "2"}],
        "provisioning_template": [{"id": "10", "phone_model_id": "1"}, {"id": "20"}],
        "user_profile": [{"id": "agent"}]})",
          .context = {.name = "ada", .role = "client"},
          .columns =
              {{"ID", {"", "", "", "1", "2", "3", "04"}, {"4", "no 1", "4.42E+11", "'1", "\uFF12"}},
               {"First Name", {"Ada", "Bea", "\"Cid, Jr.\"", "\xC3\x89lise", "=1"}, {""}, true},
               {"Last Name", {"Ek", "Orr", " Roth ", "'=x"}, {""}, true},
               {"Email",
                {"a1@x.de", "A2@X.de", "a3@x.de", "a4@x.de", "a5@x.de", "a6@x.de", "a7@x.de"},
                {"", "a@b", "a b@x.de", "<a4@x.de>", "a5@x.de."},
                true},
               {"Extension",
                {"101", "102", "103", "104", "0104", "105", "106", "107", "108"},
                {"", "1", "1O1", "12-May"},
                true},
               {"Web Passwords", {"", "", "zq-one", " zq "}, {}, false, true},
               {"Voicemail Pin", {"", "", "471147"}, {"12", "12a4"}, false, true},
               {"Department", {"", "Sales", "\"Sales, EMEA\""}, {}},
               {"Language", {"", "en", "fr"}, {}},
               {"Phone Model ID", {"", "1", "2"}, {"9"}},
               {"Provisioning Template ID", {"", "10", "20"}, {"90"}},
               {"Mac Address",
                {"", "000413000002", "00-04-13-00-00-05", "00:04:13:00:00:06"},
                {"zz", "00 04 13 00 00 05", "00:04:13:00:00:O6"}},
               {"User Profile ID", {"", "AGENT"}, {"Agant"}},
               {"Forward Number", {"", "+4930", "030"}, {"+", "0 30"}},
               {"DND On", {"", "1", "no"}, {"maybe"}},
               {"IP address", {"", "10.0.0.1", "::1", "x"}, {"10.0.0.\uFF11"}},
               {"Colour", {"", "red"}, {}}},
          .known = {"1", "Ada", "Ek", "a1@x.de", "101", "", "", "", "", "", "", "", "", "", "0", "",
                    ""}};
}

Vendor ctu_vendor()
{
  Setting teams{.is = Setting::Is::list};
  teams.items = {text("Sales"), text("Support")};
  Context context{.name = "mona"};
  context.facts = {{"permission_group", text("Manager")}, {"teams", teams}};
  return {.schema = formats::ctu(),
          .directory = R"({
        "tenant": {"password_policy": "Easy"},
        "user": [
          {"login": "old", "first_name": "Olga", "last_name": "Hand", "password": true,
           "permission_group": "Agent", "extension": "0301", "primary_team": "Sales"},
          {"login": "Gone", "first_name": "Gary", "last_name": "Away", "active": false}],
        "permission_group": [{"name": "Agent", "rank": 1}, {"name": "Manager", "rank": 2},
                             {"name": "Lead", "password_policy": "Strict"},
                             {"name": "Director", "rank": 3}],
        "team": [{"name": "Sales"}, {"name": "Support"}, {"name": "Billing"}],
        "capacity_plan": [{"name": "Plan"}],
        "password_policy": [{"name": "Easy", "min_length": 3},
                            {"name": "Strict", "upper": true, "forbid_login": true}]})",
          .context = context,
          .columns = {{"First Name",
                       {"Ada", "Bea", "\"Cid, Jr.\"", "Ren\xC3\xA9"},
                       {"", "a<b", "Ada\u00A0Bea", "O\u2019Hara"},
                       true},
                      {"Last Name", {"Ek", "Orr", "O'Hara"}, {"", "#"}, true},
                      {"Login",
                       {"ada", "ADA", "bea", "cid", "dee", "eli", "flo", "gus"},
                       {"", "a b", "OLD", "gone"},
                       true},
                      {"Password", {"zq-One", "zq-Two", " Zq "}, {"", "zq", "zq-one"}, true, true},
                      {"Role", {"agent", "Manager", "Lead"}, {"", "Director", "Agant"}, true},
                      {"Primary Team", {"sales", "Support"}, {"", "Billing", "Suport"}, true},
                      {"WebRTC", {"", "TRUE", "false"}, {"yes"}},
                      {"Extension", {"", "301", "00301", "302"}, {"3O1", "4.42E+11"}},
                      {"Capacity Plan", {"", "PLAN"}, {"Gold"}},
                      {"Active", {"", "FALSE"}, {"0"}},
                      {"Notes", {"", "good"}, {}}}};
}

Vendor call_manager_vendor()
{
  return {.schema = formats::call_manager(),
          .directory = R"({
        "user": [
          {"upn": "ada@x.de", "display_name": "Ada", "enterprise_voice": true,
           "primary_number": "+49300000001", "primary_location": "Bonn"},
          {"upn": "Bea@x.de", "enterprise_voice": true, "private_number": "+49 300 000002"},
          {"upn": "cid@x.de", "enterprise_voice": true, "primary_number": "+49300000003",
           "private_number": "+49300000004", "private_location": "Bern"},
          {"upn": "dee@x.de", "enterprise_voice": false, "caller_id_policy": "Main"},
          {"upn": "hall@x.de", "enterprise_voice": true, "primary_number": "+49300000005",
           "standard": false}],
        "number": [{"e164": "+49300000001"}, {"e164": "+49300000002"}, {"e164": "+49300000003"},
                   {"e164": "+49300000004"}, {"e164": "+49300000005"}, {"e164": "+49300000006"},
                   {"e164": "+49300000007"}, {"e164": "+49300000008"}],
        "location": [{"name": "Bonn"}, {"name": "Bern"}],
        "caller_id_policy": [{"name": "Main"}, {"name": "Anonymous"}],
        "voice_route_policy": [{"name": "World"}]})",
          .context = {.name = "ada", .role = "writer"},
          .columns = {{"User Principal Name",
                       {"ada@x.de", "bea@x.de", "cid@x.de", "DEE@x.de"},
                       {"", "hall@x.de", "eva@x.de"},
                       true},
                      {"Display Name", {"", "Ada", "Beatrice"}, {}},
                      {"EV Enabled", {"TRUE", "TRUE", "", "FALSE"}, {"yes"}},
                      {"Phone Number",
                       {"", "+49300000001", "+49 300 000002", "+49300000003", "+49300000006",
                        "49300000007"},
                       {"tel:+49300000001", "4.9E+10", "+49300000009", "+49300000005"}},
                      {"Primary Location", {"", "", "bonn", "Bern"}, {"Born"}},
                      {"Private Phone Number",
                       {"", "+49300000004", "+49300000008", "+49300000001", "+49300000006"},
                       {"abc"}},
                      {"Private Location", {"", "", "Bern"}, {"Paris"}},
                      {"Caller ID Policy", {"", "Global", "anonymous", "Main"}, {"Anonimous"}},
                      {"Colour", {"", "red"}, {}}}};
}

Vendor subscriber_import_vendor()
{
  return {
      .schema = formats::subscriber_import(),
      .directory = R"({
        "tenant": {"pin_notification": "email_and_display", "languages": ["en", "de"],
                   "max_devices": 3},
        "user": [{"id": "7", "type": "User", "last_name": "Old", "extension": "0200"}],
        "number": [{"e164": "+49300000001", "id": "1", "assigned_to": "7"},
                   {"e164": "+49300000002", "id": "2"}, {"e164": "+49300000003", "id": "3"}],
        "announcement": [{"id": "5"}], "zone": [], "key_profile": [{"id": "9"}]})",
      .context = {.name = "ada", .role = "company_admin"},
      .columns = {{"Type", {"User", "user", "Location"}, {"", "Person"}, true},
                  {"LastName", {"Ek", "Orr"}, {""}, true},
                  {"Email", {"a1@x.de", "a2@x.de"}, {"", "a b@x.de"}, true},
                  {"Extension", {"201", "202", "203", "204", "200"}, {"0200", "2O1", "1"}, true},
                  {"Language", {"", "English", "DE"}, {"fr"}},
                  {"IncomingDID", {"", "", "+49300000002", "+49300000003"}, {"+49300000001"}},
                  {"OutgoingCLID", {"", "0", "-1", "2"}, {"8"}},
                  {"PAI", {"", "n", "y"}, {"1"}},
                  {"Hold", {"", "5"}, {"6"}},
                  {"MaxDevices", {"", "1", "3"}, {"4", "0", "2.0", "\uFF12"}},
                  {"DsiteZone", {"", "z"}, {}},
                  {"CAdmin", {"", "y"}, {"yes"}},
                  {"KeyProfile", {"", "-1", "9"}, {"10"}},
                  {"PIN", {"", "4711", "1234"}, {"12", "47a1"}, false, true},
                  {"SysPIN", {"", "y", "n"}, {"x"}}}};
}

Vendor extension_generator_vendor()
{
  Context context{.name = "ada", .role = "admin"};
  context.options = {{"create_missing_dids", {.is = Setting::Is::boolean, .boolean = true}}};
  return {.schema = formats::extension_generator(),
          .directory = R"({
        "tenant": {"name": "acme", "multi_tenant": true, "provisioning": true,
                   "welcome_email": true, "max_extensions": 6},
        "defaults": {"script": "ring"},
        "extension": [{"extension": "200", "user": "acme-200"}, {"extension": "0300"}],
        "mailbox": [{"mailbox": "201"}], "contact": [{"extension": "202"}],
        "user": [{"username": "ACME-203"}], "inbound_route": [{"did": "+49300000001"}],
        "number": [{"e164": "+49300000001"}, {"e164": "+49300000002", "tenant": "other"},
                   {"e164": "+49300000003"}],
        "provisioning_file": [{"mac": "00:04:13:00:00:01"}], "phone_model": [{"name": "T46S"}]})",
          .context = context,
          .columns = {
              {"Extension",
               {"300", "301", "302", "303", "304", "305", "302-304", "306-308", "301-301"},
               {"", "200", "199-202", "3O1", "310-305", "1-2", "30-033"},
               true},
              {"First Name", {"Ada", "Bea"}, {""}, true},
              {"Last Name", {"", "Ek"}, {}},
              {"Email", {"", "a1@x.de"}, {"a b@x.de"}},
              {"DID", {"", "", "+49300000003", "+49300000004"}, {"+49300000001", "+49300000002"}},
              {"Caller ID", {"", "100", "+49300000009"}, {"1O0"}},
              {"MAC",
               {"", "", "000413000002", "00-04-13-00-00-03"},
               {"000413000001", "zz", "OO:04:13:00:00:04"}},
              {"Phone Model", {"", "t46s"}, {"T47"}},
              {"Password", {"", "", "zq-one-zq"}, {"zq"}, false, true},
              {"Voicemail PIN", {"", "4711"}, {"12"}, false, true}}};
}

std::vector<Vendor> all_vendors()
{
  return {call_manager_vendor(), clusterpbx_vendor(), ctu_vendor(), extension_generator_vendor(),
          subscriber_import_vendor()};
}

std::string made_file(const Vendor& vendor, Chance& chance, const MadeHow& how)
{
  std::vector<const MadeColumn*> columns;
  for (const MadeColumn& column : vendor.columns) {
    if (!column.is_mandatory && (column.is_secret && !how.secrets)) continue;
    if (!column.is_mandatory && chance.one_in(3)) continue;
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(chance.below(columns.size() + 1)),
                   &column);
  }
  std::vector<std::string> line;
  for (const MadeColumn* const column : columns) line.emplace_back(column->header);
  std::string file = joined(line);
  std::set<std::string> ids;
  const std::size_t careless = 2 + chance.below(30); // of so many cells one is wrong
  for (std::size_t rows = chance.below(10); rows != 0; --rows) {
    line.clear();
    const bool is_known = !vendor.known.empty() && chance.one_in(10);
    for (const MadeColumn* const column : columns) {
      const bool is_bad = !column->bad.empty() && chance.one_in(careless);
      std::string cell{chance.of(is_bad ? column->bad : column->good)};
      if (is_known) cell = vendor.known[static_cast<std::size_t>(column - vendor.columns.data())];
      if (!how.tame && chance.one_in(12 * careless)) cell = chance.of(broken);
      const bool is_key = column->header == "ID" || column->header == "User Principal Name";
      if (is_key && !how.repeats_ids && !ids.insert(cell).second) cell.clear();
      line.push_back(std::move(cell));
    }
    if (!how.tame && chance.one_in(20)) line.resize(1 + chance.below(line.size()));
    if (!how.tame && chance.one_in(20)) line.emplace_back("more");
    file.append(!how.tame && chance.one_in(12) ? "\n\n" : "\n").append(joined(line));
  }
  return file;
}

} // namespace rollcall::tests
