// replaced_cell.cpp: quotes a value as the cell before it was quoted, and makes sure that it reads.
#include "csv/replaced_cell.hpp"

#include <algorithm>

#include "csv/cell.hpp"
#include "csv/guard.hpp"

namespace rollcall::csv {

std::optional<std::string> replaced_cell(std::string_view cell, std::string_view value,
                                         const Dialect& dialect)
{
  std::string scratch;
  const std::string_view shown = with_guard(value, Guard::text, scratch);
  const char quote = dialect.quote.value_or('"');
  const bool needs_quotes = std::any_of(shown.begin(), shown.end(), [&](char c) {
    return c == dialect.separator() || c == quote || c == '\r' || c == '\n';
  });
  const bool was_quoted = dialect.quote && cell.starts_with(quote);
  std::string made{shown};
  if (needs_quotes || was_quoted) {
    if (!dialect.quote) return {};
    made.assign(1, quote);
    for (const char c : shown) made.append(c == quote ? 2 : 1, c);
    made.push_back(quote);
  }
  std::string read;
  const bool is_read = is_well_formed(made, dialect) &&
                       without_guard(trimmed(value_of(made, dialect, read))) == value;
  return is_read ? std::optional{std::move(made)} : std::nullopt;
}

bool is_well_formed(std::string_view cell, const Dialect& dialect) noexcept
{
  if (dialect.escape && cell.find(*dialect.escape) != cell.npos) return false;
  const auto ends_cell = [&](char c) { return c == dialect.separator() || c == '\r' || c == '\n'; };
  if (!dialect.quote || !cell.starts_with(*dialect.quote))
    return std::none_of(cell.begin(), cell.end(), [&](char c) {
      return ends_cell(c) || (dialect.quote && c == *dialect.quote);
    });
  const char quote = *dialect.quote;
  if (cell.size() < 2 || !cell.ends_with(quote)) return false;
  const std::string_view inside = cell.substr(1, cell.size() - 2);
  for (std::size_t at = inside.find(quote); at != inside.npos; at = inside.find(quote, at + 2))
    if (at + 1 == inside.size() || inside[at + 1] != quote) return false;
  return true;
}

} // namespace rollcall::csv
