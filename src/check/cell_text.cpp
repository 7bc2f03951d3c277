// cell_text.cpp: the clean-up of a cell, in which nearly every cell is seen to need none.
#include "check/cell_text.hpp"

#include "base/block.hpp"
#include "base/unicode.hpp"
#include "check/value_parts.hpp"
#include "csv/cell.hpp"
#include "csv/guard.hpp"

namespace rollcall::check {
namespace {

// ASCII that neither begins nor ends with anything to take off: nearly every value.
bool is_plain(std::string_view value) noexcept
{
  return !value.empty() && is_alphanumeric(value.front()) && value.back() > ' ' &&
         !has_byte(value, [](Block bytes) -> BlockMask { return bytes > 0x7F; });
}

} // namespace

std::string_view cell_text(std::string_view raw, const csv::Dialect& dialect, Scratch& scratch)
{
  const std::string_view read = csv::value_of(raw, dialect, scratch.unquoted);
  return to_nfc(csv::without_guard(csv::trimmed(read)), scratch.composed);
}

std::string_view secret_text(std::string_view raw, const csv::Dialect& dialect, Scratch& scratch)
{
  const std::string_view read = csv::value_of(raw, dialect, scratch.unquoted);
  return csv::leading_blanks(read) == read.size() ? std::string_view{} : read;
}

std::string_view value_text(std::string_view value, Scratch& scratch)
{
  if (is_plain(value)) return value;
  const std::string_view shown = csv::with_guard(value, csv::Guard::text, scratch.unquoted);
  return to_nfc(csv::without_guard(csv::trimmed(shown)), scratch.composed);
}

} // namespace rollcall::check
