// lookups.cpp: keys of all rows, one question, answers back to their rows.
#include "check/lookups.hpp"

namespace rollcall::check {

Lookups::Lookups(const schema::CompiledSchema& schema, KnownObjects& known,
                 std::pmr::memory_resource& memory)
    : schema_{schema},
      known_{known},
      keys_{&memory},
      places_{&memory},
      answers_{&memory},
      of_numbers_{&memory},
      of_range_{&memory}
{
  for (std::size_t i = 0; i != schema.book().lookups().size(); ++i) {
    objects_.emplace_back(&memory);
    done_.emplace_back(&memory);
  }
}

void Lookups::start(std::size_t rows)
{
  rows_ = rows;
  ranged_row_ = no_row;
  of_cells_.clear();
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

Result<void> Lookups::run_numbers(std::span<const std::uint16_t> which, const expr::Frame& frame,
                                  expr::Evaluator& evaluator, std::size_t row, std::size_t count,
                                  const std::function<void(std::size_t)>& show)
{
  show_cells();
  ranged_row_ = row;
  ranged_ = which;
  of_numbers_.assign(which.size() * count, nullptr);
  of_range_.release();
  for (std::size_t w = 0; w != which.size(); ++w) {
    const expr::Lookup& lookup = schema_.book().lookups()[which[w]];
    keys_.clear();
    places_.clear();
    for (std::size_t i = 0; i != count; ++i) {
      show(i);
      show_number(row, i); // the key may hang on what was looked up before
      const expr::Value key = evaluator.value(lookup.key, frame, row);
      if (key.what == expr::What::text) {
        keys_.push_back(KnownObjects::keep(key.text, of_range_));
        places_.push_back(w * count + i);
      }
      evaluator.forget();
    }
    if (keys_.empty()) continue;
    answers_.assign(keys_.size(), nullptr);
    ROLLCALL_CHECK(known_.find({lookup.kind, lookup.field}, keys_, answers_, of_range_));
    for (std::size_t i = 0; i != keys_.size(); ++i) of_numbers_[places_[i]] = answers_[i];
  }
  return success();
}

void Lookups::show_number(std::size_t row, std::size_t index)
{
  const bool is_first = of_cells_.empty();
  const std::size_t count = ranged_.empty() ? 0 : of_numbers_.size() / ranged_.size();
  for (std::size_t w = 0; w != ranged_.size() && ranged_row_ == row; ++w) {
    auto& objects = objects_[ranged_[w]];
    if (objects.empty()) objects.assign(rows_, nullptr);
    if (is_first)
      of_cells_.push_back({.object = objects[row], .is_done = done_[ranged_[w]].has(row)});
    objects[row] = of_numbers_[w * count + index];
    done_[ranged_[w]].set(row);
  }
}

void Lookups::show_cells()
{
  for (std::size_t w = 0; w != of_cells_.size(); ++w) {
    objects_[ranged_[w]][ranged_row_] = of_cells_[w].object;
    if (!of_cells_[w].is_done) done_[ranged_[w]].clear(ranged_row_);
  }
  of_cells_.clear();
}

} // namespace rollcall::check
