// apply.cpp: a plan that was kept is carried out, and a job that broke off goes on.
#include <utility>
#include <vector>

#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "job/kept_plan.hpp"
#include "job/retrying.hpp"
#include "job/undoing.hpp"
#include "plan/plan_reader.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

namespace {

using job::KeptPlan;
using schema::CompiledSchema;

// What is kept of a job that broke off; null where it did not come that far.
Result<std::unique_ptr<Source>> read_if_any(job::Remembered& remembered, std::string_view name)
{
  auto read = remembered.read(name);
  if (!read.has_value() && read.assume_error().code() == ErrorCode::not_found)
    return std::unique_ptr<Source>{};
  return read;
}

bool carries_out(std::string_view action) noexcept
{
  return action == "execute" || action == "apply" || action == "undo";
}

// A job that broke off, and is this process's now.
struct Resumed {
  const schema::Schema& schema;
  const CompiledSchema& compiled;
  const SipKey& key;
  Directory& directory;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
  job::Remembered& remembered;

  [[nodiscard]] Result<JobSummary> go_on();
  [[nodiscard]] Result<JobSummary> begin_again(Source& source);
  [[nodiscard]] Result<JobSummary> retry_again();
  [[nodiscard]] Result<JobSummary> end_without();
};

Result<JobSummary> Resumed::go_on()
{
  const job::JobRequest& request = remembered.request();
  const std::string action = remembered.record().summary.action;
  ROLLCALL_TRY(const auto source, read_if_any(remembered, "source"));
  ROLLCALL_TRY(const auto plan, read_if_any(remembered, "plan"));
  const bool is_given = request.is_plan_given || action == "apply";
  if (plan != nullptr && carries_out(action)) {
    // A plan that came from outside is looked at again, unless some of it was done.
    ROLLCALL_TRY(const Progress progress, remembered.store()->progress(remembered.id()));
    const bool has_begun = !is_given || progress.groups != 0 || !progress.intended.empty();
    ApplyOptions how = options;
    how.limits = request.limits;
    how.stale = request.stale;
    how.takes_unsealed = request.takes_unsealed;
    const Context as = request.context;
    return carry_out(KeptPlan{.schema = compiled,
                              .plan = *plan,
                              .source = source.get(),
                              .directory = directory,
                              .context = as,
                              .options = how,
                              .outputs = outputs,
                              .seams = seams,
                              .key = key,
                              .remembered = remembered,
                              .action = action,
                              .is_strange = !has_begun,
                              .goes_on = has_begun,
                              .groups_planned = request.groups});
  }
  if (action == "undo" && !is_given)
    return job::undo_remembered(
        {compiled, directory, request.context, options, outputs, seams, key}, remembered);
  if (action == "execute" && !is_given) {
    ROLLCALL_TRY(const bool is_again, job::is_retry(*remembered.store(), remembered.record()));
    if (is_again) return retry_again();
  }
  if (source == nullptr || is_given) return end_without();
  return begin_again(*source);
}

Result<JobSummary> Resumed::begin_again(Source& source)
{
  const job::JobRequest& request = remembered.request();
  const JobOptions again{.dialect = request.dialect,
                         .limits = request.limits,
                         .atomic = request.atomic,
                         .threads = options.threads,
                         .file_name = remembered.record().summary.file,
                         .spool_folder = options.spool_folder,
                         .store = remembered.store(),
                         .watcher = options.watcher};
  const std::string action = remembered.record().summary.action;
  return job::import_kept_again({.schema = schema,
                                 .source = source,
                                 .directory = directory,
                                 .action = action,
                                 .context = request.context,
                                 .options = again,
                                 .origin = {.source_path = request.path},
                                 .outputs = outputs,
                                 .seams = seams},
                                compiled, key, remembered);
}

// What is left of the file is found out anew: it tells where its rows stood.
Result<JobSummary> Resumed::retry_again()
{
  JobStore& store = *remembered.store();
  ROLLCALL_TRY(const auto record, store.job(remembered.record().from));
  if (!record) return end_without();
  ROLLCALL_TRY(job::Tries tries, job::Tries::find(store, *record, remembered.id()));
  ROLLCALL_CHECK(tries.read(directory, compiled, seams));
  return job::retry_remembered({schema, compiled, key, directory, options, outputs, seams},
                               remembered, tries);
}

// Nothing was done yet, and what it would take is not there.
Result<JobSummary> Resumed::end_without()
{
  const JobSummary& was = remembered.record().summary;
  const bool applies = was.action == "apply" || remembered.request().is_plan_given;
  JobSummary job = job::begin_job(compiled, was.action, was.file, {});
  job.id = remembered.id();
  if (was.action == "export") { // (It has no file but the one that it was to write.)
    job.state = JobState::failed;
    return job;
  }
  job.refusal = Refusal::file;
  Finding why = finding(applies ? Code::plan_invalid : Code::file_unreadable);
  if (!applies) why.facts.push_back(fact("file", was.file.empty() ? "the file" : was.file));
  why.facts.push_back(fact("reason", "the job broke off before it was kept; nothing was applied"));
  job.findings.push_back(std::move(why));
  return job::refused(std::move(job), compiled, outputs, {}, seams);
}

} // namespace

