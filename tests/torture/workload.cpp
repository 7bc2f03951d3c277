// workload.cpp: files that are mostly good, so that there is something to be done, of any length:
// new objects, changed ones, exchanged values, ranges, and now and then a row that is no good.
#include "torture/workload.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "job/vendor_files.hpp"
#include "torture/secrecy.hpp"

namespace rollcall::torture {
namespace {

using tests::Chance;
using tests::Vendor;

constexpr std::array<std::pair<std::string_view, Verb>, 20> verbs = {
    {{"execute", Verb::execute},
     {"atomic", Verb::atomic},
     {"apply", Verb::apply},
     {"unsealed", Verb::unsealed},
     {"stale_row", Verb::stale_row},
     {"stale_refuse", Verb::stale_refuse},
     {"validate", Verb::validate},
     {"plan", Verb::plan},
     {"undo", Verb::undo},
     {"undo_edited", Verb::undo_edited},
     {"undo_again", Verb::undo_again},
     {"retry", Verb::retry},
     {"execute_job", Verb::execute_job},
     {"cancel", Verb::cancel},
     {"export", Verb::export_},
     {"init", Verb::init},
     {"purge", Verb::purge},
     {"expire", Verb::expire},
     {"fetch", Verb::fetch},
     {"effects_done", Verb::effects_done}}};

std::string number(std::size_t value)
{
  return std::to_string(value);
}

// In a secret cell, each another one.
std::string secret(std::size_t of)
{
  return std::string{canary} + number(of);
}
std::string pin(std::size_t of) // of ten digits
{
  return std::string{canary_digits} + number(10 + of % 90);
}

// A directory.json, a file for it, and who gets into whose way.
struct Made {
  std::string directory;
  std::string file;
};

// With so many rows and a chance that one of them is bad. `bad_ones` is off for what is to be done
// as a whole.
struct Making {
  Chance& chance;
  std::size_t rows;
  bool bad_ones;
  bool bad() { return bad_ones && chance.one_in(15); }
};

// Updates, exchanged extensions and new users; ids are the host's.
Made make_clusterpbx(Making& with)
{
  const std::size_t there = with.rows + 4;
  std::string users;
  const auto extension = [](std::size_t i) { return number(10'000 + i); };
  const auto email = [](std::size_t i) { return "u" + number(i) + "@x.de"; };
  for (std::size_t i = 1; i <= there; ++i)
    users += (i == 1 ? "" : ",\n") + (R"({"id": ")" + number(i)) +
             R"(", "first_name": "F", "last_name": "L", "email": ")" + email(i) +
             R"(", "extension": ")" + extension(i) + R"(", "dnd": false})";
  std::string file =
      "ID,First Name,Last Name,Email,Extension,Department,Web Passwords,Phone Secret,Voicemail Pin";
  const auto add = [&](const std::string& id, std::size_t who, std::size_t which) {
    const std::string name = with.bad() ? "" : "Ada" + number(with.chance.below(5));
    file += "\n" + id + "," + name + ",Ek," + email(who) + "," + extension(which) + ",Sales," +
            (with.chance.one_in(3) ? secret(2 * who) : "") + "," +
            (with.chance.one_in(3) ? secret(2 * who + 1) : "") + "," +
            (with.chance.one_in(3) ? pin(who) : "");
  };
  for (std::size_t row = 0, next = 1; row < with.rows; ++row) {
    const std::size_t sort = with.chance.below(5);
    if (sort < 2) {
      const std::size_t fresh = there + 1 + row;
      add("", fresh, fresh);
    } else if (sort == 2 && row + 1 < with.rows && next + 1 <= there) {
      add(number(next), next, next + 1); // two exchange theirs
      add(number(next + 1), next + 1, next);
      next += 2;
      ++row;
    } else if (next <= there) {
      add(number(next), next, next);
      ++next;
    }
  }
  return {R"({"user": [)" + users + R"(], "phone_model": [], "provisioning_template": [],
"user_profile": []})",
          file};
}

// Only new agents. The format allows 102,400 bytes.
Made make_ctu(Making& with, const Vendor& vendor)
{
  std::string file = "First Name,Last Name,Login,Password,Role,Primary Team,Extension,Active";
  const std::size_t rows = std::min<std::size_t>(with.rows, 2000);
  for (std::size_t row = 0; row != rows; ++row)
    file += "\nAda,Ek,a" + number(row) + "," + (with.bad() ? "" : secret(row)) + ",Agent," +
            (with.chance.one_in(2) ? "Sales" : "Support") + "," +
            (with.chance.one_in(2) ? number(3000 + row) : "") + ",";
  return {std::string{vendor.directory}, file};
}

// Rows act in turn, and numbers go around.
Made make_call_manager(Making& with)
{
  std::string users;
  std::string numbers;
  const auto line = [](std::size_t i) { return "+4930" + number(1'000'000 + i); };
  for (std::size_t i = 0; i != with.rows + 4; ++i) {
    users += (i == 0 ? "" : ",\n") + (R"({"upn": "u)" + number(i)) +
             R"(@x.de", "enterprise_voice": true, "primary_number": ")" + line(i) + R"("})";
    numbers += (i == 0 ? "" : ",") + (R"({"e164": ")" + line(i)) + R"("})";
    numbers += R"(,{"e164": ")" + line(5'000'000 + i) + R"("})";
  }
  std::string file = "UPN,EV Enabled,Phone Number,Primary Location";
  for (std::size_t row = 0; row != with.rows; ++row) {
    const bool takes = with.chance.one_in(4);
    const std::size_t which =
        takes ? (row + 1) % with.rows : (with.chance.one_in(2) ? row : 5'000'000 + row);
    file += "\n" + (with.bad() ? "nobody" : "u" + number(row)) + "@x.de,TRUE," +
            (with.chance.one_in(9) ? "" : line(which) + (with.chance.one_in(3) ? ",Bonn" : ","));
  }
  return {R"({"user": [)" + users + R"(], "number": [)" + numbers +
              R"(], "location": [{"name": "Bonn"}], "caller_id_policy": [],
"voice_route_policy": []})",
          file};
}

