// format_files.cpp: what stands in a row follows from its number.
#include "support/format_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "support/people.hpp"

namespace rollcall::bench {
namespace {

using Words = std::string_view[];
constexpr Words first_names = {"Alice", "Bruno", "Carla", "Dennis", "Emily", "Frank", "Gloria"};
constexpr Words last_names = {"Archer", "Baker",   "Carter", "Dawson",  "Ellis",  "Fletcher",
                              "Graham", "Harding", "Ingram", "Jenkins", "Kendall"};

std::string_view first_name(std::uint64_t row)
{
  return first_names[row % std::size(first_names)];
}

std::string_view last_name(std::uint64_t row)
{
  return last_names[row % std::size(last_names)];
}

bool is_wrong(std::uint64_t row)
{
  return row % 33 == 7;
}

template <class... Parts>
void put(std::string& text, fmt::format_string<Parts...> form, Parts&&... parts)
{
  fmt::format_to(std::back_inserter(text), form, std::forward<Parts>(parts)...);
}

// An export that was edited: users who are there. Every other one is as he was; the others get a
// number, most with its location, and some a policy.
FormatFile make_call_manager(std::uint64_t rows)
{
  FormatFile made;
  made.csv =
      "User Principal Name,Display Name,Enterprise Voice Enabled,Primary Phone Number,"
      "Primary Location,Private Phone Number,Private Location,Caller ID Policy,"
      "Voice Route Policy\n";
  std::string users;
  std::string numbers;
  constexpr Words policies = {"Anonymous", "Global", "", ""};
  for (std::uint64_t row = 0; row != rows; ++row) {
    const std::string upn =
        fmt::format("{}.{}{}@contoso.com", first_name(row), last_name(row), row);
    const std::string number = fmt::format("+4420{:08}", row);
    const bool has_number = row % 10 != 0;
    const bool has_location = has_number && row % 3 != 0;
    put(users, "{}{{\"upn\": \"{}\", \"display_name\": \"{} {}\", \"enterprise_voice\": true",
        row == 0 ? "" : ",\n", upn, first_name(row), last_name(row));
    if (row % 2 == 0) {
      if (has_number) put(users, ", \"primary_number\": \"{}\"", number);
      if (has_location) users += ", \"primary_location\": \"London\"";
      if (row % 4 == 0) users += ", \"caller_id_policy\": \"Anonymous\"";
    }
    users += '}';
    put(numbers, "{}{{\"e164\": \"{}\"}}", row == 0 ? "" : ",\n", number);
    put(made.csv, "{},{} {},{},{},{},,,{},\n", upn, first_name(row), last_name(row),
        is_wrong(row) ? "YEP" : "TRUE", has_number ? number : "", has_location ? "London" : "",
        policies[row % 4]);
  }
  made.directory = fmt::format(
      "{{\"user\": [{}],\n\"number\": [{}],\n\"location\": [{{\"name\": \"London\"}}], "
      "\"caller_id_policy\": [{{\"name\": \"Anonymous\"}}], \"voice_route_policy\": []}}\n",
      users, numbers);
  return made;
}

FormatFile make_clusterpbx(std::uint64_t rows)
{
  return {.csv = make_new_people(Shape::realistic, rows, Flaws::some), .directory = "{}\n"};
}

FormatFile make_changes(std::uint64_t rows)
{
  FormatFile made;
  made.csv = "ID,First Name,Last Name,Email,Extension,Department,Language,DND On,Callwaiting on\n";
  std::string users;
  for (std::uint64_t row = 0; row != rows; ++row) {
    const std::string email = fmt::format("{}{}@acme.example", last_name(row), row);
    const std::uint64_t extension = 1'000'000 + row;
    put(users,
        "{}{{\"id\": \"{}\", \"first_name\": \"{}\", \"last_name\": \"{}\", "
        "\"email\": \"{}\", \"extension\": \"{}\", \"department\": \"Sales\", "
        "\"language\": \"en\", \"dnd\": false, \"call_waiting\": true}}",
        row == 0 ? "" : ",\n", row + 1, first_name(row), last_name(row), email, extension);
    put(made.csv, "{},{},{},{},{},{},en,No,Yes\n", row + 1, first_name(row), last_name(row),
        is_wrong(row) ? "nowhere" : email, extension, row % 2 == 0 ? "Sales" : "Support");
  }
  made.directory = fmt::format("{{\"user\": [{}]}}\n", users);
  return made;
}

FormatFile make_ctu(std::uint64_t rows)
{
  FormatFile made;
  made.csv = "First Name,Last Name,Login,Password,Role,Primary Team,WebRTC,Extension,Active\n";
  for (std::uint64_t row = 0; row != rows; ++row)
    put(made.csv, "{},{},{}{},Passw0rd-{},{},Sales,TRUE,{},\n", first_name(row), last_name(row),
        last_name(row), row, row, is_wrong(row) ? "Nobody" : "Agent", 2000 + row);
  made.directory =
      "{\"user\": [], \"permission_group\": [{\"name\": \"Agent\", \"rank\": 1}, "
      "{\"name\": \"Manager\", \"rank\": 2, \"password_policy\": \"Easy\"}], "
      "\"password_policy\": [{\"name\": \"Easy\", \"min_length\": 6}], "
      "\"team\": [{\"name\": \"Sales\"}]}\n";
  return made;
}

FormatFile make_extension_generator(std::uint64_t rows)
{
  FormatFile made;
  made.csv =
      "Extension,First Name,Last Name,Email,Pager,DID,Caller ID,MAC,Phone Model,Password,"
      "Voicemail PIN\n";
  for (std::uint64_t row = 0; row != rows; ++row) {
    const std::uint64_t extension = 1'000'000 + row;
    put(made.csv, "{},{},{},{}{}@acme.example,,{},{},{},{},,{}\n",
        is_wrong(row) ? "none" : fmt::to_string(extension), first_name(row), last_name(row),
        last_name(row), row, row % 4 == 0 ? fmt::format("+4420{:08}", row) : "", extension,
        row % 2 == 0 ? fmt::format("0015{:08x}", row) : "", row % 2 == 0 ? "T46S" : "",
        9081 + row % 100);
  }
  made.directory =
      "{\"tenant\": {\"name\": \"acme\", \"multi_tenant\": true, "
      "\"provisioning\": true}, \"phone_model\": [{\"name\": \"T46S\"}]}\n";
  return made;
}

FormatFile make_subscriber_import(std::uint64_t rows)
{
  FormatFile made;
  made.csv =
      "Type,FirstName,LastName,Email,HomePhone,MobilePhone,Extension,Language,IncomingDID,"
      "OutgoingCLID,Privacy,PAI,HFAback,Locked,Hold,DirAccess,MaxDevices,Twin,SCR,ODCR,VM,"
      "Agent,Dsite,DsiteCLID,NumCallDsite,DsiteZone,CAdmin,EAdmin,CallProfile,KeyProfile,"
      "PIN,SysPIN\n";
  std::string numbers;
  for (std::uint64_t row = 0; row != rows; ++row) {
    const bool has_number = row % 4 == 0;
    const std::string number = fmt::format("+4420{:08}", row);
    if (has_number)
      put(numbers, "{}{{\"e164\": \"{}\", \"id\": \"{}\"}}", row == 0 ? "" : ",\n", number, row);
    put(made.csv,
        "{},{},{},{}{}@acme.example,,+447700{:06},{},en,{},,n,,y,n,,both,1,n,n,n,y,n,,,,,n,n,,-1,"
        "{},n\n",
        is_wrong(row) ? "Persn" : "User", first_name(row), last_name(row), last_name(row), row, row,
        1'000'000 + row, has_number ? number : "", row % 3 == 0 ? "" : "90817");
  }
  made.directory = fmt::format("{{\"user\": [], \"number\": [{}]}}\n", numbers);
  return made;
}

} // namespace

std::span<const FormatMaker> format_makers() noexcept
{
  static constexpr std::array<FormatMaker, 5> makers = {{
      {"clusterpbx", R"({"actor": {"name": "ada", "role": "client"}})", 19, 0, make_clusterpbx},
      {"call_manager", R"({"actor": {"name": "ada", "role": "writer"}})", 9, 0, make_call_manager},
      // As many as fit into 102,400 bytes.
      {"ctu", R"({"actor": {"name": "ada", "permission_group": "Manager", "teams": ["Sales"]}})", 9,
       1'500, make_ctu},
      {"extension_generator", R"({"actor": {"name": "ada", "role": "admin"}})", 11, 0,
       make_extension_generator},
      {"subscriber_import", R"({"actor": {"name": "ada", "role": "company_admin"}})", 32, 0,
       make_subscriber_import},
  }};
  return makers;
}

const FormatMaker& maker_of_changes() noexcept
{
  static constexpr FormatMaker maker = {
      "clusterpbx", R"({"actor": {"name": "ada", "role": "client"}})", 9, 0, make_changes};
  return maker;
}

// No cell is like another one, so nothing is gained by remembering what was found of one.
std::string spoilt(std::string_view csv)
{
  const std::size_t header_end = csv.find('\n') + 1;
  const auto header = csv.substr(0, header_end);
  const auto columns = 1 + std::count(header.begin(), header.end(), ',');
  const auto rows = std::count(csv.begin(), csv.end(), '\n') - 1;
  std::string made{header};
  for (std::ptrdiff_t row = 0; row != rows; ++row)
    for (std::ptrdiff_t column = 0; column != columns; ++column)
      put(made, "?{}-{}{}", row, column, column + 1 == columns ? '\n' : ',');
  return made;
}

} // namespace rollcall::bench
