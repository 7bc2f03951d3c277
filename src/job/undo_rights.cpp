// undo_rights.cpp: what a row has made is judged as it was made; what it has changed, as it is now,
// with the changed fields as they were left, and as they were.
#include "job/undo_rights.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "apply/planned_group.hpp"
#include "plan/inverse.hpp"

namespace rollcall::job {
namespace {

using check::Known;
using plan::PlanRow;
using Values = std::vector<std::optional<std::string_view>>;

constexpr std::size_t batch_rows = 256;

} // namespace

bool UndoRights::is_update(const Change& change) const noexcept
{
  return change.kind == schema_.own_kind() && change.op == Op::update;
}

Result<void> UndoRights::look_at(const PlanRow& done)
{
  pending_.push_back(apply::keep_row(done, texts_));
  return pending_.size() == batch_rows ? judge_pending() : success();
}

Result<void> UndoRights::end()
{
  return judge_pending();
}

Result<void> UndoRights::judge_pending()
{
  std::vector<const Known*> objects;
  ROLLCALL_CHECK(find(pending_, objects));
  Objects left{objects};
  for (const PlanRow& row : pending_) {
    ROLLCALL_TRY(std::vector<Finding> broken, judge(row, left));
    if (broken.empty()) continue;
    const std::uint64_t number = row.result.number;
    if (is_refused_.size() < number) is_refused_.resize(number, false);
    is_refused_[number - 1] = true;
    if (row.group != 0)
      fallen_.try_emplace(row.group, Fallen{row.result.line, std::move(broken.front())});
  }
  pending_.clear();
  texts_.release();
  return success();
}

Result<void> UndoRights::find(std::span<const PlanRow> rows, std::vector<const Known*>& objects)
{
  std::vector<std::string_view> keys;
  for (const PlanRow& row : rows)
    for (const Change& change : row.result.changes)
      if (is_update(change)) keys.push_back(change.key.value_or(std::string_view{}));
  objects.assign(keys.size(), nullptr);
  if (keys.empty()) return success();
  return known_.find({schema_.own_kind(), expr::key_field}, keys, objects, texts_);
}

Result<std::vector<Finding>> UndoRights::judge(const PlanRow& done, Objects& objects)
{
  std::vector<Finding> broken;
  for (const Change& change : done.result.changes) {
    if (change.kind != schema_.own_kind()) continue;
    const Known* object = nullptr;
    if (is_update(change)) {
      object = objects.front();
      objects = objects.subspan(1);
      if (object == nullptr) continue; // it is not as the job left it: that is said elsewhere
    }
    ROLLCALL_CHECK(judge(change, object, broken));
  }
  return broken;
}

Result<void> UndoRights::judge(const Change& done, const Known* object, std::vector<Finding>& into)
{
  Values left(schema_.kinds[done.kind].fields.size());
  if (object != nullptr) left.assign(object->fields.begin(), object->fields.end());
  Values before = left;
  for (const FieldChange& field : done.fields) {
    left[field.field] = plan::left_by(field);
    before[field.field] = field.before;
  }
  const std::string_view key = done.key.value_or(std::string_view{});
  const Known had{.key = key, .fields = before};
  const Known has{.key = key, .fields = left};
  if (done.op == Op::create) return add(has, nullptr, into);
  if (done.op == Op::delete_) return add(had, nullptr, into);
  ROLLCALL_CHECK(add(has, &had, into));
  return add(had, &has, into);
}

// Of each rule once, as in a row.
Result<void> UndoRights::add(const Known& wanted, const Known* had, std::vector<Finding>& into)
{
  ROLLCALL_TRY(std::vector<Finding> broken, authority_.judge(wanted, had));
  for (Finding& each : broken) {
    const bool is_said = std::any_of(into.begin(), into.end(), [&](const Finding& said) {
      return slug(said) == slug(each) && said.column == each.column;
    });
    if (!is_said) into.push_back(std::move(each));
  }
  return success();
}

Result<std::vector<Finding>> UndoRights::refusing(const PlanRow& done)
{
  const std::uint64_t number = done.result.number;
  const auto fallen = done.group == 0 ? fallen_.end() : fallen_.find(done.group);
  const bool is_refused = number <= is_refused_.size() && is_refused_[number - 1];
  if (!is_refused && fallen == fallen_.end()) return std::vector<Finding>{};
  if (is_refused) {
    std::vector<const Known*> objects;
    ROLLCALL_CHECK(find({&done, 1}, objects));
    Objects left{objects};
    ROLLCALL_TRY(std::vector<Finding> broken, judge(done, left));
    texts_.release();
    if (!broken.empty() || fallen == fallen_.end()) return broken;
  }
  Finding made = fallen->second.why;
  made.says = "it goes together with line " + std::to_string(fallen->second.line) + ": " +
              render_message(fallen->second.why);
  made.column.clear();
  made.value.clear();
  return std::vector{std::move(made)};
}

} // namespace rollcall::job
