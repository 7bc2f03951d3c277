// did_you_mean.hpp: the end of a message about a name that is not there.
#ifndef ROLLCALL_SCHEMA_DID_YOU_MEAN_HPP
#define ROLLCALL_SCHEMA_DID_YOU_MEAN_HPP

#include <string>
#include <string_view>

#include "base/nearest.hpp"

namespace rollcall::schema {

// The most like of these names; empty if none is near.
template <class Names>
[[nodiscard]] std::string nearest_among(std::string_view wanted, const Names& names)
{
  Nearest nearest{wanted};
  for (const auto& name : names) nearest.offer(name);
  return std::string{nearest.best()};
}

// "; did you mean mac?", or nothing.
template <class Names>
[[nodiscard]] std::string did_you_mean(std::string_view wanted, const Names& names)
{
  const std::string meant = nearest_among(wanted, names);
  return meant.empty() ? std::string{} : "; did you mean " + meant + "?";
}

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_DID_YOU_MEAN_HPP
