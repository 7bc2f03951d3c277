// values.hpp: how a cell reads, by type: whether it is good, and its canonical text.
//
// A cell comes here trimmed (secrets excepted), not blank, without controls and as valid UTF-8. One
// file a kind of value, value_*.cpp.
#ifndef ROLLCALL_CHECK_VALUES_HPP
#define ROLLCALL_CHECK_VALUES_HPP

#include <optional>
#include <string>
#include <string_view>

#include "rollcall/code.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::check {

// The canonical text is the cell itself, a word of ours, or a view of the scratch that was handed
// in. Of a cell that is too short or too long it is what was measured.
struct Reading {
  std::optional<Code> fault = {};
  std::string_view value = {};
};

[[nodiscard]] Reading read_value(const schema::Text&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Digits&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Boolean&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Email&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Extension&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Mac&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Ip&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Id&, std::string_view, std::string& scratch);
[[nodiscard]] Reading read_value(const schema::Secret&, std::string_view, std::string& scratch);

// What a spreadsheet makes of a number or takes for a date (spec E25).
[[nodiscard]] bool is_spreadsheet_damage(std::string_view cell) noexcept;

[[nodiscard]] constexpr bool is_digit(char c) noexcept
{
  return c >= '0' && c <= '9';
}
[[nodiscard]] bool is_all_digits(std::string_view text) noexcept;
[[nodiscard]] constexpr bool is_about_length(Code code) noexcept
{
  return code == Code::value_too_short || code == Code::value_too_long;
}
// value.too_short, value.too_long or nothing.
[[nodiscard]] std::optional<Code> length_fault(std::uint64_t length, std::uint64_t min,
                                               std::uint64_t max) noexcept;

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUES_HPP
