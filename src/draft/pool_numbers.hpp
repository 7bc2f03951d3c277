// pool_numbers.hpp: how many numbers of a pool rows of a draft may draw: those that nobody holds,
// and that no row wants for itself.
#ifndef ROLLCALL_DRAFT_POOL_NUMBERS_HPP
#define ROLLCALL_DRAFT_POOL_NUMBERS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>
#include <unordered_map>
#include <vector>

namespace rollcall::draft {

class PoolNumbers {
 public:
  using IsWanted = std::function<bool(std::uint64_t thing)>;

  explicit PoolNumbers(std::pmr::memory_resource& memory)
      : numbers_{&memory}, number_of_{&memory}, changed_{&memory}
  {
  }

  [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }
  // The next one that nobody holds, by the things (plan/touches.hpp) that rows which want it have
  // to do with. All of these throw bad_alloc.
  void add(std::span<const std::uint64_t> things);
  // Rows with this thing have come, gone, or been judged.
  void changed(std::uint64_t thing);
  // That may be so of all rows.
  void changed();

  // How many of them no row wants.
  [[nodiscard]] std::uint64_t count_open(const IsWanted& is_wanted);

 private:
  struct Number {
    std::vector<std::uint64_t> things = {};
    bool is_open = false;
  };

  std::pmr::vector<Number> numbers_;
  std::pmr::unordered_multimap<std::uint64_t, std::size_t> number_of_; // by thing
  std::pmr::vector<std::size_t> changed_;                              // since they were counted
  std::uint64_t open_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_POOL_NUMBERS_HPP
