// plan_findings.cpp: a plan keeps facts, which become words here.
#include "report/plan_findings.hpp"

#include <functional>
#include <set>
#include <string>
#include <variant>

#include "plan/finding_json.hpp"
#include "report/plan_looks.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

namespace {

// The headers of secrets, as headers are compared.
std::set<std::string, std::less<>> secret_headers(const schema::Schema* schema)
{
  std::set<std::string, std::less<>> headers;
  if (schema == nullptr) return headers;
  for (const schema::Column& column : schema->columns) {
    if (!std::holds_alternative<schema::Secret>(column.type)) continue;
    headers.insert(schema::folded_header(column.header));
    for (const std::string& alias : column.aliases) headers.insert(schema::folded_header(alias));
  }
  return headers;
}

} // namespace

Result<void> put_findings_of_plan(Source& plan, const PlanOverview& overview,
                                  const schema::Schema* schema, std::pmr::memory_resource* memory,
                                  FindingsWriter& into)
{
  const auto secrets = secret_headers(schema);
  ROLLCALL_CHECK(each_row(plan, overview.rows, memory, [&](const json::Value& row) {
    for (const json::Value each : row.find("findings")) {
      Finding finding;
      finding.place.row = row.find("row").natural().value_or(0);
      finding.place.line = row.find("line").natural().value_or(0);
      std::string ignored;
      if (!plan::read_finding(each, finding, ignored)) continue;
      if (secrets.contains(schema::folded_header(finding.column))) finding.value.clear();
      into.put(finding);
    }
    return !into.has_failed();
  }));
  for (const Finding& finding : overview.findings) into.put(finding);
  return success();
}

JobSummary job_of_plan(const PlanOverview& overview)
{
  JobSummary job{.format = overview.format, .action = "plan"};
  const auto rows_of = [&](plan::Outcome outcome) {
    return overview.outcomes[static_cast<std::size_t>(outcome)];
  };
  job.rows = overview.rows;
  job.blank_rows = overview.blank_rows;
  job.created = rows_of(plan::Outcome::created);
  job.updated = rows_of(plan::Outcome::updated);
  job.unchanged = rows_of(plan::Outcome::unchanged);
  job.rejected = rows_of(plan::Outcome::rejected);
  job.withheld = rows_of(plan::Outcome::withheld);
  const Tone tone = verdict_of(overview, {}).tone;
  job.state = tone == Tone::good      ? JobState::succeeded
              : tone == Tone::warning ? JobState::partial
                                      : JobState::failed;
  job.file = overview.file;
  job.sha256 = overview.sha256;
  job.bytes = overview.bytes;
  return job;
}

Result<bool> write_findings_of_plan(Source& plan, const schema::Schema* schema, FindingsForm form,
                                    Sink& sink, std::pmr::memory_resource* memory)
{
  PlanOverview overview{memory};
  ROLLCALL_CHECK(overview.read(plan, schema));
  const auto known = builtin_named(overview.format);
  if (schema == nullptr && known) schema = &*known;
  ROLLCALL_TRY(
      auto writer,
      open_findings(sink, form, {.file = overview.file, .schema = schema, .memory = memory}));
  if (overview.has_header)
    ROLLCALL_CHECK(put_findings_of_plan(plan, overview, schema, memory, *writer));
  if (!overview.fault.empty()) {
    Finding broken = finding(Code::plan_invalid);
    broken.facts.push_back(fact("reason", overview.fault));
    writer->put(broken);
  }
  writer->put_job(job_of_plan(overview));
  ROLLCALL_CHECK(writer->finish());
  return overview.fault.empty();
}

} // namespace rollcall::report
