// What a job writes: `--report`, `--result`, `--error-rows`, `--error-log`, `--findings`, `--json`,
// and the summary that people read.
#ifndef ROLLCALL_TOOLS_JOB_OUTPUTS_HPP
#define ROLLCALL_TOOLS_JOB_OUTPUTS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "options.hpp"
#include "rollcall/job.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/plan.hpp"
#include "streams.hpp"

namespace rollcall::tools {

// As they were typed.
struct OutputOptions {
  std::string report = {}, result = {}, error_rows = {}, error_log = {}, findings = {},
              secrets = {}, color = {};
  std::string threads = "1";
  bool is_json = false;
};

void declare(Options& options, OutputOptions& outputs);
// Those of a job that does not show rows of a file.
void declare_own_rows(Options& options, OutputOptions& outputs);

// `--color`, of what people read on standard output.
void declare_color(Options& options, std::string& color);

// `--secrets`, of verbs that carry a plan out.
void declare_secrets(Options& options, OutputOptions& outputs);

// The files among them, for check_streams.
[[nodiscard]] std::vector<Stream> streams_of(const OutputOptions& outputs);

[[nodiscard]] Result<unsigned> threads_of(const OutputOptions& outputs);

// What `--findings` may say, and what it says; text, if it says nothing.
[[nodiscard]] std::vector<std::string> findings_forms();
[[nodiscard]] FindingsForm form_of(const std::string& word);

// What `--stale` says; refuse, if it says nothing.
[[nodiscard]] Result<Stale> stale_of(const std::string& word);

// The outputs of one job. It publishes them itself; of one that is refused, or breaks off, those
// that it did not publish go when this does.
class JobOutputs {
 public:
  explicit JobOutputs(const OutputOptions& options) : options_{options} {}

  // `service`: where the job is remembered, and its secrets with it; null: nowhere.
  [[nodiscard]] Result<Outputs> open(Console& console, JobService* service = nullptr);
  // Of a job that has ended: fetches the secrets that a store has of it, and notes who did. Where
  // that fails they wait there.
  [[nodiscard]] Result<void> take_secrets(const JobSummary& job, const std::string& who);

 private:
  [[nodiscard]] Result<Sink*> open(Console& console, const std::string& path,
                                   std::optional<Output>& into,
                                   Readers readers = Readers::as_usual);

  const OutputOptions& options_;
  Console* console_ = nullptr;
  JobService* service_ = nullptr;
  std::optional<Output> report_, result_, error_rows_, error_log_, findings_, secrets_;
};

// The job line or the summary, where it is in nobody's way; `more` are outputs beside those of
// every job, `nameless` is what a file without a name is called.
[[nodiscard]] Result<void> say_job(const JobSummary& job, const OutputOptions& outputs,
                                   const std::vector<WrittenOutput>& more, Console& console,
                                   std::string_view nameless = "standard input");

[[nodiscard]] Exit exit_of(const JobSummary& job) noexcept;

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_JOB_OUTPUTS_HPP
