// Schemas are read whole: they are small, and their faults are told by their places in the text.
#include "schema_file.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <vector>

#include "nearest.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::tools {
namespace {

Result<std::string> read_all(Source& source)
{
  std::string text;
  std::array<char, 16 * 1024> piece = {};
  for (;;) {
    ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return text;
    text.append(piece.data(), size);
    if (text.size() > schema::schema_bytes_max)
      return Error{ErrorCode::limit_exceeded, "a schema has at most 4 MiB"};
  }
}

} // namespace

Result<std::string> read_schema_text(Console& console, const std::string& path)
{
  return while_doing(
      [&]() -> Result<std::string> {
        ROLLCALL_TRY(auto source, open_input(console, path));
        return read_all(*source);
      }(),
      [&] { return "reading " + path; });
}

Result<std::optional<schema::Schema>> builtin_schema(const std::string& format)
{
  std::vector<std::string> ids;
  for (const formats::Format& known : formats::builtin()) {
    if (known.id == format) return std::optional<schema::Schema>{known.make()};
    ids.emplace_back(known.id);
  }
  const bool is_path =
      format == "-" || format.find('/') != format.npos || format.find('.') != format.npos;
  if (is_path) return std::optional<schema::Schema>{};
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no format '{}'{}", format, did_you_mean(format, ids))};
}

} // namespace rollcall::tools
