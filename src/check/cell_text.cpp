// cell_text.cpp: the clean-up of a cell, in which nearly every cell is seen to need none.
#include "check/cell_text.hpp"

#include "base/unicode.hpp"
#include "csv/cell.hpp"
#include "csv/guard.hpp"

namespace rollcall::check {

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
  const std::string_view shown = csv::with_guard(value, csv::Guard::text, scratch.unquoted);
  return to_nfc(csv::without_guard(csv::trimmed(shown)), scratch.composed);
}

} // namespace rollcall::check
