// fault_finding.hpp: from a fault of the reader to the finding that people read.
#ifndef ROLLCALL_CSV_FAULT_FINDING_HPP
#define ROLLCALL_CSV_FAULT_FINDING_HPP

#include <string_view>

#include "rollcall/csv.hpp"

namespace rollcall::csv {

// With its place, and the facts that its message needs. `column` is the header over the cell, empty
// if there is none. The value is left to the caller, who knows whether it is a secret.
[[nodiscard]] Finding finding_of(const Fault& fault, const RowBatch& batch, const Limits& limits,
                                 std::string_view column);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_FAULT_FINDING_HPP
