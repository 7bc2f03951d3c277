// kernel_select.hpp: the choice of a kernel, made once for a reader.
#ifndef ROLLCALL_CSV_KERNEL_SELECT_HPP
#define ROLLCALL_CSV_KERNEL_SELECT_HPP

#include "csv/kernel.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

[[nodiscard]] Kernel best_kernel() noexcept;

// The function of a kernel that is_supported, and not `best`.
[[nodiscard]] IndexFunction index_function(Kernel kernel) noexcept;

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_KERNEL_SELECT_HPP
