// limits.cpp: the table of limits, and setting one by its name.
#include "rollcall/limits.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "base/nearest.hpp"

namespace rollcall {
namespace {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;
constexpr std::uint64_t gib = 1024 * mib;

constexpr std::array<Limit, 5> table = {{
    {"field", "the text of one cell, without its quotes", "bytes", &Limits::field_bytes, 16 * mib},
    {"row", "the text of one row, without its line end", "bytes", &Limits::row_bytes, 64 * mib},
    {"columns", "the cells of the header, and of a row", "cells", &Limits::columns, 16'384},
    {"file", "the file as it lies on the disk", "bytes", &Limits::file_bytes, 0},
    {"rows", "the data rows of a file", "rows", &Limits::rows, 2'147'483'647},
}};

std::string quoted(std::string_view text)
{
  return "'" + std::string{text} + "'";
}

Result<void> check(const Limit& limit, std::uint64_t value)
{
  if (value == 0)
    return Error{ErrorCode::wrong_use, "the limit " + quoted(limit.name) + " cannot be 0"};
  if (limit.cap != 0 && value > limit.cap)
    return Error{ErrorCode::wrong_use, "the limit " + quoted(limit.name) + " can be at most " +
                                           std::to_string(limit.cap) + " " +
                                           std::string{limit.unit}};
  return success();
}

// A number with an optional unit; 0 if it is none or too large.
std::uint64_t amount(std::string_view text) noexcept
{
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{}) return 0;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const std::uint64_t factor = unit.empty()    ? 1
                               : unit == "KiB" ? kib
                               : unit == "MiB" ? mib
                               : unit == "GiB" ? gib
                                               : 0;
  if (factor == 0 || number > UINT64_MAX / factor) return 0;
  return number * factor;
}

} // namespace

std::span<const Limit> all_limits() noexcept
{
  return table;
}

Result<void> set_limit(Limits& limits, std::string_view name, std::string_view value)
{
  return guarded([&]() -> Result<void> {
    for (const Limit& limit : table) {
      if (limit.name != name) continue;
      const std::uint64_t number = amount(value);
      if (number == 0)
        return Error{ErrorCode::wrong_use,
                     quoted(value) + " is no limit; write a number over 0, or one like 64KiB"};
      ROLLCALL_CHECK(check(limit, number));
      limits.*limit.value = number;
      return success();
    }
    Nearest nearest{name};
    for (const Limit& limit : table) nearest.offer(limit.name);
    std::string what = "there is no limit named " + quoted(name);
    if (!nearest.best().empty()) what.append("; did you mean ").append(nearest.best()).append("?");
    return Error{ErrorCode::wrong_use, std::move(what)};
  });
}

Result<void> check_limits(const Limits& limits)
{
  return guarded([&]() -> Result<void> {
    for (const Limit& limit : table) ROLLCALL_CHECK(check(limit, limits.*limit.value));
    return success();
  });
}

} // namespace rollcall
