// Rows that act in turn, in files that are one batch and in files that are many.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "formats/catalogue.hpp"
#include "job/running.hpp"
#include "rollcall/memory_directory.hpp"

namespace rollcall::tests {
namespace {

constexpr std::string_view four_users = R"({"user": [
  {"upn": "a@x.de", "enterprise_voice": true, "primary_number": "+4930000001",
   "primary_location": "Berlin"},
  {"upn": "b@x.de", "enterprise_voice": true, "primary_number": "+4930000002"},
  {"upn": "c@x.de", "enterprise_voice": true, "private_number": "+4930000003"},
  {"upn": "p@x.de", "enterprise_voice": true, "primary_number": "+4930000009",
   "standard": false}]})";

Running running(std::string_view directory = four_users)
{
  return Running{formats::call_manager(), directory};
}

constexpr std::string_view header = "UPN,Phone Number\n";

std::string file(std::string_view rows)
{
  return std::string{header}.append(rows);
}

} // namespace

TEST_CASE("each row acts on what the rows before it have left")
{
  Running job = running();
  // b takes from a, c takes the same from b, b takes it back.
  job.validated(file("b@x.de,+4930000001\nc@x.de,+4930000001\nb@x.de,+4930000001\n"));
  CHECK(job.outcomes() == "updated b@x.de, updated c@x.de, updated b@x.de");
  const auto lines = job.lines();
  CHECK(lines[0].find(R"("key": "a@x.de", "fields": {"primary_number": ["+4930000001", null], )"
                      R"("primary_location": ["Berlin", null]})") != std::string::npos);
  CHECK(lines[1].find(R"("key": "b@x.de", "fields": {"primary_number": ["+4930000001", null]})") !=
        std::string::npos);
  CHECK(lines[2].find(R"("key": "c@x.de", "fields": {"primary_number": ["+4930000001", null]})") !=
        std::string::npos);
}

TEST_CASE("what somebody gave up in a row before is taken from nobody")
{
  Running job = running();
  job.validated(file("a@x.de,\nb@x.de,+4930000001\n"));
  const auto lines = job.lines();
  CHECK(lines[1].find("claim.moved") == std::string::npos);
  CHECK(lines[1].find("a@x.de") == std::string::npos);
}

TEST_CASE("a row that wants what is protected takes nothing, and a row after it may")
{
  Running job = running();
  job.validated(
      "UPN,Phone Number,Private Phone Number\n"
      "c@x.de,+4930000001,+4930000009\nb@x.de,+4930000001,\n");
  CHECK(job.outcomes() == "rejected c@x.de, updated b@x.de");
  const auto lines = job.lines();
  CHECK(lines[0].find("claim.taken") != std::string::npos);
  CHECK(lines[0].find("claim.moved") == std::string::npos);
  CHECK(lines[1].find("a@x.de") != std::string::npos);
  CHECK(lines[1].find("claim.contested") == std::string::npos);
}

