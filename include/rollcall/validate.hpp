// Validating a file: what an import of it would do, row by row, without doing any of it.
#ifndef ROLLCALL_VALIDATE_HPP
#define ROLLCALL_VALIDATE_HPP

#include <string>

#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"

namespace rollcall {

struct Actor {
  std::string name = {};
  std::string role = {};
  friend bool operator==(const Actor&, const Actor&) = default;
};

// Who imports, from a context.json. What is there for later formats is left alone.
[[nodiscard]] Result<Actor> read_context(Source& source);

struct JobOptions {
  csv::Dialect dialect = {};
  Limits limits = {};
  csv::Kernel kernel = csv::Kernel::best;
  std::string file_name = {};        // what the file is called in reports; empty: it has no name
  std::string spool_folder = "/tmp"; // for a report that is not published before the job has ended
};

// Writes a report, a JSON line a row in the order of the file and one for the job, and says what
// the job came to. Of a job that is refused the report is the last line alone. Reads the source
// once. A source that cannot be read any further refuses the file; errors are those of memory, of
// the directory, of spool and report, and of options that make no sense.
[[nodiscard]] Result<JobSummary> validate(const schema::Schema& schema, Source& source,
                                          Directory& directory, const Actor& actor,
                                          const JobOptions& options, Sink& report, Seams seams);

// The same for a file that could not even be opened: file.unreadable, if the actor may ask at all.
[[nodiscard]] Result<JobSummary> refuse_unreadable(const schema::Schema& schema, const Error& why,
                                                   const Actor& actor, const JobOptions& options,
                                                   Sink& report);

} // namespace rollcall

#endif // ROLLCALL_VALIDATE_HPP
