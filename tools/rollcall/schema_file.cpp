// Schemas are read whole: they are small, and their faults are told by their places in the text.
#include "schema_file.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>
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

std::string in_words(const std::string& path)
{
  return path == "-" ? "standard input" : shown(path);
}

void append(std::string& text, const std::string& name, std::string_view kind,
            const schema::SchemaFault& fault)
{
  text += name;
  if (fault.line != 0) text += fmt::format(":{}:{}", fault.line, fault.column);
  text += fmt::format(": {}", kind);
  if (!fault.path.empty()) text += shown(fault.path) + ": ";
  text += shown(fault.what) + "\n";
}

} // namespace

Result<std::string> read_schema_text(Console& console, const std::string& path)
{
  auto text = [&]() -> Result<std::string> {
    ROLLCALL_TRY(auto source, open_input(console, path));
    return read_all(*source);
  }();
  if (text.has_value() || text.assume_error().code() == ErrorCode::out_of_memory) return text;
  return Error{ErrorCode::wrong_use, "the schema " + path + " cannot be read: " +
                                         std::string{reason_of(text.assume_error())}};
}

std::string text_of(const std::string& path, const schema::SchemaCheck& check)
{
  const std::string name = in_words(path);
  std::string text;
  for (const schema::SchemaFault& fault : check.faults) append(text, name, "", fault);
  for (const schema::SchemaFault& remark : check.remarks) append(text, name, "remark: ", remark);
  if (check.count > check.faults.size())
    text += fmt::format("{}: and {} faults more\n", name, check.count - check.faults.size());
  if (check.is_good()) text += fmt::format("{}: no faults\n", name);
  return text;
}

Error faulty(Console& console, const std::string& path, const schema::SchemaCheck& check)
{
  std::string text = text_of(path, check);
  if (text.ends_with('\n')) text.pop_back();
  console.say(text);
  return Error{ErrorCode::wrong_use, fmt::format("the schema {} has {} fault{}", in_words(path),
                                                 check.count, check.count == 1 ? "" : "s")};
}

bool is_schema_path(std::string_view format)
{
  if (formats::find(format) != nullptr) return false;
  return format == "-" || format.find_first_of("/.") != format.npos;
}

Result<schema::Schema> schema_of(Console& console, const std::string& format)
{
  ROLLCALL_TRY(std::optional<schema::Schema> builtin, builtin_schema(format));
  if (builtin) return std::move(*builtin);
  ROLLCALL_TRY(const std::string text, read_schema_text(console, format));
  ROLLCALL_TRY(const schema::SchemaCheck check, schema::check_schema(text));
  if (!check.is_good()) return faulty(console, format, check);
  return schema::read_schema(text);
}

Result<std::optional<schema::Schema>> builtin_schema(const std::string& format)
{
  if (const formats::Format* const known = formats::find(format))
    return std::optional<schema::Schema>{known->make()};
  if (is_schema_path(format)) return std::optional<schema::Schema>{};
  return no_such_format(format);
}

Error no_such_format(const std::string& format, std::vector<std::string> known)
{
  for (const formats::Format& each : formats::builtin()) known.emplace_back(each.id);
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no format '{}'{}", format, did_you_mean(format, known))};
}

} // namespace rollcall::tools
