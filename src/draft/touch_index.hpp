// touch_index.hpp: what each row of a draft has to do with (plan/touches.hpp), and which rows have
// to do with a thing: so who may be said something else of when one of them changes.
#ifndef ROLLCALL_DRAFT_TOUCH_INDEX_HPP
#define ROLLCALL_DRAFT_TOUCH_INDEX_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "draft/long_list.hpp"
#include "draft/row_order.hpp"
#include "plan/touches.hpp"

namespace rollcall::draft {

class TouchIndex {
 public:
  explicit TouchIndex(std::pmr::memory_resource& memory);

  // Makes room for rows up to this one. Throws bad_alloc.
  void expect(RowId last);
  // Throws bad_alloc, and nothing has changed.
  void add(RowId row, std::uint64_t thing);
  void forget(RowId row) noexcept;
  void clear() noexcept;

  // Rows that have to do with everything.
  [[nodiscard]] std::size_t unbounded() const noexcept { return unbounded_; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size() - free_count_; }

  template <class Visit>
  void for_each_thing(RowId row, Visit visit) const
  {
    if (row >= first_of_.size()) return;
    for (std::uint32_t at = first_of_[row]; at != nowhere; at = nodes_[at].next_of_row)
      visit(nodes_[at].thing);
  }

  // Every row that has to do with the thing, until `visit(row)` returns false.
  template <class Visit>
  void for_each_row(std::uint64_t thing, Visit visit) const
  {
    if (buckets_.size() == 0) return;
    for (std::uint32_t at = buckets_[bucket_of(thing)]; at != nowhere; at = nodes_[at].next)
      if (nodes_[at].thing == thing && !visit(nodes_[at].row)) return;
  }

  // Adds to `rows` those that hang together with what is in it, by way of others too. `marks` has
  // a place for each row, with `mark` where it is in already.
  void close(std::pmr::vector<RowId>& rows, std::pmr::vector<std::uint32_t>& marks,
             std::uint32_t mark);

 private:
  struct Node {
    std::uint64_t thing = 0;
    RowId row = 0;
    std::uint32_t next = nowhere; // in the bucket
    std::uint32_t previous = nowhere;
    std::uint32_t next_of_row = nowhere;
    std::uint32_t mark = 0; // of the last closing that has seen all rows with the thing
  };

  [[nodiscard]] static std::size_t hash(std::uint64_t thing) noexcept
  {
    return static_cast<std::size_t>(thing * 0x9E37'79B9'7F4A'7C15 >> 32U);
  }
  [[nodiscard]] std::size_t bucket_of(std::uint64_t thing) const noexcept
  {
    const std::size_t bucket = hash(thing) & (2 * half_ - 1);
    return bucket < buckets_.size() ? bucket : bucket - half_;
  }
  void link(std::uint32_t node) noexcept;
  void add_bucket();

  LongList<Node> nodes_;
  // More than half_ of them, which is a power of two, and at most twice as many. They come one by
  // one, each takes its share of an older one, and so no edit has to link all anew.
  LongList<std::uint32_t> buckets_;
  std::size_t half_ = 1;
  std::pmr::vector<std::uint32_t> first_of_; // by row
  std::uint32_t free_ = nowhere;             // nodes that are not in use, by `next`
  std::size_t free_count_ = 0;
  std::size_t unbounded_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_TOUCH_INDEX_HPP
