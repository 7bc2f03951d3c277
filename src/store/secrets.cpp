// secrets.cpp: where secrets are written, and how they go. When SQLite makes room in a page, or has
// too much of it, it copies rows to another one, and what is left of them where they stood nobody
// clears away. So rows are added behind the last one, for which none is copied, and what goes is
// written over in its place, with as many bytes: it is blank, and stays until none is needed any
// more, or the file is written anew.
// Columns beside the list of a row say what it comes to, so that few lists are read.
#include "store/secrets.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "store/cleaning.hpp"

// Of as many bytes as it was.
#define ROLLCALL_BLANK                                                                   \
  "UPDATE made_secrets SET is_settled = 1, is_shown = 0, is_waiting = 0, is_blank = 1, " \
  "secrets = '[]' || printf('%*s', length(CAST(secrets AS BLOB)) - 2, '') WHERE "

#define ROLLCALL_SECRETS                                                       \
  "made_secrets (job, is_settled, is_shown, is_waiting, is_blank, operation, " \
  "row, line, secrets)"

namespace rollcall::store {
namespace {

constexpr ManyRows::Sql insert_secrets = {
    8, ROLLCALL_INSERT(ROLLCALL_SECRETS, "(?, ?, ?, ?, 0, ?, ?, ?, ?)")};

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

// As columns have it: 0 and 1 are of one size.
std::int64_t is_any_shown(std::span<const MadeSecret> secrets)
{
  return std::any_of(secrets.begin(), secrets.end(), std::mem_fn(&MadeSecret::is_shown)) ? 1 : 0;
}

std::int64_t is_any_waiting(std::span<const MadeSecret> secrets)
{
  return std::any_of(secrets.begin(), secrets.end(),
                     [](const MadeSecret& each) { return each.waiting != 0; })
             ? 1
             : 0;
}

// Of a group of which nobody knows whether it was applied there are no effects.
std::vector<MadeSecret> without_effects(std::span<const MadeSecret> secrets)
{
  std::vector<MadeSecret> some;
  for (const MadeSecret& secret : secrets) {
    if (!secret.is_shown) continue;
    some.push_back(secret);
    some.back().waiting = 0;
  }
  return some;
}

// A key that the host is yet to say takes so many bytes, most often.
constexpr std::size_t key_bytes = 20;

} // namespace

Secrets::Secrets(Database& database, Clock& clock)
    : database_{&database}, clock_{&clock}, new_ones_{insert_secrets, memory_}
{
}

Result<void> Secrets::put(JobId job, std::span<const MadeSecret> list, bool is_settled)
{
  const std::size_t room = is_settled ? 0 : list.size() * key_bytes;
  ROLLCALL_TRY(const std::string_view text, lists_.write(list, room));
  const MadeSecret& first = list.front();
  new_ones_.put(job).put(std::int64_t{is_settled}).put(is_any_shown(list));
  new_ones_.put(is_any_waiting(list)).put(first.operation).put(first.row).put(first.line);
  return new_ones_.put(text).end_row(*database_);
}

Result<void> Secrets::put_anew(std::uint64_t id, std::span<const MadeSecret> list)
{
  ROLLCALL_TRY(const std::string_view text, lists_.write(list));
  ROLLCALL_TRY(
      Statement update,
      database_->prepare("UPDATE made_secrets SET is_settled = 1, is_shown = ?1, is_waiting = ?2, "
                         "is_blank = ?3, secrets = ?4 || printf('%*s', "
                         "length(CAST(secrets AS BLOB)) - ?5, '') "
                         "WHERE id = ?6 AND length(CAST(secrets AS BLOB)) >= ?5"));
  update.bind(is_any_shown(list)).bind(is_any_waiting(list));
  update.bind(std::int64_t{list.empty()}).bind(text).bind(std::uint64_t{text.size()});
  ROLLCALL_CHECK(update.bind(id).run());
  if (database_->changes() != 0) return success();
  ROLLCALL_TRY(Statement behind,
               database_->prepare("INSERT INTO " ROLLCALL_SECRETS
                                  " SELECT job, 1, ?, ?, 0, operation, row, line, ? "
                                  "FROM made_secrets WHERE id = ?"));
  behind.bind(is_any_shown(list)).bind(is_any_waiting(list)).bind(text);
  ROLLCALL_CHECK(behind.bind(id).run());
  return put_anew(id, {});
}

// Pages of which nothing is left are overwritten as a whole.
Result<void> Secrets::remove_if_none_left()
{
  ROLLCALL_TRY(Statement any, database_->prepare("SELECT 1 FROM made_secrets INDEXED BY "
                                                 "made_secrets_of_job WHERE is_blank = 0 LIMIT 1"));
  ROLLCALL_TRY(const bool is_any, any.step());
  any.reset();
  return is_any ? success() : database_->run("DELETE FROM made_secrets");
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
  ROLLCALL_TRY(Statement drop, database_->prepare(ROLLCALL_BLANK "job = ? AND operation = ? AND "
                                                                 "is_blank = 0 AND "
                                                                 "is_settled = 0"));
  ROLLCALL_CHECK(drop.bind(job).bind(operation).run());
  has_dropped_ = has_dropped_ || database_->changes() != 0;
  return success();
}

Result<void> Secrets::hold(JobId job, std::span<const MadeSecret> secrets)
{
  std::string_view last;
  for (const MadeSecret& each : secrets)
    if (std::exchange(last, each.operation) != each.operation)
      ROLLCALL_CHECK(drop_held(job, each.operation));
  while (!secrets.empty()) {
    const std::span<const MadeSecret> list = first_list(secrets);
    secrets = secrets.subspan(list.size());
    ROLLCALL_CHECK(put(job, list, false));
  }
  ROLLCALL_CHECK(new_ones_.flush(*database_));
  return note_dropped();
}

Result<void> Secrets::note_dropped()
{
  if (!std::exchange(has_dropped_, false)) return success();
  ROLLCALL_CHECK(remove_if_none_left());
  return note_cleaning(*database_, Cleaning::log);
}

Result<void> Secrets::settle(JobId job, const Settled& group, bool may_be_held)
{
  if (may_be_held && !group.operation.empty()) ROLLCALL_CHECK(settle_held(job, group));
  const bool is_kept = group.fate == Fate::applied || group.fate == Fate::unknown;
  if (!is_kept) return success();
  for (std::span<const MadeSecret> secrets = group.secrets; !secrets.empty();) {
    std::span<const MadeSecret> list = first_list(secrets);
    secrets = secrets.subspan(list.size());
    std::vector<MadeSecret> known;
    if (group.fate == Fate::unknown) list = known = without_effects(list);
    if (list.empty()) continue;
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
                                  "is_blank = 0 AND is_settled = 0 LIMIT 1"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, held.bind(job).bind(group.operation).step());
    if (!is_there) return success();
    const std::uint64_t id = held.natural(0);
    held.reset();
    ROLLCALL_TRY(std::vector<MadeSecret> list, list_of(id));
    for (MadeSecret& each : list)
      if (each.change < group.changes.size()) each.key = group.changes[each.change].key;
    const std::size_t were_held = list.size();
    if (group.fate == Fate::unknown) list = without_effects(list);
    has_dropped_ = has_dropped_ || list.size() != were_held;
    ROLLCALL_CHECK(put_anew(id, list));
    made_ += shown(list);
  }
}

