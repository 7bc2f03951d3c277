// remaining_rows.cpp: stretches of bytes, one for each run of rows that are wanted.
#include "job/remaining_rows.hpp"

#include <algorithm>
#include <limits>

namespace rollcall::job {
namespace {

constexpr std::uint64_t the_end = std::numeric_limits<std::uint64_t>::max();

} // namespace

Result<RemainingRows> RemainingRows::open(Source& file, const csv::Dialect& dialect,
                                          const Limits& limits, const Tries& tries,
                                          std::pmr::memory_resource& memory)
{
  RemainingRows made{file, memory};
  ROLLCALL_CHECK(file.rewind());
  ROLLCALL_TRY(
      auto reader,
      csv::Reader::open(
          file, {.dialect = dialect, .limits = limits, .memory = &memory, .digest = false}));
  reader.use_delimiter(dialect.separator());
  ROLLCALL_CHECK(made.find(reader, tries));
  ROLLCALL_CHECK(made.rewind());
  return made;
}

Result<void> RemainingRows::find(csv::Reader& reader, const Tries& tries)
{
  stretches_.push_back({.begin = 0, .end = the_end});
  ROLLCALL_TRY(bool more, reader.next()); // the header
  std::uint64_t seen = 0;
  while (more) {
    ROLLCALL_TRY(more, reader.next());
    if (!more) break;
    const csv::RowBatch& batch = reader.batch();
    csv::Lines lines{batch};
    for (std::size_t row = 0; row != batch.size(); ++row) {
      const std::uint64_t number = batch.number(row);
      seen = number;
      if (number == 0 || number > tries.rows().value_or(number)) break;
      const bool is_open = tries.is_open(number);
      if (is_open) first_.note(++rows_, tries.first_place(number, lines.of(row)));
      add(batch.byte(row), is_open);
    }
  }
  if (reader.refusal() || seen != tries.rows().value_or(seen))
    return Error{ErrorCode::corrupt, "the file is not the one that was planned"};
  return success();
}

// From this byte on, rows are wanted or not.
void RemainingRows::add(std::uint64_t begin, bool is_wanted)
{
  if (is_wanted == is_wanted_) return;
  is_wanted_ = is_wanted;
  if (is_wanted)
    stretches_.push_back({.begin = begin, .end = the_end});
  else
    stretches_.back().end = begin;
}

Result<std::size_t> RemainingRows::read(std::span<std::byte> into)
{
  while (!into.empty() && next_ != stretches_.size()) {
    const Stretch& stretch = stretches_[next_];
    if (at_ >= stretch.end) {
      ++next_;
      continue;
    }
    const bool is_within = at_ >= stretch.begin;
    const std::uint64_t left = (is_within ? stretch.end : stretch.begin) - at_;
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(left, into.size()));
    ROLLCALL_TRY(const std::size_t size, file_->read(into.first(most)));
    if (size == 0) break;
    at_ += size;
    if (is_within) return size; // what is not wanted is read over
  }
  return std::size_t{0};
}

Result<void> RemainingRows::rewind()
{
  next_ = 0;
  at_ = 0;
  return file_->rewind();
}

} // namespace rollcall::job
