// job_run.cpp: how jobs begin, come to a state, are refused, and have their outputs written.
#include "job/job_run.hpp"

#include <algorithm>
#include <system_error>
#include <tuple>
#include <utility>

#include "job/row_outputs.hpp"
#include "job/settle.hpp"

namespace rollcall::job {

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
  JobSummary made{.id = job.id,
                  .undoes = job.undoes,
                  .format = std::move(job.format),
                  .action = std::move(job.action),
                  .refusal = job.refusal,
                  .file = std::move(job.file),
                  .sha256 = std::move(job.sha256),
                  .bytes = job.bytes,
                  .dialect = job.dialect,
                  .findings = std::move(job.findings)};
  settle(made);
  for (const Finding& finding : made.findings) made.counts.count(finding);
  ROLLCALL_CHECK(RowOutputs::refuse(outputs, schema, made, header, seams.memory));
  return made;
}

Result<JobSummary> refused_by_other(const schema::CompiledSchema& schema, std::string_view action,
                                    const Remembered& kept, const Outputs& outputs,
                                    const Seams& seams, std::string_view why)
{
  JobSummary job = begin_job(schema, action, kept.record().summary.file, {});
  job.id = kept.id();
  job.refusal = Refusal::stale;
  Finding made = finding(Code::plan_stale);
  made.facts.push_back(fact("reason", why));
  job.findings.push_back(std::move(made));
  return refused(std::move(job), schema, outputs, {}, seams);
}

Result<void> copy(Source& source, Sink& sink)
{
  std::vector<char> piece(std::size_t{64} * 1024);
  for (;;) {
    ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return success();
    ROLLCALL_CHECK(sink.write({piece.data(), size}));
  }
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
  for (const Held& each : held_) {
    ROLLCALL_CHECK(each.spool->rewind());
    ROLLCALL_CHECK(copy(*each.spool, *each.sink));
  }
  held_.clear();
  return success();
}

Result<void> check_secrets(const Outputs& outputs, const JobStore* store)
{
  if (outputs.secrets == nullptr || store == nullptr) return success();
  return Error{ErrorCode::wrong_use,
               "the store keeps the secrets of its jobs: they are fetched from there"};
}

std::array<Sink**, 6> sinks_of(Outputs& outputs) noexcept
{
  return {&outputs.report,    &outputs.result,         &outputs.error_rows,
          &outputs.error_log, &outputs.error_log_json, &outputs.findings};
}

Result<void> ask(JobWatcher* watcher, const JobProgress& progress)
{
  if (watcher == nullptr || watcher->goes_on(progress)) return success();
  const bool is_over = watcher->stopped_as() == JobState::cancelled;
  // Whoever only tells has nothing left to cancel.
  if (is_over && progress.step == JobStep::tells) return success();
  return Error{ErrorCode::cancelled,
               is_over ? "the job was stopped; nothing was done" : "the job was interrupted"};
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

} // namespace rollcall::job
