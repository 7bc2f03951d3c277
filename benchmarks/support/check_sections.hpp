// check_sections.hpp: what check_bench measures, a section each: a heading, a table where several
// things are compared, and its budgets.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHECK_SECTIONS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHECK_SECTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/check_entrants.hpp"
#include "support/report.hpp"
#include "support/stopwatch.hpp"

namespace rollcall::bench {

struct CheckRun {
  CheckEntrants& entrants;
  Budgets& budgets;
  std::string folder = {}; // where the files are kept
  std::string file = {};   // that is checked, where a section has none of its own
  std::uint64_t rows = 0;  // of each file
  std::size_t rounds = 0;
  Clock clock = Clock::wall;
  bool is_quick = false; // only what takes a moment, and no times
};

struct CheckSection {
  std::string_view name;
  std::string (*run)(CheckRun&) = nullptr;
};

[[nodiscard]] std::span<const CheckSection> check_sections() noexcept;

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHECK_SECTIONS_HPP
