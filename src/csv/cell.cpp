// cell.cpp: takes the quotes off a cell; most cells have none and are handed back as they are.
#include "csv/cell.hpp"

namespace rollcall::csv {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_quoted(std::string_view cell, const Dialect& dialect) noexcept
{
  return dialect.quote && !cell.empty() && cell.front() == *dialect.quote;
}

// The way for cells with a quote or an escape inside.
std::string_view rewritten(std::string_view cell, const Dialect& dialect, std::string& scratch)
{
  scratch.clear();
  bool inside = is_quoted(cell, dialect);
  for (std::size_t at = inside ? 1 : 0; at < cell.size(); ++at) {
    const char c = cell[at];
    const bool is_quote = inside && c == *dialect.quote;
    if (dialect.escape && c == *dialect.escape && !is_quote && at + 1 < cell.size()) {
      scratch += cell[++at];
    } else if (!is_quote) {
      scratch += c;
    } else if (at + 1 < cell.size() && cell[at + 1] == c) {
      scratch += c;
      ++at;
    } else {
      inside = false;
    }
  }
  return scratch;
}

} // namespace

std::string_view value_of(std::string_view cell, const Dialect& dialect, std::string& scratch)
{
  const bool escaped = dialect.escape && cell.find(*dialect.escape) != std::string_view::npos;
  if (escaped) return rewritten(cell, dialect, scratch);
  if (!is_quoted(cell, dialect)) return cell;
  const std::string_view inner = cell.substr(1);
  const std::size_t quote = inner.find(*dialect.quote);
  if (quote == std::string_view::npos) return inner; // it was never closed
  if (quote + 1 == inner.size()) return inner.substr(0, quote);
  return rewritten(cell, dialect, scratch);
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
  if (!is_quoted(cell, dialect)) return leading_blanks(cell) == cell.size();
  const std::string_view inner = cell.substr(1);
  const std::size_t quote = leading_blanks(inner);
  return quote + 1 == inner.size() && inner[quote] == *dialect.quote;
}

} // namespace rollcall::csv
