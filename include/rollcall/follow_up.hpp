// What is done with a job that was: it is undone, tried again, or what it has judged is carried
// out. Each is a job of its own in the same store, and its record says of which it came.
//
//   ROLLCALL_TRY(auto undone, undo(store, 7, schema, directory, context, {}, outputs, seams));
//
// The schema is the one that the job was begun with (schema_of, rollcall/plan.hpp).
#ifndef ROLLCALL_FOLLOW_UP_HPP
#define ROLLCALL_FOLLOW_UP_HPP

#include "rollcall/context.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/job.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/plan.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"

namespace rollcall {

// Takes back what a job has changed, as far as it was applied and is still as the job left it. The
// undo is planned from what the store has recorded, last row first, and then carried out as any
// plan is: what was created is deleted, or deactivated where the format says that nothing is ever
// deleted; what was updated gets what it had; what an undo has deleted is made again.
//
// A row whose objects somebody has changed since is left alone: it ends `stale`, with what was
// written and what is there now (undo.conflict, which names all that is in the way); so it is with
// a secret that another job has set since. What the format's rules of authority would not let the
// actor import, or import the other way round, ends `rejected`, with all that goes together with
// it. What cannot be brought back is said in its row (undo.not_reversible), and was said in the
// plan of the job. Effects that nobody has done yet are withdrawn with their row, and secrets of
// what is taken back that nobody has fetched are gone. Rows that are left alone can be undone by
// another undo; what an undo did, by undoing the undo. `options.stale` is not looked at: who wants
// all or nothing applies the plan of make_undo_plan.
//
// A job that broke off ends first: it does no more, is told as far as it came, and cannot be
// resumed after that. Busy if somebody goes on with it at that moment.
//
// Wrong use, by name: a job that runs, or broke off with operations whose answers are outstanding
// (resume it), one that changed nothing, one that another undo is at (resume that), one that was
// planned when the format was another, and outputs that show rows of the file. A job that was
// undone as a whole is refused with plan.used, which names the job that did it; an undo that begins
// at the same moment as an older one, with plan.stale. Who asks must be one who may undo.
[[nodiscard]] Result<JobSummary> undo(JobStore& store, JobId job, const schema::Schema& schema,
                                      Directory& directory, const Context& context,
                                      const ApplyOptions& options, const Outputs& outputs,
                                      Seams seams);

// Writes the plan of an undo and publishes it, and does not carry it out: show_plan shows it,
// apply_plan carries it out, for who may execute and undo. No job is made; the store only is asked,
// so a job that broke off is wrong use. The summary counts as stale what is in the way as things
// are; the plan has it all the same.
[[nodiscard]] Result<JobSummary> make_undo_plan(JobStore& store, JobId job,
                                                const schema::Schema& schema, Directory& directory,
                                                const Context& context, const ApplyOptions& options,
                                                Sink& sink, Seams seams);

// Carries out the plan that a validation has left in the store: that very plan, once, for whomever
// may execute and is as the format asked of the actor then. What no longer fits refuses it, unless
// `options.stale` says otherwise. It is refused as well if the file was imported meanwhile by
// another plan: by a retry of a job that was refused, or because the validation was run again
// (plan.used), or if somebody is at that (plan.stale). The file is the one that the store has;
// `options.source` and `options.limits` are not looked at.
[[nodiscard]] Result<JobSummary> execute_job(JobStore& store, JobId job,
                                             const schema::Schema& schema, Directory& directory,
                                             const Context& context, const ApplyOptions& options,
                                             const Outputs& outputs, Seams seams);

// An import: executes the rows that neither it nor a retry of it has applied (rejected, withheld,
// stale, failed, not come to), from the file as the store has it, byte for byte. A retry of a retry
// is one of the first import; reports say rows and lines of that one's file. Of rows whose fate is
// unknown the host is asked; those that it has not done are tried, too. A validation runs again.
// Reading and `atomic` are as the job was begun with; options of the format are those of `context`,
// or else the job's. An export is made again, for who may export: into `outputs.result`, if given,
// and the store. Wrong use: a job that has not ended, or of which nothing is left; one that another
// retry is at; one that was planned when the format was another. Without its file (it was purged)
// there is nothing to be read: not found.
[[nodiscard]] Result<JobSummary> retry(JobStore& store, JobId job, const schema::Schema& schema,
                                       Directory& directory, const Context& context,
                                       const ApplyOptions& options, const Outputs& outputs,
                                       Seams seams);

} // namespace rollcall

#endif // ROLLCALL_FOLLOW_UP_HPP
