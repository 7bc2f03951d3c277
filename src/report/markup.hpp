// markup.hpp: text within XML 1.0 and HTML: it stays text, whatever stands in it.
#ifndef ROLLCALL_REPORT_MARKUP_HPP
#define ROLLCALL_REPORT_MARKUP_HPP

#include <string>
#include <string_view>

namespace rollcall::report {

// For elements and for attributes in double quotes. What XML 1.0 does not allow in any spelling
// (controls, undecodable bytes, FFFE and FFFF) becomes U+FFFD; line ends and tabs are references,
// since attributes would lose them.
void append_markup(std::string& made, std::string_view text);

[[nodiscard]] std::string in_markup(std::string_view text);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_MARKUP_HPP
