// What each column of the five formats may hold, such that names can be joined and taken apart.
#include "convert/sides.hpp"

#include <utility>

namespace rollcall::tests {
namespace {

const std::vector<std::string_view> firsts = {"Ada", "Mary Ann", "=1+1", "\xC3\x89lise"};
const std::vector<std::string_view> lasts = {"Ek", "O'Hara", "\"a\"", "Roth;x"};
const std::vector<std::string_view> emails = {"a1@x.de", "B2@x.de", "o'c@x.example"};
const std::vector<std::string_view> phones = {"", "+442071838750", "+49300000001"};
const std::vector<std::string_view> numbers = {"", "+4930", "030123"};
const std::vector<std::string_view> secrets = {"", "zq-One\"x", " zq, two ", "=zq", "'+zq"};
const std::vector<std::string_view> pins = {"", "4711", "083947"};
const std::vector<std::string_view> extensions = {"201", "0300", "99"};
const std::vector<std::string_view> words = {"", "Sales", "Sales, EMEA", "-1"};
const std::vector<std::string_view> macs = {"", "00:04:13:00:00:05", "00:04:13:0a:00:06"};

std::string quoted(std::string_view cell)
{
  if (cell.find_first_of(",\"") == cell.npos) return std::string{cell};
  std::string made = "\"";
  for (const char sign : cell) made.append(sign == '"' ? 2 : 1, sign);
  return made + "\"";
}

} // namespace

const std::vector<Side>& sides()
{
  static const std::vector<Side> all = {
      {.id = "call_manager",
       .column_of = {{"login", "User Principal Name"},
                     {"email", "User Principal Name"},
                     {"display_name", "Display Name"},
                     {"direct_number", "Primary Phone Number"},
                     {"second_number", "Private Phone Number"},
                     {"active", "Enterprise Voice Enabled"}},
       .cells = {{"User Principal Name", {"a1@x.de", "B2@x.de", "alex", "a+b@x.example"}},
                 {"Display Name", {"", "Ada Ek", "Cher", "Mary Ann Ek", "Ren\xC3\xA9 =x"}},
                 {"Enterprise Voice Enabled", {"", "TRUE", "FALSE"}},
                 {"Primary Phone Number", {"", "+442071838750", "+442071838751;ext=12"}},
                 {"Private Phone Number", phones},
                 {"Primary Location", {"", "Bonn"}}}},
      {.id = "ctu",
       .column_of = {{"login", "Login"},
                     {"email", "Login"},
                     {"first_name", "First Name"},
                     {"last_name", "Last Name"},
                     {"extension", "Extension"},
                     {"department", "Primary Team"},
                     {"role", "Permission Group"},
                     {"active", "Active"},
                     {"portal_password", "Password"}},
       .cells = {{"First Name", firsts},
                 {"Last Name", lasts},
                 {"Login", {"a1@x.de", "alex", "o'c@x.example"}},
                 {"Password", {"zq-One\"x", " zq, two ", "=zq"}},
                 {"Permission Group", {"Agent", "Lead"}},
                 {"Primary Team", {"Sales", "Sales, EMEA"}},
                 {"Extension", {"", "201", "0300", "7"}},
                 {"Active", {"", "TRUE", "FALSE"}}}},
      {.id = "clusterpbx",
       .column_of = {{"login", "Email"},
                     {"email", "Email"},
                     {"first_name", "First Name"},
                     {"last_name", "Last Name"},
                     {"extension", "Extension"},
                     {"mobile_number", "Followme Number"},
                     {"forward_number", "Forward Number"},
                     {"department", "Department"},
                     {"role", "User Profile ID"},
                     {"language", "Language"},
                     {"mac", "Mac Address"},
                     {"phone_model", "Phone Model ID"},
                     {"portal_password", "Web Passwords"},
                     {"sip_password", "Phone Secret"},
                     {"voicemail_pin", "Voicemail Pin"}},
       .cells = {{"First Name", firsts},
                 {"Last Name", lasts},
                 {"Email", emails},
                 {"Extension", extensions},
                 {"Followme Number", numbers},
                 {"Forward Number", numbers},
                 {"Department", words},
                 {"User Profile ID", words},
                 {"Language", {"", "en", "de", "fr-CH"}},
                 {"Mac Address", macs},
                 {"Phone Model ID", {"", "T46S"}},
                 {"Web Passwords", secrets},
                 {"Phone Secret", secrets},
                 {"Voicemail Pin", pins},
                 {"DND On", {"", "1"}}}},
      {.id = "subscriber_import",
       .column_of = {{"email", "Email"},
                     {"first_name", "FirstName"},
                     {"last_name", "LastName"},
                     {"extension", "Extension"},
                     {"direct_number", "IncomingDID"},
                     {"mobile_number", "MobilePhone"},
                     {"home_number", "HomePhone"},
                     {"role", "CallProfile"},
                     {"language", "Language"},
                     {"active", "Locked"},
                     {"voicemail_pin", "PIN"},
                     {"kind_of_user", "Type"}},
       .cells = {{"Type", {"User"}},
                 {"FirstName", firsts},
                 {"LastName", lasts},
                 {"Email", {"", "a1@x.de", "o'c@x.example"}},
                 {"Extension", {"", "201", "0300"}},
                 {"IncomingDID", phones},
                 {"MobilePhone", numbers},
                 {"HomePhone", numbers},
                 {"CallProfile", words},
                 {"Language", {"", "en", "de"}},
                 {"Locked", {"", "y", "n"}},
                 {"PIN", pins},
                 {"Hold", {"", "5"}}}},
      {.id = "extension_generator",
       .column_of = {{"email", "Email"},
                     {"first_name", "First Name"},
                     {"last_name", "Last Name"},
                     {"extension", "Extension"},
                     {"direct_number", "DID"},
                     {"caller_id", "Caller ID"},
                     {"pager", "Pager"},
                     {"mac", "MAC"},
                     {"phone_model", "Phone Model"},
                     {"sip_password", "Password"},
                     {"voicemail_pin", "Voicemail PIN"}},
       .cells = {{"Extension", extensions},
                 {"First Name", {"Ada", "Cher"}},
                 {"Last Name", {"", "Ek", "O'Hara"}},
                 {"Email", {"", "a1@x.de"}},
                 {"DID", phones},
                 {"Caller ID", {"", "100", "+49300000009"}},
                 {"Pager", {"", "p@x.de"}},
                 {"MAC", macs},
                 {"Phone Model", {"", "T46S", "Yealink, T54"}},
                 {"Password", {"", "zq-One\"x", " zq, two "}},
                 {"Voicemail PIN", pins}}}};
  return all;
}

std::string file_of(const Side& side, Chance& chance)
{
  std::string file;
  for (const auto& [header, cells] : side.cells)
    file.append(file.empty() ? "" : ",").append(header);
  for (std::size_t rows = 1 + chance.below(6); rows != 0; --rows) {
    file += "\n";
    bool is_first = true;
    for (const auto& [header, cells] : side.cells)
      file.append(std::exchange(is_first, false) ? "" : ",").append(quoted(chance.of(cells)));
  }
  return file;
}

} // namespace rollcall::tests
