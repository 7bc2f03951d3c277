// Validating a file: what an import of it would do, row by row, without doing any of it.
#ifndef ROLLCALL_VALIDATE_HPP
#define ROLLCALL_VALIDATE_HPP

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
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

enum class JobState : std::uint8_t { succeeded, partial, failed };
[[nodiscard]] std::string_view slug(JobState state) noexcept;

// Why nothing of a file was looked at, if so.
enum class Refusal : std::uint8_t { none, actor, file };

// What a job came to. Its counts add up: rows is the sum of the eight outcomes.
struct JobSummary {
  std::string format = {}, action = {};
  JobState state = JobState::failed;
  Refusal refusal = Refusal::none;
  std::uint64_t rows = 0, blank_rows = 0;
  std::uint64_t created = 0, updated = 0, unchanged = 0, rejected = 0;
  std::uint64_t withheld = 0, stale = 0, failed = 0, unknown = 0;
  std::uint64_t warnings = 0; // of rows and file
  std::string file = {}, sha256 = {};
  std::uint64_t bytes = 0;
  csv::Dialect dialect = {};          // as settled
  std::vector<Finding> findings = {}; // about the file as a whole
};

// Writes a report, a JSON line a row in the order of the file and one for the job, and says what
// the job came to. Of a job that is refused the report is the last line alone. Reads the source
// once.
[[nodiscard]] Result<JobSummary> validate(const schema::Schema& schema, Source& source,
                                          Directory& directory, const Actor& actor,
                                          const JobOptions& options, Sink& report, Seams seams);

// The same for a file that could not even be opened: file.unreadable.
[[nodiscard]] Result<JobSummary> refuse_unreadable(const schema::Schema& schema, const Error& why,
                                                   const JobOptions& options, Sink& report);

// The job as it stands in the last line of a report.
[[nodiscard]] Result<void> write_job(const JobSummary& job, Sink& sink);

} // namespace rollcall

#endif // ROLLCALL_VALIDATE_HPP
