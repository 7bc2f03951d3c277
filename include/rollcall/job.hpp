// Jobs: a file is validated, or executed, as the vendor's own page would do it; what comes of it
// goes to as many outputs as are asked for.
//
// Validating is executing that stops before the first change: the same rows, findings and outcomes.
// A job that is refused (the actor may not, a setting or the header is no good) reports that alone.
#ifndef ROLLCALL_JOB_HPP
#define ROLLCALL_JOB_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/context.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

class JobStore; // rollcall/job_store.hpp

// With two threads or more one of them writes the outputs: sinks are then called by it, and one at
// a time. More than two are of no use yet.
struct JobOptions {
  csv::Dialect dialect = {};
  Limits limits = {};
  csv::Kernel kernel = csv::Kernel::best;
  bool atomic = false;               // one rejected row, and nothing is applied
  unsigned threads = 1;              // the outputs are the same for any number
  bool digest = true;                // JobSummary::sha256 is wanted, or a report
  std::string file_name = {};        // what the file is called; empty: it has no name
  std::string spool_folder = "/tmp"; // for what is not known before the job has ended
  JobStore* store = nullptr;         // where the job is remembered; null: nowhere
  JobWatcher* watcher = nullptr;     // null: nobody
};

// Where outputs go; null: nobody asked. Nothing is written to result and error rows of a job that
// is refused, and nothing but the job line to its report.
struct Outputs {
  Sink* report = nullptr; // report.jsonl: a line a row, one for the job
  Sink* result = nullptr; // the vendor's result file
  // Rows that were rejected, stale, failed, or of which nobody knows, as given, plus Errors.
  Sink* error_rows = nullptr;
  Sink* error_log = nullptr; // a line a finding, as text
  Sink* error_log_json = nullptr;
  Sink* findings = nullptr; // in this form:
  FindingsForm findings_form = FindingsForm::text;
  bool findings_colour = false;
  std::size_t findings_columns = 100; // of text, how wide it is
  // By which text, sarif and github lead to the file; empty: by what it is called.
  std::string findings_path = {};
  // The secrets that were made, as CSV (docs/reference/jobs.md), group by group while they are
  // applied: of a job that no store remembers. One that does keeps them itself (take_secrets).
  Sink* secrets = nullptr;

  [[nodiscard]] std::array<Sink*, 6> all() const noexcept
  {
    return {report, result, error_rows, error_log, error_log_json, findings};
  }
};

// Reads the source once if nothing else is needed and all outputs can be restarted, else twice; one
// that cannot be rewound is spooled. A source that cannot be read any further refuses the file;
// errors are those of memory, of the directory, of spool and outputs, and of options that make no
// sense. After an error nothing that was written is whole, and nothing is published
// (Sink::publish).
[[nodiscard]] Result<JobSummary> validate(const schema::Schema& schema, Source& source,
                                          Directory& directory, const Context& context,
                                          const JobOptions& options, const Outputs& outputs,
                                          Seams seams);

// The same, and then the changes are applied. The outputs are written before the first change.
[[nodiscard]] Result<JobSummary> execute(const schema::Schema& schema, Source& source,
                                         Directory& directory, const Context& context,
                                         const JobOptions& options, const Outputs& outputs,
                                         Seams seams);

// For a file that could not even be opened: file.unreadable, if the actor may ask at all. `kind` is
// what the job is called where that is not the action itself: "plan", "apply".
[[nodiscard]] Result<JobSummary> refuse_unreadable(const schema::Schema& schema,
                                                   Directory& directory, const Error& why,
                                                   schema::Action action, const Context& context,
                                                   const JobOptions& options,
                                                   const Outputs& outputs, Seams seams,
                                                   std::string_view kind = {});

// Whether an actor may do something in a format; else the finding that says so. Jobs ask this
// themselves: it is for who shows what jobs have left behind (spec section 10).
[[nodiscard]] Result<std::optional<Finding>> find_missing_right(const schema::Schema& schema,
                                                                Directory& directory,
                                                                const Context& context,
                                                                schema::Action action, Seams seams);

// The header row of a format, byte for byte what the importer reads; columns that are not offered
// to this tenant are left out. The summary says whether the actor may ask.
[[nodiscard]] Result<JobSummary> write_template(const schema::Schema& schema, Directory& directory,
                                                const Context& context, Sink& sink, Seams seams);

struct ExportOptions {
  JobStore* store = nullptr;     // where it is remembered as a job, with its file; null: nowhere
  std::string file_name = {};    // what the file is called there; empty: as the format says
  JobWatcher* watcher = nullptr; // null: nobody
};

// All objects, in the import format. Wrong use, and no job, if the format has none. A job that
// fails or is stopped is over: another export is as good. Then nothing is published.
[[nodiscard]] Result<JobSummary> write_export(const schema::Schema& schema, Directory& directory,
                                              const Context& context, Sink& sink, Seams seams,
                                              const ExportOptions& options = {});

} // namespace rollcall

#endif // ROLLCALL_JOB_HPP
