// The right word for a wrong one, if there is one that is near enough.
#ifndef ROLLCALL_TOOLS_NEAREST_HPP
#define ROLLCALL_TOOLS_NEAREST_HPP

#include <span>
#include <string>
#include <string_view>

namespace rollcall::tools {

// "; did you mean rows?", or nothing. A part of a known word counts as near, too: who asks for
// `quote` means csv.quote.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> known);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_NEAREST_HPP
