// undo.cpp: which jobs can be undone, and the way of an undo from the first question to the last
// output.
#include <algorithm>
#include <optional>
#include <utility>

#include "check/facts.hpp"
#include "job/in_force.hpp"
#include "job/job_run.hpp"
#include "job/kept_plan.hpp"
#include "job/looking.hpp"
#include "job/outcome_counts.hpp"
#include "job/plan_telling.hpp"
#include "job/settle.hpp"
#include "job/spool.hpp"
#include "job/undo_plan.hpp"
#include "job/undoing.hpp"

namespace rollcall {

namespace job {
namespace {

using schema::CompiledSchema;

bool changes_objects(std::string_view action) noexcept
{
  return action == "execute" || action == "apply" || action == "undo";
}

Error nothing_to_undo(JobId id)
{
  return Error{ErrorCode::wrong_use,
               the_job(id).append("has changed nothing: there is nothing to undo")};
}

// What is known before the undo is a job.
Result<void> check_undoable(JobStore& store, const JobRecord& record, const CompiledSchema& schema,
                            std::pmr::memory_resource& memory)
{
  const auto wrong = [&](std::string_view why) {
    return Error{ErrorCode::wrong_use, the_job(record.id).append(why)};
  };
  if (!changes_objects(record.summary.action)) return nothing_to_undo(record.id);
  if (is_on_its_way(record.state)) return wrong("is running");
  ROLLCALL_TRY(const Progress progress, store.progress(record.id));
  if (!progress.intended.empty())
    return wrong("broke off while the host was at it: resume it first");
  ROLLCALL_TRY(const auto other, find_other_undo(store, record.id, 0, Among::all));
  if (other)
    return wrong("is being undone by job " + std::to_string(*other) + ": resume that first");
  ROLLCALL_TRY(const JournalSeen journal, JournalSeen::read(store, record.id));
  if (!journal.has_applied()) return nothing_to_undo(record.id);
  ROLLCALL_TRY(const auto plan, plan_of(store, record.id, journal));
  ROLLCALL_CHECK(check_format(*plan, schema, record.id));
  // The plans of undos before this one are needed as well.
  ROLLCALL_TRY([[maybe_unused]] const InForce known, in_force_of(store, record, 0, schema, memory));
  return success();
}

Result<JobSummary> refuse_undone(const Undoing& asked, JobId of, JobId by, const std::string& file)
{
  JobSummary job = begin_job(asked.schema, "undo", file, {});
  job.undoes = of;
  job.refusal = Refusal::stale;
  Finding made = finding(Code::plan_used);
  made.facts.push_back(fact("job", by));
  made.facts.push_back(fact("reason", "it has undone " + the_job(of) + "as a whole"));
  job.findings.push_back(std::move(made));
  return refused(std::move(job), asked.schema, asked.outputs, {}, asked.seams);
}

// What an undo asks the directory before it is planned.
class Asked {
 public:
  explicit Asked(const Undoing& asked)
      : known_{asked.schema, asked.directory, asked.key, *asked.seams.memory},
        facts_{asked.schema, known_, *asked.seams.memory},
        context_{asked.context}
  {
  }
  // The options of the format are those of the job, where none were given.
  [[nodiscard]] Result<std::vector<Finding>> read(const JobRecord& job)
  {
    ROLLCALL_TRY(const JobRequest request, request_of(job));
    if (context_.options.empty()) context_.options = request.context.options;
    ROLLCALL_CHECK(facts_.read(context_));
    return facts_.check();
  }
  [[nodiscard]] check::Facts& facts() noexcept { return facts_; }
  [[nodiscard]] check::KnownObjects& known() noexcept { return known_; }

