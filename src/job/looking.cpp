// looking.cpp: reads a plan to its end, and asks for its groups a batch at a time.
#include "job/looking.hpp"

#include <map>
#include <utility>

namespace rollcall::job {

namespace {

constexpr std::uint64_t rows_between_questions = 1024;

bool sets_secret_of_file(const plan::PlanRow& row)
{
  for (const Change& change : row.result.changes)
    for (const FieldChange& field : change.fields)
      if (field.secret == SecretFrom::column) return true;
  return false;
}

} // namespace

Looking::Looking(const Carrying& carrying, const check::Facts& facts)
    : watcher_{carrying.watcher},
      store_{carrying.kept.store()},
      job_{carrying.kept.id()},
      row_texts_{carrying.seams.memory},
      texts_{carrying.seams.memory},
      preconditions_{carrying.schema, facts, carrying.directory, carrying.key,
                     *carrying.seams.memory}
{
  preconditions_.foresee();
}

Result<void> Looking::look(plan::PlanReader& plan, bool asks)
{
  if (const auto& undoes = plan.header().undoes) preconditions_.undoes(store_, undoes->job, job_);
  plan.hold_values();
  std::map<plan::RowNumber, apply::PlannedGroup> open;
  for (plan::PlanRow row;;) {
    row_texts_.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, row_texts_));
    if (!is_row) break;
    if (row.result.number % rows_between_questions == 0)
      ROLLCALL_CHECK(job::ask(watcher_, {.id = job_,
                                         .step = JobStep::looks,
                                         .rows = row.result.number,
                                         .groups = plan.groups()}));
    if (row.result.changes.empty() && row.result.effects.empty()) continue;
    needs_file_ = needs_file_ || sets_secret_of_file(row);
    apply::PlannedGroup group{.number = plan.groups()};
    if (row.group != 0) {
      auto& rows = open[row.group].rows;
      rows.push_back(apply::keep_row(row, texts_));
      if (!row.is_last) continue;
      group.rows = std::move(rows);
      open.erase(row.group);
    } else {
      group.rows.push_back(apply::keep_row(row, texts_));
    }
    ROLLCALL_CHECK(take(std::move(group), asks));
    if (pending_.empty() && open.empty()) texts_.release();
  }
  return ask();
}

Result<void> Looking::take(apply::PlannedGroup&& group, bool asks)
{
  if (!asks) return success();
  preconditions_.add(group);
  group.each_change([this](const Change& /*change*/) { ++changes_; });
  pending_.push_back(std::move(group));
  const bool is_full =
      pending_.size() == apply::batch_groups_max || changes_ >= apply::batch_changes_max;
  return is_full ? ask() : success();
}

Result<void> Looking::ask()
{
  ROLLCALL_CHECK(preconditions_.ask());
  for (const apply::PlannedGroup& group : pending_) {
    auto found = preconditions_.check(group);
    if (!found) continue;
    if (tells_) tells_(group, *found);
    if (stale_++ != 0) continue;
    first_ = std::move(found);
    first_line_ = group.rows.front().result.line;
  }
  preconditions_.clear();
  pending_.clear();
  changes_ = 0;
  return success();
}

Result<std::optional<std::uint64_t>> find_missing_secret(plan::PlanReader& plan,
                                                         apply::ColumnSecrets& from_file,
                                                         std::pmr::memory_resource* memory)
{
  std::pmr::monotonic_buffer_resource texts{memory};
  for (plan::PlanRow row;;) {
    texts.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, texts));
    if (!is_row) return std::optional<std::uint64_t>{};
    for (const Change& change : row.result.changes)
      for (const FieldChange& field : change.fields) {
        if (field.secret != SecretFrom::column) continue;
        auto secret = from_file.find(row.result.number, {change.kind, field.field});
        if (secret.has_value()) continue;
        if (secret.assume_error().code() == ErrorCode::corrupt)
          return std::optional{row.result.line};
        return std::move(secret).assume_error();
      }
  }
}

} // namespace rollcall::job
