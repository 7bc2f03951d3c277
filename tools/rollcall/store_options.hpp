// Who asks, and which store: the options of all verbs that are about jobs.
#ifndef ROLLCALL_TOOLS_STORE_OPTIONS_HPP
#define ROLLCALL_TOOLS_STORE_OPTIONS_HPP

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "command.hpp"
#include "console.hpp"
#include "host_options.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::tools {

// As they were typed.
struct StoreOptions {
  std::string db = {}, context = {}, actor = {}, role = {};
};

void declare(CLI::App& options, StoreOptions& store);

[[nodiscard]] Result<Context> context_of(Console& console, const StoreOptions& store,
                                         const schema::Schema& schema);

// The job of this number, as it was typed.
[[nodiscard]] Result<JobRecord> find_record(StoreHost& host, const std::string& word);

// The job and its format, and why who asks may not do that with it, if so.
struct FoundJob {
  JobRecord record = {};
  schema::Schema schema = {};
  std::optional<Finding> refusal = {};
};
[[nodiscard]] Result<FoundJob> find_allowed(Console& console, StoreHost& host,
                                            const StoreOptions& store, JobRecord record,
                                            schema::Action action);

// Says why.
[[nodiscard]] Exit refuse(Console& console, const Finding& why);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_STORE_OPTIONS_HPP
