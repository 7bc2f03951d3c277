// hash_index.hpp: which objects have a value, by its hash: 16 bytes a value, and 8 more an object
// once two of them share one.
//
// It knows hashes, not values: who asks must look whether what was found has the value indeed. So
// nothing is compared when something is put in or taken out, and neither can fail.
#ifndef ROLLCALL_DIRECTORY_HASH_INDEX_HPP
#define ROLLCALL_DIRECTORY_HASH_INDEX_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <span>
#include <vector>

namespace rollcall::directory {

// Objects are numbered as they come.
using ObjectNumber = std::uint32_t;
inline constexpr ObjectNumber no_object = std::numeric_limits<ObjectNumber>::max();

// Open addressing in the order of the hashes, so it grows by one walk from front to back. Objects
// that share a hash are chained: a million of them in one slot take no longer than in a million.
class HashIndex {
 public:
  explicit HashIndex(std::pmr::memory_resource& memory) : slots_{&memory}, links_{&memory} {}

  // Makes room, so that these hashes can be put in for objects whose numbers are below `numbers`.
  // Throws bad_alloc, and nothing has changed then.
  void reserve(std::span<const std::uint64_t> hashes, std::size_t numbers);

  // Makes room for so many hashes at once, for who puts in with insert_growing.
  void reserve(std::size_t count);

  // Only if there is room.
  void insert(std::uint64_t hash, ObjectNumber object) noexcept;
  // Makes the room that it takes; throws bad_alloc.
  void insert_growing(std::uint64_t hash, ObjectNumber object);
  // What was put in.
  void remove(std::uint64_t hash, ObjectNumber object) noexcept;

  // The objects with a hash, as they came: the first, and the one behind that; or no_object.
  [[nodiscard]] ObjectNumber first(std::uint64_t hash) const noexcept;
  [[nodiscard]] ObjectNumber next(ObjectNumber object) const noexcept
  {
    return links_.empty() ? no_object : links_[object].next;
  }

  void prefetch(std::uint64_t hash) const noexcept
  {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home(hash)]);
  }

 private:
  // The first of a chain knows the last as the one before it.
  struct Link {
    ObjectNumber before = no_object;
    ObjectNumber next = no_object;
  };
  struct Slot {
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    ObjectNumber object = no_object;
  };

  [[nodiscard]] std::size_t home_of(std::uint32_t high) const noexcept
  {
    return static_cast<std::size_t>(std::uint64_t{high} * slots_.size() >> 32U);
  }
  [[nodiscard]] std::size_t home(std::uint64_t hash) const noexcept
  {
    return home_of(static_cast<std::uint32_t>(hash >> 32U));
  }
  [[nodiscard]] std::size_t find_slot(std::uint64_t hash) const noexcept;
  [[nodiscard]] bool shares(std::span<const std::uint64_t> hashes) const;
  void rebuild(std::size_t capacity);
  void make_links(std::size_t numbers);
  void erase(std::size_t slot) noexcept;

  std::pmr::vector<Slot> slots_;
  std::pmr::vector<Link> links_; // of each object; none until two share a hash
  std::size_t used_ = 0;         // slots
  std::size_t numbers_ = 0;      // objects that ever were in are below
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_HASH_INDEX_HPP