TEST_CASE("rows in one batch and rows in many come to the same")
{
  // Every row has to do with the one before it; far apart from each other, each batch has one.
  std::string near;
  std::string far;
  const std::string filler = std::string{"nobody@x.de,"} + std::string(50'000, '1') + "\n";
  const char* const names = "abcab";
  for (std::size_t i = 0; i != 5; ++i) {
    const std::string row =
        std::string{names[i]} + "@x.de,+493000000" + std::to_string(1 + i % 2) + "\n";
    near += row;
    far += row;
    for (int k = 0; k != 4; ++k) far += filler;
  }
  const auto told = [](std::string_view rows) {
    Running job = running();
    job.validated(file(rows));
    std::string text;
    for (const std::string& line : job.lines()) {
      if (line.find("nobody") != std::string::npos || line.find("\"job\"") != std::string::npos)
        continue;
      const std::size_t key = line.find("\"key\"");
      if (line.find("\"changes\": []") == std::string::npos)
        text += line.substr(key, line.find("\"findings\"") - key) + "\n";
    }
    return text;
  };
  const std::string once = told(near);
  CHECK(once.size() > 100);
  CHECK(told(far) == once);
}

TEST_CASE("rows that contest a number name each other's lines, however far apart they are")
{
  std::string rows;
  std::string more;
  for (const char* const user : {"a", "b", "c"}) {
    rows += std::string{user} + "@x.de,+4930000001\n";
    for (int k = 0; k != 4; ++k) rows += "nobody@x.de," + std::string(50'000, '1') + "\n";
  }
  for (int i = 0; i != 10; ++i) more += (i % 2 == 0 ? "a@x.de" : "b@x.de") + rows.substr(6, 13);
  Running job = running();
  job.validated(file(rows));
  const std::string last = "; the last of these rows gets it";
  const auto says = [&](std::size_t row, const std::string& lines) {
    return job.lines()[row].find("is also given in line " + lines + last) != std::string::npos;
  };
  CHECK(says(0, "7, 12"));
  CHECK(says(5, "12, 2"));
  CHECK(says(10, "2, 7"));
  job.validated(file(more + "c@x.de,+4930000001\n"));
  CHECK(says(0, "3, 5, 7, 9, 11, 12"));
  CHECK(says(10, "2, 3, 4, 5, 6, 7, 8, 9 and more"));
}

TEST_CASE("one user in very many rows is judged row by row, and not forgotten")
{
  std::string rows;
  for (int i = 0; i != 3000; ++i)
    rows += i % 2 == 0 ? "a@x.de,+4930000001\n" : "a@x.de,+4930000007\n";
  Running job = running();
  const JobSummary summary = job.validated(file(rows));
  CHECK(summary.updated == 2999); // all but the first
  CHECK(summary.warnings == 2999);
}

TEST_CASE("what was told at once is taken back when a number turns out to be contested")
{
  Running at_once = running();
  at_once.takes_back = true;
  at_once.wants_result = true;
  at_once.validated(file("a@x.de,+4930000001\nb@x.de,+4930000002\n"));
  CHECK(at_once.report.restarts == 0);
  Running again = running();
  again.takes_back = true;
  again.wants_result = true;
  const JobSummary job = again.validated(file("a@x.de,+4930000001\nb@x.de,+4930000001\n"));
  CHECK(again.report.restarts == 1);
  CHECK(job.warnings == 3); // contested twice, moved
  CHECK(again.lines()[0].find("claim.contested") != std::string::npos);
}

TEST_CASE("the notes of a result name the columns that were updated")
{
  Running job = running();
  job.wants_result = true;
  job.validated("UPN,Primary Location,Phone Number\na@x.de,,\nb@x.de,,+4930000002\n");
  CHECK(job.result.text.find("Updated: Phone Number, Primary Location") != std::string::npos);
  CHECK(job.result.text.find("b@x.de,,+4930000002,TRUE,No change") != std::string::npos);
}

TEST_CASE("of rows of which nothing is said, each is told by the columns that it updates itself")
{
  constexpr std::array<std::string_view, 4> cells = {",,,", ",A,,", ",,R,", ",A,R,"};
  constexpr std::array<std::string_view, 4> notes = {
      "TRUE,No change\r\n", "TRUE,Updated: Caller ID Policy\r\n",
      "TRUE,Updated: Voice Route Policy\r\n",
      "TRUE,\"Updated: Caller ID Policy, Voice Route Policy\"\r\n"};
  std::string users;
  std::string rows = "UPN,Caller ID Policy,Voice Route Policy,Remark\n";
  std::vector<std::string> wanted;
  for (std::size_t user = 0; user != 12; ++user) {
    const std::string upn = "u" + std::to_string(user) + "@x.de";
    users.append(users.empty() ? "" : ", ").append(R"({"upn": ")" + upn + R"("})");
    rows.append(upn).append(cells[user % 4]).append("\n");
    wanted.push_back(std::string{upn}.append(cells[user % 4]).append(",").append(notes[user % 4]));
  }
  Running job = running(R"({"user": [)" + users + "]}");
  job.wants_result = true;
  job.validated(rows);
  for (const std::string& row : wanted) {
    CAPTURE(row);
    CHECK(job.result.text.find(row) != std::string::npos);
  }
}

} // namespace rollcall::tests
