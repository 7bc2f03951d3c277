// contests.hpp: which rows give one value to several objects, each naming the others (spec E37).
//
// Hardly any value is given twice, so what is kept is kept of those alone: sixteen bytes a row that
// gives a value after another one, in the order of the file once somebody asks.
#ifndef ROLLCALL_PLAN_CONTESTS_HPP
#define ROLLCALL_PLAN_CONTESTS_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "plan/claim_index.hpp"

namespace rollcall::plan {

class Contests {
 public:
  // Prints of the objects that rows are about, by row; they outlive it.
  Contests(const std::pmr::vector<std::uint64_t>& objects, std::pmr::memory_resource& memory)
      : objects_{objects}, gifts_{&memory}, next_others_{&memory}
  {
  }

  // A row gives a value that `giver`, a row before it, was the first to give.
  void add(const Fingerprint& value, RowNumber giver, RowNumber row);

  // Is a value given to several objects?
  [[nodiscard]] bool is_any() const noexcept { return is_any_; }

  // The rows that give the value to other objects than this row does: first the next one after it,
  // if there is one, then the others in their order, at most so many in all. Once it is asked
  // nothing is added any more.
  [[nodiscard]] std::vector<RowNumber> others(const Fingerprint& value, RowNumber row,
                                              std::size_t most);

 private:
  struct Gift {
    std::uint64_t low = 0; // of the value
    std::uint32_t high = 0;
    RowNumber row = 0;
    friend bool operator==(const Gift&, const Gift&) = default;
    friend auto operator<=>(const Gift&, const Gift&) = default; // NOLINT: `< 0` is meant
  };

  void put_in_order();
  [[nodiscard]] std::uint64_t object_of(std::size_t gift) const noexcept
  {
    return objects_[gifts_[gift].row - 1];
  }

  const std::pmr::vector<std::uint64_t>& objects_;
  std::pmr::vector<Gift> gifts_; // of all rows that give a value which another one gives, too
  // Of each of them: the next one to another object, if it is of the same value.
  std::pmr::vector<std::uint32_t> next_others_;
  bool is_any_ = false;
  bool is_in_order_ = false;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CONTESTS_HPP
