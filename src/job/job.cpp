// job.cpp: validating and executing, from the actor's question to the last line of the report.
#include "rollcall/job.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/siphash.hpp"
#include "base/write_behind.hpp"
#include "job/import.hpp"
#include "job/settle.hpp"
#include "job/spooled_source.hpp"
#include "report/unreadable.hpp"

namespace rollcall {
namespace job {

void sort(std::vector<Finding>& findings)
{
  const auto rank = [](const Finding& f) {
    return std::tuple{f.severity, f.place.column, slug(f)};
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
}

void settle(JobSummary& job)
{
  sort(job.findings);
  for (const Finding& finding : job.findings)
    job.warnings += finding.severity == Severity::warning ? 1U : 0U;
  if (job.refusal != Refusal::none) return;
  const std::uint64_t not_applied = job.rejected + job.withheld + job.stale + job.failed;
  job.state = not_applied == 0                 ? JobState::succeeded
              : job.created + job.updated != 0 ? JobState::partial
                                               : JobState::failed;
}

} // namespace job

namespace {

using schema::CompiledSchema;

JobSummary begin_job(const CompiledSchema& schema, std::string_view action,
                     const JobOptions& options)
{
  JobSummary job{
      .format = schema.schema().id, .action = std::string{action}, .file = options.file_name};
  job.dialect = options.dialect;
  return job;
}

// Counts nothing but warnings, and its report is the line of the job alone (spec F6).
Result<JobSummary> refused(JobSummary&& job, const CompiledSchema& schema, const Outputs& outputs,
                           const std::string& header, const Seams& seams)
{
  JobSummary made{.format = std::move(job.format),
                  .action = std::move(job.action),
                  .refusal = job.refusal,
                  .file = std::move(job.file),
                  .bytes = job.bytes,
                  .dialect = job.dialect,
                  .findings = std::move(job.findings)};
  job::settle(made);
  for (const Finding& finding : made.findings) made.counts.count(finding);
  ROLLCALL_CHECK(job::RowOutputs::refuse(outputs, schema, made, header, seams.memory));
  return made;
}

// Has the outputs written by a second thread, if one is allowed and to be had.
Outputs write_behind(const Outputs& outputs, const JobOptions& options, const Seams& seams,
                     std::optional<WriteBehind>& by)
{
  if (options.threads < 2) return outputs;
  try {
    by.emplace(*seams.memory);
  } catch (const std::system_error&) {
    return outputs;
  }
  Outputs made = outputs;
  for (Sink** const sink : {&made.report, &made.result, &made.error_rows, &made.error_log,
                            &made.error_log_json, &made.findings})
    *sink = by->behind(*sink);
  return made;
}

Result<JobSummary> run(const schema::Schema& schema, Source& source, Directory& directory,
                       schema::Action action, const Context& context, const JobOptions& options,
                       const Outputs& asked, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    std::optional<WriteBehind> by;
    const Outputs outputs = write_behind(asked, options, seams, by);
    const auto finish = [&]() -> Result<void> { return by ? by->finish() : success(); };
    const bool executes = action == schema::Action::execute;
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    JobSummary job = begin_job(compiled, executes ? "execute" : "validate", options);
    job::SpooledSource twice{source, seams, options.spool_folder, key};
    job::Import import{compiled, twice, directory, context, options, outputs, seams, key};
    if (!executes) {
      ROLLCALL_CHECK(import.run(action, job, nullptr));
    } else {
      ROLLCALL_TRY(auto groups, plan::GroupSpool::open(*seams.files, options.spool_folder));
      ROLLCALL_CHECK(import.run(action, job, &groups));
      if (job.refusal == Refusal::none) {
        ROLLCALL_CHECK(finish());
        ROLLCALL_CHECK(groups.apply(directory));
      }
    }
    if (job.refusal != Refusal::none) {
      ROLLCALL_TRY(job, refused(std::move(job), compiled, outputs, import.header_text(), seams));
    }
    ROLLCALL_CHECK(finish());
    return job;
  });
}

} // namespace

Result<JobSummary> validate(const schema::Schema& schema, Source& source, Directory& directory,
                            const Context& context, const JobOptions& options,
                            const Outputs& outputs, Seams seams)
{
  return run(schema, source, directory, schema::Action::validate, context, options, outputs, seams);
}

Result<JobSummary> execute(const schema::Schema& schema, Source& source, Directory& directory,
                           const Context& context, const JobOptions& options,
                           const Outputs& outputs, Seams seams)
{
  return run(schema, source, directory, schema::Action::execute, context, options, outputs, seams);
}

Result<JobSummary> refuse_unreadable(const schema::Schema& schema, Directory& directory,
                                     const Error& why, schema::Action action,
                                     const Context& context, const JobOptions& options,
                                     const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    check::KnownObjects known{compiled, directory, key, *seams.memory};
    check::Facts facts{compiled, known, *seams.memory};
    ROLLCALL_CHECK(facts.read(context));
    ROLLCALL_TRY(const bool is_allowed, facts.allows(action));
    JobSummary job =
        begin_job(compiled, action == schema::Action::execute ? "execute" : "validate", options);
    job.refusal = is_allowed ? Refusal::file : Refusal::actor;
    job.findings.push_back(is_allowed ? report::unreadable(why, options.file_name)
                                      : facts.not_allowed(action));
    return refused(std::move(job), compiled, outputs, {}, seams);
  });
}

} // namespace rollcall
