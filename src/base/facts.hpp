// facts.hpp: a fact of a finding by its name.
#ifndef ROLLCALL_BASE_FACTS_HPP
#define ROLLCALL_BASE_FACTS_HPP

#include <string_view>

#include "rollcall/finding.hpp"

namespace rollcall {

// Null if the finding does not have it. Lives as long as the finding.
[[nodiscard]] inline const Fact* find_fact(const Finding& finding, std::string_view name) noexcept
{
  for (const Fact& fact : finding.facts)
    if (fact.name == name) return &fact;
  return nullptr;
}

// Likewise what it says, or nothing.
[[nodiscard]] inline std::string_view fact_of(const Finding& finding,
                                              std::string_view name) noexcept
{
  const Fact* const fact = find_fact(finding, name);
  return fact != nullptr ? std::string_view{fact->value} : std::string_view{};
}

} // namespace rollcall

#endif // ROLLCALL_BASE_FACTS_HPP
