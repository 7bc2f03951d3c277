// secrets.cpp: where secrets are written, and how they go. Rows are added behind the last one, for
// which SQLite copies none to another page, and what is deleted is overwritten (secure_delete).
// Columns beside the list of a row say what it comes to, so that few lists are read.
#include "store/secrets.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/secret_handle.hpp"
#include "store/cleaning.hpp"

namespace rollcall::store {

namespace {

// Secrets of one row and operation, which stand beside each other.
std::span<const MadeSecret> first_list(std::span<const MadeSecret> secrets)
{
  const MadeSecret& first = secrets.front();
  std::size_t size = 1;
  while (size != secrets.size() && secrets[size].row == first.row &&
         secrets[size].operation == first.operation)
    ++size;
  return secrets.first(size);
}

std::uint64_t shown(std::span<const MadeSecret> secrets)
{
  return static_cast<std::uint64_t>(
      std::count_if(secrets.begin(), secrets.end(), std::mem_fn(&MadeSecret::is_shown)));
}

std::uint64_t waited_for(std::span<const MadeSecret> secrets)
{
  return static_cast<std::uint64_t>(std::count_if(
      secrets.begin(), secrets.end(), [](const MadeSecret& each) { return each.waiting != 0; }));
}

} // namespace

Result<void> Secrets::put(JobId job, std::span<const MadeSecret> list, bool is_settled)
{
  ROLLCALL_TRY(const std::string_view text, lists_.write(list));
  ROLLCALL_TRY(Statement insert,
               database_->prepare("INSERT INTO made_secrets (job, is_settled, shown, waiting, "
                                  "operation, row, line, secrets) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  const MadeSecret& first = list.front();
  insert.bind(job).bind(std::int64_t{is_settled}).bind(shown(list)).bind(waited_for(list));
  return insert.bind(first.operation).bind(first.row).bind(first.line).bind(text).run();
}

Result<void> Secrets::put_anew(std::uint64_t id, std::span<const MadeSecret> list)
{
  if (list.empty()) {
    ROLLCALL_TRY(Statement gone, database_->prepare("DELETE FROM made_secrets WHERE id = ?"));
    return gone.bind(id).run();
  }
  ROLLCALL_TRY(const std::string_view text, lists_.write(list));
  ROLLCALL_TRY(Statement update,
               database_->prepare("UPDATE made_secrets SET is_settled = 1, shown = ?, waiting = ?, "
                                  "secrets = ? WHERE id = ?"));
  return update.bind(shown(list)).bind(waited_for(list)).bind(text).bind(id).run();
}

Result<std::vector<MadeSecret>> Secrets::list_of(std::uint64_t id)
{
  ROLLCALL_TRY(Statement row, database_->prepare("SELECT secrets FROM made_secrets WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, row.bind(id).step());
  if (is_there) return lists_.read(row.text(0));
  return Error{ErrorCode::corrupt, "secrets are found by their job, but not themselves"};
}

Result<void> Secrets::drop_held(JobId job, std::string_view operation)
{
  ROLLCALL_TRY(Statement drop, database_->prepare("DELETE FROM made_secrets WHERE job = ? AND "
                                                  "operation = ? AND is_settled = 0"));
  ROLLCALL_CHECK(drop.bind(job).bind(operation).run());
  has_dropped_ = has_dropped_ || database_->changes() != 0;
  return success();
}

Result<void> Secrets::hold(JobId job, std::span<const MadeSecret> secrets)
{
  std::string_view last;
  while (!secrets.empty()) {
    const std::span<const MadeSecret> list = first_list(secrets);
    secrets = secrets.subspan(list.size());
    if (list.front().operation != last) ROLLCALL_CHECK(drop_held(job, list.front().operation));
    last = list.front().operation;
    ROLLCALL_CHECK(put(job, list, false));
  }
  return note_dropped();
}

Result<void> Secrets::note_dropped()
{
  if (!std::exchange(has_dropped_, false)) return success();
  return note_cleaning(*database_, Cleaning::log);
}

Result<void> Secrets::settle(JobId job, const Settled& group, bool may_be_held)
{
  if (may_be_held && !group.operation.empty()) ROLLCALL_CHECK(settle_held(job, group));
  const bool is_kept = group.fate == Fate::applied || group.fate == Fate::unknown;
  if (!is_kept) return success();
  for (std::span<const MadeSecret> secrets = group.secrets; !secrets.empty();) {
    const std::span<const MadeSecret> list = first_list(secrets);
    secrets = secrets.subspan(list.size());
    ROLLCALL_CHECK(put(job, list, true));
    made_ += shown(list);
  }
  return success();
}

// Those that were kept before the host was given the group: now it is known whether they are of
// any use, and which key the object has.
Result<void> Secrets::settle_held(JobId job, const Settled& group)
{
  if (group.fate != Fate::applied && group.fate != Fate::unknown)
    return drop_held(job, group.operation);
  ROLLCALL_TRY(Statement held,
               database_->prepare("SELECT id FROM made_secrets WHERE job = ? AND operation = ? AND "
                                  "is_settled = 0 LIMIT 1"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, held.bind(job).bind(group.operation).step());
    if (!is_there) return success();
    const std::uint64_t id = held.natural(0);
    held.reset();
    ROLLCALL_TRY(std::vector<MadeSecret> list, list_of(id));
    for (MadeSecret& each : list)
      if (each.change < group.changes.size()) each.key = group.changes[each.change].key;
    ROLLCALL_CHECK(put_anew(id, list));
    made_ += shown(list);
  }
}

Result<void> Secrets::count_made(JobId job)
{
  ROLLCALL_CHECK(note_dropped());
  const std::uint64_t made = std::exchange(made_, 0);
  if (made == 0) return success();
  ROLLCALL_TRY(Statement count, database_->prepare("UPDATE job SET secrets_made = secrets_made + ? "
                                                   "WHERE id = ?"));
  return count.bind(made).bind(job).run();
}

// ---- Fetching -----------------------------------------------------------------------------------

// Sorted are the places alone: what does not fit into memory goes to a file of its own.
Result<std::uint64_t> Secrets::show(JobId job, SecretTaker& taker)
{
  ROLLCALL_TRY(Statement places,
               database_->prepare("SELECT id, operation, row, line FROM made_secrets WHERE job = ? "
                                  "AND is_settled = 1 AND shown != 0 ORDER BY row, id"));
  places.bind(job);
  for (std::uint64_t count = 0;;) {
    ROLLCALL_TRY(const bool is_there, places.step());
    if (!is_there) return count;
    ROLLCALL_TRY(std::vector<MadeSecret> list, list_of(places.natural(0)));
    for (MadeSecret& each : list) {
      if (!each.is_shown) continue;
      each.operation = places.text(1);
      each.row = places.natural(2);
      each.line = places.natural(3);
      ROLLCALL_CHECK(taker.secret(each));
      ++count;
    }
  }
}

// They are kept elsewhere before they go here: who dies in between finds them again.
Result<std::uint64_t> Secrets::take(JobId job, SecretTaker& taker)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(const std::uint64_t count, show(job, taker));
  if (count == 0) return count;
  ROLLCALL_CHECK(taker.keep());
  ROLLCALL_TRY(Statement gone,
               database_->prepare("DELETE FROM made_secrets WHERE job = ? AND is_settled = 1 AND "
                                  "shown != 0 AND waiting = 0"));
  ROLLCALL_CHECK(gone.bind(job).run());
  ROLLCALL_CHECK(hide(job));
  ROLLCALL_TRY(Statement when, database_->prepare("UPDATE job SET secrets_ms = ? WHERE id = ?"));
  ROLLCALL_CHECK(when.bind(clock_->now_ms()).bind(job).run());
  ROLLCALL_CHECK(note_cleaning(*database_, Cleaning::log));
  ROLLCALL_CHECK(transaction.commit());
  ROLLCALL_CHECK(clean_if_free(*database_));
  return count;
}

// What is left of those that were shown are those that effects need. Which these are is read before
// the first of them is changed: a job may have a million.
Result<void> Secrets::hide(JobId job)
{
  std::vector<std::uint64_t> shown_ones;
  ROLLCALL_TRY(Statement ids, database_->prepare("SELECT id FROM made_secrets WHERE job = ? AND "
                                                 "is_settled = 1 AND shown != 0"));
  ids.bind(job);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, ids.step());
    if (!is_there) break;
    shown_ones.push_back(ids.natural(0));
  }
  ids.reset();
  for (const std::uint64_t id : shown_ones) {
    ROLLCALL_TRY(std::vector<MadeSecret> list, list_of(id));
    std::erase_if(list, [](const MadeSecret& each) { return each.waiting == 0; });
    for (MadeSecret& each : list) each.is_shown = false;
    ROLLCALL_CHECK(put_anew(id, list));
  }
  return success();
}

// ---- Effects ------------------------------------------------------------------------------------

Result<void> Secrets::effects(EffectSink& sink)
{
  ROLLCALL_TRY(Statement rows,
               database_->prepare("SELECT id, job, operation, name, fields FROM outbox "
                                  "WHERE state = 'waiting' ORDER BY id"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    sink.effect({.id = rows.natural(0),
                 .job = rows.natural(1),
                 .operation = rows.text(2),
                 .name = rows.text(3),
                 .fields = rows.text(4)});
  }
}

Result<bool> Secrets::waits(std::uint64_t effect)
{
  ROLLCALL_TRY(Statement waiting, database_->prepare("SELECT 1 FROM outbox WHERE id = ? AND "
                                                     "state = 'waiting'"));
  return waiting.bind(effect).step();
}

// The effect was read some time ago: meanwhile somebody may have done it, or undone its row.
Result<std::optional<std::string>> Secrets::find(const WaitingEffect& effect,
                                                 std::string_view handle)
{
  if (effect.id != 0) {
    ROLLCALL_TRY(const bool is_waiting, waits(effect.id));
    if (!is_waiting) return std::optional<std::string>{};
  }
  ROLLCALL_TRY(Statement rows,
               database_->prepare("SELECT secrets FROM made_secrets WHERE job = ? AND "
                                  "operation = ? AND is_settled = 1 AND waiting != 0"));
  rows.bind(effect.job).bind(effect.operation);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return std::optional<std::string>{};
    ROLLCALL_TRY(const std::vector<MadeSecret> list, lists_.read(rows.text(0)));
    for (const MadeSecret& each : list)
      if (each.waiting != 0 && secret_handle(effect.operation, each.change, each.field) == handle)
        return std::optional{std::string{each.value}};
  }
}

Result<void> Secrets::effect_done(std::uint64_t id)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(Statement done,
               database_->prepare("UPDATE outbox SET state = 'done' WHERE id = ? AND "
                                  "state = 'waiting'"));
  ROLLCALL_CHECK(done.bind(id).run());
  if (database_->changes() != 1)
    return Error{ErrorCode::not_found, "no effect " + std::to_string(id) + " waits"};
  ROLLCALL_TRY(const bool has_released, release(id));
  ROLLCALL_CHECK(transaction.commit());
  return has_released ? clean_if_free(*database_) : success();
}

// Each secret whose handle stands in the effect has one less that waits; those that nobody needs
// any more go.
Result<bool> Secrets::release(std::uint64_t effect)
{
  ROLLCALL_TRY(Statement asked,
               database_->prepare("SELECT m.id, o.operation, h.value FROM outbox o "
                                  "JOIN made_secrets m ON m.job = o.job AND "
                                  "m.operation = o.operation AND m.waiting != 0, "
                                  "json_each(o.fields, '$.secrets') h WHERE o.id = ?"));
  asked.bind(effect);
  std::string operation;
  std::map<std::uint64_t, std::vector<std::string>> handles; // by where their secrets may be
  for (;;) {
    ROLLCALL_TRY(const bool is_there, asked.step());
    if (!is_there) break;
    operation = asked.text(1);
    handles[asked.natural(0)].emplace_back(asked.text(2));
  }
  asked.reset();
  bool has_released = false;
  for (const auto& [id, of] : handles) {
    ROLLCALL_TRY(const bool is_one, release(id, operation, of));
    has_released = has_released || is_one;
  }
  if (has_released) ROLLCALL_CHECK(note_cleaning(*database_, Cleaning::log));
  return has_released;
}

Result<bool> Secrets::release(std::uint64_t id, std::string_view operation,
                              std::span<const std::string> handles)
{
  ROLLCALL_TRY(std::vector<MadeSecret> list, list_of(id));
  bool has_released = false;
  for (MadeSecret& each : list) {
    const std::string handle = secret_handle(operation, each.change, each.field);
    if (each.waiting == 0 || std::find(handles.begin(), handles.end(), handle) == handles.end())
      continue;
    --each.waiting;
    has_released = true;
  }
  if (!has_released) return false;
  std::erase_if(list, [](const MadeSecret& each) { return each.waiting == 0 && !each.is_shown; });
  ROLLCALL_CHECK(put_anew(id, list));
  return true;
}

Result<void> Secrets::waiting(JobId job, std::span<const std::uint64_t> rows, WaitingSink& sink)
{
  ROLLCALL_TRY(Statement found,
               database_->prepare("SELECT name FROM outbox WHERE state = 'waiting' AND job = ? AND "
                                  "row = ? ORDER BY id"));
  for (const std::uint64_t row : rows) {
    found.bind(job).bind(row);
    for (;;) {
      ROLLCALL_TRY(const bool is_there, found.step());
      if (!is_there) break;
      sink.waits(row, found.text(0));
    }
    found.reset();
  }
  return success();
}

Result<void> Secrets::withdraw(JobId job, std::uint64_t row)
{
  ROLLCALL_TRY(Statement next, database_->prepare("SELECT id FROM outbox WHERE state = 'waiting' "
                                                  "AND job = ? AND row = ? LIMIT 1"));
  ROLLCALL_TRY(Statement withdrawn,
               database_->prepare("UPDATE outbox SET state = 'withdrawn' WHERE id = ?"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, next.bind(job).bind(row).step());
    if (!is_there) return success();
    const std::uint64_t id = next.natural(0);
    next.reset();
    ROLLCALL_CHECK(withdrawn.bind(id).run());
    ROLLCALL_TRY(const bool has_released, release(id));
    static_cast<void>(has_released); // it is cleaned when the job ends that withdraws it
  }
}

} // namespace rollcall::store
