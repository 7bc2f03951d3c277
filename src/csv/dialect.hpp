// dialect.hpp: which signs can be read by at all.
#ifndef ROLLCALL_CSV_DIALECT_HPP
#define ROLLCALL_CSV_DIALECT_HPP

#include "rollcall/csv.hpp"

namespace rollcall::csv {

// Wrong use of signs that would make a text ambiguous. (A quote that escapes is one that is
// doubled, and no more than that.)
[[nodiscard]] Result<void> check_dialect(const Dialect& dialect);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_DIALECT_HPP
