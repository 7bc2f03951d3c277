// A schema as text: a file of one's own, or standard input.
#ifndef ROLLCALL_TOOLS_SCHEMA_FILE_HPP
#define ROLLCALL_TOOLS_SCHEMA_FILE_HPP

#include <optional>
#include <string>

#include "console.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::tools {

// As long as a schema may be; `-` is standard input.
[[nodiscard]] Result<std::string> read_schema_text(Console& console, const std::string& path);

// A format that is built in, by its name. What is no path and no such name is wrong_use; nothing is
// a path.
[[nodiscard]] Result<std::optional<schema::Schema>> builtin_schema(const std::string& format);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_SCHEMA_FILE_HPP
