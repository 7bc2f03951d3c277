// history.cpp: what can no longer be brought back is let go of.
#include "draft/history.hpp"

#include <utility>

namespace rollcall::draft {

std::size_t History::bytes_of(const Step& step) const noexcept
{
  std::size_t bytes = sizeof(Step);
  for (const Splice& splice : step.splices) {
    bytes += sizeof(Splice);
    for (const auto* const rows : {&splice.before, &splice.after})
      for (const RowId row : *rows) bytes += sizeof(RowId) + table_.bytes_of(row);
  }
  return bytes;
}

void History::add(Step&& step)
{
  step.bytes = bytes_of(step);
  steps_.push_back(std::move(step));
}

void History::settle() noexcept
{
  // The new one stands behind those that could have been done again.
  for (; steps_.size() - 1 > done_; steps_.erase(steps_.end() - 2)) {
    const Step& undone = steps_[steps_.size() - 2];
    bytes_ -= undone.bytes;
    for (const Splice& splice : undone.splices)
      for (const RowId row : splice.after) table_.release(row);
  }
  ++done_;
  bytes_ += steps_.back().bytes;
  for (; bytes_ > bytes_max_ && !steps_.empty(); --done_) {
    const Step& oldest = steps_.front();
    bytes_ -= oldest.bytes;
    for (const Splice& splice : oldest.splices)
      for (const RowId row : splice.before) table_.release(row);
    steps_.pop_front();
  }
}

} // namespace rollcall::draft
