// A second reader of CSV, to hold the real one against: slow, a character at a time, and written
// from the specification (docs/spec, engine 2 and fine print E1 to E17, M1), not from the reader.
#ifndef ROLLCALL_TESTS_SUPPORT_REFERENCE_CSV_HPP
#define ROLLCALL_TESTS_SUPPORT_REFERENCE_CSV_HPP

#include <string_view>

#include "rollcall/csv.hpp"
#include "support/csv_reading.hpp"

namespace rollcall::tests {

// The dialect names its delimiter.
[[nodiscard]] Reading read_by_reference(std::string_view bytes, const csv::Dialect& dialect,
                                        const Limits& limits);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_REFERENCE_CSV_HPP
