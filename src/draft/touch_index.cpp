// touch_index.cpp: lists in buckets, of which each row has its own chain.
#include "draft/touch_index.hpp"

#include <algorithm>
#include <utility>

namespace rollcall::draft {

TouchIndex::TouchIndex(std::pmr::memory_resource& memory)
    : nodes_{memory}, buckets_{memory}, first_of_{&memory}
{
}

void TouchIndex::expect(RowId last)
{
  if (last >= first_of_.size()) first_of_.resize(std::size_t{last} + 1, nowhere);
}

void TouchIndex::clear() noexcept
{
  nodes_.clear();
  buckets_.clear();
  half_ = 1;
  std::fill(first_of_.begin(), first_of_.end(), nowhere);
  free_ = nowhere;
  free_count_ = unbounded_ = 0;
}

void TouchIndex::link(std::uint32_t node) noexcept
{
  std::uint32_t& head = buckets_[bucket_of(nodes_[node].thing)];
  nodes_[node].previous = nowhere;
  nodes_[node].next = head;
  if (head != nowhere) nodes_[head].previous = node;
  head = node;
}

// Throws bad_alloc, and nothing has changed.
void TouchIndex::add_bucket()
{
  const std::size_t made = buckets_.size();
  buckets_.push_back(nowhere);
  if (made < 2) return; // there is nothing in them yet
  if (made == 2 * half_) half_ = made;
  // The older one and this share what was in it.
  for (std::uint32_t at = std::exchange(buckets_[made - half_], nowhere); at != nowhere;) {
    const std::uint32_t next = nodes_[at].next;
    link(at);
    at = next;
  }
}

void TouchIndex::add(RowId row, std::uint64_t thing)
{
  // A row may be told of a thing several times, mostly one after the other.
  for (std::uint32_t at = first_of_[row], seen = 0; at != nowhere && seen != 8; ++seen) {
    if (nodes_[at].thing == thing) return;
    at = nodes_[at].next_of_row;
  }
  while (buckets_.size() <= size() + 1) add_bucket();
  std::uint32_t node = free_;
  if (node == nowhere) {
    node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({});
  } else {
    free_ = nodes_[node].next;
    --free_count_;
  }
  nodes_[node] = {.thing = thing, .row = row, .next_of_row = first_of_[row]};
  first_of_[row] = node;
  link(node);
  if (thing == plan::everything) ++unbounded_;
}

void TouchIndex::forget(RowId row) noexcept
{
  if (row >= first_of_.size()) return;
  for (std::uint32_t at = first_of_[row]; at != nowhere;) {
    Node& node = nodes_[at];
    if (node.previous != nowhere)
      nodes_[node.previous].next = node.next;
    else
      buckets_[bucket_of(node.thing)] = node.next;
    if (node.next != nowhere) nodes_[node.next].previous = node.previous;
    if (node.thing == plan::everything) --unbounded_;
    const std::uint32_t next = node.next_of_row;
    node.next = free_;
    free_ = at;
    ++free_count_;
    at = next;
  }
  first_of_[row] = nowhere;
}

void TouchIndex::close(std::pmr::vector<RowId>& rows, std::pmr::vector<std::uint32_t>& marks,
                       std::uint32_t mark)
{
  for (std::size_t i = 0; i != rows.size(); ++i) {
    for (std::uint32_t own = first_of_[rows[i]]; own != nowhere; own = nodes_[own].next_of_row) {
      if (nodes_[own].mark == mark) continue; // who has the thing is in already
      const std::uint64_t thing = nodes_[own].thing;
      for (std::uint32_t at = buckets_[bucket_of(thing)]; at != nowhere; at = nodes_[at].next) {
        if (nodes_[at].thing != thing) continue;
        nodes_[at].mark = mark;
        const RowId other = nodes_[at].row;
        if (marks[other] == mark) continue;
        marks[other] = mark;
        rows.push_back(other);
      }
    }
  }
}

} // namespace rollcall::draft
