// Plans: what an import will do, kept in a file, looked at, and done exactly so, or refused by
// name.
//
//   make_plan(schema, source, directory, context, options, {}, sink, outputs, seams);
//   show_plan(plan, {}, terminal, seams);
//   apply_plan(schema, plan, directory, context, {.source = &source}, outputs, seams);
//
// A plan is JSON Lines: a header, a line a row, a trailer with counts and a digest over all before
// it (docs/reference/plan.md). Same file, same directory, same context, same chance: same bytes.
// No secret is ever in it.
#ifndef ROLLCALL_PLAN_HPP
#define ROLLCALL_PLAN_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rollcall/context.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/job.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

// Where a plan comes from, as far as the engine cannot see it.
struct PlanOrigin {
  std::string source_path = {}; // where secrets are read again when it is applied; empty: nowhere
  std::string store = {};       // JobStore::id; empty: for any host
};

// Judges a file as validate does, and writes what executing it would do. Nothing is written of a
// file that is refused.
[[nodiscard]] Result<JobSummary> make_plan(const schema::Schema& schema, Source& source,
                                           Directory& directory, const Context& context,
                                           const JobOptions& options, const PlanOrigin& origin,
                                           Sink& sink, const Outputs& outputs, Seams seams);

struct ShowOptions {
  // What fields mean that switch somebody off or give privileges; null: as the format says that is
  // built in under the plan's name, if there is one. Where there is none it is said that this is
  // not known; the schema of a format of another name is wrong use.
  const schema::Schema* schema = nullptr;
  // Text is the page that show_plan writes for people, html the same for browsers; the other forms
  // have what the plan says was found.
  FindingsForm form = FindingsForm::text;
  bool colour = false;               // escapes of a terminal
  std::string name = {};             // of what is shown, for who shows what is no plan
  std::size_t columns = 100;         // of it
  std::string spool_folder = "/tmp"; // for a plan that can be read once
};

// Writes a plan for people: what it comes to, all of it that needs a look (numbers that are taken
// from somebody, who is switched off, privileges, what cannot be undone, rows that are rejected),
// then every change. Any plan can be looked at, also one that was used, is stale, or was made for a
// format that is gone. False if it is not what was written: it is broken off, or was changed; that
// is said first, then what can be read of it.
[[nodiscard]] Result<bool> show_plan(Source& plan, const ShowOptions& options, Sink& sink,
                                     Seams seams);

// What happens to what is no longer as it was when the plan was made. `refuse`: nothing is applied.
// `row`: the rows that hang on it end `stale`, the others are applied.
enum class Stale : std::uint8_t { refuse, row };

struct ApplyOptions {
  Stale stale = Stale::refuse;
  Source* source = nullptr;  // the file that was planned: for secrets, results and error rows
  JobStore* store = nullptr; // where the job is remembered; null: nowhere
  Limits limits = {};        // as it was planned with
  unsigned threads = 1;
  std::string spool_folder = "/tmp";
  JobWatcher* watcher = nullptr;          // null: nobody
  TakeOver take_over = TakeOver::of_gone; // of `resume`
  // A plan without the seal of the store, which somebody may have written by hand, is carried out
  // as well: who wrote it could do whatever the host can.
  bool takes_unsealed = false;
};

// Carries a plan out. The plan and the source are read twice. A plan that is no good, or that was
// used, is refused with its finding; so is one that is stale, unless `stale` says otherwise. A host
// that breaks off is an error: what was applied stays, and the job can be resumed if a store
// remembers it.
[[nodiscard]] Result<JobSummary> apply_plan(const schema::Schema& schema, Source& plan,
                                            Directory& directory, const Context& context,
                                            const ApplyOptions& options, const Outputs& outputs,
                                            Seams seams);

// What somebody needs to begin a job like this one, and so to stop it or to go on with it. Whoever
// carries out the plan of an undo needs two rights.
[[nodiscard]] Result<std::vector<schema::Action>> rights_to_begin(JobStore& store,
                                                                  const JobRecord& job,
                                                                  Seams seams);

// A job that broke off goes on where it was, with the rest of its plan; one that had no plan yet
// begins with it, from the file as the store has it. Its outputs are written anew, as a whole. Who
// asks must be one who might have begun it. A job that has ended is wrong use.
[[nodiscard]] Result<JobSummary> resume(JobStore& store, JobId job, const schema::Schema& schema,
                                        Directory& directory, const Context& context,
                                        const ApplyOptions& options, const Outputs& outputs,
                                        Seams seams);

// The format of a job, as it was when the job began. Unsupported, and says which, if this version
// does not know it or cannot read it any more.
[[nodiscard]] Result<schema::Schema> schema_of(const JobRecord& record);

// Where the file that was planned lies, as a plan says it; empty if it does not. The plan is read
// to the end of its header.
[[nodiscard]] Result<std::string> path_in_plan(Source& plan, Seams seams);

// The name of the format that a plan was made for; empty if it is no plan. Read likewise.
[[nodiscard]] Result<std::string> format_in_plan(Source& plan, Seams seams);

// Why a plan cannot even be begun: plan.invalid, without a format that could be asked. Nothing of
// one whose header can be read.
[[nodiscard]] Result<std::optional<Finding>> find_fault_of_plan(Source& plan, Seams seams);

} // namespace rollcall

#endif // ROLLCALL_PLAN_HPP
