// claim_index.hpp: which row was the first to want a value, for millions of values in a few bytes
// each.
//
// No text is kept: a value is 96 bits of a keyed hash, so that two values are taken for one less
// than once in 10^15 files, and nobody can choose values that collide. Sixteen bytes a slot, in
// segments that grow one by one: a segment that grows does not need twice the memory of all.
#ifndef ROLLCALL_PLAN_CLAIM_INDEX_HPP
#define ROLLCALL_PLAN_CLAIM_INDEX_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fingerprint.hpp"
#include "base/large_array.hpp"

namespace rollcall::plan {

using RowNumber = std::uint32_t; // data rows count from 1, and there are fewer than 2^31

class ClaimIndex {
 public:
  // The key is a fresh one.
  ClaimIndex(const SipKey& key, std::pmr::memory_resource& memory);

  // A value in a space of its own (a claim, the keys of objects), compared without case.
  [[nodiscard]] Fingerprint print(std::uint32_t space, std::string_view value);
  // Of a pair: this value as held by that object.
  [[nodiscard]] static Fingerprint joined(const Fingerprint& a, const Fingerprint& b) noexcept;

  // Makes room for so many values at once.
  void expect(std::uint64_t values);

  void prefetch(const Fingerprint& value) const noexcept;
  // The first row that was put in with the value: this one, if it is new.
  RowNumber put(const Fingerprint& value, RowNumber row);
  [[nodiscard]] std::optional<RowNumber> find(const Fingerprint& value) const noexcept;

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint64_t bytes() const noexcept;

 private:
  static constexpr std::size_t segment_bits = 3;
  static constexpr std::size_t segment_count = std::size_t{1} << segment_bits;

  struct Slot {
    std::uint64_t low = 0;
    std::uint32_t high = 0;
    RowNumber row = 0; // 0: nothing is here
  };
  static_assert(sizeof(Slot) == 16);

  struct Segment {
    LargeArray<Slot> slots;
    std::size_t used = 0;
  };

  static std::size_t segment_of(const Fingerprint& value) noexcept
  {
    return static_cast<std::size_t>(value.high >> (64 - segment_bits));
  }
  static std::size_t place_of(std::uint64_t low, std::size_t slots) noexcept;
  void grow(Segment& segment, std::size_t slots);

  Fingerprints prints_;
  std::pmr::memory_resource* memory_;
  std::vector<Segment> segments_;
  std::uint64_t size_ = 0;
  std::string folded_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CLAIM_INDEX_HPP
