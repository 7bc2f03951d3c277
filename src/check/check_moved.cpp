// check_moved.cpp: a row that lacks a cell may have its password a column too far to the left,
// under Email. If it is rejected, nothing there is quoted, by what was found or in a result; but
// its key stays its key (spec F3).
#include <algorithm>

#include "check/cell_text.hpp"
#include "check/checker.hpp"

namespace rollcall::check {
namespace {

// What a message cannot do without is hidden; what explains or mends the value is left out.
enum class Quotes : std::uint8_t { nothing, value, more };

Quotes quotes_of(FactName name) noexcept
{
  switch (name) {
    case FactName::kind:
    case FactName::known:
    case FactName::holder:
    case FactName::holders:
    case FactName::dropped:
    case FactName::more_lines:
      return Quotes::nothing;
    case FactName::near:
    case FactName::replace:
    case FactName::reason:
      return Quotes::more;
    default:
      return Quotes::value;
  }
}

void hide(Found& found) noexcept
{
  if (!found.value.empty()) found.value = hidden_value;
  std::uint8_t kept = 0;
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    FoundFact fact = found.facts[i];
    const Quotes quotes = fact.is_number ? Quotes::nothing : quotes_of(fact.name);
    if (quotes == Quotes::more) continue;
    if (quotes == Quotes::value) fact.text = hidden_value;
    found.facts[kept++] = fact;
  }
  found.fact_count = kept;
}

} // namespace

bool Checker::may_have_moved(std::size_t row, std::size_t cell) const noexcept
{
  const std::size_t width = holds_.size();
  const std::size_t cells = batch_->cells(row);
  if (cells >= width || cell >= cells) return false;
  const auto begin = holds_.begin() + static_cast<std::ptrdiff_t>(cell);
  const auto end = begin + static_cast<std::ptrdiff_t>(width - cells + 1);
  return std::find(begin, end, Holds::secrets) != end;
}

bool Checker::may_quote_secret(std::size_t row, std::string_view text)
{
  if (!has_short_ || batch_ == nullptr || !judged_.rejected.has(row)) return false;
  for (std::size_t cell = 0; cell != batch_->cells(row); ++cell) {
    if (!may_have_moved(row, cell)) continue;
    const std::string_view secret = cell_text(batch_->cell(row, cell), batch_->dialect(), scratch_);
    if (!secret.empty() && text.find(secret) != text.npos) return true;
  }
  return false;
}

void Checker::hide_moved_cells()
{
  if (!has_short_ || batch_ == nullptr) return;
  for (std::size_t column = 0; column != schema_.columns.size(); ++column) {
    const auto place = header_.cell_of[column];
    if (!place || column == schema_.key_column) continue;
    judged_.rejected.for_each([&](std::size_t row) {
      if (!may_have_moved(row, *place)) return;
      judged_.cell(column, row) = {};
      judged_.good(column).clear(row);
    });
  }
}

void Checker::hide_moved()
{
  if (batch_ == nullptr) return;
  for (Found& found : judged_.found) {
    if (!judged_.rejected.has(found.row)) continue;
    const bool is_there =
        found.cell >= 0 && may_have_moved(found.row, static_cast<std::size_t>(found.cell));
    if (is_there) hide(found);
    if (!found.says.empty() && may_quote_secret(found.row, found.says)) found.says = {};
  }
}

} // namespace rollcall::check
