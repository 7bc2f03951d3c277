// code_page.hpp: the page that explains a code, as text.
#ifndef ROLLCALL_BASE_CODE_PAGE_HPP
#define ROLLCALL_BASE_CODE_PAGE_HPP

#include <string>
#include <string_view>

namespace rollcall {

// A part of a page: its title, and each line of its text set in by two. An empty text is a blank
// cell.
void append_part(std::string& page, std::string_view title, std::string_view text);

} // namespace rollcall

#endif // ROLLCALL_BASE_CODE_PAGE_HPP
