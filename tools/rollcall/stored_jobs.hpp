// What verbs about jobs that a database remembers have in common: which database, who asks, and
// whether he may.
#ifndef ROLLCALL_TOOLS_STORED_JOBS_HPP
#define ROLLCALL_TOOLS_STORED_JOBS_HPP

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "host_options.hpp"
#include "options.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::tools {

// As they were typed.
struct StoreOptions {
  std::string db = {}, context = {}, actor = {}, role = {};
};

void declare_store(Options& options, StoreOptions& store);

[[nodiscard]] Result<Context> context_of(Console& console, const StoreOptions& store,
                                         const schema::Schema& schema);

[[nodiscard]] Result<JobId> id_of(const std::string& word);
[[nodiscard]] Result<JobRecord> find_record(StoreHost& host, const std::string& word);

// The job and its format, if who asks may do that with it. That he asked is noted.
struct Found {
  JobRecord record;
  schema::Schema schema;
  std::optional<Finding> refusal;
};

[[nodiscard]] Result<Found> find(Console& console, StoreHost& host, const StoreOptions& store,
                                 JobRecord record, schema::Action action, std::string what);

// Says why not.
[[nodiscard]] Exit refuse(Console& console, const Finding& why);

// The same question about many jobs: each format is asked about once.
class Rights {
 public:
  Rights(Console& console, StoreHost& host, const StoreOptions& store)
      : console_{console}, host_{host}, store_{store}
  {
  }

  // Of a job that is gone: whether there is one that he may see.
  [[nodiscard]] Result<bool> allow(JobId job, schema::Action action);
  // The first reason for which something was not allowed.
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept { return refusal_; }
  [[nodiscard]] Result<void> note(std::string what, JobId job, bool was_allowed);

 private:
  Console& console_;
  StoreHost& host_;
  const StoreOptions& store_;
  std::vector<std::pair<schema::Schema, bool>> known_;
  std::string actor_;
  std::optional<Finding> refusal_;
};

// "2026-11-21 08:30", of UTC milliseconds; and back, of "2026-11-21" and "2026-11-21T08:30". No
// text is 0.
[[nodiscard]] std::string moment(std::int64_t ms);
[[nodiscard]] Result<std::int64_t> moment_of(const std::string& text);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_STORED_JOBS_HPP
