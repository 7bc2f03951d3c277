// Jobs are found by their numbers, and their formats by what the jobs keep of them.
#include "stored_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "rollcall/formats.hpp"
#include "rollcall/plan.hpp"

namespace rollcall::tools {
namespace {

// With texts of their own: what may be done is asked when the store is not being read.
struct Schemas final : public SchemaSink {
  struct Each {
    std::uint64_t id = 0;
    std::string format = {}, json = {};
  };
  std::vector<Each> all = {};
  void schema(const KeptSchema& schema) override
  {
    all.push_back({schema.id, std::string{schema.format}, std::string{schema.json}});
  }
};

// What is said of an actor to several formats: each takes what it asks for.
Result<void> take_those_asked(const std::vector<std::string>& fields, const schema::Schema& schema,
                              Context& context)
{
  std::vector<std::string> asked;
  for (const std::string& field : fields) {
    const std::string name = name_of_field(field);
    const auto is_it = [&](const schema::Fact& fact) { return fact.name == name; };
    if (std::any_of(schema.actor.begin(), schema.actor.end(), is_it)) asked.push_back(field);
  }
  return take_actor_fields(asked, schema, context);
}

// One that no format asks for, be it built in or known to the database, is misspelled.
Result<void> check_fields(StoreHost& host, const std::vector<std::string>& fields)
{
  if (fields.empty()) return success();
  std::set<std::string> known;
  const auto add = [&](const schema::Schema& schema) {
    for (const schema::Fact& fact : schema.actor) known.insert(fact.name);
  };
  for (const formats::Format& format : formats::builtin()) add(format.make());
  Schemas schemas;
  ROLLCALL_CHECK(host.service().schemas(schemas));
  for (const Schemas::Each& each : schemas.all) {
    const auto schema =
        schema_of(KeptSchema{.id = each.id, .format = each.format, .json = each.json});
    if (!schema.has_value()) return success(); // what that one asks for nobody here knows
    add(schema.assume_value());
  }
  for (const std::string& field : fields)
    if (known.count(name_of_field(field)) == 0)
      return Error{ErrorCode::wrong_use,
                   fmt::format("no format here asks anything of an actor called '{}'",
                               name_of_field(field))};
  return success();
}

} // namespace

void declare_store(Options& options, StoreOptions& store)
{
  const Options::Group group{options, "Database"};
  options.add_option("--db", store.db, "the SQLite database that remembers them")
      ->type_name("FILE")
      ->required()
      ->setting();
  options.add_option("--context", store.context, "who asks, a context.json")
      ->type_name("FILE")
      ->setting();
  options.add_option("--actor", store.actor, "the name of who asks")->type_name("NAME")->setting();
  options.add_option("--role", store.role, "the role of who asks")->type_name("ROLE")->setting();
  options.add_option("--actor-field", store.actor_fields, "what else the format asks of who asks")
      ->type_name("NAME=VALUE")
      ->setting()
      ->repeated();
}

Result<Context> context_of(Console& console, const StoreOptions& store,
                           const schema::Schema& schema)
{
  ROLLCALL_TRY(Context context, who_asks(console, store));
  ROLLCALL_CHECK(take_those_asked(store.actor_fields, schema, context));
  return context;
}

Result<Context> who_asks(Console& console, const StoreOptions& store)
{
  const HostOptions options{.context = store.context, .actor = store.actor, .role = store.role};
  return context_of(console, options, schema::Schema{});
}

Result<JobId> id_of(const std::string& word)
{
  JobId id = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, id);
  if (fault == std::errc{} && at == end && id != 0) return id;
  return Error{ErrorCode::wrong_use, fmt::format("a job has a number from 1, not '{}'", word)};
}

Result<JobRecord> find_record(StoreHost& host, const std::string& word)
{
  ROLLCALL_TRY(const JobId id, id_of(word));
  ROLLCALL_TRY(auto record, host.jobs().job(id));
  if (record) return std::move(*record);
  return Error{ErrorCode::wrong_use, fmt::format("there is no job {}", id)};
}

namespace {

// What he may not do, of these.
Result<std::optional<Finding>> missing_right(Console& console, StoreHost& host,
                                             const schema::Schema& schema, const Context& context,
                                             const std::vector<schema::Action>& actions)
{
  ROLLCALL_TRY(const auto directory, host.directory(schema));
  for (const schema::Action action : actions) {
    ROLLCALL_TRY(auto refusal,
                 find_missing_right(schema, *directory, context, action, console.seams));
    if (refusal) return refusal;
  }
  return std::optional<Finding>{};
}

bool is_of_no_known_format(const Error& error) noexcept
{
  return error.code() == ErrorCode::unsupported;
}

} // namespace

