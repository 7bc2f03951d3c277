// What is done with jobs that a store remembers.
#include "job.hpp"
#include "plan.hpp"
#include "rollcall/download.hpp"
#include "rollcall/follow_up.hpp"
#include "store.hpp"
#include "table.hpp"

namespace rollcall::capi {

Result<std::shared_ptr<const SchemaBody>> schema_of_job(StoreBody& store, JobId job,
                                                        const rollcall_schema* given)
{
  if (given != nullptr) return given->body;
  ROLLCALL_TRY(const auto record, store.jobs().job(job));
  if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(job)};
  ROLLCALL_TRY(schema::Schema schema, schema_of(*record));
  return SchemaBody::make(store.engine(), std::move(schema));
}

Result<std::shared_ptr<DirectoryBody>> directory_of_job(const std::shared_ptr<StoreBody>& store,
                                                        JobId job, const rollcall_directory* given)
{
  if (given != nullptr) return given->body;
  ROLLCALL_TRY(auto schema, schema_of_job(*store, job, nullptr));
  return directory_of(store, std::move(schema));
}

Result<InUse> take_beside(StoreBody& store, DirectoryBody& directory)
{
  if (&directory.in_use() == &store.in_use()) return InUse{};
  return InUse::take(directory.in_use(), "the directory");
}

Result<void> check_room(const rollcall_purged* gone)
{
  ROLLCALL_CHECK(check_filled(gone, "rollcall_purged"));
  if (rollcall_table** const others = copied(gone).other_jobs; others != nullptr) *others = nullptr;
  return success();
}

Result<void> say(const Purged& purged, const std::shared_ptr<Engine>& engine, rollcall_purged* gone)
{
  rollcall_table** const others = copied(gone).other_jobs;
  fill(gone, rollcall_purged{.struct_size = 0,
                             .reserved = 0,
                             .jobs = purged.jobs,
                             .files = purged.files,
                             .secrets = purged.secrets,
                             .effects = purged.effects,
                             .others = purged.others.size(),
                             .other_jobs = others});
  if (others == nullptr) return success();
  TableBuilder table{engine, {{"job", ColumnIs::natural}}};
  for (const JobId job : purged.others) table[0].natural(job);
  *others = table.finish().release();
  return success();
}

namespace {

using Function = Result<JobSummary> (*)(JobStore&, JobId, const schema::Schema&, Directory&,
                                        const Context&, const ApplyOptions&, const Outputs&, Seams);

// A job of a store, with schema and directory from there where none is given.
struct Following {
  rollcall_store* store;
  std::uint64_t id;
  const char* what;
  JobGiven given;
};

Result<std::unique_ptr<Job>> make_job(const Following& of)
{
  ROLLCALL_CHECK(given(of.store, "store"));
  rollcall_schema schema;
  rollcall_directory directory;
  {
    ROLLCALL_TRY(const InUse held, InUse::take(of.store->body->in_use(), "the store"));
    static_cast<void>(held);
    ROLLCALL_TRY(schema.body, schema_of_job(*of.store->body, of.id, of.given.schema));
    if (of.given.directory == nullptr) {
      ROLLCALL_TRY(directory.body, directory_of(of.store->body, schema.body));
    } else {
      directory.body = of.given.directory->body;
    }
  }
  JobGiven given_now = of.given;
  given_now.store = of.store->body;
  given_now.schema = &schema;
  given_now.directory = &directory;
  return Job::make(of.store->body->engine(), of.what, given_now);
}

rollcall_status follow(const Following& of, Function function, rollcall_report** report,
                       rollcall_error** err) noexcept
{
  const rollcall_job_options* const options = of.given.options;
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    ROLLCALL_TRY(auto job, make_job(of));
    return Begun{std::move(job), [body = of.store->body, id = of.id, function](Job& job_of) {
                   return function(body->jobs(), id, job_of.schema(), job_of.directory(),
                                   job_of.context(), job_of.apply_options(), job_of.outputs(),
                                   job_of.seams());
                 }};
  });
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_job_schema(rollcall_store* store, uint64_t job, rollcall_schema** out,
                                    rollcall_error** err)
{
  return make_of_store(store, out, err,
                       [&](StoreBody& body) -> Result<std::unique_ptr<rollcall_schema>> {
                         auto handle = std::make_unique<rollcall_schema>();
                         ROLLCALL_TRY(handle->body, schema_of_job(body, job, nullptr));
                         return handle;
                       });
}

