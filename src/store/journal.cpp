// journal.cpp: writes down what became of groups, and reads it back after a crash.
#include "store/journal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/faults.hpp"

namespace rollcall::store {
namespace {

constexpr std::array<std::string_view, 5> fate_names = {"applied", "stale", "failed", "unknown",
                                                        "withheld"};
constexpr std::array<std::string_view, 3> op_names = {"create", "update", "delete"};

constexpr ManyRows::Sql insert_audit = {
    8, ROLLCALL_INSERT("audit (job, row, at_ms, actor, kind, key, op, fields)",
                       "(?, ?, ?, ?, ?, ?, ?, ?)")};

template <class Enum, std::size_t count>
std::string_view name_of(const std::array<std::string_view, count>& names, Enum value)
{
  return names[static_cast<std::size_t>(value)];
}

} // namespace

Journal::Journal(Database& database, Jobs& jobs, Clock& clock, std::pmr::memory_resource& memory)
    : database_{&database},
      jobs_{&jobs},
      clock_{&clock},
      memory_{&memory},
      secrets_{database, clock},
      later_{database},
      audit_{insert_audit, memory},
      text_{&memory},
      sink_{text_}
{
}

// ---- Transactions -------------------------------------------------------------------------------

Result<void> Journal::begin(JobId id)
{
  if (open_ || database_->is_in_transaction())
    return Error{ErrorCode::wrong_use, "a transaction has begun already"};
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_CHECK(jobs_->check_holder(id));
  ROLLCALL_TRY(Statement job, database_->prepare("SELECT actor FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, job.bind(id).step());
  std::string actor{is_there ? job.text(0) : std::string_view{}};
  open_.emplace(Open{.transaction = std::move(transaction),
                     .job = id,
                     .at_ms = clock_->now_ms(),
                     .actor = std::move(actor)});
  return success();
}

Result<void> Journal::commit()
{
  if (!open_) return Error{ErrorCode::wrong_use, "no transaction has begun"};
  Result<void> result = check_open(open_->job);
  if (result.has_value()) result = open_->transaction.commit();
  if (!result.has_value()) later_.forget();
  forget();
  open_.reset(); // what could not be committed is taken back
  return result;
}

void Journal::roll_back() noexcept
{
  forget();
  later_.forget();
  open_.reset();
}

// Of a call that has failed rows may be left, and parts of rows.
void Journal::forget() noexcept
{
  audit_.forget();
  secrets_.forget();
}

Result<void> Journal::check_open(JobId id) const
{
  if (!open_ || open_->job != id)
    return Error{ErrorCode::wrong_use, "no transaction of this job has begun"};
  if (!database_->is_in_transaction())
    return Error{ErrorCode::wrong_use, "the transaction was taken back after an error"};
  return success();
}

// ---- Writing ------------------------------------------------------------------------------------

Result<void> Journal::intend(JobId id, std::span<const std::string_view> operations)
{
  ROLLCALL_CHECK(check_open(id));
  ROLLCALL_TRY(Statement insert,
               database_->prepare("INSERT OR REPLACE INTO intended VALUES (?, ?)"));
  for (const std::string_view operation : operations)
    ROLLCALL_CHECK(insert.bind(operation).bind(id).run());
  return success();
}

Result<void> Journal::hold(JobId id, std::span<const MadeSecret> secrets)
{
  ROLLCALL_CHECK(check_open(id));
  forget();
  return secrets_.hold(id, secrets);
}

Result<void> Journal::settle(JobId id, std::span<const Settled> groups)
{
  ROLLCALL_CHECK(check_open(id));
  forget();
  ROLLCALL_CHECK(count(id, groups));
  ROLLCALL_TRY(auto writer, json::Writer::open(sink_, {.compact = true, .memory = memory_}));
  writer_ = std::move(writer);
  ROLLCALL_TRY(Statement answered, database_->prepare("DELETE FROM intended WHERE operation = ?"));
  ROLLCALL_TRY(const std::int64_t intended,
               database_->integer_of("SELECT EXISTS (SELECT 1 FROM intended)"));
  secrets_.count_anew();
  for (const Settled& group : groups) {
    if (intended != 0 && !group.operation.empty())
      ROLLCALL_CHECK(answered.bind(group.operation).run());
    ROLLCALL_CHECK(secrets_.settle(id, group, intended != 0));
    if (group.fate != Fate::applied || !group.keys.empty() || !group.why.empty())
      ROLLCALL_CHECK(put_exception(id, group));
    if (group.fate != Fate::applied) continue;
    for (const Audited& change : group.changes) ROLLCALL_CHECK(put_audit(change));
    for (const Effect& effect : group.effects) ROLLCALL_CHECK(put_effect(id, group, effect));
    for (const std::uint64_t row : group.withdraws)
      ROLLCALL_CHECK(secrets_.withdraw(group.takes_back_of, row));
    ROLLCALL_CHECK(secrets_.take_back(group));
  }
  ROLLCALL_CHECK(audit_.flush(*database_));
  return secrets_.count_made(id);
}

// The next ones only: none is settled twice, none is left out.
Result<void> Journal::count(JobId id, std::span<const Settled> groups)
{
  if (groups.empty()) return success();
  for (std::size_t i = 0; i != groups.size(); ++i)
    if (groups[i].group != groups.front().group + i)
      return Error{ErrorCode::wrong_use, "groups are settled in their order"};
  ROLLCALL_TRY(Statement update,
               database_->prepare("UPDATE job SET groups = ? WHERE id = ? AND groups = ?"));
  update.bind(groups.back().group).bind(id).bind(groups.front().group - 1);
  ROLLCALL_CHECK(update.run());
  if (database_->changes() == 1) return success();
  return Error{ErrorCode::wrong_use,
               "the group " + std::to_string(groups.front().group) + " is not the next"};
}

Result<void> Journal::put_exception(JobId id, const Settled& group)
{
  text_.clear();
  writer_->begin_list();
  for (const std::string_view key : group.keys) writer_->text(key);
  writer_->end_list();
  ROLLCALL_CHECK(writer_->next_text());
  ROLLCALL_TRY(Statement insert,
               database_->prepare("INSERT INTO exception VALUES (?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(id).bind(group.group).bind(group.row).bind(name_of(fate_names, group.fate));
  return insert.bind(group.why).bind(group.operation).bind(std::string_view{text_}).run();
}

Result<void> Journal::put_audit(const Audited& change)
{
  audit_.put(open_->job).put(change.row).put(open_->at_ms).put(std::string_view{open_->actor});
  audit_.put(change.kind).put(change.key).put(name_of(op_names, change.op)).put(change.fields);
  return audit_.end_row(*database_);
}

Result<void> Journal::put_effect(JobId id, const Settled& group, const Effect& effect)
{
  ROLLCALL_TRY(Statement insert,
               database_->prepare("INSERT INTO outbox (job, operation, row, name, fields) "
                                  "VALUES (?, ?, ?, ?, ?)"));
  insert.bind(id).bind(group.operation).bind(effect.row).bind(effect.name);
  return insert.bind(effect.fields).run();
}

// ---- Reading ------------------------------------------------------------------------------------

Result<Progress> Journal::progress(JobId id)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::read));
  Progress progress;
  {
    ROLLCALL_TRY(Statement job, database_->prepare("SELECT groups FROM job WHERE id = ?"));
    ROLLCALL_TRY(const bool is_there, job.bind(id).step());
    if (!is_there) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
    progress.groups = job.natural(0);
  }
  ROLLCALL_TRY(
      Statement intended,
      database_->prepare("SELECT operation FROM intended WHERE job = ? ORDER BY operation"));
  intended.bind(id);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, intended.step());
    if (!is_there) break;
    progress.intended.emplace_back(intended.text(0));
  }
  ROLLCALL_CHECK(transaction.commit());
  return progress;
}

Result<void> Journal::exceptions(JobId id, SettledSink& sink)
{
  json::Document document{{.memory = memory_}};
  std::vector<std::string_view> keys;
  ROLLCALL_TRY(Statement rows,
               database_->prepare("SELECT group_number, row, fate, why, operation, keys "
                                  "FROM exception WHERE job = ? ORDER BY group_number"));
  rows.bind(id);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    const auto fate = std::find(fate_names.begin(), fate_names.end(), rows.text(2));
    if (fate == fate_names.end())
      return Error{ErrorCode::corrupt, "a group has come to an end that does not exist"};
    ROLLCALL_CHECK(document.read(rows.text(5)));
    keys.clear();
    for (const json::Value key : document.root()) keys.push_back(key.text().value_or(""));
    sink.settled({.group = rows.natural(0),
                  .row = rows.natural(1),
                  .fate = static_cast<Fate>(fate - fate_names.begin()),
                  .why = rows.text(3),
                  .operation = rows.text(4),
                  .keys = keys});
  }
}

} // namespace rollcall::store
