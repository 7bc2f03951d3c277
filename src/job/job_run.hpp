// job_run.hpp: what all jobs have in common: how they begin, are refused, and have their outputs
// written.
#ifndef ROLLCALL_JOB_JOB_RUN_HPP
#define ROLLCALL_JOB_JOB_RUN_HPP

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/siphash.hpp"
#include "base/write_behind.hpp"
#include "job/remembered.hpp"
#include "job/spool.hpp"
#include "rollcall/job.hpp"
#include "rollcall/plan.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

[[nodiscard]] JobSummary begin_job(const schema::CompiledSchema& schema, std::string_view action,
                                   const std::string& file_name, const csv::Dialect& dialect);

// Counts nothing but warnings, and its report is the line of the job alone (spec F6). `header` is
// the row that was read as one, if it came that far.
[[nodiscard]] Result<JobSummary> refused(JobSummary&& job, const schema::CompiledSchema& schema,
                                         const Outputs& outputs, const std::string& header,
                                         const Seams& seams);

// One that may not begin, because another job is at it: `why`. It stays on record.
[[nodiscard]] Result<JobSummary> refused_by_other(const schema::CompiledSchema& schema,
                                                  std::string_view action, const Remembered& kept,
                                                  const Outputs& outputs, const Seams& seams,
                                                  std::string_view why);

[[nodiscard]] std::array<Sink**, 6> sinks_of(Outputs& outputs) noexcept;

// What there is to be read, to its end.
[[nodiscard]] Result<void> copy(Source& source, Sink& sink);

// Outputs that cannot be taken back, kept back until they are final.
class HeldBack {
 public:
  // The same outputs, all of which can be taken back.
  [[nodiscard]] Result<Outputs> hold(const Outputs& outputs, const Seams& seams,
                                     const std::string& folder);
  [[nodiscard]] Result<void> let_go();

 private:
  struct Held {
    std::unique_ptr<Spool> spool;
    Sink* sink = nullptr;
  };
  std::vector<Held> held_;
};

// Tells how far the job is. The error `cancelled` if it is to stop.
[[nodiscard]] Result<void> ask(JobWatcher* watcher, const JobProgress& progress);
// Secrets of a job that a store remembers are kept there, and there alone.
[[nodiscard]] Result<void> check_secrets(const Outputs& outputs, const JobStore* store);

// Has the outputs written by a second thread, if one is allowed and to be had.
[[nodiscard]] Outputs write_behind(const Outputs& outputs, unsigned threads, const Seams& seams,
                                   std::optional<WriteBehind>& by);

// ---- Carrying out a plan -----------------------------------------------------------------------

struct Carrying {
  const schema::CompiledSchema& schema;
  Source& plan;           // whole, and one that can be rewound
  Source* file = nullptr; // the one that was planned, likewise; null: nobody has it
  Directory& directory;
  const Context& context;
  const Outputs& outputs;
  const Limits& limits;
  Seams seams;
  const SipKey& key;
  Remembered& kept; // where the job is remembered, if anywhere
  JobWatcher* watcher = nullptr;
  std::uint64_t groups_planned = 0; // as far as that is known
  Stale stale = Stale::row;
  bool takes_unsealed = false;
  bool keeps = false;      // plan and file are kept in the store before the first change
  bool is_strange = false; // the plan comes from outside: it is looked at as a whole first
  bool is_told = false;    // outputs and `job` say already what comes if all goes as planned
  bool goes_on = false;    // it broke off, and was looked at before
  // JobStore::directory_version before the plan was made, if that was just now.
  std::optional<std::uint64_t> version = {};
};

inline constexpr std::string_view undo_has_rows_of_its_own =
    "an undo has rows of its own: there is no result, error rows or marked-up findings of it";

// A plan that cannot be carried out is refused: `job` says why, and nothing was applied. Else `job`
// says what came of it; it begins with what is known of the file.
[[nodiscard]] Result<void> carry_out(const Carrying& carrying, JobSummary& job);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_JOB_RUN_HPP
