// Jobs are found by their numbers, and their formats by what the jobs keep of them.
#include "stored_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "rollcall/plan.hpp"

namespace rollcall::tools {

void declare_store(Options& options, StoreOptions& store)
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
  return context_of(console, options, schema);
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

Result<Found> find(Console& console, StoreHost& host, const StoreOptions& store, JobRecord record,
                   schema::Action action, std::string what)
{
  Found found{.record = std::move(record), .schema = {}, .refusal = {}};
  ROLLCALL_TRY(found.schema, schema_of(found.record));
  ROLLCALL_TRY(const Context context, context_of(console, store, found.schema));
  ROLLCALL_TRY(const auto directory, host.directory(found.schema));
  ROLLCALL_TRY(found.refusal,
               find_missing_right(found.schema, *directory, context, action, console.seams));
  ROLLCALL_CHECK(
      host.note({.actor = context.name,
                 .what = std::move(what),
                 .job = found.record.id,
                 .refusal = found.refusal ? render_message(*found.refusal) : std::string{}}));
  return found;
}

Exit refuse(Console& console, const Finding& why)
{
  console.say(fmt::format("rollcall: error {}: {}", slug(why), render_message(why)));
  return Exit::not_allowed;
}

Result<bool> Rights::allow(JobId job, schema::Action action)
{
  ROLLCALL_TRY(const auto record, host_.jobs().job(job));
  if (!record)
    return std::any_of(known_.begin(), known_.end(), [](const auto& each) { return each.second; });
  ROLLCALL_TRY(const schema::Schema schema, schema_of(*record));
  const auto at = std::find_if(known_.begin(), known_.end(),
                               [&](const auto& each) { return each.first == schema; });
  if (at != known_.end()) return at->second;
  ROLLCALL_TRY(const Context context, context_of(console_, store_, schema));
  ROLLCALL_TRY(const auto directory, host_.directory(schema));
  ROLLCALL_TRY(const auto refusal,
               find_missing_right(schema, *directory, context, action, console_.seams));
  if (refusal && !refusal_) refusal_ = refusal;
  actor_ = context.name;
  known_.emplace_back(schema, !refusal);
  return !refusal;
}

Result<void> Rights::note(std::string what, JobId job, bool was_allowed)
{
  const bool is_refused = !was_allowed && refusal_;
  return host_.note({.actor = actor_.empty() ? store_.actor : actor_,
                     .what = std::move(what),
                     .job = job,
                     .refusal = is_refused ? render_message(*refusal_) : std::string{}});
}

std::string moment(std::int64_t ms)
{
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds{ms}};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss<minutes> time{floor<minutes>(at - day)};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count());
}

Result<std::int64_t> moment_of(const std::string& text)
{
  using namespace std::chrono;
  if (text.empty()) return std::int64_t{0};
  constexpr std::string_view day_shape = "0000-00-00";
  constexpr std::string_view whole_shape = "0000-00-00T00:00";
  const std::string_view shape = text.size() == day_shape.size() ? day_shape : whole_shape;
  bool is_good = text.size() == shape.size();
  std::array<int, 5> parts = {};
  std::size_t part = 0;
  for (std::size_t i = 0; is_good && i != shape.size(); ++i) {
    if (shape[i] == '0') {
      is_good = text[i] >= '0' && text[i] <= '9';
      parts[part] = parts[part] * 10 + (text[i] - '0');
    } else {
      is_good = text[i] == shape[i] || (shape[i] == 'T' && text[i] == ' ');
      ++part;
    }
  }
  const year_month_day date{year{parts[0]}, month{static_cast<unsigned>(parts[1])},
                            day{static_cast<unsigned>(parts[2])}};
  if (!is_good || !date.ok() || parts[3] > 23 || parts[4] > 59)
    return Error{ErrorCode::wrong_use,
                 fmt::format("a time is 2026-11-21 or 2026-11-21T08:30, in UTC, not '{}'", text)};
  const sys_time<milliseconds> at = sys_days{date} + hours{parts[3]} + minutes{parts[4]};
  return at.time_since_epoch().count();
}

} // namespace rollcall::tools