 private:
  check::KnownObjects known_;
  check::Facts facts_;
  Context context_;
};

// The plan of an undo, into a sink; or why there is none.
struct Planned {
  std::optional<JobSummary> refusal = {};
  plan::PlanEnd end = {};
};

Result<Planned> plan_undo(const Undoing& asked, JobStore& store, const JobRecord& job, JobId self,
                          Sink& sink)
{
  Planned planned;
  Asked with{asked};
  ROLLCALL_TRY(std::vector<Finding> faults, with.read(job));
  if (!faults.empty()) {
    JobSummary refusal = begin_job(asked.schema, "undo", job.summary.file, {});
    refusal.refusal = Refusal::file;
    refusal.findings = std::move(faults);
    ROLLCALL_TRY(planned.refusal,
                 refused(std::move(refusal), asked.schema, asked.outputs, {}, asked.seams));
    return planned;
  }
  ROLLCALL_TRY(const InForce known,
               in_force_of(store, job, self, asked.schema, *asked.seams.memory));
  if (!known.has_applied) return nothing_to_undo(job.id);
  if (known.count == 0) {
    ROLLCALL_TRY(planned.refusal, refuse_undone(asked, job.id, known.undone_by, job.summary.file));
    return planned;
  }
  UndoPlan plan{store, job, asked.schema, with.facts(), with.known(), known, asked.seams};
  ROLLCALL_TRY(planned.end, plan.write(sink, asked.options.spool_folder));
  return planned;
}

JobSummary summary_of(const plan::PlanEnd& end, JobSummary job)
{
  for (std::size_t i = 0; i != plan::outcome_count; ++i)
    count_of(job, static_cast<plan::Outcome>(i)) = end.outcomes[i];
  job.rows = end.rows;
  job.sha256 = end.sha256;
  job.bytes = end.bytes;
  for (const auto& [code, count] : end.codes) {
    const auto known = code_of(code);
    job.counts.count(known ? finding(*known) : Finding{.rule = code}, count);
  }
  return job;
}

// What of the plan would be left alone if it were carried out now: who reads it is told, though it
// may be another thing when it is.
Result<void> count_conflicts(const Undoing& asked, JobStore& store, const JobRecord& of,
                             Source& source, JobSummary& job)
{
  Asked with{asked};
  ROLLCALL_TRY(const std::vector<Finding> faults, with.read(of));
  if (!faults.empty()) return success(); // (It was not planned then.)
  Remembered nobody;
  Looking looking{{.schema = asked.schema,
                   .plan = source,
                   .directory = asked.directory,
                   .context = asked.context,
                   .outputs = asked.outputs,
                   .limits = asked.options.limits,
                   .seams = asked.seams,
                   .key = asked.key,
                   .kept = nobody},
                  with.facts()};
  looking.asks(store);
  looking.tells([&](const apply::PlannedGroup& group, const Finding& why) {
    for (const plan::PlanRow& row : group.rows) {
      --count_of(job, row.result.outcome);
      ++job.stale;
      job.counts.count(why);
    }
  });
  ROLLCALL_TRY(auto plan, plan::PlanReader::open(source, asked.seams.memory));
  ROLLCALL_CHECK(plan.bind(asked.schema));
  return looking.look(plan, true);
}

} // namespace

Result<JobSummary> undo_remembered(const Undoing& asked, Remembered& kept)
{
  JobStore& store = *kept.store();
  ROLLCALL_TRY(const auto job, store.job(kept.record().from));
  if (!job)
    return Error{ErrorCode::not_found,
                 "there is no job " + std::to_string(kept.record().from) + " any more"};
  ROLLCALL_TRY(const auto other, find_other_undo(store, job->id, kept.id(), Among::older));
  if (other)
    return refused_by_other(asked.schema, "undo", kept, asked.outputs, asked.seams,
                            the_job(job->id) + "is being undone by job " + std::to_string(*other));
  ROLLCALL_TRY(const auto sink, store.write_artifact(kept.id(), "plan"));
  ROLLCALL_TRY(Planned planned, plan_undo(asked, store, *job, kept.id(), *sink));
  if (planned.refusal) {
    planned.refusal->id = kept.id();
    return std::move(*planned.refusal);
  }
  ROLLCALL_CHECK(sink->finish());
  ROLLCALL_TRY(const auto plan, kept.read("plan"));
  ApplyOptions how = asked.options;
  how.stale = Stale::row;
  return carry_out(KeptPlan{.schema = asked.schema,
                            .plan = *plan,
                            .directory = asked.directory,
                            .context = asked.context,
                            .options = how,
                            .outputs = asked.outputs,
                            .seams = asked.seams,
                            .key = asked.key,
                            .remembered = kept,
                            .action = "undo",
                            .is_strange = false});
}

} // namespace job

Result<JobSummary> undo(JobStore& store, JobId id, const schema::Schema& schema,
                        Directory& directory, const Context& context, const ApplyOptions& options,
                        const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    if (job::PlanTelling::needs_file(outputs))
      return Error{ErrorCode::wrong_use, std::string{job::undo_has_rows_of_its_own}};
    ROLLCALL_CHECK(job::check_secrets(outputs, &store));
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    ROLLCALL_TRY(JobRecord record, job::find_job(store, id, schema));
    const job::Undoing asked{compiled, directory, context, options, outputs, seams, key};
    const job::JobRequest request{.schema = schema, .context = context, .limits = options.limits};
    ROLLCALL_TRY(auto refusal, job::refuse_actor(compiled, directory, context, schema::Action::undo,
                                                 "undo", outputs, key, seams));
    if (!refusal) ROLLCALL_CHECK(job::check_undoable(store, record, compiled, *seams.memory));
    // Else it could still be resumed, and do again what was taken back.
    if (!refusal && record.state == JobState::interrupted) {
      ROLLCALL_CHECK(job::end_broken_off(store, id, schema, asked));
      ROLLCALL_TRY(record, job::find_job(store, id, schema));
    }
    ROLLCALL_TRY(auto remembered,
                 job::Remembered::begin(&store, "undo", record.summary.file, request, seams, id));
    if (refusal) {
      refusal->id = remembered.id();
      return remembered.finish(std::move(*refusal), {.outputs = outputs});
    }
    return remembered.finish(guarded([&] { return job::undo_remembered(asked, remembered); }),
                             {.outputs = outputs, .watcher = options.watcher});
  });
}

