// secrets_undone.cpp: what becomes of secrets when the row that made them is undone.
#include <algorithm>
#include <utility>

#include "json/document.hpp"
#include "store/cleaning.hpp"
#include "store/secrets.hpp"

namespace rollcall::store {
namespace {

// A change of an undo that names a secret takes it away: it never gives one.
Result<bool> takes_away(const Audited& change, const MadeSecret& secret)
{
  if (change.kind != secret.kind || change.key != secret.key) return false;
  if (change.op == Op::delete_) return true;
  if (change.op == Op::create) return false;
  json::Document fields{{.bytes_max = change.fields.size() + 1}};
  ROLLCALL_CHECK(fields.read(change.fields));
  return static_cast<bool>(fields.root().find(secret.field));
}

} // namespace

// They have no index by row, which every row of every import would pay for; so an undo looks once
// where they all are.
Result<void> Secrets::find_places(JobId job)
{
  ROLLCALL_CHECK(count_taken_back());
  undone_ = 0;
  places_.clear();
  ROLLCALL_TRY(Statement all, database_->prepare("SELECT row, id FROM made_secrets WHERE job = ? "
                                                 "AND is_blank = 0"));
  all.bind(job);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, all.step());
    if (!is_there) break;
    places_.push_back({all.natural(0), all.natural(1)});
  }
  std::sort(places_.begin(), places_.end(), [](const Place& left, const Place& right) {
    return left.row != right.row ? left.row < right.row : left.id < right.id;
  });
  undone_ = job;
  return success();
}

Result<void> Secrets::count_taken_back()
{
  const std::uint64_t count = std::exchange(taken_back_, 0);
  if (count == 0) return success();
  ROLLCALL_TRY(Statement update, database_->prepare("UPDATE job SET secrets_left = secrets_left - "
                                                    "? WHERE id = ?"));
  return update.bind(count).bind(undone_).run();
}

Result<void> Secrets::take_back(const Settled& undo)
{
  if (undo.takes_back.empty()) return success();
  if (undo.takes_back_of != undone_) ROLLCALL_CHECK(find_places(undo.takes_back_of));
  for (const std::uint64_t row : undo.takes_back) {
    auto place =
        std::lower_bound(places_.begin(), places_.end(), row,
                         [](const Place& each, std::uint64_t of) { return each.row < of; });
    for (; place != places_.end() && place->row == row; ++place)
      ROLLCALL_CHECK(take_back(place->id, undo));
  }
  return success();
}

Result<void> Secrets::take_back(std::uint64_t id, const Settled& undo)
{
  ROLLCALL_TRY(Statement row,
               database_->prepare("SELECT secrets FROM made_secrets WHERE id = ? AND job = ? "
                                  "AND is_blank = 0"));
  ROLLCALL_TRY(const bool is_there, row.bind(id).bind(undo.takes_back_of).step());
  if (!is_there) return success(); // somebody has fetched them
  ROLLCALL_TRY(std::vector<MadeSecret> list, lists_.read(row.text(0)));
  row.reset();
  bool has_any = false;
  for (MadeSecret& each : list)
    for (const Audited& change : undo.changes) {
      ROLLCALL_TRY(const bool goes, takes_away(change, each));
      has_any = has_any || goes;
      if (goes && std::exchange(each.is_shown, false)) ++taken_back_;
    }
  if (!has_any) return success();
  // (An effect that still waits for one is about something that stays.)
  std::erase_if(list, [](const MadeSecret& each) { return !each.is_shown && each.waiting == 0; });
  has_dropped_ = true; // it is cleaned when the job ends that takes them back
  return put_anew(id, list);
}

} // namespace rollcall::store
