// job.cpp: validating, planning and executing, from the actor's question to the last line of the
// report.
#include "rollcall/job.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/random_text.hpp"
#include "job/import.hpp"
#include "job/job_run.hpp"
#include "job/settle.hpp"
#include "job/spool.hpp"
#include "job/spooled_source.hpp"
#include "report/unreadable.hpp"
#include "rollcall/plan.hpp"

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
  const std::uint64_t not_applied =
      job.rejected + job.withheld + job.stale + job.failed + job.unknown;
  job.state = not_applied == 0                 ? JobState::succeeded
              : job.created + job.updated != 0 ? JobState::partial
                                               : JobState::failed;
}

JobSummary begin_job(const schema::CompiledSchema& schema, std::string_view action,
                     const std::string& file_name, const csv::Dialect& dialect)
{
  JobSummary job{.format = schema.schema().id, .action = std::string{action}, .file = file_name};
  job.dialect = dialect;
  return job;
}

Result<JobSummary> refused(JobSummary&& job, const schema::CompiledSchema& schema,
                           const Outputs& outputs, const std::string& header, const Seams& seams)
{
  JobSummary made{.format = std::move(job.format),
                  .action = std::move(job.action),
                  .refusal = job.refusal,
                  .file = std::move(job.file),
                  .bytes = job.bytes,
                  .dialect = job.dialect,
                  .findings = std::move(job.findings)};
  settle(made);
  for (const Finding& finding : made.findings) made.counts.count(finding);
  ROLLCALL_CHECK(RowOutputs::refuse(outputs, schema, made, header, seams.memory));
  return made;
}

Result<Outputs> HeldBack::hold(const Outputs& outputs, const Seams& seams,
                               const std::string& folder)
{
  Outputs made = outputs;
  for (Sink** const sink : sinks_of(made)) {
    if (*sink == nullptr || (*sink)->can_restart()) continue;
    ROLLCALL_TRY(auto spool, Spool::open(*seams.files, folder));
    held_.push_back({std::make_unique<Spool>(std::move(spool)), *sink});
    *sink = held_.back().spool.get();
  }
  return made;
}

Result<void> HeldBack::let_go()
{
  std::vector<char> piece(std::size_t{64} * 1024);
  for (const Held& each : held_) {
    ROLLCALL_CHECK(each.spool->rewind());
    for (;;) {
      ROLLCALL_TRY(const std::size_t size,
                   each.spool->read(std::as_writable_bytes(std::span{piece})));
      if (size == 0) break;
      ROLLCALL_CHECK(each.sink->write({piece.data(), size}));
    }
  }
  held_.clear();
  return success();
}

std::array<Sink**, 6> sinks_of(Outputs& outputs) noexcept
{
  return {&outputs.report,    &outputs.result,         &outputs.error_rows,
          &outputs.error_log, &outputs.error_log_json, &outputs.findings};
}

Outputs write_behind(const Outputs& outputs, unsigned threads, const Seams& seams,
                     std::optional<WriteBehind>& by)
{
  if (threads < 2) return outputs;
  try {
    by.emplace(*seams.memory);
  } catch (const std::system_error&) {
    return outputs;
  }
  Outputs made = outputs;
  for (Sink** const sink : sinks_of(made)) *sink = by->behind(*sink);
  return made;
}

} // namespace job

namespace {

using schema::CompiledSchema;

std::string_view word_of(schema::Action action) noexcept
{
  return action == schema::Action::execute ? "execute" : "validate";
}

// 128 bits of chance.
Result<std::string> make_plan_id(Random& random)
{
  std::string id(32, '0');
  ROLLCALL_CHECK(fill_random_text(random, "0123456789abcdef", id));
  return id;
}

Result<JobSummary> import_file(const schema::Schema& schema, Source& source, Directory& directory,
                               std::string_view action, const Context& context,
                               const JobOptions& options, const PlanOrigin& origin, Sink* plan,
                               const Outputs& asked, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    const bool executes = action == "execute";
    // Outputs are written before the first change: what cannot be written is not done either. They
    // are written again if not all comes as it was planned, so they have to wait.
    job::HeldBack held;
    Outputs final = asked;
    if (executes) {
      ROLLCALL_TRY(final, held.hold(asked, seams, options.spool_folder));
    }
    std::optional<WriteBehind> by;
    const Outputs outputs = job::write_behind(final, options.threads, seams, by);
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    JobSummary job = job::begin_job(compiled, action, options.file_name, options.dialect);
    job::SpooledSource twice{source, seams, options.spool_folder, key};
    std::optional<job::Spool> spool;
    plan::PlanHeader header;
    if (executes) {
      ROLLCALL_TRY(auto opened, job::Spool::open(*seams.files, options.spool_folder));
      plan = &spool.emplace(std::move(opened));
    }
    if (plan != nullptr) {
      ROLLCALL_TRY(header.id, make_plan_id(*seams.random));
      header.store = origin.store;
      header.path = origin.source_path;
    }
    std::string header_text;
    {
      job::Import import{compiled, twice, directory, context, options, outputs, seams, key};
      ROLLCALL_CHECK(import.run(executes ? schema::Action::execute : schema::Action::validate, job,
                                plan, header));
      header_text = import.header_text();
    }
    if (executes && job.refusal == Refusal::none) {
      ROLLCALL_CHECK(spool->rewind());
      if (by) ROLLCALL_CHECK(by->finish());
      ROLLCALL_CHECK(job::carry_out({.schema = compiled,
                                     .plan = *spool,
                                     .file = &twice,
                                     .directory = directory,
                                     .context = context,
                                     .outputs = final,
                                     .limits = options.limits,
                                     .seams = seams,
                                     .key = key,
                                     .is_told = true},
                                    job));
    }
    if (job.refusal != Refusal::none) {
      ROLLCALL_TRY(job, job::refused(std::move(job), compiled, outputs, header_text, seams));
      if (by) ROLLCALL_CHECK(by->finish());
    } else if (by && !executes) {
      ROLLCALL_CHECK(by->finish());
    }
    ROLLCALL_CHECK(held.let_go());
    return job;
  });
}

} // namespace

Result<JobSummary> validate(const schema::Schema& schema, Source& source, Directory& directory,
                            const Context& context, const JobOptions& options,
                            const Outputs& outputs, Seams seams)
{
  return import_file(schema, source, directory, "validate", context, options, {}, nullptr, outputs,
                     seams);
}

Result<JobSummary> make_plan(const schema::Schema& schema, Source& source, Directory& directory,
                             const Context& context, const JobOptions& options,
                             const PlanOrigin& origin, Sink& sink, const Outputs& outputs,
                             Seams seams)
{
  return import_file(schema, source, directory, "plan", context, options, origin, &sink, outputs,
                     seams);
}

Result<JobSummary> execute(const schema::Schema& schema, Source& source, Directory& directory,
                           const Context& context, const JobOptions& options,
                           const Outputs& outputs, Seams seams)
{
  return import_file(schema, source, directory, "execute", context, options, {}, nullptr, outputs,
                     seams);
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
    JobSummary job = job::begin_job(compiled, word_of(action), options.file_name, options.dialect);
    job.refusal = is_allowed ? Refusal::file : Refusal::actor;
    job.findings.push_back(is_allowed ? report::unreadable(why, options.file_name)
                                      : facts.not_allowed(action));
    return job::refused(std::move(job), compiled, outputs, {}, seams);
  });
}

} // namespace rollcall