Result<JobSummary> make_undo_plan(JobStore& store, JobId id, const schema::Schema& schema,
                                  Directory& directory, const Context& context,
                                  const ApplyOptions& options, Sink& sink, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    ROLLCALL_TRY(const JobRecord record, job::find_job(store, id, schema));
    const Outputs none;
    const job::Undoing asked{compiled, directory, context, options, none, seams, key};
    ROLLCALL_TRY(auto refusal, job::refuse_actor(compiled, directory, context, schema::Action::undo,
                                                 "undo", none, key, seams));
    if (refusal) return std::move(*refusal);
    ROLLCALL_CHECK(job::check_undoable(store, record, compiled, *seams.memory));
    if (!has_ended(record.state))
      return Error{ErrorCode::wrong_use,
                   job::the_job(id).append("broke off, and may go on: it is undone at once, or "
                                           "resumed to its end first")};
    ROLLCALL_TRY(auto spool, job::Spool::open(*seams.files, options.spool_folder));
    ROLLCALL_TRY(job::Planned planned, job::plan_undo(asked, store, record, 0, spool));
    if (planned.refusal) return std::move(*planned.refusal);
    JobSummary made = job::begin_job(compiled, "undo", record.summary.file, record.summary.dialect);
    made.undoes = id;
    made = job::summary_of(planned.end, std::move(made));
    ROLLCALL_CHECK(spool.rewind());
    ROLLCALL_CHECK(job::count_conflicts(asked, store, record, spool, made));
    job::settle(made);
    ROLLCALL_CHECK(spool.rewind());
    ROLLCALL_CHECK(job::copy(spool, sink));
    ROLLCALL_CHECK(sink.publish());
    return made;
  });
}

} // namespace rollcall
