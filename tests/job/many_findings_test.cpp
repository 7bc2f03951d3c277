// What is said of very many findings: all of it to programs, and to people what they can read.
#include <doctest/doctest.h>

#include <algorithm>

#include "formats/catalogue.hpp"
#include "job/made_source.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::MadeSource;
using rollcall::tests::must;

namespace {

struct Said {
  JobSummary job;
  std::string findings, report;
};

Said said(const std::string& header, const std::string& row, std::size_t rows, FindingsForm form)
{
  const schema::Schema schema = formats::clusterpbx();
  SystemSeams system;
  MemorySource objects{R"({"user": [], "phone_model": [], "provisioning_template": [],
                           "user_profile": []})"};
  auto directory = must(MemoryDirectory::read(objects, schema, system.seams()));
  std::pmr::string findings;
  std::pmr::string report;
  TextSink findings_sink{findings};
  TextSink report_sink{report};
  Outputs outputs{.report = &report_sink, .findings = &findings_sink};
  outputs.findings_form = form;
  MadeSource source{header, row, rows, true};
  Said made;
  made.job = must(validate(schema, source, directory, {.role = "client"},
                           {.file_name = "users.csv"}, outputs, system.seams()));
  made.findings = findings;
  made.report = report;
  return made;
}

std::size_t count_of(std::string_view text, std::string_view what)
{
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size()))
    ++count;
  return count;
}

std::size_t widest_of(std::string_view text)
{
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, end - begin);
    begin = end + 1;
  }
  return widest;
}

const std::string header = "ID,First Name,Last Name,Email,Extension,Mac Address,DND On\n";
constexpr std::size_t few = 1'000;
constexpr std::size_t many = 20'000;

} // namespace

TEST_CASE("people read as much of very many findings as of some, and how many there are")
{
  // Of each row one; of each row four, by all that mends them.
  for (const std::string row :
       {",Ada,Ek,user#,#,,\n", ",Ada,Ek,mailto:a#@b.example,2O#,zz#,nope\n"}) {
    CAPTURE(row);
    const Said some = said(header, row, few, FindingsForm::text);
    const Said all = said(header, row, many, FindingsForm::text);
    const std::size_t kinds = count_of(some.findings, "\n      1,000  ");
    CHECK(kinds == some.job.counts.total() / few);
    CHECK(count_of(all.findings, "\n     20,000  ") == kinds);
    CHECK(count_of(all.findings, "\n") == count_of(some.findings, "\n"));
    CHECK(count_of(all.findings, "\n") < 100);
    CHECK(all.findings.size() < some.findings.size() + 100);
    CHECK(widest_of(all.findings) < 200);
  }
}

TEST_CASE("people read of a finding in each of very many columns what they can, and how many")
{
  std::string wide = header;
  for (std::size_t column = 0; column != 900; ++column)
    wide.insert(wide.size() - 1, ",Thing " + std::to_string(column));
  const Said all = said(wide, ",Ada,Ek,a#@b.example,#,,\n", few, FindingsForm::text);
  CHECK(all.job.counts.total() >= 900);
  CHECK(count_of(all.findings, "\n") < 600);
  CHECK(all.findings.find(" other kinds\n") != std::string::npos);
}

TEST_CASE("programs are told each of very many findings")
{
  const std::string row = ",Ada,Ek,mailto:a#@b.example,2O#,zz#,nope\n";
  const Said all = said(header, row, many, FindingsForm::jsonl);
  CHECK(all.job.counts.total() == many * 4);
  CHECK(count_of(all.findings, "\n") == many * 4);
  CHECK(count_of(all.findings, "\"code\": \"value.email\"") == many);
  CHECK(count_of(all.report, "\n") == many + 1);
  CHECK(count_of(all.report, "\"code\": \"") == many * 4);
  CHECK(count_of(all.report, "\"unsafe_fix\": ") == many);
  CHECK(all.report.find("\"row\": 20000,") != std::string::npos);
}
