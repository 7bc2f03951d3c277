// kept_plan.cpp: outputs wait until they are final, and what is read twice is the same twice.
#include "job/kept_plan.hpp"

#include <utility>

#include "check/facts.hpp"
#include "job/job_run.hpp"
#include "job/spooled_source.hpp"
#include "job/store_watcher.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::job {

Result<JobSummary> carry_out(const KeptPlan& kept)
{
  HeldBack held;
  ROLLCALL_TRY(const Outputs outputs,
               held.hold(kept.outputs, kept.seams, kept.options.spool_folder));
  StoreWatcher watcher{kept.remembered, kept.options.watcher, *kept.seams.clock};
  JobSummary job = begin_job(kept.schema, kept.action, {}, {});
  job.id = kept.remembered.id();
  SpooledSource plan{kept.plan, kept.seams, kept.options.spool_folder, kept.key};
  std::optional<SpooledSource> file;
  if (kept.source != nullptr)
    file.emplace(*kept.source, kept.seams, kept.options.spool_folder, kept.key);
  ROLLCALL_CHECK(carry_out({.schema = kept.schema,
                            .plan = plan,
                            .file = file ? &*file : nullptr,
                            .directory = kept.directory,
                            .context = kept.context,
                            .outputs = outputs,
                            .limits = kept.options.limits,
                            .seams = kept.seams,
                            .key = kept.key,
                            .kept = kept.remembered,
                            .watcher = &watcher,
                            .groups_planned = kept.groups_planned,
                            .stale = kept.options.stale,
                            .takes_unsealed = kept.options.takes_unsealed,
                            .keeps = kept.keeps,
                            .is_strange = kept.is_strange,
                            .goes_on = kept.goes_on},
                           job));
  if (job.refusal != Refusal::none) {
    ROLLCALL_TRY(job, refused(std::move(job), kept.schema, outputs, {}, kept.seams));
  }
  ROLLCALL_CHECK(held.let_go());
  return job;
}

Result<JobSummary> apply_given(const GivenPlan& given)
{
  ROLLCALL_CHECK(check_secrets(given.outputs, given.options.store));
  ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(given.schema));
  ROLLCALL_TRY(const SipKey key, make_sip_key(*given.seams.random));
  const ApplyOptions& options = given.options;
  const JobRequest request{.schema = given.schema,
                           .context = given.context,
                           .limits = options.limits,
                           .stale = options.stale,
                           .is_plan_given = true,
                           .takes_unsealed = options.takes_unsealed};
  ROLLCALL_TRY(auto remembered, Remembered::begin(options.store, given.action, given.file, request,
                                                  given.seams, given.from));
  const auto apply = [&] {
    return carry_out(KeptPlan{.schema = compiled,
                              .plan = given.plan,
                              .source = given.source,
                              .directory = given.directory,
                              .context = given.context,
                              .options = options,
                              .outputs = given.outputs,
                              .seams = given.seams,
                              .key = key,
                              .remembered = remembered,
                              .action = given.action,
                              .keeps = static_cast<bool>(remembered)});
  };
  return remembered.finish(guarded(apply), {.outputs = given.outputs, .watcher = options.watcher});
}

Result<std::optional<JobSummary>> refuse_actor(const schema::CompiledSchema& schema,
                                               Directory& directory, const Context& context,
                                               schema::Action right, std::string_view action,
                                               const Outputs& outputs, const SipKey& key,
                                               const Seams& seams)
{
  check::KnownObjects known{schema, directory, key, *seams.memory};
  check::Facts facts{schema, known, *seams.memory};
  ROLLCALL_CHECK(facts.read(context));
  ROLLCALL_TRY(const bool is_allowed, facts.allows(right));
  if (is_allowed) return std::optional<JobSummary>{};
  JobSummary job = begin_job(schema, action, {}, {});
  job.refusal = Refusal::actor;
  job.findings.push_back(facts.not_allowed(right));
  ROLLCALL_TRY(JobSummary made, refused(std::move(job), schema, outputs, {}, seams));
  return std::optional{std::move(made)};
}

Result<JobRecord> find_job(JobStore& store, JobId id, const schema::Schema& schema)
{
  ROLLCALL_TRY(auto record, store.job(id));
  if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
  ROLLCALL_TRY(const JobRequest request, request_of(*record));
  if (!(request.schema == schema))
    return Error{ErrorCode::wrong_use, "the job was begun with another format"};
  return std::move(*record);
}

Result<void> check_format(Source& plan, const schema::CompiledSchema& schema, JobId id)
{
  ROLLCALL_TRY(const auto reader, plan::PlanReader::open(plan, std::pmr::new_delete_resource()));
  const plan::PlanHeader& header = reader.header();
  if (header.format != schema.schema().id || header.schema != schema.digest)
    return Error{ErrorCode::wrong_use,
                 the_job(id).append("was planned when the format " + header.format +
                                    " was another: what its rows did can no longer be told")};
  return plan.rewind();
}

Result<bool> carries_out_undo(JobStore& store, const JobRecord& record, const Seams& seams)
{
  if (record.summary.action != "apply") return false;
  auto plan = store.read_artifact(record.id, "plan");
  if (!plan.has_value() && plan.assume_error().code() == ErrorCode::not_found) return false;
  ROLLCALL_TRY(const auto source, std::move(plan));
  ROLLCALL_TRY(const auto reader, plan::PlanReader::open(*source, seams.memory));
  return reader.header().undoes.has_value();
}

std::string the_job(JobId id)
{
  return "job " + std::to_string(id) + " ";
}

} // namespace rollcall::job

namespace rollcall {

Result<std::vector<schema::Action>> rights_to_begin(JobStore& store, const JobRecord& job,
                                                    Seams seams)
{
  return guarded([&]() -> Result<std::vector<schema::Action>> {
    using schema::Action;
    const std::string& kind = job.summary.action;
    if (kind == "validate" || kind == "plan") return std::vector{Action::validate};
    if (kind == "export") return std::vector{Action::export_};
    if (kind == "undo") return std::vector{Action::undo};
    ROLLCALL_TRY(const bool is_undo, job::carries_out_undo(store, job, seams));
    return is_undo ? std::vector{Action::execute, Action::undo} : std::vector{Action::execute};
  });
}

} // namespace rollcall
