// row_note.hpp: what is kept of a row that was judged, when its batch is gone.
#ifndef ROLLCALL_PLAN_ROW_NOTE_HPP
#define ROLLCALL_PLAN_ROW_NOTE_HPP

#include <cstddef>
#include <cstdint>

#include "check/judged_batch.hpp"
#include "plan/changes.hpp"
#include "plan/turns.hpp"

namespace rollcall::plan {

struct RowNote {
  enum class Was : std::uint8_t { creates, updates, unchanged, rejected };
  Was was = Was::unchanged;
  bool is_said = false; // there are findings
};

// What a row of the batch that was judged would do by itself; `turns` of rows that act in turn,
// else null.
[[nodiscard]] RowNote::Was judged_as(const check::JudgedBatch& judged, std::size_t row,
                                     Changes& changes, const Turns* turns);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_ROW_NOTE_HPP
