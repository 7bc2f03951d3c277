// How a file is read, from the struct of the ABI.
#ifndef ROLLCALL_CAPI_SRC_READING_HPP
#define ROLLCALL_CAPI_SRC_READING_HPP

#include "rollcall/csv.hpp"
#include "rollcall/reading.h"

namespace rollcall::capi {

// Null: all defaults. Limits are checked.
[[nodiscard]] Result<csv::ReaderOptions> reading_of(const rollcall_reading* reading);

// With the limits and the kernel of who does not say.
[[nodiscard]] rollcall_reading reading_as(const csv::Dialect& dialect) noexcept;

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_READING_HPP
