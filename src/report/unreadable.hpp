// unreadable.hpp: an error that is about the file, as the finding that refuses it.
#ifndef ROLLCALL_REPORT_UNREADABLE_HPP
#define ROLLCALL_REPORT_UNREADABLE_HPP

#include <string_view>

#include "rollcall/error.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::report {

// Does an error of a source say something about the file, and nothing about us?
[[nodiscard]] bool is_about_file(ErrorCode code) noexcept;

// file.unreadable. A file without a name is "the file".
[[nodiscard]] Finding unreadable(const Error& why, std::string_view file_name);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_UNREADABLE_HPP
