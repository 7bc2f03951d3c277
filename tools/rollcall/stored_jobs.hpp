// What verbs about jobs that a database remembers have in common: which database, who asks, and
// whether he may.
#ifndef ROLLCALL_TOOLS_STORED_JOBS_HPP
#define ROLLCALL_TOOLS_STORED_JOBS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "host_options.hpp"
#include "options.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::tools {

void declare_store(Options& options, StoreOptions& store);

[[nodiscard]] Result<Context> context_of(Console& console, const StoreOptions& store,
                                         const schema::Schema& schema);
// Without a format: no more than name, role, and what stands in a context.json.
[[nodiscard]] Result<Context> who_asks(Console& console, const StoreOptions& store);

[[nodiscard]] Result<JobId> id_of(const std::string& word);
[[nodiscard]] Result<JobRecord> find_record(StoreHost& host, const std::string& word);

// The job and its format, if who asks may do all of that with it. That he asked is noted.
struct Found {
  JobRecord record;
  schema::Schema schema;
  std::optional<Finding> refusal;
};

[[nodiscard]] Result<Found> find(Console& console, StoreHost& host, const StoreOptions& store,
                                 JobRecord record, const std::vector<schema::Action>& actions,
                                 std::string what);

// The same for what can be done with a job of a format that is gone or cannot be read any more:
// `schema` is nothing then.
struct Seen {
  JobRecord record;
  Context context;
  std::optional<schema::Schema> schema;
  std::optional<Finding> refusal;
};

// `actions` are all asked for.
[[nodiscard]] Result<Seen> look_at(Console& console, StoreHost& host, const StoreOptions& store,
                                   JobRecord record, const std::vector<schema::Action>& actions,
                                   std::string what);

// Says why not.
[[nodiscard]] Exit refuse(Console& console, const Finding& why);

// The same question about all jobs: each format is asked about once. Of a job whose format is not
// known or cannot be read any more, the answer is whether there is one that he may do it with.
class Rights {
 public:
  [[nodiscard]] static Result<Rights> learn(Console& console, StoreHost& host,
                                            const StoreOptions& store, schema::Action action);

  [[nodiscard]] bool allows_any() const noexcept { return !allowed_.empty(); }
  [[nodiscard]] bool allows(std::uint64_t schema_id) const;
  // Of the formats that there are (KeptSchema::id); empty if all are.
  [[nodiscard]] std::vector<std::uint64_t> allowed() const;
  // The first reason for which something was not allowed.
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept { return refusal_; }
  // Nobody can say whether he may: no format here can be read.
  [[nodiscard]] Result<void> check_readable() const;
  [[nodiscard]] Result<void> note(StoreHost& host, std::string what, JobId job,
                                  bool was_allowed) const;

 private:
  std::vector<std::uint64_t> allowed_, others_; // the others are not known, and go with any
  std::string actor_, role_;
  std::optional<Finding> refusal_;
  std::string unreadable_;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_STORED_JOBS_HPP
