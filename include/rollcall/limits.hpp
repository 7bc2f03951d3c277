// How much a file may hold: each limit has a name, a default, and a cap that nobody can raise.
//
// A limit is enforced where the bytes are read and reported by the same constant; what passes it is
// a finding (csv.field_too_large, file.too_many_rows, ...), never a silent cut.
#ifndef ROLLCALL_LIMITS_HPP
#define ROLLCALL_LIMITS_HPP

#include <cstdint>
#include <span>
#include <string_view>

#include "rollcall/result.hpp"

namespace rollcall {

// Sizes are bytes of the text in UTF-8: a field without its quotes, a row without its line end; the
// size of the file is that of its own bytes.
struct Limits {
  std::uint64_t field_bytes = 64 * 1024;
  std::uint64_t row_bytes = 1024 * 1024;
  std::uint64_t columns = 1024;
  std::uint64_t file_bytes = 256 * 1024 * 1024;
  std::uint64_t rows = 5'000'000;

  friend bool operator==(const Limits&, const Limits&) = default;
};

// One limit, as `rollcall limits` lists it.
struct Limit {
  std::string_view name;  // as in `--limit field=128KiB`
  std::string_view about; // what it bounds, in words
  std::string_view unit;  // "bytes", "cells" or "rows"
  std::uint64_t Limits::*value = nullptr;
  std::uint64_t cap = 0; // the most that it can be raised to; 0: no cap
};

[[nodiscard]] std::span<const Limit> all_limits() noexcept;

// Sets a limit by its name. The value is a number, perhaps followed by KiB, MiB or GiB. Unknown
// names, values of 0 and values over the cap are wrong_use, and say which.
[[nodiscard]] Result<void> set_limit(Limits& limits, std::string_view name, std::string_view value);

// Says which limit is 0 or over its cap, if one is.
[[nodiscard]] Result<void> check_limits(const Limits& limits);

} // namespace rollcall

#endif // ROLLCALL_LIMITS_HPP
