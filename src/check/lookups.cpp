// lookups.cpp: keys of all rows, one question, answers back to their rows.
#include "check/lookups.hpp"

namespace rollcall::check {

Lookups::Lookups(const schema::CompiledSchema& schema, KnownObjects& known,
                 std::pmr::memory_resource& memory)
    : schema_{schema}, known_{known}, keys_{&memory}, places_{&memory}, answers_{&memory}
{
  for (std::size_t i = 0; i != schema.book().lookups().size(); ++i) {
    objects_.emplace_back(&memory);
    done_.emplace_back(&memory);
  }
}

void Lookups::start(std::size_t rows)
{
  rows_ = rows;
  for (auto& objects : objects_) objects.clear();
  for (RowMask& done : done_) done.assign(rows, false);
}

Result<void> Lookups::run(std::span<const std::uint16_t> which, const expr::Frame& frame,
                          expr::Evaluator& evaluator, const RowMask& rows)
{
  for (const std::uint16_t one : which) ROLLCALL_CHECK(run(one, frame, evaluator, rows));
  return success();
}

Result<void> Lookups::run(std::uint16_t which, const expr::Frame& frame, expr::Evaluator& evaluator,
                          const RowMask& rows)
{
  const expr::Lookup& lookup = schema_.book().lookups()[which];
  auto& objects = objects_[which];
  if (objects.empty()) objects.assign(rows_, nullptr);
  keys_.clear();
  places_.clear();
  rows.for_each([&](std::size_t row) {
    if (done_[which].has(row)) return;
    done_[which].set(row);
    const expr::Value key = evaluator.value(lookup.key, frame, row);
    if (key.what != expr::What::text) return;
    keys_.push_back(key.text);
    places_.push_back(row);
  });
  if (!keys_.empty()) {
    answers_.assign(keys_.size(), nullptr);
    ROLLCALL_CHECK(known_.find({lookup.kind, lookup.field}, keys_, answers_));
    for (std::size_t i = 0; i != keys_.size(); ++i) objects[places_[i]] = answers_[i];
  }
  evaluator.forget();
  return success();
}

} // namespace rollcall::check
