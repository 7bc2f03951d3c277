// execute_job.cpp: what a validation has judged is carried out, by the plan that it left.
#include <string>
#include <utility>

#include "job/kept_plan.hpp"
#include "rollcall/follow_up.hpp"

namespace rollcall {
namespace {

// Its plan and its file, as the store has them.
struct Judged {
  std::unique_ptr<Source> plan, source;
};

Result<Judged> read_judged(JobStore& store, const JobRecord& record)
{
  const std::string& action = record.summary.action;
  const auto wrong = [&](std::string_view why) {
    return Error{ErrorCode::wrong_use, job::the_job(record.id).append(why)};
  };
  if (action != "validate" && action != "plan")
    return wrong("is no validation: there is nothing to carry out");
  if (record.state == JobState::queued || record.state == JobState::running ||
      record.state == JobState::interrupted)
    return wrong("has not ended: resume it first");
  if (record.summary.refusal != Refusal::none)
    return wrong("was refused: there is nothing to carry out");
  Judged made;
  auto plan = store.read_artifact(record.id, "plan");
  if (!plan.has_value() && plan.assume_error().code() == ErrorCode::not_found)
    return Error{ErrorCode::not_found,
                 "the plan of job " + std::to_string(record.id) + " was removed"};
  ROLLCALL_TRY(made.plan, std::move(plan));
  auto source = store.read_artifact(record.id, "source");
  if (source.has_value())
    made.source = std::move(source).assume_value();
  else if (source.assume_error().code() != ErrorCode::not_found)
    return std::move(source).assume_error();
  return made;
}

} // namespace

Result<JobSummary> execute_job(JobStore& store, JobId id, const schema::Schema& schema,
                               Directory& directory, const Context& context,
                               const ApplyOptions& options, const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const JobRecord record, job::find_job(store, id, schema));
    Result<Judged> read = read_judged(store, record);
    if (!read.has_value()) {
      // Why not is nothing for who may not do it at all.
      ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
      ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
      ROLLCALL_TRY(auto refusal,
                   job::refuse_actor(compiled, directory, context, schema::Action::execute,
                                     "execute", outputs, key, seams));
      if (refusal) return job::Remembered{}.finish(std::move(*refusal), {.outputs = outputs});
    }
    ROLLCALL_TRY(const Judged judged, std::move(read));
    ROLLCALL_TRY(const job::JobRequest request, job::request_of(record));
    ApplyOptions how = options;
    how.store = &store;
    how.limits = request.limits;
    return job::apply_given({.schema = schema,
                             .plan = *judged.plan,
                             .source = judged.source.get(),
                             .directory = directory,
                             .context = context,
                             .options = how,
                             .outputs = outputs,
                             .seams = seams,
                             .action = "execute",
                             .file = record.summary.file,
                             .from = id});
  });
}

} // namespace rollcall
