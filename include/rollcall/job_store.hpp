// Who remembers jobs: what was asked, which files belong to it, how far it came, and what it
// changed.
//
// A store is asked by one thread at a time. What it is told within a transaction is kept as a whole
// or not at all; what it is told outside of one is kept when the call returns. After `kill -9` or a
// loss of power it knows everything that was kept, and nothing else.
#ifndef ROLLCALL_JOB_STORE_HPP
#define ROLLCALL_JOB_STORE_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/directory.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

// A job as history shows it. What it takes to go on with it after a crash is in `request`, a text
// that nobody but the engine reads, and in `schema`.
struct JobRecord {
  JobId id = 0;
  JobId from = 0; // the job that it repeats, carries out or undoes
  JobState state = JobState::queued;
  std::string actor = {}, role = {};
  std::int64_t created_ms = 0, started_ms = 0, ended_ms = 0; // UTC since 1970; 0: not yet
  std::string plan = {}; // the id of the plan that it makes or carries out
  std::string request = {};
  std::string schema = {};     // the format as it was when the job was added, as JSON (schema_of)
  std::uint64_t schema_id = 0; // the store's number of it (KeptSchema), which the store gives; or 0
  JobSummary summary = {};     // its state is not looked at; the one above counts
};

// A line of JSON: id, kind, format, state, file, who, when, counts, findings.
[[nodiscard]] Result<void> write_job(const JobRecord& record, Sink& sink);

// Whom a job is taken over from: only from one who carries it out no more, or from whomever.
enum class TakeOver : std::uint8_t { of_gone, of_any };

class JobSink {
 public:
  virtual ~JobSink() = default;
  virtual void job(const JobRecord& record) = 0;
};

// A file of a job while it is written. It is there once it is finished, and not before. It can be
// restarted.
class ArtifactSink : public Sink {
 public:
  [[nodiscard]] virtual Result<void> finish() = 0;
};

// ---- The journal: how far the carrying out of a plan has come -----------------------------------

enum class Fate : std::uint8_t { applied, stale, failed, unknown, withheld };

// Something to be done outside of the directory, once its group is applied: {"to": "a@b.example"}.
struct Effect {
  std::uint64_t row = 0; // that asks for it
  std::string_view name = {};
  std::string_view fields = {}; // as a JSON object
};

// A secret that was made for an object, until somebody has fetched it and every effect that needs
// it is done. A handle to it is {operation}/{change}/{field}.
struct MadeSecret {
  std::string_view operation = {};
  std::uint32_t change = 0; // of the operation
  std::uint64_t row = 0, line = 0;
  std::string_view kind = {}, key = {}, field = {};
  std::string_view value = {};
  bool is_shown = true;      // who imports may fetch it
  std::uint32_t waiting = 0; // so many effects need it
};

// A change that was made, as the audit keeps it.
struct Audited {
  Op op = Op::update;
  std::uint64_t row = 0; // that asked for it
  std::string_view kind = {};
  std::string_view key = {};
  std::string_view fields =
      {}; // as a JSON object: {"email": [null, "a@b.example"]}, secrets masked
};

// A group of a plan and what became of it.
struct Settled {
  std::uint64_t group = 0; // groups of a plan count from 1
  std::uint64_t row = 0;   // the first of its rows
  Fate fate = Fate::applied;
  std::string_view why = {}; // why it is not applied, or not quite as planned: a finding as JSON
  std::string_view operation = {};
  std::span<const std::string_view> keys = {}; // that the host gave, if not the expected ones
  std::span<const Audited> changes = {};
  std::span<const Effect> effects = {};
  // Those that were not held before the group was given to the directory.
  std::span<const MadeSecret> secrets = {};
  // Of an undo: rows of the job that it undoes. Secrets that went with what was taken back, and
  // that nobody has fetched, nobody gets any more: they work nowhere.
  JobId takes_back_of = 0;
  std::span<const std::uint64_t> takes_back = {};
  std::span<const std::uint64_t> withdraws = {}; // of them: whose effects are not to be done
};

class SettledSink {
 public:
  virtual ~SettledSink() = default;
  // Of what the journal keeps beside the count: `changes` and `effects` are not shown.
  virtual void settled(const Settled& group) = 0;
};

// A field of an object, spelled as the audit does.
struct FieldOfObject {
  std::string_view kind = {}, key = {}, field = {};
};

class LaterSink {
 public:
  virtual ~LaterSink() = default;
  // `asked` counts from 0.
  virtual void changed(std::size_t asked, JobId by) = 0;
};

class WaitingSink {
 public:
  virtual ~WaitingSink() = default;
  virtual void waits(std::uint64_t row, std::string_view effect) = 0;
};

// Where an interrupted job goes on.
struct Progress {
  std::uint64_t groups = 0;               // so many are settled, in their order
  std::vector<std::string> intended = {}; // operations that were begun and have no answer yet
};

// ---- The port ----------------------------------------------------------------------------------

class JobStore {
 public:
  virtual ~JobStore() = default;

  // Names this store for ever; a plan is made for one store.
  [[nodiscard]] virtual std::string_view id() const noexcept = 0;

