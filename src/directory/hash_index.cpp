// hash_index.cpp: linear probing. A slot that is left is filled from behind, so there are no marks
// of what is gone, and an index that lives long stays as fast as a new one.
#include "directory/hash_index.hpp"

#include <algorithm>

namespace rollcall::directory {
namespace {

constexpr std::size_t capacity_min = 8;

// Three quarters full is as full as it gets.
constexpr std::size_t capacity_for(std::size_t count) noexcept
{
  return std::max(capacity_min, count + count / 3 + 1);
}

} // namespace

void HashIndex::reserve(std::span<const std::uint64_t> hashes, std::size_t numbers)
{
  if (!links_.empty() || shares(hashes)) make_links(std::max(numbers, numbers_));
  const std::size_t wanted = capacity_for(used_ + hashes.size());
  if (wanted > slots_.size()) rebuild(std::max(wanted, slots_.size() + slots_.size() / 2));
}

void HashIndex::reserve(std::size_t count)
{
  const std::size_t wanted = capacity_for(used_ + count);
  if (wanted > slots_.size()) rebuild(wanted);
}

void HashIndex::insert(std::uint64_t hash, ObjectNumber object) noexcept
{
  numbers_ = std::max(numbers_, std::size_t{object} + 1);
  Slot& slot = slots_[find_slot(hash)];
  if (!links_.empty()) links_[object] = {.before = object, .next = no_object};
  if (slot.object == no_object) {
    slot = {.high = static_cast<std::uint32_t>(hash >> 32U),
            .low = static_cast<std::uint32_t>(hash),
            .object = object};
    ++used_;
    return;
  }
  const ObjectNumber last = links_[slot.object].before;
  links_[last].next = object;
  links_[object].before = last;
  links_[slot.object].before = object;
}

void HashIndex::insert_growing(std::uint64_t hash, ObjectNumber object)
{
  reserve({&hash, 1}, std::size_t{object} + 1);
  insert(hash, object);
}

void HashIndex::remove(std::uint64_t hash, ObjectNumber object) noexcept
{
  const std::size_t at = find_slot(hash);
  const ObjectNumber first = slots_[at].object;
  if (links_.empty() || (first == object && links_[object].next == no_object)) return erase(at);
  const Link link = links_[object];
  links_[object] = {.before = object, .next = no_object};
  if (first == object) {
    slots_[at].object = link.next;
    links_[link.next].before = link.before;
    return;
  }
  links_[link.before].next = link.next;
  links_[link.next != no_object ? link.next : first].before = link.before;
}

ObjectNumber HashIndex::first(std::uint64_t hash) const noexcept
{
  return slots_.empty() ? no_object : slots_[find_slot(hash)].object;
}

// The slot of this hash, or the empty one where it belongs. There always is an empty one.
std::size_t HashIndex::find_slot(std::uint64_t hash) const noexcept
{
  const auto high = static_cast<std::uint32_t>(hash >> 32U);
  const auto low = static_cast<std::uint32_t>(hash);
  std::size_t at = home_of(high);
  while (slots_[at].object != no_object && (slots_[at].high != high || slots_[at].low != low))
    if (++at == slots_.size()) at = 0;
  return at;
}

// Does one of them stand twice, here or among themselves?
bool HashIndex::shares(std::span<const std::uint64_t> hashes) const
{
  const auto is_there = [this](std::uint64_t hash) { return first(hash) != no_object; };
  if (std::any_of(hashes.begin(), hashes.end(), is_there)) return true;
  if (hashes.size() < 2) return false;
  std::pmr::vector<std::uint64_t> sorted{hashes.begin(), hashes.end(), slots_.get_allocator()};
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

void HashIndex::rebuild(std::size_t capacity)
{
  std::pmr::vector<Slot> old{capacity, Slot{}, slots_.get_allocator()};
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.object == no_object) continue;
    slots_[find_slot(std::uint64_t{slot.high} << 32U | slot.low)] = slot;
  }
}

// Until now nobody shared, so everyone is alone.
void HashIndex::make_links(std::size_t numbers)
{
  const std::size_t before = links_.size();
  if (numbers <= before) return;
  links_.resize(numbers);
  for (std::size_t i = before; i != numbers; ++i) links_[i].before = static_cast<ObjectNumber>(i);
}

// What stands behind moves up until it is at home, or something is missing.
void HashIndex::erase(std::size_t slot) noexcept
{
  --used_;
  const std::size_t capacity = slots_.size();
  std::size_t hole = slot;
  for (std::size_t at = slot + 1;; ++at) {
    if (at == capacity) at = 0;
    if (slots_[at].object == no_object) break;
    const std::size_t from_home = (at + capacity - home_of(slots_[at].high)) % capacity;
    const std::size_t from_hole = (at + capacity - hole) % capacity;
    if (from_home < from_hole) continue;
    slots_[hole] = slots_[at];
    hole = at;
  }
  slots_[hole] = {};
}

} // namespace rollcall::directory
