// What a job came to: its state, its counts, and what there is to say about the file as a whole.
#ifndef ROLLCALL_JOB_SUMMARY_HPP
#define ROLLCALL_JOB_SUMMARY_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/csv.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/sink.hpp"

namespace rollcall {

// While it lives: queued, running. Ended: the rest; one that was interrupted can be resumed.
enum class JobState : std::uint8_t {
  queued,
  running,
  succeeded,
  partial,
  failed,
  cancelled,
  interrupted
};
inline constexpr std::size_t job_state_count = 7;

// "succeeded".
[[nodiscard]] std::string_view slug(JobState state) noexcept;

// Neither queued, running nor interrupted.
[[nodiscard]] constexpr bool has_ended(JobState state) noexcept
{
  return state != JobState::queued && state != JobState::running && state != JobState::interrupted;
}

// Why nothing of a file was looked at, or of a plan done, if so.
enum class Refusal : std::uint8_t { none, actor, file, stale };
inline constexpr std::size_t refusal_count = 4;

// "actor"; empty for none.
[[nodiscard]] std::string_view slug(Refusal refusal) noexcept;

using JobId = std::uint64_t; // of a store, counts from 1; 0 is none

// Its counts add up: rows is the sum of the eight outcomes.
struct JobSummary {
  JobId id = 0;     // where a store remembers it
  JobId undoes = 0; // of an undo, also as a plan that was kept: the job that it takes back
  std::string format = {}, action = {};
  JobState state = JobState::failed;
  Refusal refusal = Refusal::none;
  std::uint64_t rows = 0, blank_rows = 0;
  std::uint64_t created = 0, updated = 0, unchanged = 0, rejected = 0;
  std::uint64_t withheld = 0, stale = 0, failed = 0, unknown = 0;
  std::uint64_t warnings = 0; // of rows and file
  std::string file = {};      // what it is called; empty: it has no name
  std::string sha256 = {};    // empty if the file was not read to its end
  std::uint64_t bytes = 0;    // of the file, or as many as were read if nobody knew its size
  csv::Dialect dialect = {};  // as settled
  std::vector<Finding> findings = {}; // about the file, by severity, column and code
  FindingCounts counts = {};          // of all findings, those of rows too
};

// The job as it stands in the last line of a report.
[[nodiscard]] Result<void> write_job(const JobSummary& job, Sink& sink);

// An output of the job, as its reader knows it: {"error rows", "errors.csv"}.
struct WrittenOutput {
  std::string what = {}, where = {};
  friend bool operator==(const WrittenOutput&, const WrittenOutput&) = default;
};

struct SummaryOptions {
  std::vector<WrittenOutput> outputs = {};
  std::size_t codes_max = 8; // how many of the codes that were found most often are named
  bool colour = false;
};

// The job for people, in a few lines: what came of the file, how many rows of each sort, what was
// found most, and where the outputs are. Of a refused file or actor: why.
[[nodiscard]] Result<void> write_summary(const JobSummary& job, const SummaryOptions& options,
                                         Sink& sink);

} // namespace rollcall

#endif // ROLLCALL_JOB_SUMMARY_HPP
