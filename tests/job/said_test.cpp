// What rows are told of values that others have, of names that nobody has, and of settings: in the
// words of the report.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "formats/catalogue.hpp"
#include "job/running.hpp"

namespace rollcall::tests {
namespace {

Running calls(std::string_view directory)
{
  return Running{formats::call_manager(), directory};
}

Running generator(std::string_view directory)
{
  Running job{formats::extension_generator(), directory};
  job.context.role = "admin";
  return job;
}

bool says(const std::string& line, std::string_view text)
{
  INFO(line);
  INFO(text);
  const bool is_said = line.find(text) != std::string::npos;
  CHECK(is_said);
  return is_said;
}

} // namespace

TEST_CASE("an unknown key is told with the nearest one, but not where the host makes up the keys")
{
  Running job = calls(R"({"user": [{"upn": "debra.berger@contoso.com"}]})");
  job.validated("UPN\ndebra.burger@contoso.com\nnobody@nowhere.example\n");
  says(job.lines()[0], "did you mean debra.berger@contoso.com?");
  says(job.lines()[0], R"("near": "debra.berger@contoso.com")");
  CHECK(job.lines()[1].find("did you mean") == std::string::npos);

  Running numbered{formats::clusterpbx(), R"({"user": [{"id": "1234567"}]})"};
  numbered.context.role = "client";
  numbered.validated("ID,First Name,Last Name,Email,Extension\n1234568,Ada,Ek,a@b.de,201\n");
  says(numbered.lines()[0], "object.unknown");
  CHECK(numbered.lines()[0].find("near") == std::string::npos);
}

TEST_CASE("what an unknown name was taken for is the same in both readings")
{
  // Enough other names to make what was found be forgotten between batches.
  std::string users;
  std::string numbers;
  std::string bad;
  std::string good;
  constexpr int count = 9'000;
  for (int i = 0; i != count; ++i) {
    const std::string id = std::to_string(10'000 + i);
    users += (i == 0 ? "" : ",") + (R"({"upn": "u)" + id + R"(@x.de", "enterprise_voice": true})");
    numbers += (i == 0 ? "" : ",") + (R"({"e164": "+49300)" + id + R"("})");
    if (i < 600) {
      const char first = "abcdefghijklmnopqrstvwxyz"[i / 24]; // never those of the true name
      const char second = "abcdefghijklmnopqrtvwxyz"[i % 24];
      bad += "u" + id + "@x.de,,Anonymo" + first + second + "\n";
    } else {
      good += "u" + id + "@x.de,+49300" + id + ",\n";
    }
  }
  const std::string directory = R"({"user": [)" + users + R"(], "number": [)" + numbers +
                                R"(], "caller_id_policy": [{"name": "Anonymous"}]})";
  const std::string header = "UPN,Phone Number,Caller ID Policy\n";
  const auto told_in = [&](const std::string& file) {
    Running job = calls(directory);
    job.takes_back = true;
    job.validated(header + file);
    std::size_t told = 0;
    for (const std::string& line : job.lines())
      told += line.find("did you mean Anonymous?") != std::string::npos ? 1U : 0U;
    return told;
  };
  CHECK(told_in(bad + good) == 600);
  // One row more, which contests a number, so that the file is read again.
  CHECK(told_in(bad + good + "u10000@x.de,+4930018999,\n") == 600);
}

TEST_CASE("a file of another format is told so by the names in its first row")
{
  Running job{formats::clusterpbx(), R"({"user": []})"};
  job.context.role = "client";
  for (const char delimiter : {',', ';'}) {
    std::string file = "User Principal Name,Display Name,Phone Number,Caller ID Policy\n";
    std::replace(file.begin(), file.end(), ',', delimiter);
    const JobSummary done = job.validated(file);
    REQUIRE(done.refusal == Refusal::file);
    CHECK(render_message(done.findings.front()) ==
          "the first row names no column of clusterpbx, it reads User Principal Name; did you mean "
          "the format call_manager?");
  }
  CHECK(render_message(job.validated("Nobody,Knows,These\n").findings.front()).find("mean") ==
        std::string::npos);
}

TEST_CASE("a fault under a blank header is in that column, one of the row as a whole in none")
{
  Running job;
  job.validated("ID,,Full Name\n,\x01,Ada\n,\xFF,Bea\n,,Cid,more\n");
  says(job.lines()[0], R"("code": "text.control_character", "column": "")");
  says(job.lines()[1], R"("code": "text.encoding", "column": "")");
  says(job.lines()[2], R"("code": "row.extra_cells", "column": null)");
}

TEST_CASE("a range that shares numbers with several rows names each with its line")
{
  Running job = generator("{}");
  job.validated("Extension,First Name\n300,A\n299,B\n298-301,C\n");
  const std::string line = job.lines()[2];
  says(line, "298-301 is also asked for in line 2: 300; in line 3 (299)\"");
  says(line, "\"taken\": \"300\", \"other_line\": 2, \"more_lines\": \"3 (299)\"");
}

TEST_CASE("numbers of a range that follow each other are told as one")
{
  Running job = generator(R"({"extension": [{"extension": "300"}, {"extension": "302"},
    {"extension": "303"}, {"extension": "304"}]})");
  job.validated("Extension,First Name\n299-306,A\n");
  says(job.lines()[0], "299-306 is already in use: 300, 302-304 by extension 300, 302, 303, 304\"");
}

