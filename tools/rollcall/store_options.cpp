// Finds jobs by what was typed, and asks whether who typed it may.
#include "store_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>

#include "rollcall/job.hpp"
#include "rollcall/plan.hpp"

namespace rollcall::tools {
namespace {

Result<JobId> id_of(const std::string& word)
{
  JobId id = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, id);
  if (fault == std::errc{} && at == end && id != 0) return id;
  return Error{ErrorCode::wrong_use, fmt::format("a job has a number from 1, not '{}'", word)};
}

} // namespace

void declare(CLI::App& options, StoreOptions& store)
{
  options.add_option("--db", store.db, "the SQLite database that remembers them")
      ->type_name("FILE")
      ->required();
  options.add_option("--context", store.context, "who asks, a context.json")->type_name("FILE");
  options.add_option("--actor", store.actor, "the name of who asks")->type_name("NAME");
  options.add_option("--role", store.role, "the role of who asks")->type_name("ROLE");
}

Result<Context> context_of(Console& console, const StoreOptions& store,
                           const schema::Schema& schema)
{
  const HostOptions options{.context = store.context, .actor = store.actor, .role = store.role};
  return tools::context_of(console, options, schema);
}

Result<JobRecord> find_record(StoreHost& host, const std::string& word)
{
  ROLLCALL_TRY(const JobId id, id_of(word));
  ROLLCALL_TRY(auto record, host.jobs().job(id));
  if (record) return std::move(*record);
  return Error{ErrorCode::not_found, fmt::format("there is no job {}", id)};
}

Result<FoundJob> find_allowed(Console& console, StoreHost& host, const StoreOptions& store,
                              JobRecord record, schema::Action action)
{
  FoundJob found{.record = std::move(record)};
  ROLLCALL_TRY(found.schema, schema_of(found.record));
  ROLLCALL_TRY(const Context context, context_of(console, store, found.schema));
  ROLLCALL_TRY(const auto directory, host.directory(found.schema));
  ROLLCALL_TRY(found.refusal,
               find_missing_right(found.schema, *directory, context, action, console.seams));
  return found;
}

Exit refuse(Console& console, const Finding& why)
{
  console.say(fmt::format("rollcall: error {}: {}", slug(why), render_message(why)));
  return Exit::not_allowed;
}

} // namespace rollcall::tools
