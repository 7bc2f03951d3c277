// attempt.cpp: the seams that fail, what is done through them, and what is said of it.
#include "torture/attempt.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "base/seeded_random.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/job.hpp"
#include "rollcall/output_file.hpp"
#include "rollcall/plan.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "support/fake_files.hpp"
#include "torture/outside_host.hpp"
#include "torture/pointed.hpp"
#include "torture/published.hpp"

namespace rollcall::torture {
namespace {

using tests::FailingVfs;
using tests::FakeFiles;

std::string text_of_file(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// What a call of SQLite's comes to if it fails in this way.
FailingVfs::Verdict verdict_of(std::string_view call, std::string_view detail)
{
  const bool writes = call == "write";
  if (detail == "busy" && call.starts_with("lock")) return {.code = SQLITE_BUSY};
  if (detail == "full" && (writes || call == "truncate")) return {.code = SQLITE_FULL};
  if (detail == "short" && writes) return {.code = SQLITE_IOERR_WRITE, .is_half_done = true};
  if (writes) return {.code = SQLITE_IOERR_WRITE};
  if (call == "read") return {.code = SQLITE_IOERR_READ};
  if (call == "sync") return {.code = SQLITE_IOERR_FSYNC};
  if (call == "truncate") return {.code = SQLITE_IOERR_TRUNCATE};
  if (call == "size") return {.code = SQLITE_IOERR_FSTAT};
  if (call == "map") return {.code = SQLITE_IOERR_SHMMAP};
  if (call == "lock shared") return {.code = SQLITE_IOERR_SHMLOCK};
  if (call == "delete") return {.code = SQLITE_IOERR_DELETE};
  if (call == "open") return {.code = SQLITE_CANTOPEN};
  return {.code = SQLITE_IOERR_LOCK};
}

const char* point_of(std::string_view call)
{
  if (call == "write") return "file write";
  if (call == "sync") return "file sync";
  if (call == "truncate") return "file truncate";
  if (call == "delete") return "file delete";
  return nullptr; // nothing is changed by the others
}

// The machine of an attempt.
class Machine {
 public:
  Machine(const Workload& workload, const Folder& folder, const Fault& fault, Shared& shared)
      : points{shared},
        fault_{fault},
        shared_{shared},
        clock_{workload.file.size() < 20'000},
        random_{workload.seed + 1}
  {
    vfs.before = [this](const char* call) { return judge(call); };
    files.put(folder.store(), {});
    files.put(folder.outside(), {});
    if (fault.kind == Fault::Kind::spool) {
      files.fail_at = fault.at - 1;
      files.os_error = fault.detail == "full" ? ENOSPC : EIO;
    }
    if (fault.detail == "short") files.piece_bytes_max = 3;
  }

  [[nodiscard]] Seams seams()
  {
    // Those that fail have files in memory, and it is theirs that would be counted.
    Files* const seam = fault_.kind == Fault::Kind::spool ? static_cast<Files*>(&files) : &system_;
    return {.memory = std::pmr::new_delete_resource(),
            .files = seam,
            .clock = &clock_,
            .random = &random_};
  }
  // Outputs go to the disk, whatever fails.
  [[nodiscard]] Seams output_seams()
  {
    Seams made = seams();
    made.files = &system_;
    return made;
  }
  [[nodiscard]] SqliteOptions options() const { return {.vfs = vfs.name(), .busy_ms = 0}; }
  void mend()
  {
    is_mended_ = true;
    files.fail_at = FakeFiles::never;
  }
  void note()
  {
    if (fault_.kind != Fault::Kind::spool) return;
    shared_.fallible = files.calls.size();
    shared_.has_struck = files.calls.size() >= fault_.at;
  }

  FailingVfs vfs;
  FakeFiles files;
  Points points;

 private:
  FailingVfs::Verdict judge(const char* call)
  {
    if (const char* const point = point_of(call)) points.pass(point);
    if (fault_.kind != Fault::Kind::file || is_mended_) return {};
    const std::uint64_t number = ++shared_.fallible;
    if (number != fault_.at && !(fault_.from && number > fault_.at)) return {};
    shared_.has_struck = true;
    errno = fault_.detail == "full" ? ENOSPC : EIO; // SQLite asks for it
    return verdict_of(call, fault_.detail);
  }

  const Fault& fault_;
  Shared& shared_;
  SystemFiles system_;
  HurryingClock clock_;
  SeededRandom random_;
  bool is_mended_ = false;
};

// Nothing was kept of the file, so nothing was done, and the job has ended: somebody asks again.
bool is_to_begin_again(const JobSummary& job)
{
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
    is_nothing = is_to_begin_again(record.summary);
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
  Directory& directory;
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
    return Written{std::move(report), std::move(result), std::move(error_rows)};
  }
  [[nodiscard]] Outputs outputs(const Workload& workload)
  {
    if (workload.undoes()) return {.report = &report}; // it has no rows of a file
    return {.report = &report, .result = &result, .error_rows = &error_rows};
  }
  Published report, result, error_rows;
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
  if (workload.jobs_before() != 0) return follow_up(with, outputs);
  MemorySource source{workload.file};
  const Seams seams = with.machine.seams();
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
    return make_plan(workload.schema, source, with.directory, workload.context, options, {}, plan,
                     outputs, seams);
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
                     .spool_folder = with.folder.path},
                    outputs, seams);
}

Result<JobSummary> go_on(const Ready& with, JobId id)
{
  ROLLCALL_TRY(Written written, Written::open(with));
  return resume(with.store, id, with.workload.schema, with.directory, with.workload.context,
                {.spool_folder = with.folder.path}, written.outputs(with.workload),
                with.machine.seams());
}

// End::was_over if there was nothing left to do.
Result<End> work(const Ready& with)
{
  LastJob last;
  ROLLCALL_CHECK(with.store.jobs(last));
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

Result<SqliteStore> store_made_anew(const Folder& folder, Machine& machine)
{
  for (const char* const suffix : {"", "-wal", "-shm"}) ::unlink((folder.store() + suffix).c_str());
  return SqliteStore::create(folder.store(), machine.seams(), machine.options());
}

Result<End> init(const Workload& workload, const Folder& folder, Machine& machine)
{
  auto store = SqliteStore::open(folder.store(), machine.seams(), machine.options());
  if (!store.has_value() && is_no_store(store.assume_error()))
    store = store_made_anew(folder, machine);
  if (!store.has_value()) return std::move(store).assume_error();
  machine.points.pass("created");
  MemorySource source{workload.directory};
  Result<void> filled = store.assume_value().fill(source);
  machine.points.pass("filled");
  const bool was_full = !filled.has_value() && filled.assume_error().code() == ErrorCode::wrong_use;
  if (!filled.has_value() && !was_full) return std::move(filled).assume_error();
  ROLLCALL_TRY(const auto directory, store.assume_value().directory(workload.schema));
  machine.points.pass("settled");
  return was_full ? End::was_over : End::ended;
}

class Attempt {
 public:
  Attempt(const Workload& workload, const Folder& folder, const Fault& fault, Shared& shared)
      : workload_{workload},
        folder_{folder},
        fault_{fault},
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
    ROLLCALL_TRY(const auto directory, open_directory(store));
    PointedStore pointed_store{store, machine_.points};
    PointedDirectory pointed_directory{*directory, machine_.points};
    const Ready ready{.workload = workload_,
                      .folder = folder_,
                      .machine = machine_,
                      .store = pointed_store,
                      .directory = pointed_directory};
    Result<End> done = work(ready);
    if (done.has_value() || !fault_.goes_on) return done;
    // Somebody who has the store open all day mends what was wrong and goes on.
    failing.reset();
    machine_.mend();
    say(done);
    ROLLCALL_CHECK(store.check());
    return work(ready);
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
  Shared& shared_;
  Machine machine_;
};

} // namespace

void attempt(const Workload& workload, const Folder& folder, const Fault& fault, Shared& shared)
{
  const std::int64_t blocks = blocks_alive();
  const std::int64_t bytes = sqlite3_memory_used();
  Attempt{workload, folder, fault, shared}.run();
  shared.blocks_left = blocks_alive() - blocks;
  shared.sqlite_bytes_left = sqlite3_memory_used() - bytes;
}

} // namespace rollcall::torture
