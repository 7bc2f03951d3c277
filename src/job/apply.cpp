// apply.cpp: a plan that was kept is carried out, and a job that broke off goes on.
#include <optional>
#include <utility>

#include "base/siphash.hpp"
#include "check/facts.hpp"
#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "job/spooled_source.hpp"
#include "job/store_watcher.hpp"
#include "plan/plan_reader.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

namespace {

using schema::CompiledSchema;

// What all ways to carry out a plan that was kept have in common.
struct Kept {
  const CompiledSchema& schema;
  Source& plan;
  Source* source = nullptr;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
  const SipKey& key;
  job::Remembered& remembered;
  std::string_view action = {};
  bool goes_on = false;
  bool keeps = false;
};

Result<JobSummary> carry_out(const Kept& kept)
{
  job::HeldBack held;
  ROLLCALL_TRY(const Outputs outputs,
               held.hold(kept.outputs, kept.seams, kept.options.spool_folder));
  job::StoreWatcher watcher{kept.remembered, kept.options.watcher, *kept.seams.clock};
  JobSummary job = job::begin_job(kept.schema, kept.action, {}, {});
  job.id = kept.remembered.id();
  job::SpooledSource plan{kept.plan, kept.seams, kept.options.spool_folder, kept.key};
  std::optional<job::SpooledSource> file;
  if (kept.source != nullptr)
    file.emplace(*kept.source, kept.seams, kept.options.spool_folder, kept.key);
  ROLLCALL_CHECK(job::carry_out({.schema = kept.schema,
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
                                 .stale = kept.options.stale,
                                 .takes_unsealed = kept.options.takes_unsealed,
                                 .keeps = kept.keeps,
                                 .is_strange = !kept.goes_on,
                                 .goes_on = kept.goes_on},
                                job));
  if (job.refusal != Refusal::none) {
    ROLLCALL_TRY(job, job::refused(std::move(job), kept.schema, outputs, {}, kept.seams));
  }
  ROLLCALL_CHECK(held.let_go());
  return job;
}

Result<JobSummary> remember(Result<JobSummary>&& done, job::Remembered& kept)
{
  if (!done.has_value()) {
    kept.break_off(done.assume_error());
    return std::move(done);
  }
  ROLLCALL_CHECK(kept.end(done.assume_value()));
  return std::move(done);
}

} // namespace

Result<JobSummary> apply_plan(const schema::Schema& schema, Source& plan, Directory& directory,
                              const Context& context, const ApplyOptions& options,
                              const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_CHECK(job::check_secrets(outputs, options.store));
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    const job::JobRequest request{
        .schema = schema, .context = context, .limits = options.limits, .stale = options.stale};
    ROLLCALL_TRY(auto remembered,
                 job::Remembered::begin(options.store, "apply", {}, request, seams));
    const auto apply = [&] {
      return carry_out({.schema = compiled,
                        .plan = plan,
                        .source = options.source,
                        .directory = directory,
                        .context = context,
                        .options = options,
                        .outputs = outputs,
                        .seams = seams,
                        .key = key,
                        .remembered = remembered,
                        .action = "apply",
                        .keeps = static_cast<bool>(remembered)});
    };
    return remember(guarded(apply), remembered);
  });
}

Result<JobSummary> resume(JobStore& store, JobId id, const schema::Schema& schema,
                          Directory& directory, const Context& context, const ApplyOptions& options,
                          const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_CHECK(job::check_secrets(outputs, &store));
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    check::KnownObjects known{compiled, directory, key, *seams.memory};
    check::Facts facts{compiled, known, *seams.memory};
    ROLLCALL_CHECK(facts.read(context));
    ROLLCALL_TRY(const bool is_allowed, facts.allows(schema::Action::execute));
    if (!is_allowed) {
      JobSummary job = job::begin_job(compiled, "resume", {}, {});
      job.refusal = Refusal::actor;
      job.findings.push_back(facts.not_allowed(schema::Action::execute));
      return job::refused(std::move(job), compiled, outputs, {}, seams);
    }
    ROLLCALL_TRY(auto remembered, job::Remembered::go_on(store, id, seams));
    const job::JobRequest& request = remembered.request();
    if (!(request.schema == schema))
      return Error{ErrorCode::wrong_use, "the job was begun with another format"};
    const auto go_on = [&]() -> Result<JobSummary> {
      const std::string action = remembered.record().summary.action;
      auto source = remembered.read("source");
      const bool has_source = source.has_value();
      if (!has_source && source.assume_error().code() != ErrorCode::not_found)
        return std::move(source).assume_error();
      auto plan = remembered.read("plan");
      if (!plan.has_value() && plan.assume_error().code() != ErrorCode::not_found)
        return std::move(plan).assume_error();
      ApplyOptions how = options;
      how.limits = request.limits;
      how.stale = request.stale;
      const bool carries_out = action == "execute" || action == "apply";
      if (plan.has_value() && carries_out) {
        // A plan that came from outside is looked at again, unless some of it was done.
        ROLLCALL_TRY(const Progress progress, store.progress(id));
        const bool has_begun =
            action == "execute" || progress.groups != 0 || !progress.intended.empty();
        Context as = request.context;
        return carry_out({.schema = compiled,
                          .plan = *plan.assume_value(),
                          .source = has_source ? source.assume_value().get() : nullptr,
                          .directory = directory,
                          .context = as,
                          .options = how,
                          .outputs = outputs,
                          .seams = seams,
                          .key = key,
                          .remembered = remembered,
                          .action = action,
                          .goes_on = has_begun});
      }
      if (!has_source || action == "apply")
        return Error{ErrorCode::not_found,
                     "the job broke off before its file was kept; nothing was applied"};
      JobOptions again{.dialect = request.dialect,
                       .limits = request.limits,
                       .atomic = request.atomic,
                       .threads = options.threads,
                       .file_name = remembered.record().summary.file,
                       .spool_folder = options.spool_folder,
                       .store = &store,
                       .watcher = options.watcher};
      return job::import_kept_again({.schema = schema,
                                     .source = *source.assume_value(),
                                     .directory = directory,
                                     .action = action,
                                     .context = request.context,
                                     .options = again,
                                     .outputs = outputs,
                                     .seams = seams},
                                    compiled, key, remembered);
    };
    return remember(guarded(go_on), remembered);
  });
}

Result<std::string> path_in_plan(Source& plan, Seams seams)
{
  return guarded([&]() -> Result<std::string> {
    auto reader = plan::PlanReader::open(plan, seams.memory);
    // What is wrong with it, who carries it out will say.
    if (!reader.has_value() && plan::is_about_plan(reader.assume_error().code()))
      return std::string{};
    if (!reader.has_value()) return std::move(reader).assume_error();
    return reader.assume_value().header().path;
  });
}

} // namespace rollcall