rollcall_status rollcall_job_resume(rollcall_store* store, uint64_t job,
                                    const rollcall_schema* schema, rollcall_directory* directory,
                                    const rollcall_context* context,
                                    const rollcall_job_options* options,
                                    const rollcall_outputs* outputs, rollcall_report** report,
                                    rollcall_error** err)
{
  return follow({store, job, "resume", {schema, nullptr, directory, context, options, outputs}},
                resume, report, err);
}

rollcall_status rollcall_job_undo(rollcall_store* store, uint64_t job,
                                  const rollcall_schema* schema, rollcall_directory* directory,
                                  const rollcall_context* context,
                                  const rollcall_job_options* options,
                                  const rollcall_outputs* outputs, rollcall_report** report,
                                  rollcall_error** err)
{
  return follow({store, job, "undo", {schema, nullptr, directory, context, options, outputs}}, undo,
                report, err);
}

rollcall_status rollcall_job_undo_plan(rollcall_store* store, uint64_t job,
                                       const rollcall_schema* schema, rollcall_directory* directory,
                                       const rollcall_context* context,
                                       const rollcall_job_options* options, rollcall_plan** plan,
                                       rollcall_report** report, rollcall_error** err)
{
  const Following of{store, job, "undo plan", {schema, nullptr, directory, context, options}};
  return start(options, report, plan, err, [&]() -> Result<Begun> {
    ROLLCALL_TRY(auto made, make_job(of));
    made->plan = std::make_shared<PlanBody>(store->body->engine());
    return Begun{std::move(made), [body = store->body, job](Job& job_of) {
                   TextSink sink{job_of.plan->text};
                   return make_undo_plan(body->jobs(), job, job_of.schema(), job_of.directory(),
                                         job_of.context(), job_of.apply_options(), sink,
                                         job_of.seams());
                 }};
  });
}

rollcall_status rollcall_job_execute(rollcall_store* store, uint64_t job,
                                     const rollcall_schema* schema, rollcall_directory* directory,
                                     const rollcall_context* context,
                                     const rollcall_job_options* options,
                                     const rollcall_outputs* outputs, rollcall_report** report,
                                     rollcall_error** err)
{
  return follow(
      {store, job, "execute job", {schema, nullptr, directory, context, options, outputs}},
      execute_job, report, err);
}

rollcall_status rollcall_job_retry(rollcall_store* store, uint64_t job,
                                   const rollcall_schema* schema, rollcall_directory* directory,
                                   const rollcall_context* context,
                                   const rollcall_job_options* options,
                                   const rollcall_outputs* outputs, rollcall_report** report,
                                   rollcall_error** err)
{
  return follow({store, job, "retry", {schema, nullptr, directory, context, options, outputs}},
                retry, report, err);
}

rollcall_status rollcall_job_download(rollcall_store* store, uint64_t job, const char* artifact,
                                      size_t artifact_len, rollcall_directory* directory,
                                      rollcall_output* output, rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    const auto known = artifact_of(text_of(artifact, artifact_len));
    if (!known || *known == Artifact::secrets)
      return wrong_use("a job leaves behind a source, report, result, error_rows, error_log, plan");
    ROLLCALL_TRY(const auto asked, directory_of_job(store->body, job, directory));
    ROLLCALL_TRY(const InUse held, take_beside(body, *asked));
    static_cast<void>(held);
    return write_into(output, [&](Sink& sink) {
      return download(body.jobs(), body.service(), job, *known, asked->directory(), sink,
                      body.engine()->seams());
    });
  });
}

rollcall_status rollcall_job_take_secrets(rollcall_store* store, uint64_t job,
                                          rollcall_output* output, uint64_t* count,
                                          rollcall_error** err)
{
  if (count != nullptr) *count = 0;
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_CHECK(given(output, "output"));
    ROLLCALL_TRY(const InUse held, InUse::take(output->body->in_use(), "the output"));
    static_cast<void>(held);
    Sink& sink = output->body->begin();
    ROLLCALL_TRY(
        const std::uint64_t taken,
        download_secrets(
            body.service(), job, sink, [&] { return sink.publish(); }, body.engine()->seams()));
    if (count != nullptr) *count = taken;
    return success();
  });
}

rollcall_status rollcall_job_cancel(rollcall_store* store, uint64_t job, rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) { return body.service().cancel(job); });
}

rollcall_status rollcall_job_purge(rollcall_store* store, uint64_t job, rollcall_purged* gone,
                                   rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_CHECK(check_room(gone));
    ROLLCALL_TRY(const Purged purged, body.service().purge(job));
    return say(purged, body.engine(), gone);
  });
}