  // Jobs. `add` gives the id, and makes this store, as long as it is open, the one that carries the
  // job out. All that writes of a job that somebody else has taken over is `busy`. A job that has
  // ended stays as it is, and one that was interrupted runs again by `take_over` alone: `update` of
  // these, or to a state that cannot follow, is wrong use.
  //
  // A job that stands as running, and that nobody carries out any more, is shown as interrupted.
  //
  // The schema is kept when a job is added, and stays what it was.
  [[nodiscard]] virtual Result<JobId> add(const JobRecord& record) = 0;
  [[nodiscard]] virtual Result<void> update(const JobRecord& record) = 0;
  [[nodiscard]] virtual Result<std::optional<JobRecord>> job(JobId id) = 0;
  // The newest first, without their schemas.
  [[nodiscard]] virtual Result<void> jobs(JobSink& sink) = 0;

  // Makes this store the one that carries the job out, and the job a running one, as it is handed
  // out; whoever did so before is refused from now on. Busy if somebody still does, and only who is
  // gone was meant; wrong use if the job has ended, also by now.
  [[nodiscard]] virtual Result<JobRecord> take_over(JobId id, TakeOver from) = 0;
  // This store carries the job out no more, whether that could be written down or not.
  virtual void let_go(JobId id) noexcept = 0;

  // The job that has made a plan, if one here has.
  [[nodiscard]] virtual Result<std::optional<JobId>> maker_of(std::string_view plan) = 0;
  // What only this store can say of a text, and says of it for ever: plans are sealed with it, and
  // one that has another seal is not carried out. Empty: it seals nothing.
  [[nodiscard]] virtual Result<std::string> seal(std::string_view /*text*/)
  {
    return std::string{};
  }

  // Says that a job carries out a plan. A plan is carried out once: the job that did so before, if
  // there is one.
  [[nodiscard]] virtual Result<std::optional<JobId>> use_plan(JobId id, std::string_view plan) = 0;
  // The job that has carried out a plan, if one has.
  [[nodiscard]] virtual Result<std::optional<JobId>> user_of(std::string_view plan) = 0;

  // Files of a job, by name: "source", "plan", "result". One that is written again replaces what
  // was there.
  [[nodiscard]] virtual Result<std::unique_ptr<ArtifactSink>> write_artifact(
      JobId id, std::string_view name) = 0;
  // Not found if there is none, or if it was never finished.
  [[nodiscard]] virtual Result<std::unique_ptr<Source>> read_artifact(JobId id,
                                                                      std::string_view name) = 0;
  [[nodiscard]] virtual Result<void> remove_artifact(JobId id, std::string_view name) = 0;

  // Whether the directory keeps its objects here, so that they change in the same transaction.
  [[nodiscard]] virtual bool holds(const Directory& directory) const noexcept = 0;

  // Another number as soon as anything in the directory that it holds may be another: as long as it
  // is the same, nobody need ask again what he was answered. Nothing if it cannot tell.
  [[nodiscard]] virtual Result<std::optional<std::uint64_t>> directory_version()
  {
    return std::optional<std::uint64_t>{};
  }

  // A transaction that writes. Nobody else changes what is in the store until it ends.
  //
  // A directory that is held here applies its groups within it. If that fails, nothing that the
  // transaction has written remains, and all but `roll_back` is wrong use.
  [[nodiscard]] virtual Result<void> begin(JobId id) = 0;
  [[nodiscard]] virtual Result<void> commit() = 0;
  virtual void roll_back() noexcept = 0;

  // How far the job has come, for who looks at it from elsewhere. False if somebody has asked that
  // it stops (JobService::cancel).
  [[nodiscard]] virtual Result<bool> goes_on(JobId id, const JobProgress& progress) = 0;

  // Within a transaction: operations that a host outside of the store will be given next.
  [[nodiscard]] virtual Result<void> intend(JobId id,
                                            std::span<const std::string_view> operations) = 0;
  // Within a transaction: secrets that these operations bring with them. They are kept once their
  // group is settled as applied, with the key that its object has then; of a group of which nobody
  // knows, those that may be fetched; and dropped if it is not. Those of an operation that is held
  // again take the place of the first.
  [[nodiscard]] virtual Result<void> hold(JobId id, std::span<const MadeSecret> secrets) = 0;
  // Within a transaction: the next groups, in their order. Writes the audit of what was changed,
  // and puts effects into the outbox.
  [[nodiscard]] virtual Result<void> settle(JobId id, std::span<const Settled> groups) = 0;
  [[nodiscard]] virtual Result<Progress> progress(JobId id) = 0;
  // Groups that were not applied, and those whose keys were not the expected ones: the rest is as
  // the plan says.
  [[nodiscard]] virtual Result<void> exceptions(JobId id, SettledSink& sink) = 0;

  // Which of these fields another job has given a value after this one did, as far as it is known
  // here; `self`, which undoes the job, does not count. Of secrets nothing else tells.
  [[nodiscard]] virtual Result<void> find_later(JobId /*job*/, JobId /*self*/,
                                                std::span<const FieldOfObject> /*asked*/,
                                                LaterSink& /*sink*/)
  {
    return success();
  }
  // Effects of these rows of a job that nobody has done yet. Where that is not known there are
  // none.
  [[nodiscard]] virtual Result<void> waiting_effects(JobId /*job*/,
                                                     std::span<const std::uint64_t> /*rows*/,
                                                     WaitingSink& /*sink*/)
  {
    return success();
  }
};

} // namespace rollcall

#endif // ROLLCALL_JOB_STORE_HPP
