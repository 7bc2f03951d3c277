// claim_index.cpp: open addressing in segments; a slot is looked for from where its hash would be
// if hashes were spread evenly over the slots, so a segment may have any size.
#include "plan/claim_index.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"

namespace rollcall::plan {
namespace {

constexpr std::size_t slots_min = 64;

// Three of four slots may be in use; then there will be a quarter more, so that there are never
// two slots a value, nor nearly so many while one segment of all is moved.
constexpr bool is_full(std::size_t used, std::size_t slots) noexcept
{
  return used * 4 >= slots * 3;
}

__extension__ using Wide = unsigned __int128; // both compilers have it, the standard does not

} // namespace

ClaimIndex::ClaimIndex(const SipKey& key, std::pmr::memory_resource& memory)
    : prints_{key}, memory_{&memory}, segments_(segment_count)
{
}

Fingerprint ClaimIndex::print(std::uint32_t space, std::string_view value)
{
  if (const auto plain = prints_.of_lower(space, value)) return *plain;
  return prints_.of(space, fold_for_comparing(value, folded_));
}

Fingerprint ClaimIndex::joined(const Fingerprint& a, const Fingerprint& b) noexcept
{
  constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;
  return {.low = a.low * odd + b.low, .high = (a.high ^ (b.high >> 7U | b.high << 57U)) * odd};
}

std::size_t ClaimIndex::place_of(std::uint64_t low, std::size_t slots) noexcept
{
  return static_cast<std::size_t>((Wide{low} * slots) >> 64U);
}

void ClaimIndex::expect(std::uint64_t values)
{
  const auto each = static_cast<std::size_t>(values / segment_count);
  // Segments are not quite alike, so each gets a little more than its share.
  const std::size_t slots = each + each / 2 + slots_min;
  for (Segment& segment : segments_)
    if (segment.slots.size() < slots) grow(segment, slots);
}

void ClaimIndex::grow(Segment& segment, std::size_t slots)
{
  LargeArray<Slot> made{slots, *memory_};
  for (const Slot& slot : segment.slots) {
    if (slot.row == 0) continue;
    std::size_t at = place_of(slot.low, slots);
    while (made[at].row != 0) at = at + 1 == slots ? 0 : at + 1;
    made[at] = slot;
  }
  segment.slots = std::move(made);
}

void ClaimIndex::prefetch(const Fingerprint& value) const noexcept
{
  const Segment& segment = segments_[segment_of(value)];
  if (segment.slots.size() != 0)
    __builtin_prefetch(segment.slots.data() + place_of(value.low, segment.slots.size()), 1);
}

RowNumber ClaimIndex::put(const Fingerprint& value, RowNumber row)
{
  Segment& segment = segments_[segment_of(value)];
  if (is_full(segment.used, segment.slots.size()))
    grow(segment, std::max(slots_min, segment.slots.size() + segment.slots.size() / 4));
  const auto high = static_cast<std::uint32_t>(value.high);
  std::size_t at = place_of(value.low, segment.slots.size());
  for (;;) {
    Slot& slot = segment.slots[at];
    if (slot.row == 0) {
      slot = {.low = value.low, .high = high, .row = row};
      ++segment.used;
      ++size_;
      return row;
    }
    if (slot.low == value.low && slot.high == high) return slot.row;
    if (++at == segment.slots.size()) at = 0;
  }
}

std::optional<RowNumber> ClaimIndex::find(const Fingerprint& value) const noexcept
{
  const Segment& segment = segments_[segment_of(value)];
  if (segment.slots.size() == 0) return {};
  const auto high = static_cast<std::uint32_t>(value.high);
  std::size_t at = place_of(value.low, segment.slots.size());
  for (;;) {
    const Slot& slot = segment.slots[at];
    if (slot.row == 0) return {};
    if (slot.low == value.low && slot.high == high) return slot.row;
    if (++at == segment.slots.size()) at = 0;
  }
}

std::uint64_t ClaimIndex::bytes() const noexcept
{
  std::uint64_t bytes = 0;
  for (const Segment& segment : segments_) bytes += segment.slots.size() * sizeof(Slot);
  return bytes;
}

} // namespace rollcall::plan