Result<Seen> look_at(Console& console, StoreHost& host, const StoreOptions& store, JobRecord record,
                     const std::vector<schema::Action>& actions, std::string what)
{
  Seen seen{.record = std::move(record), .context = {}, .schema = {}, .refusal = {}};
  ROLLCALL_TRY(seen.context, who_asks(console, store));
  Result<schema::Schema> schema = schema_of(seen.record);
  if (schema.has_value()) {
    seen.schema = std::move(schema).assume_value();
    ROLLCALL_CHECK(check_fields(host, store.actor_fields));
    ROLLCALL_CHECK(take_those_asked(store.actor_fields, *seen.schema, seen.context));
    ROLLCALL_TRY(seen.refusal, missing_right(console, host, *seen.schema, seen.context, actions));
  } else if (is_of_no_known_format(schema.assume_error())) {
    for (const schema::Action action : actions) {
      ROLLCALL_TRY(const Rights rights, Rights::learn(console, host, store, action));
      ROLLCALL_CHECK(rights.check_readable());
      if (!rights.allows_any() && !seen.refusal) seen.refusal = rights.refusal();
    }
  } else {
    return std::move(schema).assume_error();
  }
  ROLLCALL_CHECK(
      host.note({.actor = seen.context.name,
                 .role = seen.context.role,
                 .what = std::move(what),
                 .job = seen.record.id,
                 .refusal = seen.refusal ? render_message(*seen.refusal) : std::string{}}));
  return seen;
}

Result<Found> find(Console& console, StoreHost& host, const StoreOptions& store, JobRecord record,
                   const std::vector<schema::Action>& actions, std::string what)
{
  ROLLCALL_TRY(schema::Schema schema, schema_of(record)); // without it nothing can be done
  ROLLCALL_TRY(Seen seen,
               look_at(console, host, store, std::move(record), actions, std::move(what)));
  return Found{.record = std::move(seen.record),
               .schema = std::move(schema),
               .refusal = std::move(seen.refusal)};
}

Exit refuse(Console& console, const Finding& why)
{
  std::vector<Finding> findings{why};
  point_to_role(findings);
  console.say(fmt::format("rollcall: error {}: {}", slug(why), render_message(findings.front())));
  return Exit::not_allowed;
}

Result<Rights> Rights::learn(Console& console, StoreHost& host, const StoreOptions& store,
                             schema::Action action)
{
  Rights made;
  ROLLCALL_TRY(const Context context, who_asks(console, store));
  ROLLCALL_CHECK(check_fields(host, store.actor_fields));
  made.actor_ = context.name;
  made.role_ = context.role;
  Schemas schemas;
  ROLLCALL_CHECK(host.service().schemas(schemas));
  made.others_.push_back(0);
  for (const Schemas::Each& each : schemas.all) {
    Result<schema::Schema> schema =
        schema_of(KeptSchema{.id = each.id, .format = each.format, .json = each.json});
    if (!schema.has_value()) {
      if (!is_of_no_known_format(schema.assume_error())) return std::move(schema).assume_error();
      made.unreadable_ = schema.assume_error().detail();
      made.others_.push_back(each.id);
      continue;
    }
    Context here = context;
    ROLLCALL_CHECK(take_those_asked(store.actor_fields, schema.assume_value(), here));
    ROLLCALL_TRY(auto refusal, missing_right(console, host, schema.assume_value(), here, {action}));
    if (!refusal) made.allowed_.push_back(each.id);
    if (refusal && !made.refusal_) made.refusal_ = std::move(refusal);
  }
  return made;
}

bool Rights::allows(std::uint64_t schema_id) const
{
  const auto has = [&](const std::vector<std::uint64_t>& ids) {
    return std::find(ids.begin(), ids.end(), schema_id) != ids.end();
  };
  return allows_any() && (has(allowed_) || has(others_));
}

std::vector<std::uint64_t> Rights::allowed() const
{
  if (!refusal_) return {};
  std::vector<std::uint64_t> all = allowed_;
  all.insert(all.end(), others_.begin(), others_.end());
  return all;
}

Result<void> Rights::check_readable() const
{
  if (unreadable_.empty() || allows_any() || refusal_) return success();
  return Error{ErrorCode::unsupported, unreadable_};
}

Result<void> Rights::note(StoreHost& host, std::string what, JobId job, bool was_allowed) const
{
  const bool is_refused = !was_allowed && refusal_;
  return host.note({.actor = actor_,
                    .role = role_,
                    .what = std::move(what),
                    .job = job,
                    .refusal = is_refused ? render_message(*refusal_) : std::string{}});
}

} // namespace rollcall::tools