namespace job {

Result<void> end_broken_off(JobStore& store, JobId id, const schema::Schema& schema,
                            const Undoing& asked)
{
  ROLLCALL_TRY(auto remembered, Remembered::go_on(store, id, TakeOver::of_gone, asked.seams));
  remembered.stop();
  const Outputs none;
  const ApplyOptions options{.spool_folder = asked.options.spool_folder};
  Resumed ending{schema,  asked.schema, asked.key,   asked.directory,
                 options, none,         asked.seams, remembered};
  ROLLCALL_TRY(const JobSummary ended,
               remembered.finish(guarded([&] { return ending.go_on(); }), {.outputs = none}));
  if (ended.refusal == Refusal::none) return success();
  return Error{
      ErrorCode::wrong_use,
      the_job(id).append("broke off, and cannot be ended: " +
                         (ended.findings.empty() ? std::string{slug(ended.refusal)}
                                                 : render_message(ended.findings.front())))};
}

} // namespace job

Result<JobSummary> apply_plan(const schema::Schema& schema, Source& plan, Directory& directory,
                              const Context& context, const ApplyOptions& options,
                              const Outputs& outputs, Seams seams)
{
  return guarded([&] {
    return job::apply_given({.schema = schema,
                             .plan = plan,
                             .source = options.source,
                             .directory = directory,
                             .context = context,
                             .options = options,
                             .outputs = outputs,
                             .seams = seams,
                             .action = "apply"});
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
    ROLLCALL_TRY(const auto record, store.job(id));
    std::vector<schema::Action> rights;
    if (record) {
      ROLLCALL_TRY(rights, rights_to_begin(store, *record, seams));
    }
    for (const schema::Action right : rights) {
      ROLLCALL_TRY(auto refusal, job::refuse_actor(compiled, directory, context, right, "resume",
                                                   outputs, key, seams));
      if (refusal) return job::Remembered{}.finish(std::move(*refusal), {.outputs = outputs});
    }
    ROLLCALL_TRY(auto remembered, job::Remembered::go_on(store, id, options.take_over, seams));
    if (!(remembered.request().schema == schema))
      return Error{ErrorCode::wrong_use, "the job was begun with another format"};
    Resumed resumed{schema, compiled, key, directory, options, outputs, seams, remembered};
    return remembered.finish(guarded([&] { return resumed.go_on(); }),
                             {.outputs = outputs, .watcher = options.watcher});
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

Result<std::optional<Finding>> find_fault_of_plan(Source& plan, Seams seams)
{
  return guarded([&]() -> Result<std::optional<Finding>> {
    auto reader = plan::PlanReader::open(plan, seams.memory);
    if (reader.has_value()) return std::optional<Finding>{};
    if (!plan::is_about_plan(reader.assume_error().code())) return std::move(reader).assume_error();
    Finding made = finding(Code::plan_invalid);
    made.facts.push_back(fact("reason", reader.assume_error().detail()));
    return std::optional{std::move(made)};
  });
}

} // namespace rollcall
