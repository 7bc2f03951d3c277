// apply.cpp: a plan that was kept is carried out, and a job that broke off goes on.
#include <limits>
#include <optional>
#include <utility>

#include "base/siphash.hpp"
#include "check/facts.hpp"
#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "job/spooled_source.hpp"
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
  std::uint64_t groups = 0;
};

Result<JobSummary> carry_out(const Kept& kept)
{
  job::HeldBack held;
  ROLLCALL_TRY(const Outputs outputs,
               held.hold(kept.outputs, kept.seams, kept.options.spool_folder));
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
                                 .watcher = kept.options.watcher,
                                 .stale = kept.options.stale,
                                 .is_strange = !kept.goes_on,
                                 .goes_on = kept.goes_on,
                                 .groups = kept.groups},
                                job));
  if (job.refusal != Refusal::none) {
    ROLLCALL_TRY(job, job::refused(std::move(job), kept.schema, outputs, {}, kept.seams));
  }
  ROLLCALL_CHECK(held.let_go());
  return job;
}

// Nothing was done yet, and what it would take is not there.
Result<JobSummary> end_without(const CompiledSchema& schema, const job::Remembered& remembered,
                               const Outputs& outputs, const Seams& seams)
{
  const JobSummary& was = remembered.record().summary;
  const bool applies = was.action == "apply";
  JobSummary job = job::begin_job(schema, was.action, was.file, {});
  job.id = remembered.id();
  job.refusal = Refusal::file;
  Finding why = finding(applies ? Code::plan_invalid : Code::file_unreadable);
  if (!applies) why.facts.push_back(fact("file", was.file.empty() ? "the file" : was.file));
  why.facts.push_back(fact("reason", "the job broke off before it was kept; nothing was applied"));
  job.findings.push_back(std::move(why));
  return job::refused(std::move(job), schema, outputs, {}, seams);
}

} // namespace

Result<JobSummary> apply_plan(const schema::Schema& schema, Source& plan, Directory& directory,
                              const Context& context, const ApplyOptions& options,
                              const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    const job::JobRequest request{
        .schema = schema, .context = context, .limits = options.limits, .stale = options.stale};
    ROLLCALL_TRY(auto remembered,
                 job::Remembered::begin(options.store, "apply", {}, request, seams));
    const auto apply = [&]() -> Result<JobSummary> {
      std::unique_ptr<Source> kept_plan;
      std::unique_ptr<Source> kept_file;
      bool is_source = false;
      constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
      if (remembered) {
        // The plan last: where there is one, all is there that it takes to go on.
        if (options.source != nullptr) {
          ROLLCALL_TRY(kept_file, remembered.keep("source", *options.source, any, is_source));
        }
        ROLLCALL_TRY(kept_plan, remembered.keep("plan", plan, any, is_source));
      }
      return carry_out({.schema = compiled,
                        .plan = kept_plan ? *kept_plan : plan,
                        .source = kept_file ? kept_file.get() : options.source,
                        .directory = directory,
                        .context = context,
                        .options = options,
                        .outputs = outputs,
                        .seams = seams,
                        .key = key,
                        .remembered = remembered,
                        .action = "apply"});
    };
    return remembered.finish(guarded(apply), {.outputs = outputs, .watcher = options.watcher});
  });
}

Result<JobSummary> resume(JobStore& store, JobId id, const schema::Schema& schema,
                          Directory& directory, const Context& context, const ApplyOptions& options,
                          const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
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
    ROLLCALL_TRY(auto remembered, job::Remembered::go_on(store, id, options.take_over, seams));
    const job::JobRequest& request = remembered.request();
    const auto go_on = [&]() -> Result<JobSummary> {
      if (!(request.schema == schema))
        return Error{ErrorCode::wrong_use, "the job was begun with another format"};
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
                          .goes_on = has_begun,
                          .groups = request.groups});
      }
      if (!has_source || action == "apply")
        return end_without(compiled, remembered, outputs, seams);
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
    return remembered.finish(guarded(go_on), {.outputs = outputs, .watcher = options.watcher});
  });
}

namespace {

// What is wrong with it, who carries it out will say.
Result<plan::PlanHeader> header_of(Source& plan, const Seams& seams)
{
  auto reader = plan::PlanReader::open(plan, seams.memory);
  if (!reader.has_value() && plan::is_about_plan(reader.assume_error().code()))
    return plan::PlanHeader{};
  if (!reader.has_value()) return std::move(reader).assume_error();
  return plan::PlanHeader{reader.assume_value().header()};
}

} // namespace

Result<std::string> path_in_plan(Source& plan, Seams seams)
{
  return guarded([&]() -> Result<std::string> {
    ROLLCALL_TRY(const plan::PlanHeader header, header_of(plan, seams));
    return header.path;
  });
}

Result<std::string> format_in_plan(Source& plan, Seams seams)
{
  return guarded([&]() -> Result<std::string> {
    ROLLCALL_TRY(const plan::PlanHeader header, header_of(plan, seams));
    return header.format;
  });
}

} // namespace rollcall