// New ones with ids of the host's, numbers that point at them, and mails.
Made make_subscriber_import(Making& with)
{
  std::string numbers;
  const auto line = [](std::size_t i) { return "+4930" + number(1'000'000 + i); };
  for (std::size_t i = 0; i != with.rows; ++i)
    numbers +=
        (i == 0 ? "" : ",") + (R"({"e164": ")" + line(i)) + R"(", "id": ")" + number(i) + R"("})";
  std::string file = "Type,LastName,Email,Extension,IncomingDID,SysPIN,PIN";
  for (std::size_t row = 0; row != with.rows; ++row) {
    const bool is_user = !with.chance.one_in(5);
    file += std::string{"\n"} + (is_user ? "User" : "Location") + ",Ek," +
            (with.bad() ? "" : "a" + number(row) + "@x.de") + "," + number(20'000 + row) + "," +
            (with.chance.one_in(2) ? line(row) : "") + "," +
            (is_user && with.chance.one_in(3) ? "y," : "n," + pin(row));
  }
  return {R"({"tenant": {"pin_notification": "email_and_display", "languages": ["en"]},
"user": [{"id": "7", "type": "User", "last_name": "Old", "extension": "200"}],
"number": [)" +
              numbers +
              R"(], "announcement": [], "zone": [], "key_profile": [], "call_profile": []})",
          file};
}

// Eight objects a number, ranges of them, and two effects.
Made make_extension_generator(Making& with)
{
  std::string file =
      "Extension,First Name,Last Name,Email,DID,MAC,Phone Model,Voicemail PIN,Password";
  for (std::size_t row = 0; row != with.rows; ++row) {
    const std::size_t first = 100'000 + 10 * row;
    const bool is_range = with.chance.one_in(5);
    std::string cells = is_range ? number(first) + "-" + number(first + 2) : number(first);
    cells += with.bad() ? "," : ",Ada";
    cells += ",Ek,";
    if (is_range) {
      cells += ",,,,,";
    } else {
      cells += "a" + number(row) + "@x.de,";
      if (with.chance.one_in(2)) cells += "+4930" + number(1'000'000 + row);
      std::string mac = number(100'000 + row);
      cells += ",00:04:13:" + mac.substr(0, 2) + ":" + mac.substr(2, 2) + ":" + mac.substr(4, 2) +
               ",t46s," + (with.chance.one_in(3) ? pin(row) : "") + "," +
               (with.chance.one_in(3) ? secret(row) : "");
    }
    file += "\n" + cells;
  }
  return {R"({"tenant": {"name": "acme", "multi_tenant": true, "provisioning": true,
"welcome_email": true}, "extension": [], "mailbox": [], "contact": [], "user": [],
"inbound_route": [], "number": [{"e164": "+49300000001"}], "provisioning_file": [],
"endpoint": [], "phone_model": [{"name": "T46S"}]})",
          file};
}

Made make(const Vendor& vendor, Making& with)
{
  if (vendor.schema.id == "clusterpbx") return make_clusterpbx(with);
  if (vendor.schema.id == "ctu") return make_ctu(with, vendor);
  if (vendor.schema.id == "call_manager") return make_call_manager(with);
  if (vendor.schema.id == "subscriber_import") return make_subscriber_import(with);
  return make_extension_generator(with);
}

std::vector<std::string_view> parts_of(std::string_view name)
{
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    parts.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<std::uint32_t> natural(std::string_view text)
{
  std::uint32_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

} // namespace

std::string Workload::first_rows() const
{
  std::size_t end = 0;
  for (int line = 0; line != 5 && end != std::string::npos; ++line)
    end = file.find('\n', end == 0 ? 0 : end + 1);
  return file.substr(0, end);
}

std::optional<Workload> workload(std::string_view name)
{
  const auto parts = parts_of(name);
  if (parts.size() != 5 || (parts[0] != "sqlite" && parts[0] != "outside")) return {};
  const auto verb =
      std::find_if(verbs.begin(), verbs.end(), [&](auto& each) { return each.first == parts[1]; });
  const auto seed = natural(parts[3]);
  const auto rows = natural(parts[4]);
  if (verb == verbs.end() || !seed || !rows) return {};
  for (const Vendor& vendor : tests::all_vendors()) {
    if (vendor.schema.id != parts[2]) continue;
    Chance chance{*seed};
    Workload made{.name = std::string{name},
                  .is_outside = parts[0] == "outside",
                  .verb = verb->second,
                  .seed = *seed,
                  .schema = vendor.schema,
                  .context = vendor.context};
    if (*rows == 0) {
      made.directory = vendor.directory;
      do {
        made.file = tests::made_file(vendor, chance);
      } while (std::count(made.file.begin(), made.file.end(), '\n') < 5);
    } else {
      // What is all or nothing mostly is all.
      Making with{chance, *rows, made.verb != Verb::atomic || *seed % 4 == 0};
      Made all = make(vendor, with);
      made.directory = std::move(all.directory);
      made.file = std::move(all.file);
    }
    // These are the store's own affair.
    const bool is_of_store =
        made.is_service() || made.verb == Verb::export_ || made.verb == Verb::init;
    if (made.is_outside && is_of_store) return {};
    return made;
  }
  return {};
}

} // namespace rollcall::torture
