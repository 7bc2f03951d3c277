// secrets.cpp: where secrets are written, and how they go. Rows are added behind the last one, for
// which SQLite copies none to another page, and what is deleted is overwritten (secure_delete).
#include "store/secrets.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/cleaning.hpp"

namespace rollcall::store {

Result<void> Secrets::put(JobId job, const MadeSecret& secret, bool is_settled)
{
  ROLLCALL_TRY(Statement insert,
               database_->prepare("INSERT INTO secret (job, is_settled, is_shown, waiting, "
                                  "operation, change, field, kind, key, row, line, value) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(job).bind(std::int64_t{is_settled}).bind(std::int64_t{secret.is_shown});
  insert.bind(std::int64_t{secret.waiting}).bind(secret.operation);
  insert.bind(std::int64_t{secret.change}).bind(secret.field).bind(secret.kind).bind(secret.key);
  return insert.bind(secret.row).bind(secret.line).bind(secret.value).run();
}

Result<void> Secrets::hold(JobId job, std::span<const MadeSecret> secrets)
{
  ROLLCALL_TRY(Statement former, database_->prepare("DELETE FROM secret WHERE job = ? AND "
                                                    "operation = ? AND is_settled = 0"));
  std::string_view last;
  for (const MadeSecret& secret : secrets) {
    if (secret.operation != last) {
      ROLLCALL_CHECK(former.bind(job).bind(secret.operation).run());
      has_dropped_ = has_dropped_ || database_->changes() != 0;
    }
    last = secret.operation;
    ROLLCALL_CHECK(put(job, secret, false));
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
  for (const MadeSecret& secret : group.secrets) {
    ROLLCALL_CHECK(put(job, secret, true));
    made_ += secret.is_shown ? 1U : 0U;
  }
  return success();
}

// Those that were kept before the host was given the group: now it is known whether they are of
// any use, and which key the object has.
Result<void> Secrets::settle_held(JobId job, const Settled& group)
{
  if (group.fate != Fate::applied && group.fate != Fate::unknown) {
    ROLLCALL_TRY(Statement drop, database_->prepare("DELETE FROM secret WHERE job = ? AND "
                                                    "operation = ? AND is_settled = 0"));
    ROLLCALL_CHECK(drop.bind(job).bind(group.operation).run());
    has_dropped_ = has_dropped_ || database_->changes() != 0;
    return success();
  }
  ROLLCALL_TRY(Statement shown,
               database_->prepare("SELECT count(*) FROM secret WHERE job = ? AND operation = ? AND "
                                  "is_settled = 0 AND is_shown = 1"));
  ROLLCALL_TRY(const bool is_there, shown.bind(job).bind(group.operation).step());
  if (is_there) made_ += shown.natural(0);
  shown.reset();
  ROLLCALL_TRY(Statement key, database_->prepare("UPDATE secret SET key = ? WHERE job = ? AND "
                                                 "operation = ? AND change = ? AND key != ?1"));
  for (std::size_t change = 0; change != group.changes.size(); ++change) {
    key.bind(group.changes[change].key).bind(job).bind(group.operation);
    ROLLCALL_CHECK(key.bind(static_cast<std::int64_t>(change)).run());
  }
  ROLLCALL_TRY(Statement keep, database_->prepare("UPDATE secret SET is_settled = 1 WHERE job = ? "
                                                  "AND operation = ? AND is_settled = 0"));
  return keep.bind(job).bind(group.operation).run();
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

// Ids are sorted, and no values: what does not fit into memory is sorted in a file.
Result<std::uint64_t> Secrets::show(JobId job, SecretTaker& taker)
{
  ROLLCALL_TRY(Statement ids,
               database_->prepare("SELECT id FROM secret WHERE job = ? AND is_settled = 1 AND "
                                  "is_shown = 1 ORDER BY row, id"));
  ROLLCALL_TRY(Statement row,
               database_->prepare("SELECT operation, change, field, kind, key, row, line, value "
                                  "FROM secret WHERE id = ?"));
  ids.bind(job);
  for (std::uint64_t count = 0;; ++count) {
    ROLLCALL_TRY(const bool is_more, ids.step());
    if (!is_more) return count;
    ROLLCALL_TRY(const bool is_there, row.bind(ids.integer(0)).step());
    if (!is_there) return Error{ErrorCode::corrupt, "a secret is found by its job, but not itself"};
    ROLLCALL_CHECK(taker.secret({.operation = row.text(0),
                                 .change = static_cast<std::uint32_t>(row.natural(1)),
                                 .row = row.natural(5),
                                 .line = row.natural(6),
                                 .kind = row.text(3),
                                 .key = row.text(4),
                                 .field = row.text(2),
                                 .value = row.text(7)}));
    row.reset();
  }
}

// They are kept elsewhere before they go here: who dies in between finds them again.
Result<std::uint64_t> Secrets::take(JobId job, SecretTaker& taker)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(const std::uint64_t count, show(job, taker));
  if (count == 0) return count;
  ROLLCALL_CHECK(taker.keep());
  ROLLCALL_TRY(Statement gone, database_->prepare("DELETE FROM secret WHERE job = ? AND "
                                                  "is_settled = 1 AND is_shown = 1 AND "
                                                  "waiting = 0"));
  ROLLCALL_CHECK(gone.bind(job).run());
  ROLLCALL_TRY(Statement hidden, database_->prepare("UPDATE secret SET is_shown = 0 WHERE job = ? "
                                                    "AND is_settled = 1 AND is_shown = 1"));
  ROLLCALL_CHECK(hidden.bind(job).run());
  ROLLCALL_TRY(Statement when, database_->prepare("UPDATE job SET secrets_ms = ? WHERE id = ?"));
  ROLLCALL_CHECK(when.bind(clock_->now_ms()).bind(job).run());
  ROLLCALL_CHECK(note_cleaning(*database_, Cleaning::log));
  ROLLCALL_CHECK(transaction.commit());
  ROLLCALL_CHECK(clean_if_free(*database_));
  return count;
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

// {operation}/{change}/{field}. It was read some time ago: meanwhile somebody may have done it, or
// undone its row.
Result<std::optional<std::string>> Secrets::find(const WaitingEffect& effect,
                                                 std::string_view handle)
{
  std::optional<std::string> found;
  if (!handle.starts_with(effect.operation)) return found;
  handle.remove_prefix(effect.operation.size());
  const std::size_t slash = handle.find('/', 1);
  if (!handle.starts_with('/') || slash == handle.npos) return found;
  std::int64_t change = 0;
  const auto read = std::from_chars(handle.data() + 1, handle.data() + slash, change);
  if (read.ec != std::errc{} || read.ptr != handle.data() + slash) return found;
  if (effect.id != 0) {
    ROLLCALL_TRY(const bool is_waiting, waits(effect.id));
    if (!is_waiting) return found;
  }
  ROLLCALL_TRY(Statement row, database_->prepare("SELECT value FROM secret WHERE job = ? AND "
                                                 "operation = ? AND change = ? AND field = ? AND "
                                                 "is_settled = 1 AND waiting != 0"));
  row.bind(effect.job).bind(effect.operation).bind(change).bind(handle.substr(slash + 1));
  ROLLCALL_TRY(const bool is_there, row.step());
  if (is_there) found.emplace(row.text(0));
  return found;
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
  ROLLCALL_TRY(
      Statement needed,
      database_->prepare(
          "UPDATE secret SET waiting = waiting - 1 WHERE waiting != 0 AND id IN ("
          "SELECT s.id FROM outbox o, json_each(o.fields, '$.secrets') h "
          "JOIN secret s ON s.job = o.job AND s.operation = o.operation "
          "WHERE o.id = ? AND h.value = s.operation || '/' || s.change || '/' || s.field)"));
  ROLLCALL_CHECK(needed.bind(effect).run());
  if (database_->changes() == 0) return false;
  ROLLCALL_TRY(Statement gone, database_->prepare("DELETE FROM secret WHERE waiting = 0 AND "
                                                  "is_shown = 0 AND is_settled = 1 AND job = "
                                                  "(SELECT job FROM outbox WHERE id = ?)"));
  ROLLCALL_CHECK(gone.bind(effect).run());
  ROLLCALL_CHECK(note_cleaning(*database_, Cleaning::log));
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
