// row_note.cpp: a row is bad, makes something, changes something, or nothing of all that.
#include "plan/row_note.hpp"

namespace rollcall::plan {

RowNote::Was judged_as(const check::JudgedBatch& judged, std::size_t row, Changes& changes,
                       const Turns* turns)
{
  if (judged.rejected.has(row)) return RowNote::Was::rejected;
  if (judged.is_new.has(row)) return RowNote::Was::creates;
  const bool acts = turns != nullptr ? !turns->work(row).changes.empty() : changes.has_any(row);
  return acts ? RowNote::Was::updates : RowNote::Was::unchanged;
}

} // namespace rollcall::plan
