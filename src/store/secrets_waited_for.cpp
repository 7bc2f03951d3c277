// secrets_waited_for.cpp: effects that wait, and the secrets that they need until they are done.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/secret_handle.hpp"
#include "store/cleaning.hpp"
#include "store/secrets.hpp"

namespace rollcall::store {

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
                                  "operation = ? AND is_blank = 0 AND is_settled = 1 AND "
                                  "is_waiting = 1"));
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
  ROLLCALL_CHECK(note_dropped());
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
                                  "m.operation = o.operation AND m.is_blank = 0 AND "
                                  "m.is_waiting = 1, "
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
  has_dropped_ = has_dropped_ || has_released;
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
