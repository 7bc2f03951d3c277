// attempt.cpp: what is done on a machine that fails, and what is said of it.
#include "torture/attempt.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "rollcall/follow_up.hpp"
#include "rollcall/job.hpp"
#include "rollcall/plan.hpp"
#include "rollcall/sqlite_store.hpp"
#include "torture/machine.hpp"
#include "torture/outside_host.hpp"
#include "torture/pointed.hpp"
#include "torture/published.hpp"
#include "torture/services.hpp"

namespace rollcall::torture {
namespace {

std::string text_of_file(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// Nothing was kept of the file, so nothing was done, and the job has ended: somebody asks again. An
// export that failed is over, too.
bool is_to_begin_again(const JobSummary& job)
{
  if (job.action == "export") return job.state != JobState::succeeded;
  for (const Finding& finding : job.findings)
    if (render_message(finding).find("nothing was applied") != std::string::npos) return true;
  return false;
}

class LastJob final : public JobSink {
 public:
  JobId id = 0;
  JobState state = JobState::queued;
  bool is_nothing = true; // there is none, or it came to nothing
  void job(const JobRecord& record) override
  {
    if (record.id < id) return;
    id = record.id;
    state = record.state;
    is_nothing = has_ended() && is_to_begin_again(record.summary);
  }
  [[nodiscard]] bool has_ended() const noexcept
  {
    return state != JobState::queued && state != JobState::running &&
           state != JobState::interrupted;
  }
};

// Ready to do it: the store is open, and so is the directory.
struct Ready {
  const Workload& workload;
  const Folder& folder;
  Machine& machine;
  JobStore& store;
  JobService& service;
  Directory& directory;
  TakeOver take_over = TakeOver::of_gone;
};

struct Written {
  [[nodiscard]] static Result<Written> open(const Ready& with)
  {
    const bool takes_back = with.workload.seed % 2 == 0;
    const auto open = [&](const char* name) {
      return Published::open(with.machine.output_seams(), with.machine.points,
                             with.folder.file(name), takes_back);
    };
    ROLLCALL_TRY(auto report, open("report.jsonl"));
    ROLLCALL_TRY(auto result, open("result.csv"));
    ROLLCALL_TRY(auto error_rows, open("error_rows.csv"));
    ROLLCALL_TRY(auto error_log, open("error_log.txt"));
    ROLLCALL_TRY(auto findings, open("findings"));
    return Written{std::move(report), std::move(result), std::move(error_rows),
                   std::move(error_log), std::move(findings)};
  }
  [[nodiscard]] Outputs outputs(const Workload& workload)
  {
    if (workload.verb == Verb::export_) return {};
    if (workload.undoes()) // it has no rows of a file
      return {.report = &report, .error_log = &error_log};
    return {.report = &report,
            .result = &result,
            .error_rows = &error_rows,
            .error_log = &error_log,
            .findings = &findings,
            .findings_form = static_cast<FindingsForm>(workload.seed % findings_form_count)};
  }
  Published report, result, error_rows, error_log, findings;
};

// A job that follows another one.
Result<JobSummary> follow_up(const Ready& with, const Outputs& outputs)
{
  const Workload& workload = with.workload;
  const auto verb = workload.verb == Verb::retry         ? retry
                    : workload.verb == Verb::execute_job ? execute_job
                                                         : undo;
  return verb(with.store, workload.jobs_before(), workload.schema, with.directory, workload.context,
              {.spool_folder = with.folder.path}, outputs, with.machine.seams());
}

Result<JobSummary> begin(const Ready& with)
{
  const Workload& workload = with.workload;
  ROLLCALL_TRY(Written written, Written::open(with));
  const Outputs outputs = written.outputs(workload);
  const Seams seams = with.machine.seams();
  if (workload.verb == Verb::export_)
    return write_export(workload.schema, with.directory, workload.context, written.result, seams,
                        {.store = &with.store});
  if (workload.jobs_before() != 0) return follow_up(with, outputs);
  MemorySource source{workload.file};
  const JobOptions options{.atomic = workload.verb == Verb::atomic,
                           .file_name = "file.csv",
                           .spool_folder = with.folder.path,
                           .store = &with.store};
  if (workload.verb == Verb::validate)
    return validate(workload.schema, source, with.directory, workload.context, options, outputs,
                    seams);
  if (workload.verb == Verb::plan) {
    ROLLCALL_TRY(auto plan, Published::open(with.machine.output_seams(), with.machine.points,
                                            with.folder.file("made_plan.jsonl"), true));
    return make_plan(workload.schema, source, with.directory, workload.context, options,
                     {.source_path = "/srv/file.csv"}, plan, outputs, seams);
  }
  if (!workload.applies_a_plan())
    return execute(workload.schema, source, with.directory, workload.context, options, outputs,
                   seams);
  const std::string text = text_of_file(with.folder.file("plan.jsonl"));
  MemorySource plan{text};
  return apply_plan(workload.schema, plan, with.directory, workload.context,
                    {.stale = workload.verb == Verb::stale_row ? Stale::row : Stale::refuse,
                     .source = &source,
                     .store = &with.store,
                     .spool_folder = with.folder.path,
                     .takes_unsealed = workload.verb == Verb::unsealed},
                    outputs, seams);
}

Result<JobSummary> go_on(const Ready& with, JobId id)
{
  ROLLCALL_TRY(Written written, Written::open(with));
  return resume(with.store, id, with.workload.schema, with.directory, with.workload.context,
                {.spool_folder = with.folder.path, .take_over = with.take_over},
                written.outputs(with.workload), with.machine.seams());
}

// End::was_over if there was nothing left to do.
Result<End> work(const Ready& with)
{
  LastJob last;
  ROLLCALL_CHECK(with.store.jobs(last));
  if (with.workload.verb == Verb::cancel) {
    if (last.has_ended()) return End::was_over;
    ROLLCALL_CHECK(with.machine.points.between("cancel:before", "cancel:after",
                                               [&] { return with.service.cancel(last.id); }));
    ROLLCALL_TRY(const JobSummary done, go_on(with, last.id));
    static_cast<void>(done);
    return End::ended;
  }
  if (last.id > with.workload.jobs_before() && !last.is_nothing) {
    if (last.has_ended()) return End::was_over;
    ROLLCALL_TRY(const JobSummary done, go_on(with, last.id));
    if (!is_to_begin_again(done)) return End::ended;
  }
  Result<JobSummary> done = begin(with);
  if (!done.has_value()) return std::move(done).assume_error();
  return End::ended;
}

// Whether somebody who finds such a thing at the place of his store knows what to do: take it away.
bool is_no_store(const Error& error)
{
  return error.code() == ErrorCode::not_found || error.code() == ErrorCode::malformed;
}

Result<SqliteStore> store_made_anew(const Workload& workload, const Folder& folder,
                                    Machine& machine)
{
  for (const char* const suffix : {"", "-wal", "-shm"}) ::unlink((folder.store() + suffix).c_str());
  MemorySource source{workload.directory};
  SqliteOptions options = machine.options();
  options.objects = &source;
  return SqliteStore::create(folder.store(), machine.seams(), options);
}

// What is there is there with all of its objects.
Result<End> init(const Workload& workload, const Folder& folder, Machine& machine)
{
  auto store = SqliteStore::open(folder.store(), machine.seams(), machine.options());
  const bool was_there = store.has_value();
  if (!was_there && is_no_store(store.assume_error()))
    store = store_made_anew(workload, folder, machine);
  if (!store.has_value()) return std::move(store).assume_error();
  machine.points.pass("created");
  ROLLCALL_TRY(const auto directory, store.assume_value().directory(workload.schema));
  machine.points.pass("settled");
  return was_there ? End::was_over : End::ended;
}

class Attempt {
 public:
  Attempt(const Workload& workload, const Folder& folder, const Fault& fault, TakeOver take_over,
          Shared& shared)
      : workload_{workload},
        folder_{folder},
        fault_{fault},
        take_over_{take_over},
        shared_{shared},
        machine_{workload, folder, fault, shared}
  {
  }

  void run()
  {
    Result<End> done = End::none;
    {
      const bool counts = fault_.kind == Fault::Kind::alloc;
      std::optional<AllocationFault> failing;
      if (counts) failing.emplace(shared_, fault_);
      done = guarded([&] { return once(failing); });
    }
    machine_.note();
    say(done);
  }

 private:
  Result<End> once(std::optional<AllocationFault>& failing)
  {
    if (workload_.verb == Verb::init) return init(workload_, folder_, machine_);
    ROLLCALL_TRY(auto store,
                 SqliteStore::open(folder_.store(), machine_.seams(), machine_.options()));
    const auto serves = [&] { return serve(workload_, folder_, machine_, store); };
    if (workload_.is_service()) return once_or_again(store, failing, serves);
    ROLLCALL_TRY(const auto directory, open_directory(store));
    PointedStore pointed_store{store, machine_.points};
    PointedDirectory pointed_directory{*directory, machine_.points};
    const Ready ready{.workload = workload_,
                      .folder = folder_,
                      .machine = machine_,
                      .store = pointed_store,
                      .service = store,
                      .directory = pointed_directory,
                      .take_over = take_over_};
    return once_or_again(store, failing, [&] { return work(ready); });
  }

  // Somebody who has the store open all day mends what was wrong and goes on.
  template <class Work>
  Result<End> once_or_again(SqliteStore& store, std::optional<AllocationFault>& failing, Work work)
  {
    Result<End> done = guarded(work);
    if (done.has_value() || !fault_.goes_on) return done;
    failing.reset();
    machine_.mend();
    say(done);
    ROLLCALL_CHECK(store.check());
    return work();
  }

  Result<std::unique_ptr<Directory>> open_directory(SqliteStore& store)
  {
    if (!workload_.is_outside) return store.directory(workload_.schema);
    ROLLCALL_TRY(auto host, OutsideHost::open(folder_.outside(), workload_.schema, machine_.seams(),
                                              machine_.options(), machine_.points, fault_));
    return host;
  }

  void say(const Result<End>& done)
  {
    shared_.end = done.has_value() ? done.assume_value() : End::broke_off;
    if (done.has_value()) return;
    shared_.code = static_cast<std::int32_t>(done.assume_error().code());
    const std::string said = describe(done.assume_error());
    std::memcpy(shared_.said.data(), said.data(), std::min(said.size(), shared_.said.size() - 1));
  }

  const Workload& workload_;
  const Folder& folder_;
  const Fault& fault_;
  TakeOver take_over_;
  Shared& shared_;
  Machine machine_;
};

} // namespace

void attempt(const Workload& workload, const Folder& folder, const Fault& fault, TakeOver take_over,
             Shared& shared)
{
  const std::int64_t blocks = blocks_alive();
  const std::int64_t bytes = sqlite3_memory_used();
  Attempt{workload, folder, fault, take_over, shared}.run();
  shared.blocks_left = blocks_alive() - blocks;
  shared.sqlite_bytes_left = sqlite3_memory_used() - bytes;
}

} // namespace rollcall::torture
