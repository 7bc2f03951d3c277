// What a job writes: `--report`, `--result`, `--error-rows`, `--error-log`, `--findings`, `--json`,
// and the summary that people read.
#ifndef ROLLCALL_TOOLS_JOB_OUTPUTS_HPP
#define ROLLCALL_TOOLS_JOB_OUTPUTS_HPP

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "rollcall/job.hpp"
#include "streams.hpp"

namespace rollcall::tools {

// As they were typed.
struct OutputOptions {
  std::string report = {}, result = {}, error_rows = {}, error_log = {}, findings = {};
  std::string threads = "1";
  bool is_json = false;
};

void declare(CLI::App& options, OutputOptions& outputs);

// The files among them, for check_streams.
[[nodiscard]] std::vector<Stream> streams_of(const OutputOptions& outputs);

[[nodiscard]] Result<unsigned> threads_of(const OutputOptions& outputs);

// The outputs of one job. It publishes them itself; of one that is refused, or breaks off, those
// that it did not publish go when this does.
class JobOutputs {
 public:
  explicit JobOutputs(const OutputOptions& options) : options_{options} {}

  [[nodiscard]] Result<Outputs> open(Console& console);

 private:
  [[nodiscard]] Result<Sink*> open(Console& console, const std::string& path,
                                   std::optional<Output>& into,
                                   Readers readers = Readers::as_usual);

  const OutputOptions& options_;
  std::optional<Output> report_, result_, error_rows_, error_log_, findings_;
};

// The job line or the summary, where it is in nobody's way; `more` are outputs beside those of
// every job, `nameless` is what a file without a name is called.
[[nodiscard]] Result<void> say_job(const JobSummary& job, const OutputOptions& outputs,
                                   const std::vector<WrittenOutput>& more, Console& console,
                                   std::string_view nameless = "standard input");

[[nodiscard]] Exit exit_of(const JobSummary& job) noexcept;

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_JOB_OUTPUTS_HPP
