// sqlite_store.cpp: the public face of the database; each part of it is somewhere else.
#include "rollcall/sqlite_store.hpp"

#include <utility>

#include "base/sha256.hpp"
#include "store/artifacts.hpp"
#include "store/cleaning.hpp"
#include "store/contents.hpp"
#include "store/database_file.hpp"
#include "store/history.hpp"
#include "store/journal.hpp"
#include "store/purging.hpp"
#include "store/schemas.hpp"
#include "store/soundness.hpp"
#include "store/sqlite_directory.hpp"

namespace rollcall {

namespace {

constexpr std::size_t seal_key_size = 64;

} // namespace

class SqliteStore::Body {
 public:
  Body(std::unique_ptr<store::Database> of, const Seams& seams)
      : database{std::move(of)},
        memory{seams.memory},
        with{seams},
        jobs{*database, seams},
        journal{*database, jobs, *seams.clock, *seams.memory}
  {
  }

  [[nodiscard]] static Result<std::unique_ptr<Body>> make(std::unique_ptr<store::Database> of,
                                                          const Seams& seams)
  {
    auto body = std::make_unique<Body>(std::move(of), seams);
    ROLLCALL_TRY(body->id, body->database->text_of("SELECT value FROM store WHERE name = 'id'"));
    ROLLCALL_TRY(body->seal_key,
                 body->database->text_of("SELECT value FROM store WHERE name = 'seal_key'"));
    if (body->seal_key.size() < seal_key_size)
      return Error{ErrorCode::corrupt, "the store has no key for its seal"};
    return body;
  }

  [[nodiscard]] Result<void> told_who_writes(Result<void>&& done)
  {
    if (done.has_value()) return std::move(done);
    return jobs.with_who_writes(std::move(done).assume_error());
  }

