// What a page of history asks of a store: which jobs there were and are, what they left behind, who
// did what, who saw it; and what may be done with jobs that are there.
//
//   JobFilter mine{.format = "my_format", .actor = "ops@acme", .most = 50};
//   ROLLCALL_CHECK(store.find_jobs(mine, sink));
//
// Nothing here asks whether somebody may: who shows or does something for somebody asks
// find_missing_right first (rollcall/job.hpp), and notes what came of it (`note`).
#ifndef ROLLCALL_JOBS_HPP
#define ROLLCALL_JOBS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/job_store.hpp"

namespace rollcall {

// ---- Which jobs ---------------------------------------------------------------------------------

struct CountRange {
  std::uint64_t min = 0;
  std::uint64_t max = UINT64_MAX;
  friend bool operator==(const CountRange&, const CountRange&) = default;
};

// All that is said must hold. What is empty, or 0, says nothing.
struct JobFilter {
  std::vector<JobState> states = {};       // one of these
  std::vector<std::string> kinds = {};     // likewise: "execute", "validate", "undo", "export"
  std::vector<std::uint64_t> schemas = {}; // begun with one of these (KeptSchema::id)
  std::string format = {};
  std::string actor = {}; // a part of the name, ASCII without case
  std::string file = {};  // likewise
  CountRange rows = {}, created = {};
  CountRange errors = {}; // rows that were rejected, stale, failed, or of which nobody knows
  std::int64_t since_ms = 0, until_ms = 0; // when it was made: from, and before
  JobId from = 0;                          // made of this one: undone, retried, carried out
  JobId before = 0;                        // a page: those that are older than this one
  std::uint64_t most = 0;
  bool is_whole = false; // the records are shown with all but their schemas
};

// A format that jobs were begun with. Formats of one name are others if anything in them differs:
// what was asked and told is read by the one that held.
struct KeptSchema {
  std::uint64_t id = 0;
  std::string_view format = {}; // its name
  std::string_view json = {};   // empty: all that is known is that name (jobs of older databases)
};

class SchemaSink {
 public:
  virtual ~SchemaSink() = default;
  virtual void schema(const KeptSchema& schema) = 0;
};

// Unsupported, and says which, if it is of a format that this version does not know or cannot read
// any more.
[[nodiscard]] Result<schema::Schema> schema_of(const KeptSchema& kept);

// A cell of a vendor's own page of history.
struct PageCell {
  std::string header = {}, text = {};
  friend bool operator==(const PageCell&, const PageCell&) = default;
};

// A job as the page of its format shows it (Schema::job_page): "Upload status" is "tick".
// Empty if the format has no such page.
[[nodiscard]] Result<std::vector<PageCell>> page_of(const schema::Schema& schema,
                                                    const JobRecord& record);

// What there is of a job beside its record.
struct JobDetails {
  struct Artifact {
    std::string name = {};
    std::uint64_t bytes = 0;
    friend bool operator==(const Artifact&, const Artifact&) = default;
  };
  std::vector<Artifact> artifacts = {}; // that are kept, by name; others can be told (download)
  JobProgress progress = {};            // while it runs, and how far it came
  bool is_to_stop = false;              // somebody has asked for it
  std::uint64_t effects_waiting = 0;    // that nobody has done yet
  std::uint64_t secrets_made = 0;       // that may be fetched, or could be
  std::uint64_t secrets_waiting = 0;    // of them: nobody has
  std::int64_t secrets_taken_ms = 0;    // when somebody did; 0: not yet
  std::int64_t purged_ms = 0;           // when its files were removed; 0: they are there
};

// A line of JSON: what write_job says of the record, and how far it is, what was kept, what waits.
[[nodiscard]] Result<void> write_job(const JobRecord& record, const JobDetails& details,
                                     Sink& sink);

// ---- Secrets and effects ------------------------------------------------------------------------

// Who fetches the secrets of a job.
class SecretTaker {
 public:
  virtual ~SecretTaker() = default;
  virtual Result<void> secret(const MadeSecret& secret) = 0;
  // All were shown: now they must be where nobody loses them. If that fails, they stay.
  virtual Result<void> keep() = 0;
};

// An effect that waits to be done by the host. `fields` is an object as JSON; its member `secrets`
// has a handle for each secret that the effect needs: {"user.pin": "..."}.
struct WaitingEffect {
  std::uint64_t id = 0;
  JobId job = 0;
  std::string_view operation = {}, name = {}, fields = {};
};

class EffectSink {
 public:
  virtual ~EffectSink() = default;
  virtual void effect(const WaitingEffect& effect) = 0;
};

// ---- Who did what, and who saw it ---------------------------------------------------------------

// All that is said must hold.
struct AuditFilter {
  std::string kind = {}, key = {}; // of the object, as it is spelled
  std::string field = {};          // that was changed
  std::string actor = {};
  JobId job = 0;
  std::int64_t since_ms = 0, until_ms = 0; // from, and before
  std::uint64_t before = 0;                // a page: older than this record
  std::uint64_t most = 0;
};

// A change that was made. Its texts live until the sink returns.
struct AuditRecord {
  std::uint64_t id = 0;
  JobId job = 0;
  std::uint64_t schema_id = 0; // of its format (KeptSchema), also when it is gone; 0: nobody knows
  std::uint64_t row = 0;
  std::int64_t at_ms = 0;
  std::string_view actor = {}, op = {}, kind = {}, key = {};
  std::string_view fields = {}; // {"email": [null, "a@b.example"]}, secrets masked
};

class AuditSink {
 public:
  virtual ~AuditSink() = default;
  virtual void change(const AuditRecord& record) = 0;
};

// Somebody has looked at a job or list of jobs, fetched something of one, done something with one,
// or was refused. (A job that its actor may not do a store notes itself when it ends, unless it
// came of another job: that is an access to the other one.)
struct AccessRecord {
  std::uint64_t id = 0; // given when it is noted
  std::int64_t at_ms = 0;
  std::string actor = {}, role = {};
  std::string what = {};       // "see", "download report", "purge"
  JobId job = 0;               // 0: no one in particular
  std::uint64_t schema_id = 0; // of its format, as in AuditRecord; not looked at when it is noted
  std::string refusal = {};    // why not; empty: it was allowed
  friend bool operator==(const AccessRecord&, const AccessRecord&) = default;
};

struct AccessFilter {
  std::string actor = {};
  JobId job = 0;
  bool only_refused = false;
  std::int64_t since_ms = 0, until_ms = 0;
  std::uint64_t before = 0;
  std::uint64_t most = 0;
};

class AccessSink {
 public:
  virtual ~AccessSink() = default;
  virtual void access(const AccessRecord& access) = 0;
};

// Both as a line of JSON.
[[nodiscard]] Result<void> write_record(const AuditRecord& record, Sink& sink);
[[nodiscard]] Result<void> write_record(const AccessRecord& access, Sink& sink);

// ---- How long -----------------------------------------------------------------------------------

// A job is kept for so many days after it has ended, and the newest so many.
struct Retention {
  std::uint64_t days = 90;
  std::uint64_t jobs = 10'000;
  // Only jobs that were begun with one of these may go (KeptSchema::id); empty: all.
  std::vector<std::uint64_t> schemas = {};
};

// What went with jobs that were purged.
struct Purged {
  std::uint64_t jobs = 0;    // whose files and secrets went, or their records as well
  std::uint64_t files = 0;   // that were kept
  std::uint64_t secrets = 0; // that might have been fetched, and nobody had
  // That waited to be done: they are gone with their job, or they needed a secret that is gone.
  std::uint64_t effects = 0;
  // Of a job that was purged by its number: others that still have its file, or rows of it, in
  // ascending order. They came of it, it came of them, or they were given the same bytes.
  std::vector<JobId> others = {};
  // Of those that are older than they may be: that stay, for they are of other formats
  // (Retention::schemas).
  std::uint64_t left = 0;
  friend bool operator==(const Purged&, const Purged&) = default;
};

// ---- The port -----------------------------------------------------------------------------------

class JobService {
 public:
  virtual ~JobService() = default;

