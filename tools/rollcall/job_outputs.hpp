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
#include "host_options.hpp"
#include "options.hpp"
#include "rollcall/job.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/plan.hpp"
#include "streams.hpp"

namespace rollcall::tools {

// As they were typed.
struct OutputOptions {
  std::string report = {}, result = {}, error_rows = {}, error_log = {}, findings = {},
              secrets = {}, color = {}, directory_out = {};
  std::string threads = "1";
  bool is_json = false;
};

void declare(Options& options, OutputOptions& outputs);
// Those of a job that does not show rows of a file.
void declare_own_rows(Options& options, OutputOptions& outputs);

// `--color`, of what people read on standard output.
void declare_color(Options& options, std::string& color);

// `--directory-out`, of verbs that are told the host's objects.
void declare_directory_out(Options& options, OutputOptions& outputs);

// `--secrets`, of verbs that carry a plan out.
void declare_secrets(Options& options, OutputOptions& outputs);

// The files among them, for check_streams.
[[nodiscard]] std::vector<Stream> streams_of(const OutputOptions& outputs);

[[nodiscard]] Result<unsigned> threads_of(const OutputOptions& outputs);

// What `--findings` may say, and what it says; text, if it says nothing.
[[nodiscard]] std::vector<std::string> findings_forms();
// It may also say this, where it has a default.
inline constexpr std::string_view no_findings = "none";
[[nodiscard]] bool shows_findings(const OutputOptions& outputs);
[[nodiscard]] FindingsForm form_of(const std::string& word);

// What `--stale` says; refuse, if it says nothing.
[[nodiscard]] Result<Stale> stale_of(const std::string& word);

// The outputs of one job. It publishes them itself; of one that is refused, or breaks off, those
// that it did not publish go when this does.
class JobOutputs {
 public:
  explicit JobOutputs(const OutputOptions& options) : options_{options} {}

  // `service`: where the job is remembered, and its secrets with it; null: nowhere.
  // `path` leads to the file; empty: it is only called something.
  [[nodiscard]] Result<Outputs> open(Console& console, JobService* service = nullptr,
                                     const std::string& path = {});
  // Of a job that has ended: fetches the secrets that a store has of it, and notes who did. Where
  // that fails they wait there.
  [[nodiscard]] Result<void> take_secrets(const JobSummary& job, const Context& who,
                                          const StoreOptions& store);
  // Of a job that has ended, however it did: the host's objects, if they are asked for. Where that
  // fails it says how they are had all the same.
  [[nodiscard]] Result<void> write_directory(Host& host, const JobSummary& job,
                                             const StoreOptions& store);
  // Says of secrets that nobody has asked for where they are, or that nobody has them.
  [[nodiscard]] Result<void> say_secrets(const JobSummary& job, const StoreOptions& store) const;

 private:
  // Of secrets that go nowhere, so many lines.
  class Counting final : public Sink {
   public:
    [[nodiscard]] Result<void> write(std::string_view bytes) override;
    std::uint64_t lines = 0;
  };

  [[nodiscard]] Result<Sink*> open(Console& console, const std::string& path,
                                   std::optional<Output>& into,
                                   Readers readers = Readers::as_usual);

  const OutputOptions& options_;
  Console* console_ = nullptr;
  JobService* service_ = nullptr;
  std::optional<Output> report_, result_, error_rows_, error_log_, findings_, secrets_, directory_;
  Counting thrown_away_;
};

// What a summary says that the job does not know.
struct Beside {
  std::vector<WrittenOutput> outputs = {};      // beside those of every job
  std::string_view nameless = "standard input"; // what a file without a name is called
  std::string next = {};                        // what can be done about it
};
// The job line or the summary, where it is in nobody's way.
[[nodiscard]] Result<void> say_job(const JobSummary& job, const OutputOptions& outputs,
                                   Console& console, const Beside& beside = {});

// Of a file that was judged: what mends what was found, and where it is explained, on one line.
// Empty if nothing was found.
[[nodiscard]] std::string next_step(const JobSummary& job, const OutputOptions& outputs);

[[nodiscard]] Exit exit_of(const JobSummary& job) noexcept;

// A plan that is not there, or that one may not read, is refused as every file is; other errors
// stay what they are.
[[nodiscard]] Result<Exit> refuse_unreadable(const Console& console, const std::string& path,
                                             Error&& why);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_JOB_OUTPUTS_HPP
