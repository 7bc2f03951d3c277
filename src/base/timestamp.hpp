// Moments as text, in ISO 8601, UTC, without asking locale or time zone.
#ifndef ROLLCALL_BASE_TIMESTAMP_HPP
#define ROLLCALL_BASE_TIMESTAMP_HPP

#include <cstdint>
#include <string>

namespace rollcall {

// "2026-07-04T09:30:00.123Z", always 24 characters, so that texts sort as moments do. What lies
// outside of the years 0 to 9999 becomes the first or the last moment of them.
[[nodiscard]] std::string format_utc(std::int64_t ms_since_1970);

} // namespace rollcall

#endif // ROLLCALL_BASE_TIMESTAMP_HPP
