// row_result.cpp: outcomes by name.
#include "plan/row_result.hpp"

#include <array>

namespace rollcall::plan {

std::string_view slug(Outcome outcome) noexcept
{
  constexpr std::array<std::string_view, outcome_count> slugs = {
      "created", "updated", "unchanged", "rejected", "withheld", "stale", "failed", "unknown"};
  return slugs[static_cast<std::size_t>(outcome)];
}

} // namespace rollcall::plan
