// All pairs of the five formats: what is not lost survives the way there and back, and what the
// target says of a converted file is what the conversion foretold.
//
// Which column carries what is written out here a second time, as docs/spec/convert.md has it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "convert/converting.hpp"
#include "job/vendor_files.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::Converting;
using rollcall::tests::must;
using rollcall::tests::NamedCells;
using rollcall::tests::Running;
using rollcall::tests::Vendor;

namespace {

// A format as the table has it: its columns by canonical fields, and cells for each.
struct Side {
  std::string_view id;
  std::map<std::string_view, std::string_view> column_of;          // first_name, ...: its header
  std::map<std::string_view, std::vector<std::string_view>> cells; // of a header
};

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

std::string quoted(std::string_view cell)
{
  if (cell.find_first_of(",\"") == cell.npos) return std::string{cell};
  std::string made = "\"";
  for (const char sign : cell) made.append(sign == '"' ? 2 : 1, sign);
  return made + "\"";
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

bool is_email(std::string_view text)
{
  return text.find('@') != text.npos;
}

// The columns of A of which a cell must come back from B, for a row as it was.
std::set<std::string_view> surviving(const Side& from, const Side& to, const NamedCells& row)
{
  std::set<std::string_view> headers;
  for (const auto& [field, header] : from.column_of) {
    const bool is_there = to.column_of.contains(field);
    const std::string& cell = row.at(std::string{header});
    if (is_there && (field != "email" || is_email(cell))) headers.insert(header);
  }
  // Names are joined and taken apart. (The cells are such that this can be undone.)
  if (from.column_of.contains("display_name") && to.column_of.contains("first_name"))
    headers.insert(from.column_of.at("display_name"));
  if (from.column_of.contains("first_name") && to.column_of.contains("display_name")) {
    headers.insert(from.column_of.at("first_name"));
    headers.insert(from.column_of.at("last_name"));
  }
  return headers;
}

using FoundIn = std::tuple<std::uint64_t, std::string, std::string>; // row, code, column

FoundIn found_in(std::uint64_t row, json::Value finding)
{
  return {row, std::string{*finding.find("code").text()},
          std::string{finding.find("column").text().value_or("")}};
}

// What hangs on the whole file, and on what rows before a row have done, is not foretold.
bool is_foretold(const FoundIn& found)
{
  const std::string& code = std::get<1>(found);
  return !code.starts_with("claim.") && code != "row.repeats_key" && code != "extension.limit" &&
         code != "extension.pool_empty";
}

} // namespace

TEST_CASE("what two formats have in common survives the way from one to the other and back")
{
  std::size_t compared = 0;
  for (const Side& from : sides()) {
    for (const Side& to : sides()) {
      if (from.id == to.id) continue;
      Converting there{from.id, to.id};
      Converting back{to.id, from.id};
      there.options.with_secrets = back.options.with_secrets = true;
      Chance chance{7};
      for (int i = 0; i != 25; ++i) {
        const std::string file = file_of(from, chance);
        CAPTURE(from.id);
        CAPTURE(to.id);
        CAPTURE(file);
        const convert::Loss lost = there.converted(file);
        CHECK(lost.written + lost.left_out == lost.rows);
        CAPTURE(there.result.text);
        const std::vector<NamedCells> before = tests::cells_of(file);
        const convert::Loss lost_again = back.converted(there.result.text);
        const std::vector<NamedCells> after = tests::cells_of(back.result.text);
        CAPTURE(back.result.text);
        // Rows of which nothing was left there do not come back.
        if (lost.left_out + lost_again.left_out != 0) continue;
        REQUIRE(after.size() == before.size());
        for (std::size_t row = 0; row != before.size(); ++row) {
          for (const std::string_view header : surviving(from, to, before[row])) {
            const std::string& was = before[row].at(std::string{header});
            std::string is = after[row].at(std::string{header});
            if (is.starts_with("'") && is.size() == was.size() + 1) is.erase(0, 1); // the guard
            CAPTURE(header);
            CHECK(is == was);
            ++compared;
          }
        }
      }
    }
  }
  CHECK(compared > 5'000);
}

TEST_CASE("a one-to-one map is undone by the map that is its opposite")
{
  for (const auto& [from, to] : {std::pair{1, 2}, std::pair{2, 1}, std::pair{2, 3}}) {
    const Side& a = sides()[static_cast<std::size_t>(from)];
    const Side& b = sides()[static_cast<std::size_t>(to)];
    Converting there{a.id, b.id};
    Converting back{b.id, a.id};
    for (const char* const field : {"role", "department"})
      for (const auto& [here, far] :
           {std::pair{"Agent", "1"}, std::pair{"Lead", "2"}, std::pair{"Sales", "3"},
            std::pair{"Sales, EMEA", "4"}, std::pair{"-1", "5"}}) {
        there.options.map.push_back({field, here, far});
        back.options.map.push_back({field, far, here});
      }
    Chance chance{3};
    const std::string file = file_of(a, chance);
    there.converted(file);
    back.converted(there.result.text);
    const auto before = tests::cells_of(file);
    const auto after = tests::cells_of(back.result.text);
    REQUIRE(after.size() == before.size());
    const std::string header{a.column_of.at("role")};
    for (std::size_t row = 0; row != before.size(); ++row) {
      const std::string& is = after[row].at(header);
      CHECK((is == before[row].at(header) || is == "'" + before[row].at(header)));
    }
    CHECK(there.report.text.find("convert.check\", \"column\": \"" +
                                 std::string{b.column_of.at("role")}) == std::string::npos);
  }
}

TEST_CASE("what the target says of a converted file is what the conversion foretold")
{
  std::size_t foretold = 0;
  std::size_t files = 0;
  for (const Vendor& from : tests::all_vendors()) {
    for (const Vendor& to : tests::all_vendors()) {
      if (from.schema.id == to.schema.id) continue;
      Chance chance{11};
      for (int i = 0; i != 60; ++i) {
        const std::string file = made_file(from, chance, {.tame = i % 2 == 0});
        CAPTURE(from.schema.id);
        CAPTURE(to.schema.id);
        CAPTURE(tests::shown(file));
        Running there{to.schema, to.directory};
        there.context = to.context;
        there.options.file_name.clear();
        Converting converting{from.schema, to.schema};
        converting.is_open_to_all = false;
        converting.context = to.context;
        converting.options.host = &there.directory;
        converting.options.with_secrets = i % 3 != 0;
        const convert::Loss loss = converting.converted(file);
        if (loss.refusal != Refusal::none) continue;
        CAPTURE(tests::shown(converting.result.text));
        const JobSummary job = there.validated(converting.result.text);
        if (loss.written == 0) continue;
        REQUIRE(job.refusal == Refusal::none);
        CHECK(job.findings.empty());
        CHECK(job.rows == loss.written);
        // Rows that act in turn are judged on what the rows before them have left.
        if (job.counts.of(Code::row_repeats_key) + job.counts.of(Code::claim_moved) != 0 &&
            to.schema.rows == schema::Rows::in_turn)
          continue;
        std::multiset<FoundIn> said;
        std::multiset<FoundIn> expected;
        converting.each_finding([&](std::uint64_t row, json::Value finding) {
          if (finding.find("side").text() != "target") return;
          if (finding.find("code").text()->starts_with("convert.")) return;
          expected.insert(found_in(row, finding));
        });
        for (const std::string& line : there.lines()) {
          json::Document document{{}};
          must(document.read(line));
          const auto row = document.root().find("row").natural();
          for (const json::Value finding : document.root().find("findings"))
            if (row && is_foretold(found_in(*row, finding))) said.insert(found_in(*row, finding));
        }
        CHECK(said == expected);
        foretold += expected.size();
        ++files;
      }
    }
  }
  CHECK(files > 300);
  CHECK(foretold > 1'000);
}
