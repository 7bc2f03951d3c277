// A schema as text: a file of one's own, or standard input.
#ifndef ROLLCALL_TOOLS_SCHEMA_FILE_HPP
#define ROLLCALL_TOOLS_SCHEMA_FILE_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "console.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::tools {

// As long as a schema may be; `-` is standard input. One that cannot be read is wrong_use: it was
// named by whoever runs this.
[[nodiscard]] Result<std::string> read_schema_text(Console& console, const std::string& path);

// Wrong use, with the nearest of those that are built in and of these.
[[nodiscard]] Error no_such_format(const std::string& format, std::vector<std::string> known = {});

// A format that is built in, by its name. What is no path and no such name is wrong_use; nothing is
// a path.
[[nodiscard]] Result<std::optional<schema::Schema>> builtin_schema(const std::string& format);

// Is it, not being the name of a format that is built in, a path?
[[nodiscard]] bool is_schema_path(std::string_view format);

// What there is to say of a schema that was checked, a line each.
[[nodiscard]] std::string text_of(const std::string& path, const schema::SchemaCheck& check);

// Says what is wrong with a schema that was to be used, and that it cannot be.
[[nodiscard]] Error faulty(Console& console, const std::string& path,
                           const schema::SchemaCheck& check);

// A format that is built in, or a schema as JSON. One that is not there, cannot be read or has
// faults is wrong_use; the faults are said on standard error, as `schema check` says them.
[[nodiscard]] Result<schema::Schema> schema_of(Console& console, const std::string& format);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_SCHEMA_FILE_HPP
