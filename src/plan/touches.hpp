// touches.hpp: which rows of a batch have to do with the same things, and so must act one after the
// other.
#ifndef ROLLCALL_PLAN_TOUCHES_HPP
#define ROLLCALL_PLAN_TOUCHES_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <vector>

#include "base/fingerprint.hpp"
#include "check/row_mask.hpp"
#include "plan/claim_index.hpp"

namespace rollcall::plan {

// Told what a row has to do with, for who judges some rows of a file without the others: rows that
// have nothing in common, not even by way of others, are said the same of as if they stood alone.
using OnTouch = std::function<void(RowNumber row, std::uint64_t thing)>;
inline constexpr std::uint64_t everything = 0; // a row of which nobody can say what

// A claim and a kind may have the same number, and a value be the key of an object that has nothing
// to do with it: so each is known by another half of its print.
[[nodiscard]] inline std::uint64_t value_thing(const Fingerprint& print) noexcept
{
  return print.low | 1U;
}
[[nodiscard]] inline std::uint64_t object_thing(const Fingerprint& print) noexcept
{
  return print.high | 1U;
}

class Touches {
 public:
  explicit Touches(std::pmr::memory_resource& memory)
      : all_{&memory},
        by_row_{&memory},
        alone_{&memory},
        seen_{&memory},
        rows_{&memory},
        begins_{&memory}
  {
  }

  void start()
  {
    all_.clear();
    alone_.clear();
  }

  // How much is known; and to know no more than that again, and of no row that it is alone.
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  void go_back(std::size_t size)
  {
    all_.resize(size);
    alone_.clear();
  }

  // This row has to do with that object or value. Things that are taken for the same and are not
  // only cost a turn, so 64 bits do.
  void add(std::size_t row, const Fingerprint& thing) { all_.push_back({row, thing.low}); }

  // This row has to do with more than is worth remembering: it is a turn of its own.
  void add_alone(std::size_t row) { alone_.push_back(row); }

  // The rows of so many that a turn begins with: they have to do with something that a row before
  // them has to do with.
  [[nodiscard]] const check::RowMask& begins(std::size_t rows);

 private:
  struct Touch {
    std::size_t row = 0;
    std::uint64_t thing = 0;
  };

  [[nodiscard]] bool is_any_shared();
  void find_begins();
  [[nodiscard]] std::size_t place_of(std::uint64_t thing) const noexcept;

  std::pmr::vector<Touch> all_; // as they were added
  std::pmr::vector<Touch> by_row_;
  std::pmr::vector<std::size_t> alone_;
  std::pmr::vector<std::uint64_t> seen_; // open addressing; 0: nothing is here
  std::pmr::vector<std::size_t> rows_;   // that have to do with those
  check::RowMask begins_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_TOUCHES_HPP