Result<void> Secrets::count_made(JobId job)
{
  ROLLCALL_CHECK(new_ones_.flush(*database_));
  ROLLCALL_CHECK(note_dropped());
  ROLLCALL_CHECK(count_taken_back());
  const std::uint64_t made = std::exchange(made_, 0);
  if (made == 0) return success();
  ROLLCALL_TRY(Statement count, database_->prepare("UPDATE job SET secrets_made = secrets_made + "
                                                   "?1, secrets_left = secrets_left + ?1 "
                                                   "WHERE id = ?2"));
  return count.bind(made).bind(job).run();
}

// ---- Fetching -----------------------------------------------------------------------------------

// Sorted are the places alone: what does not fit into memory goes to a file of its own.
Result<std::uint64_t> Secrets::show(JobId job, SecretTaker& taker)
{
  ROLLCALL_TRY(Statement places,
               database_->prepare("SELECT id, operation, row, line FROM made_secrets WHERE job = ? "
                                  "AND is_blank = 0 AND is_settled = 1 AND is_shown = 1 "
                                  "ORDER BY row, id"));
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
  ROLLCALL_CHECK(drop_shown(job));
  ROLLCALL_TRY(Statement when, database_->prepare("UPDATE job SET secrets_ms = ?, "
                                                  "secrets_left = 0 WHERE id = ?"));
  ROLLCALL_CHECK(when.bind(clock_->now_ms()).bind(job).run());
  ROLLCALL_CHECK(note_cleaning(*database_, Cleaning::log));
  ROLLCALL_CHECK(transaction.commit());
  ROLLCALL_CHECK(clean_if_free(*database_));
  return count;
}

// Where no others are there they need not be blanked one by one first.
Result<void> Secrets::drop_shown(JobId job)
{
  ROLLCALL_TRY(Statement others,
               database_->prepare("SELECT 1 FROM made_secrets WHERE is_blank = 0 AND NOT (job = ? "
                                  "AND is_settled = 1 AND is_shown = 1 AND is_waiting = 0) "
                                  "LIMIT 1"));
  ROLLCALL_TRY(const bool are_there, others.bind(job).step());
  others.reset();
  return are_there ? hide(job) : database_->run("DELETE FROM made_secrets");
}

// Those that effects need stay, and are not shown. Which these are is read before the first of them
// is changed: a job may have a million.
Result<void> Secrets::hide(JobId job)
{
  ROLLCALL_TRY(Statement gone, database_->prepare(ROLLCALL_BLANK "job = ? AND is_blank = 0 AND "
                                                                 "is_settled = 1 AND "
                                                                 "is_shown = 1 AND "
                                                                 "is_waiting = 0"));
  ROLLCALL_CHECK(gone.bind(job).run());
  std::vector<std::uint64_t> shown_ones;
  ROLLCALL_TRY(Statement ids, database_->prepare("SELECT id FROM made_secrets WHERE job = ? AND "
                                                 "is_blank = 0 AND is_settled = 1 AND "
                                                 "is_shown = 1"));
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

} // namespace rollcall::store
