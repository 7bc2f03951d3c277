// code_page.hpp: the page that explains a code, as text.
#ifndef ROLLCALL_BASE_CODE_PAGE_HPP
#define ROLLCALL_BASE_CODE_PAGE_HPP

#include <string>
#include <string_view>

#include "rollcall/code.hpp"

namespace rollcall {

// What a code means, and why it matters.
[[nodiscard]] std::string_view meaning(Code code) noexcept;

// What comes of a finding: of a code of the closed list, or of one of a format's own, which is
// about a row or about the file.
[[nodiscard]] std::string_view consequence(Code code) noexcept;
[[nodiscard]] std::string_view consequence_for_row(Severity severity) noexcept;
inline constexpr std::string_view consequence_for_file =
    "Nothing of the file is imported until this is mended.";

// A part of a page: its title, and each line of its text set in by two. An empty text is a blank
// cell.
void append_part(std::string& page, std::string_view title, std::string_view text);

} // namespace rollcall

#endif // ROLLCALL_BASE_CODE_PAGE_HPP
