// Moments as people type and read them.
#ifndef ROLLCALL_TOOLS_MOMENTS_HPP
#define ROLLCALL_TOOLS_MOMENTS_HPP

#include <cstdint>
#include <string>

#include "rollcall/result.hpp"

namespace rollcall::tools {

// "2026-11-21 08:30", of UTC milliseconds; and back, of that and of "2026-11-21",
// "2026-11-21T08:30:15", "2026-11-21T08:30:15.250Z". No text is 0.
[[nodiscard]] std::string moment(std::int64_t ms);
[[nodiscard]] Result<std::int64_t> moment_of(const std::string& text);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_MOMENTS_HPP
