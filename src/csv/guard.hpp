// The `'` in front of cells that a spreadsheet would run, put there and taken away.
//
// For every string of bytes, without_guard(with_guard(v, mode)) is v, in the modes text and all. So
// a value that looks guarded already gets a `'` as well. The reader need not know the mode: what
// `text` leaves bare begins with a sign, and only a `'` is ever taken away. Trimming comes before,
// and is not undone (spec/engine.md 8, E8).
#ifndef ROLLCALL_CSV_GUARD_HPP
#define ROLLCALL_CSV_GUARD_HPP

#include <string>
#include <string_view>

#include "rollcall/csv_writer.hpp"

namespace rollcall::csv {

// Would a spreadsheet run this cell? Yes if its first character that is no space, tab or no-break
// space is = + - @ or one of their full-width forms, or if it begins with a tab or CR.
[[nodiscard]] bool would_run(std::string_view value) noexcept;

[[nodiscard]] bool needs_guard(std::string_view value, Guard mode) noexcept;

// The value, or with its `'` in `scratch`.
[[nodiscard]] std::string_view with_guard(std::string_view value, Guard mode, std::string& scratch);

// The value without the `'` that with_guard would have put there.
[[nodiscard]] std::string_view without_guard(std::string_view value) noexcept;

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_GUARD_HPP
