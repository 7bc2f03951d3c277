// Watching a job: the signals that stop it, and a line on the terminal that says how far it is.
//
// SIGINT, SIGTERM and SIGHUP let it break off between two groups, so that it can be resumed; the
// second of them ends the process at once. One that is ignored when the program starts stays so.
#ifndef ROLLCALL_TOOLS_WATCHING_HPP
#define ROLLCALL_TOOLS_WATCHING_HPP

#include <array>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>

#include "command.hpp"
#include "console.hpp"
#include "host_options.hpp"
#include "job_outputs.hpp"
#include "progress_line.hpp"
#include "rollcall/job_watcher.hpp"

namespace rollcall::tools {

class Watching final : public JobWatcher {
 public:
  // One at a time. `verb` and `file` are for what it says; `bytes` is 0 if that is not known.
  Watching(Console& console, std::string_view verb, std::string file, std::uint64_t bytes = 0);
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  ~Watching() override;

  [[nodiscard]] bool goes_on(const JobProgress& progress) override;
  [[nodiscard]] JobState stopped_as() const override { return JobState::interrupted; }

  // If that is why the job ended with an error: says so, and how to go on. What else it may be has
  // broken off a job that a database remembers: how to go on, and then it is that error.
  // `outputs`: who goes on writes them; null if there are none.
  [[nodiscard]] Result<Exit> end(Error&& error, const StoreOptions& store,
                                 const OutputOptions* outputs = nullptr) const;

 private:
  Console& console_;
  std::string verb_, file_;
  std::uint64_t bytes_;
  JobId id_ = 0;
  Pace pace_;
  std::int64_t next_ns_; // when the line is to be written again
  static constexpr std::array signals_{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, signals_.size()> before_ = {};
};

// What there is of a file, if that is known.
[[nodiscard]] std::uint64_t bytes_of(Console& console, const std::string& path);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_WATCHING_HPP
