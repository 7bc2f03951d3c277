// The summary of a job, as people will see it, and how findings are counted for it.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "report/found_counts.hpp"
#include "report/golden.hpp"
#include "report/reporting.hpp"
#include "rollcall/job_summary.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string summary_of(const JobSummary& job, const SummaryOptions& options = {})
{
  std::pmr::string text;
  TextSink sink{text};
  must(write_summary(job, options, sink));
  return std::string{text};
}

JobSummary job_of(std::string_view action, JobState state)
{
  JobSummary job{.format = "people", .action = std::string{action}, .state = state};
  job.file = "users.csv";
  job.dialect.delimiter = ';';
  return job;
}

JobSummary partly()
{
  JobSummary job = job_of("execute", JobState::partial);
  job.rows = 1'002'031;
  job.created = 1'000'950;
  job.updated = 1'020;
  job.unchanged = 10;
  job.rejected = 51;
  job.blank_rows = 1;
  const std::vector<Code> codes(all_codes().begin(), all_codes().end());
  for (std::size_t i = 0; i != 12; ++i) job.counts.count(finding(codes[20 + i]), 1 + i * i * i);
  Finding rule = finding(Code::rule);
  rule.rule = "team.required";
  job.counts.count(rule, 1'000'000);
  return job;
}

} // namespace

TEST_CASE("a job is summed up in a few lines")
{
  const SummaryOptions options{
      .outputs = {{"report", "out/report.jsonl"}, {"error rows", "out/errors.csv"}}};
  check_golden("summary_partly.txt", summary_of(partly(), options));
  JobSummary dry = partly();
  dry.action = "validate";
  check_golden("summary_dry.txt", summary_of(dry, {.codes_max = 12}));
}

TEST_CASE("a refused job says why and no more")
{
  JobSummary job = job_of("execute", JobState::failed);
  job.refusal = Refusal::file;
  job.findings = {finding(Code::header_missing_column)};
  job.findings[0].column = "Email";
  CHECK(summary_of(job) ==
        "users.csv: refused, no row was looked at\n"
        "  header.missing_column: the column Email is missing\n");
  job.refusal = Refusal::actor;
  job.file.clear();
  job.findings = {finding(Code::actor_not_allowed)};
  job.findings[0].facts = {fact("known", "client, reseller")};
  CHECK(summary_of(job) ==
        "execute: not allowed\n"
        "  actor.not_allowed: no role is given; the format knows client, reseller\n");
}

TEST_CASE("the headline says what came of the file")
{
  const auto headline = [](JobSummary job) {
    const std::string text = summary_of(job);
    return text.substr(0, text.find('\n'));
  };
  JobSummary job = job_of("execute", JobState::succeeded);
  CHECK(headline(job) == "users.csv: there is no row in it");
  CHECK(summary_of(job).find("separated by") != std::string::npos);
  job.state = JobState::cancelled; // before it was read: nothing is known of it
  CHECK(summary_of(job) == "users.csv: stopped before anything was done\n");
  job.state = JobState::failed;
  CHECK(summary_of(job) == "users.csv: nothing was done\n");
  job.state = JobState::succeeded;
  job.rows = job.unchanged = 2;
  CHECK(headline(job) == "users.csv: nothing to change");
  job.created = 1;
  job.unchanged = 1;
  CHECK(headline(job) == "users.csv: imported");
  job.action = "validate";
  CHECK(headline(job) == "users.csv: can be imported");
  job.state = JobState::failed;
  CHECK(headline(job) == "users.csv: nothing of it can be imported");
  job.action = "execute";
  CHECK(headline(job) == "users.csv: nothing of it was imported");
  job.file = "\x1B[31m.csv";
  CHECK(headline(job).starts_with("\\x1b[31m.csv: "));
  CHECK(headline(job_of("export", JobState::succeeded)) == "users.csv: done");
  CHECK(headline(job_of("export", JobState::cancelled)) == "users.csv: stopped before its end");
}

TEST_CASE("an undo says what it has taken back, and what it left alone")
{
  JobSummary job = job_of("undo", JobState::partial);
  job.id = 4;
  job.rows = 7;
  job.updated = 3;
  job.created = 1;
  job.unchanged = 1;
  job.stale = 2;
  CHECK(summary_of(job) ==
        "users.csv: taken back in part\n"
        "          3  taken back\n"
        "          1  made again\n"
        "          1  of which nothing can be taken back\n"
        "          2  kept: changed since\n");
  job.state = JobState::failed;
  CHECK(summary_of(job).starts_with("users.csv: nothing of it was taken back\n"));
  job.id = 0; // planned alone
  CHECK(summary_of(job).starts_with("users.csv: nothing of it can be taken back\n"));
  job.state = JobState::succeeded;
  job.stale = 0;
  CHECK(summary_of(job) ==
        "users.csv: can be taken back\n"
        "          3  would be taken back\n"
        "          1  would be made again\n"
        "          1  of which nothing can be taken back\n");
}

TEST_CASE("a summary has colours if they are asked for")
{
  CHECK(summary_of(partly(), {.colour = true})
            .starts_with("\x1B[1;33musers.csv: imported in part\x1B[0m\n"));
  CHECK(summary_of(partly()).find('\x1B') == std::string::npos);
}

TEST_CASE("a summary that cannot be written is an error")
{
  FailingSink sink{0};
  CHECK_FALSE(write_summary(partly(), {}, sink).has_value());
}

TEST_CASE("findings counted by number are those counted by name, whatever their severity")
{
  const check::Header header = header_of("ID\n");
  const report::Messages messages{people(), header};
  report::FoundCounts by_number{messages};
  FindingCounts by_name;
  Dice dice{3};
  for (int round = 0; round != 1'000; ++round) {
    check::Found found = found_in_row(all_codes()[dice.roll(all_codes().size())]);
    if (dice.roll(4) == 0) {
      found.code = Code::rule;
      found.rule = 0;
    }
    found.severity = static_cast<Severity>(dice.roll(3));
    Finding each{.code = found.code, .severity = found.severity, .column = "Team"};
    each.value = found.value;
    if (dice.roll(3) == 0) {
      found.add(check::FactName::near, "Sales");
      each.facts.push_back(fact("near", "Sales"));
    }
    if (dice.roll(3) == 0) {
      found.add(check::FactName::replace, "Sales");
      each.fix = Fix{.column = "Team", .replace = "Sales"};
    }
    by_number.add({&found, 1}, {});
    if (found.code == Code::rule) each.rule = "team.required";
    by_name.count(each);
  }
  FindingCounts told;
  by_number.add_to(told);
  CHECK(told.by_slug() == by_name.by_slug());
  CHECK(told.mendable() == by_name.mendable());
  CHECK(told.mendable().certain > 0);
  CHECK(told.mendable().guess > 0);
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    CHECK(told.of(severity) == by_name.of(severity));
    CHECK(by_number.of(severity) == by_name.of(severity));
  }
}
