// judged_batch.cpp: room for a batch, and its reuse.
#include "check/judged_batch.hpp"

#include <memory>

#include "check/known_objects.hpp"

namespace rollcall::check {

JudgedBatch::JudgedBatch(std::pmr::memory_resource* memory)
    : looked_at{memory},
      now{memory},
      rejected{memory},
      is_new{memory},
      is_update{memory},
      is_unknown{memory},
      found{memory},
      texts_{memory},
      cells_{memory},
      good_{memory},
      bad_{memory},
      needed_{memory},
      known_{memory},
      object_of_{memory},
      memory_{memory}
{
}

void JudgedBatch::start(std::size_t rows, std::size_t columns)
{
  rows_ = rows;
  texts_.release();
  cells_.resize(rows * columns);
  while (good_.size() < columns) {
    good_.emplace_back(memory_);
    bad_.emplace_back(memory_);
    needed_.emplace_back(memory_);
  }
  for (std::size_t column = 0; column != columns; ++column) {
    good_[column].assign(rows, false);
    bad_[column].assign(rows, false);
    needed_[column].assign(rows, false);
  }
  for (RowMask* const mask : {&looked_at, &now, &rejected, &is_new, &is_update, &is_unknown})
    mask->assign(rows, false);
  known_.clear();
  object_of_.assign(rows, nothing_known);
  found.clear();
  readings.clear();
}

void JudgedBatch::set_object(std::size_t row, const Known& known)
{
  object_of_[row] = static_cast<std::uint32_t>(known_.size());
  known_.push_back(known);
}

std::string_view JudgedBatch::keep(std::string_view text)
{
  return KnownObjects::keep(text, texts_);
}

std::span<std::optional<std::string_view>> JudgedBatch::make_fields(std::size_t count)
{
  if (count == 0) return {};
  std::pmr::polymorphic_allocator<std::optional<std::string_view>> allocator{&texts_};
  auto* const at = allocator.allocate(count);
  std::uninitialized_default_construct_n(at, count);
  return {at, count};
}

} // namespace rollcall::check
