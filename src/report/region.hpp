// region.hpp: where in its file something was found, as editors and code hosts count it.
//
// A cell is placed by columns only if no secret stands in it or before it in its row: a place
// behind one would tell how long it is.
#ifndef ROLLCALL_REPORT_REGION_HPP
#define ROLLCALL_REPORT_REGION_HPP

#include <cstdint>

#include "report/findings_writer.hpp"

namespace rollcall::report {

struct Region {
  std::uint64_t line = 0; // physical lines count from 1; 0: it is about the file
  // Of a cell, quotes included. Columns are code points and count from 1, the end is the one behind
  // it; 0: not said.
  std::uint64_t begin_column = 0, end_line = 0, end_column = 0;
  std::uint64_t byte = 0, bytes = 0; // in the source, as it was before decoding

  [[nodiscard]] bool has_columns() const noexcept { return begin_column != 0; }
};

// `in` is null if it is about no row.
[[nodiscard]] Region region_of(const Seen& seen, const SeenIn* in, const SecretCells& secrets);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_REGION_HPP
