// cell.cpp: takes the quotes off a cell; most cells have none and are handed back as they are.
#include "csv/cell.hpp"

namespace rollcall::csv {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_quoted(std::string_view cell, const Dialect& dialect) noexcept
{
  return dialect.quote && !cell.empty() && cell.front() == *dialect.quote;
}

// What a cell says, a byte at a time: the way for cells with a quote or an escape inside.
template <class Put>
void each_byte(std::string_view cell, const Dialect& dialect, Put put)
{
  bool inside = is_quoted(cell, dialect);
  for (std::size_t at = inside ? 1 : 0; at < cell.size(); ++at) {
    const char c = cell[at];
    const bool is_followed = at + 1 < cell.size();
    if (c == dialect.escape && is_followed) {
      put(cell[++at]);
    } else if (!inside || c != dialect.quote) {
      put(c);
    } else if (is_followed && cell[at + 1] == c) {
      put(cell[++at]);
    } else {
      inside = false;
    }
  }
}

std::string_view rewritten(std::string_view cell, const Dialect& dialect, std::string& scratch)
{
  scratch.clear();
  each_byte(cell, dialect, [&](char c) { scratch += c; });
  return scratch;
}

bool has_escape(std::string_view cell, const Dialect& dialect) noexcept
{
  return dialect.escape && cell.find(*dialect.escape) != std::string_view::npos;
}

bool is_blank_when_rewritten(std::string_view cell, const Dialect& dialect) noexcept
{
  bool is_blank = true;
  bool is_half = false; // of a no-break space
  each_byte(cell, dialect, [&](char c) {
    if (is_half) {
      is_blank = is_blank && c == no_break_space.back();
      is_half = false;
    } else {
      is_half = c == no_break_space.front();
      is_blank = is_blank && (c == ' ' || c == '\t' || is_half);
    }
  });
  return is_blank && !is_half;
}

} // namespace

std::string_view value_of(std::string_view cell, const Dialect& dialect, std::string& scratch)
{
  if (has_escape(cell, dialect)) return rewritten(cell, dialect, scratch);
  if (!is_quoted(cell, dialect)) return cell;
  const std::string_view inner = cell.substr(1);
  const std::size_t quote = inner.find(*dialect.quote);
  if (quote == std::string_view::npos) return inner; // it was never closed
  if (quote + 1 == inner.size()) return inner.substr(0, quote);
  return rewritten(cell, dialect, scratch);
}

std::size_t value_bytes(std::string_view cell, const Dialect& dialect) noexcept
{
  std::size_t bytes = 0;
  each_byte(cell, dialect, [&](char) { ++bytes; });
  return bytes;
}

std::size_t leading_blanks(std::string_view value) noexcept
{
  std::size_t at = 0;
  while (at < value.size()) {
    if (value[at] == ' ' || value[at] == '\t')
      at += 1;
    else if (value.substr(at).starts_with(no_break_space))
      at += no_break_space.size();
    else
      break;
  }
  return at;
}

std::string_view trimmed(std::string_view value) noexcept
{
  value.remove_prefix(leading_blanks(value));
  for (;;) {
    if (value.ends_with(' ') || value.ends_with('\t'))
      value.remove_suffix(1);
    else if (value.ends_with(no_break_space))
      value.remove_suffix(no_break_space.size());
    else
      return value;
  }
}

bool is_blank_cell(std::string_view cell, const Dialect& dialect) noexcept
{
  if (has_escape(cell, dialect)) return is_blank_when_rewritten(cell, dialect);
  if (!is_quoted(cell, dialect)) return leading_blanks(cell) == cell.size();
  const std::string_view inner = cell.substr(1);
  const std::size_t quote = leading_blanks(inner);
  return quote + 1 == inner.size() && inner[quote] == *dialect.quote;
}

} // namespace rollcall::csv
