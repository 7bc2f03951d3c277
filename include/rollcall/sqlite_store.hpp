// An SQLite database that is a whole host: directory, jobs, journal and audit in one file.
//
//   ROLLCALL_TRY(auto store, SqliteStore::create("host.db", seams, {.objects = &directory_json}));
//   ROLLCALL_TRY(auto directory, store.directory(schema));
//
// The file is its owner's alone. It is written ahead (WAL) and flushed at every commit, so what was
// said to be done survives a loss of power; on a network file system that cannot be, and it is
// refused there. Several processes may have it open.
//
// Who carries a job out holds a lock on an empty file beside it, "host.db-jobs", for as long as he
// lives: no clock is asked, no process id, and a process that is stopped for a while keeps his job.
#ifndef ROLLCALL_SQLITE_STORE_HPP
#define ROLLCALL_SQLITE_STORE_HPP

#include <memory>
#include <string>

#include "rollcall/job_store.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

struct SqliteOptions {
  std::string vfs = {}; // of SQLite's, by name; empty: the default one
  int busy_ms = 5000;   // how long another process is waited for
  // A file that cannot be written is opened to be looked at: a copy that is kept, a disk that is
  // only read. All that would write is then `not_permitted`.
  bool may_only_look = false;
  // Of `create`: a directory.json whose objects and settings it has from its first moment on. If
  // they cannot be read nothing is made.
  Source* objects = nullptr;
};

class SqliteStore final : public JobStore, public JobService {
 public:
  // A new one; a file that is there already is wrong use.
  [[nodiscard]] static Result<SqliteStore> create(const std::string& path, const Seams& seams,
                                                  const SqliteOptions& options = {});
  // One of an older version is brought up to this one; one of a newer version is unsupported.
  [[nodiscard]] static Result<SqliteStore> open(const std::string& path, const Seams& seams,
                                                const SqliteOptions& options = {});

  SqliteStore(SqliteStore&&) noexcept;
  SqliteStore& operator=(SqliteStore&&) noexcept;
  ~SqliteStore() override;

  // See SqliteOptions::may_only_look.
  [[nodiscard]] bool can_only_look() const noexcept;

  // Puts in the objects and settings of a directory.json: all of it or nothing.
  [[nodiscard]] Result<void> fill(Source& directory_json);
  // Writes them out again as one, as MemoryDirectory::write does. What the keys of kinds are, and
  // the order of fields, is known of formats that have used the store.
  [[nodiscard]] Result<void> dump(Sink& sink);

  // Its objects as a format sees them. The store outlives it, and is asked by the same thread.
  [[nodiscard]] Result<std::unique_ptr<Directory>> directory(const schema::Schema& schema);

  // Whether the database is sound: what SQLite itself says of it, and that every index and count
  // agrees with the objects. Corrupt if not, naming the first fault.
  [[nodiscard]] Result<void> check();

  [[nodiscard]] std::string_view id() const noexcept override;
  [[nodiscard]] Result<JobId> add(const JobRecord& record) override;
  [[nodiscard]] Result<void> update(const JobRecord& record) override;
  [[nodiscard]] Result<std::optional<JobRecord>> job(JobId id) override;
  [[nodiscard]] Result<void> jobs(JobSink& sink) override;
  [[nodiscard]] Result<JobRecord> take_over(JobId id, TakeOver from) override;
  void let_go(JobId id) noexcept override;
  [[nodiscard]] Result<std::optional<JobId>> maker_of(std::string_view plan) override;
  [[nodiscard]] Result<std::string> seal(std::string_view text) override;
  [[nodiscard]] Result<std::optional<JobId>> use_plan(JobId id, std::string_view plan) override;
  [[nodiscard]] Result<std::optional<JobId>> user_of(std::string_view plan) override;
  [[nodiscard]] Result<std::unique_ptr<ArtifactSink>> write_artifact(
      JobId id, std::string_view name) override;
  [[nodiscard]] Result<std::unique_ptr<Source>> read_artifact(JobId id,
                                                              std::string_view name) override;
  [[nodiscard]] Result<void> remove_artifact(JobId id, std::string_view name) override;
  [[nodiscard]] bool holds(const Directory& directory) const noexcept override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> directory_version() override;
  [[nodiscard]] Result<void> begin(JobId id) override;
  [[nodiscard]] Result<void> commit() override;
  void roll_back() noexcept override;
  [[nodiscard]] Result<bool> goes_on(JobId id, const JobProgress& progress) override;
  [[nodiscard]] Result<void> intend(JobId id,
                                    std::span<const std::string_view> operations) override;
  [[nodiscard]] Result<void> hold(JobId id, std::span<const MadeSecret> secrets) override;
  [[nodiscard]] Result<void> settle(JobId id, std::span<const Settled> groups) override;
  [[nodiscard]] Result<Progress> progress(JobId id) override;
  [[nodiscard]] Result<void> exceptions(JobId id, SettledSink& sink) override;
  [[nodiscard]] Result<void> find_later(JobId job, JobId self, std::span<const FieldOfObject> asked,
                                        LaterSink& sink) override;
  [[nodiscard]] Result<void> waiting_effects(JobId job, std::span<const std::uint64_t> rows,
                                             WaitingSink& sink) override;

  [[nodiscard]] Result<void> find_jobs(const JobFilter& filter, JobSink& sink) override;
  [[nodiscard]] Result<void> schemas(SchemaSink& sink) override;
  [[nodiscard]] Result<JobDetails> details(JobId id) override;
  [[nodiscard]] Result<void> cancel(JobId id) override;
  [[nodiscard]] Result<std::uint64_t> take_secrets(JobId id, SecretTaker& taker) override;
  [[nodiscard]] Result<void> effects(EffectSink& sink) override;
  [[nodiscard]] Result<bool> waits(std::uint64_t effect) override;
  [[nodiscard]] Result<std::optional<std::string>> secret_of(const WaitingEffect& effect,
                                                             std::string_view handle) override;
  [[nodiscard]] Result<void> effect_done(std::uint64_t id) override;
  [[nodiscard]] Result<Purged> purge(JobId id) override;
  [[nodiscard]] Result<Purged> purge_expired(const Retention& retention) override;
  [[nodiscard]] Result<void> note(const AccessRecord& access) override;
  [[nodiscard]] Result<void> audit(const AuditFilter& filter, AuditSink& sink) override;
  [[nodiscard]] Result<void> accesses(const AccessFilter& filter, AccessSink& sink) override;

 private:
  class Body;
  explicit SqliteStore(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall

#endif // ROLLCALL_SQLITE_STORE_HPP