  // The newest first. Unless whole ones are wanted, findings, counts of codes, dialect and request
  // are left empty: JobStore::job has them.
  [[nodiscard]] virtual Result<void> find_jobs(const JobFilter& filter, JobSink& sink) = 0;
  // The formats of jobs, each once: who may see one job of a format may see all. Of jobs that are
  // gone, too, of which audit or accesses still tell.
  [[nodiscard]] virtual Result<void> schemas(SchemaSink& sink) = 0;
  // Not found if there is no such job.
  [[nodiscard]] virtual Result<JobDetails> details(JobId id) = 0;

  // Asks a job that has not ended to stop: between two groups, and what was applied stays. Whoever
  // carries it out, in whatever process, sees it within a second. One that nobody carries out any
  // more has ended then if it has done nothing; else when it is resumed, which does no more and
  // tells what was done. Wrong use of one that has ended.
  [[nodiscard]] virtual Result<void> cancel(JobId id) = 0;

  // Shows the secrets that were made for a job and may be fetched, then has them kept, and then
  // they are gone: for ever, from the file and its log. How many it were. Nobody else gets them
  // meanwhile. Without any the taker is not asked to keep them.
  [[nodiscard]] virtual Result<std::uint64_t> take_secrets(JobId id, SecretTaker& taker) = 0;

  // Effects that nobody has done yet, the oldest first.
  [[nodiscard]] virtual Result<void> effects(EffectSink& sink) = 0;
  // Whether nobody has done an effect yet, nor withdrawn it.
  [[nodiscard]] virtual Result<bool> waits(std::uint64_t effect) = 0;
  // What a handle in `fields` of an effect that waits stands for; nothing if it waits no more, if
  // it is no handle, or if the secret came from the file: that one the host was given with its
  // group, and where the host is the store itself, EffectSecrets finds it. Without the id of the
  // effect it is whichever waits for that secret.
  [[nodiscard]] virtual Result<std::optional<std::string>> secret_of(const WaitingEffect& effect,
                                                                     std::string_view handle) = 0;
  // An effect was done. Secrets that only it needed are gone.
  [[nodiscard]] virtual Result<void> effect_done(std::uint64_t id) = 0;

  // Removes the files of a job that has ended, and its secrets, so that nothing of them is left in
  // the database and its log. Record and audit stay. Busy if it has not ended, or one that came of
  // it has not (its undo, a retry), which needs them to go on. A purge that was
  // broken off is finished when the store is opened, or when it is asked for again: busy, with what
  // is gone already, if somebody who reads was in the way. What went, it says; nothing the second
  // time.
  [[nodiscard]] virtual Result<Purged> purge(JobId id) = 0;
  // Does the same with all that are older than they may be, and takes their records away, with
  // effects that wait; the audit stays, and which plans were used. One that has not ended stays,
  // and so does what it came of.
  [[nodiscard]] virtual Result<Purged> purge_expired(const Retention& retention) = 0;

  // Without a time it is now.
  [[nodiscard]] virtual Result<void> note(const AccessRecord& access) = 0;
  // Both the newest first.
  [[nodiscard]] virtual Result<void> audit(const AuditFilter& filter, AuditSink& sink) = 0;
  [[nodiscard]] virtual Result<void> accesses(const AccessFilter& filter, AccessSink& sink) = 0;
};

} // namespace rollcall

#endif // ROLLCALL_JOBS_HPP
