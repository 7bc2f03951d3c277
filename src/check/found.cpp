// found.cpp: facts by name.
#include "check/found.hpp"

namespace rollcall::check {

std::string_view slug(FactName name) noexcept
{
  constexpr std::array<std::string_view, fact_name_count> slugs = {
      "asked", "cells",      "character", "columns", "dropped",    "holder", "holders",
      "kind",  "known",      "least",     "length",  "more_lines", "most",   "near",
      "now",   "other_line", "reason",    "replace", "taken",      "written"};
  return slugs[static_cast<std::size_t>(name)];
}

} // namespace rollcall::check
