// csv_entrants.hpp: all that csv_bench measures: yardsticks, kernels, the reader, its peers.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CSV_ENTRANTS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CSV_ENTRANTS_HPP

#include <string_view>
#include <vector>

#include "support/rounds.hpp"

namespace rollcall::bench {

// The names of those that others are compared with.
constexpr std::string_view wc = "wc -l";
constexpr std::string_view libcsv = "libcsv";
constexpr std::string_view python_csv = "Python csv";

// In the order of the table. Of the kernels, those that this processor can run; of the peers all,
// with a note why one is missing.
[[nodiscard]] std::vector<Entrant> csv_entrants();

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CSV_ENTRANTS_HPP