  std::unique_ptr<store::Database> database;
  std::pmr::memory_resource* memory;
  Seams with;
  std::string id;
  std::string seal_key; // nobody else is told
  store::Jobs jobs;
  store::Journal journal;
};

SqliteStore::SqliteStore(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
SqliteStore::SqliteStore(SqliteStore&&) noexcept = default;
SqliteStore& SqliteStore::operator=(SqliteStore&&) noexcept = default;
SqliteStore::~SqliteStore() = default;

Result<SqliteStore> SqliteStore::create(const std::string& path, const Seams& seams,
                                        const SqliteOptions& options)
{
  return guarded([&]() -> Result<SqliteStore> {
    ROLLCALL_TRY(auto database, store::create_database(path, seams, options));
    ROLLCALL_TRY(auto body, Body::make(std::move(database), seams));
    return SqliteStore{std::move(body)};
  });
}

Result<SqliteStore> SqliteStore::open(const std::string& path, const Seams& seams,
                                      const SqliteOptions& options)
{
  return guarded([&]() -> Result<SqliteStore> {
    ROLLCALL_TRY(auto database, store::open_database(path, seams, options));
    // What somebody has deleted who died before it was gone.
    ROLLCALL_CHECK(store::clean_if_free(*database));
    ROLLCALL_TRY(auto body, Body::make(std::move(database), seams));
    return SqliteStore{std::move(body)};
  });
}

bool SqliteStore::can_only_look() const noexcept
{
  return body_->database->is_read_only();
}

// ---- The directory ------------------------------------------------------------------------------

Result<void> SqliteStore::fill(Source& directory_json)
{
  return guarded([&] { return store::fill(*body_->database, directory_json, *body_->memory); });
}

Result<void> SqliteStore::dump(Sink& sink)
{
  return guarded([&] { return store::dump(*body_->database, sink, *body_->memory); });
}

Result<std::unique_ptr<Directory>> SqliteStore::directory(const schema::Schema& schema)
{
  return guarded([&]() -> Result<std::unique_ptr<Directory>> {
    ROLLCALL_TRY(auto made, store::SqliteDirectory::make(*body_->database, schema, body_->with));
    return made;
  });
}

bool SqliteStore::holds(const Directory& directory) const noexcept
{
  const auto* const own = dynamic_cast<const store::SqliteDirectory*>(&directory);
  return own != nullptr && &own->database() == body_->database.get();
}

Result<void> SqliteStore::check()
{
  return guarded([&] { return store::check_soundness(*body_->database, *body_->memory); });
}

// ---- Jobs ---------------------------------------------------------------------------------------

std::string_view SqliteStore::id() const noexcept
{
  return body_->id;
}

Result<JobId> SqliteStore::add(const JobRecord& record)
{
  return guarded([&] { return body_->jobs.add(record); });
}

Result<void> SqliteStore::update(const JobRecord& record)
{
  return guarded([&] { return body_->jobs.update(record); });
}

Result<std::optional<JobRecord>> SqliteStore::job(JobId id)
{
  return guarded([&] { return body_->jobs.find(id); });
}

Result<void> SqliteStore::jobs(JobSink& sink)
{
  return guarded([&] { return body_->jobs.list(sink); });
}

Result<JobRecord> SqliteStore::take_over(JobId id, TakeOver from)
{
  return guarded([&] { return body_->jobs.take_over(id, from); });
}

void SqliteStore::let_go(JobId id) noexcept
{
  body_->jobs.let_go(id);
}

Result<std::optional<JobId>> SqliteStore::maker_of(std::string_view plan)
{
  return guarded([&] { return body_->jobs.maker_of(plan); });
}

Result<std::optional<JobId>> SqliteStore::user_of(std::string_view plan)
{
  return guarded([&] { return body_->jobs.user_of(plan); });
}

Result<std::string> SqliteStore::seal(std::string_view text)
{
  return guarded(
      [&]() -> Result<std::string> { return to_hex(hmac_sha256(body_->seal_key, text)); });
}

Result<std::optional<JobId>> SqliteStore::use_plan(JobId id, std::string_view plan)
{
  return guarded([&] { return body_->jobs.use_plan(id, plan); });
}

Result<std::unique_ptr<ArtifactSink>> SqliteStore::write_artifact(JobId id, std::string_view name)
{
  return guarded([&] {
    return store::write_artifact(*body_->database, body_->jobs, *body_->memory, id, name);
  });
}

Result<std::unique_ptr<Source>> SqliteStore::read_artifact(JobId id, std::string_view name)
{
  return guarded([&] { return store::read_artifact(*body_->database, *body_->memory, id, name); });
}

Result<void> SqliteStore::remove_artifact(JobId id, std::string_view name)
{
  return guarded([&] { return store::remove_artifact(*body_->database, id, name); });
}

// ---- The journal --------------------------------------------------------------------------------

Result<std::optional<std::uint64_t>> SqliteStore::directory_version()
{
  return guarded([&]() -> Result<std::optional<std::uint64_t>> {
    ROLLCALL_TRY(const std::uint64_t version, body_->database->directory_version());
    return std::optional{version};
  });
}

Result<void> SqliteStore::begin(JobId id)
{
  return guarded([&] { return body_->journal.begin(id); });
}

Result<void> SqliteStore::commit()
{
  return guarded([&] { return body_->journal.commit(); });
}

void SqliteStore::roll_back() noexcept
{
  body_->journal.roll_back();
}

Result<void> SqliteStore::intend(JobId id, std::span<const std::string_view> operations)
{
  return guarded([&] { return body_->journal.intend(id, operations); });
}

Result<void> SqliteStore::hold(JobId id, std::span<const MadeSecret> secrets)
{
  return guarded([&] { return body_->journal.hold(id, secrets); });
}

Result<void> SqliteStore::settle(JobId id, std::span<const Settled> groups)
{
  return guarded([&] { return body_->journal.settle(id, groups); });
}

Result<Progress> SqliteStore::progress(JobId id)
{
  return guarded([&] { return body_->journal.progress(id); });
}

Result<void> SqliteStore::find_later(JobId job, JobId self, std::span<const FieldOfObject> asked,
                                     LaterSink& sink)
{
  return guarded([&] { return body_->journal.later().find(job, self, asked, sink); });
}

Result<void> SqliteStore::waiting_effects(JobId job, std::span<const std::uint64_t> rows,
                                          WaitingSink& sink)
{
  return guarded([&] { return body_->journal.secrets().waiting(job, rows, sink); });
}

Result<void> SqliteStore::exceptions(JobId id, SettledSink& sink)
{
  return guarded([&] { return body_->journal.exceptions(id, sink); });
}

// ---- History ------------------------------------------------------------------------------------

Result<void> SqliteStore::find_jobs(const JobFilter& filter, JobSink& sink)
{
  return guarded([&] { return store::find_jobs(*body_->database, body_->jobs, filter, sink); });
}

Result<void> SqliteStore::schemas(SchemaSink& sink)
{
  return guarded([&] { return store::schemas(*body_->database, sink); });
}

Result<JobDetails> SqliteStore::details(JobId id)
{
  return guarded([&] { return store::details(*body_->database, id); });
}

Result<bool> SqliteStore::goes_on(JobId id, const JobProgress& progress)
{
  return guarded([&] { return body_->jobs.goes_on(id, progress); });
}

Result<void> SqliteStore::cancel(JobId id)
{
  return guarded([&] { return body_->told_who_writes(body_->jobs.cancel(id)); });
}

Result<std::uint64_t> SqliteStore::take_secrets(JobId id, SecretTaker& taker)
{
  return guarded([&] { return body_->journal.secrets().take(id, taker); });
}

Result<void> SqliteStore::effects(EffectSink& sink)
{
  return guarded([&] { return body_->journal.secrets().effects(sink); });
}

Result<bool> SqliteStore::waits(std::uint64_t effect)
{
  return guarded([&] { return body_->journal.secrets().waits(effect); });
}

Result<std::optional<std::string>> SqliteStore::secret_of(const WaitingEffect& effect,
                                                          std::string_view handle)
{
  return guarded([&] { return body_->journal.secrets().find(effect, handle); });
}

Result<void> SqliteStore::effect_done(std::uint64_t id)
{
  return guarded([&] { return body_->journal.secrets().effect_done(id); });
}

Result<Purged> SqliteStore::purge(JobId id)
{
  return guarded(
      [&] { return store::purge(*body_->database, body_->jobs, *body_->with.clock, id); });
}

Result<Purged> SqliteStore::purge_expired(const Retention& retention)
{
  return guarded(
      [&] { return store::purge_expired(*body_->database, *body_->with.clock, retention); });
}

Result<void> SqliteStore::note(const AccessRecord& access)
{
  return guarded([&] {
    return body_->told_who_writes(store::note(*body_->database, *body_->with.clock, access));
  });
}

Result<void> SqliteStore::audit(const AuditFilter& filter, AuditSink& sink)
{
  return guarded([&] { return store::audit(*body_->database, filter, sink); });
}

Result<void> SqliteStore::accesses(const AccessFilter& filter, AccessSink& sink)
{
  return guarded([&] { return store::accesses(*body_->database, filter, sink); });
}

} // namespace rollcall