TEST_CASE("all who hold a value are named, with what they are")
{
  for (const char* const row : {"300,Ada\n", "299-301,Eve\n"}) {
    Running job = generator(R"({"tenant": {"name": "acme", "multi_tenant": true},
      "user": [{"username": "acme-300"}], "extension": [{"extension": "300"}],
      "mailbox": [{"mailbox": "300"}], "contact": [{"extension": "300"}],
      "endpoint": [{"username": "300-acme"}]})");
    job.validated(std::string{"Extension,First Name\n"}.append(row));
    const std::string line = job.lines()[0];
    says(line, " is already in use");
    for (const char* const holder :
         {"extension 300", "mailbox 300", "contact 300", "user acme-300", "endpoint 300-acme"})
      says(line, holder);
  }
}

TEST_CASE("of many who hold a value a few are named")
{
  std::string users;
  for (int i = 0; i != 20; ++i)
    users +=
        (i == 0 ? "" : ",") + (R"({"id": ")" + std::to_string(i + 1) + R"(", "extension": "201"})");
  Running job{formats::clusterpbx(), R"({"user": [)" + users + "]}"};
  job.context.role = "client";
  job.validated("ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@b.de,201\n");
  says(job.lines()[0], R"("holder": "1, 2, 3, 4, 5, 6, 7, 8 and more")");
}

TEST_CASE("the value of a finding is the cell, not what is made of it or how it is kept")
{
  Running job = generator(R"({"tenant": {"name": "acme", "multi_tenant": true},
    "endpoint": [{"username": "203-acme"}]})");
  job.validated("Extension,First Name\n203,Ada\n");
  says(job.lines()[0],
       R"("value": "203", "message": "203 is already in use by endpoint 203-acme")");

  Running call = calls(R"({"user": [{"upn": "a@x.de"}]})");
  call.validated("UPN,EV Enabled,Phone Number\na@x.de,FALSE,+4930000001\n");
  says(call.lines()[0], R"("code": "enterprise_voice.required")");
  says(call.lines()[0], R"("value": "FALSE")");
}

TEST_CASE("a limit is told as it stands at the row")
{
  Running job = generator(R"({"tenant": {"max_extensions": 10}})");
  job.validated("Extension,First Name\n10-17,A\n20-22,B\n23,C\n24,D\n25,E\n");
  says(
      job.lines()[1],
      "there may be 10 extensions; with the rows before this one there are 8, and it asks for 3\"");
  says(job.lines()[4], "there may be 10 extensions; with the rows before this one there are 10\"");
}

TEST_CASE("what an export would write is no change, whichever word the directory has for it")
{
  Running job = calls(R"({"user": [{"upn": "a@x.de", "caller_id_policy": "Global"},
      {"upn": "b@x.de", "enterprise_voice": true, "primary_number": "442071830001"}],
    "number": [{"e164": "+442071830001"}], "caller_id_policy": [{"name": "Anonymous"}]})");
  job.validated(
      "UPN,Phone Number,Caller ID Policy\na@x.de,,Global\na@x.de,,\n"
      "b@x.de,442071830001,\na@x.de,,Anonymous\n");
  CHECK(job.outcomes() == "unchanged a@x.de, unchanged a@x.de, unchanged b@x.de, updated a@x.de");
  says(job.lines()[3], R"("caller_id_policy": ["Global", "Anonymous"])");
}

TEST_CASE("a number with an extension that is no good is told of that, not of its plus")
{
  Running job = calls(R"({"user": [{"upn": "a@x.de"}]})");
  job.validated("UPN,Phone Number\na@x.de,442071830010 ; ext=7\na@x.de,442071830010\n");
  says(job.lines()[0], ";ext= and 1 to 8 digits");
  says(job.lines()[1], "the + is missing");
}

TEST_CASE("a pool of numbers that its column would not take is no good")
{
  for (const auto& each :
       {std::pair{R"({"first": "0", "last": "9"})", false},
        std::pair{R"({"first": "00000000000000000000001", "last": "00000000000000000000009"})",
                  false},
        std::pair{R"({"first": "10", "last": "19"})", true}}) {
    const std::string pool = each.first;
    const bool is_good = each.second;
    CAPTURE(pool);
    Running job{formats::subscriber_import(), R"({"tenant": {"extension_pool": )" + pool + "}}"};
    job.context.role = "company_admin";
    const JobSummary done = job.validated("Type,Extension\nUser,\n");
    const bool is_about_pool = findings_of(done).find("tenant.setting") != std::string::npos;
    CHECK(is_about_pool == !is_good);
  }
}

TEST_CASE("an option that the format does not know is wrong use, whoever gives it")
{
  Running job = generator("{}");
  job.context.options["create_missing_did"] = {.is = Setting::Is::boolean, .boolean = true};
  const auto done = job.try_to_validate("Extension,First Name\n10,Ada\n");
  REQUIRE_FALSE(done.has_value());
  CHECK(done.assume_error().code() == ErrorCode::wrong_use);
}

} // namespace rollcall::tests
