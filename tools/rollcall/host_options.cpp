// What the options of a host mean: files that are read, words that go before them.
#include "host_options.hpp"

#include <fmt/format.h>

#include <memory_resource>

#include "nearest.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::tools {
namespace {

constexpr std::size_t schema_bytes_max = std::size_t{16} * 1024 * 1024;

Result<std::string> read_text(Source& source)
{
  std::string text;
  std::array<char, 16 * 1024> piece{};
  for (;;) {
    ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return text;
    text.append(piece.data(), size);
    if (text.size() > schema_bytes_max)
      return Error{ErrorCode::limit_exceeded, "a schema has at most 16 MiB"};
  }
}

// `NAME`, `NAME=true`, `NAME=false`, or a text (spec F10).
void take_option(const std::string& option, Context& context)
{
  const std::size_t equals = option.find('=');
  const std::string name = option.substr(0, equals);
  Setting value{.is = Setting::Is::boolean, .boolean = true};
  if (equals != option.npos) {
    const std::string text = option.substr(equals + 1);
    if (text == "false")
      value.boolean = false;
    else if (text != "true")
      value = {.is = Setting::Is::text, .text = text};
  }
  context.options.insert_or_assign(name, value);
}

} // namespace

void declare(CLI::App& options, HostOptions& host)
{
  options.add_option("--format", host.format, "the vendor's format, or a schema as JSON")
      ->type_name("FORMAT")
      ->required();
  options.add_option("--directory", host.directory, "the host's objects, a directory.json")
      ->type_name("FILE");
  options.add_option("--context", host.context, "who imports, a context.json")->type_name("FILE");
  options.add_option("--actor", host.actor, "the name of who imports")->type_name("NAME");
  options.add_option("--role", host.role, "the role of who imports")->type_name("ROLE");
  options.add_option("--option", host.options, "an option of the format, on or =false")
      ->type_name("NAME[=VALUE]");
}

Result<schema::Schema> schema_of(Console& console, const std::string& format)
{
  std::vector<std::string> ids;
  for (const formats::Format& known : formats::builtin()) {
    if (known.id == format) return known.make();
    ids.emplace_back(known.id);
  }
  const bool is_path = format.find('/') != format.npos || format.ends_with(".json");
  if (!is_path)
    return Error{ErrorCode::wrong_use,
                 fmt::format("there is no format '{}'{}", format, did_you_mean(format, ids))};
  ROLLCALL_TRY(auto source, open_input(console, format));
  ROLLCALL_TRY(const std::string text, while_doing(read_text(*source), "reading " + format));
  return while_doing(schema::read_schema(text), "reading " + format);
}

Result<Context> context_of(Console& console, const HostOptions& host)
{
  Context context;
  if (!host.context.empty()) {
    ROLLCALL_TRY(auto source, open_input(console, host.context));
    ROLLCALL_TRY(context, while_doing(read_context(*source), "reading " + host.context));
  }
  if (!host.actor.empty()) context.name = host.actor;
  if (!host.role.empty()) context.role = host.role;
  for (const std::string& option : host.options) take_option(option, context);
  return context;
}

Result<MemoryDirectory> directory_of(Console& console, const HostOptions& host,
                                     const schema::Schema& schema)
{
  if (host.directory.empty()) return MemoryDirectory::make(schema, console.seams);
  ROLLCALL_TRY(auto source, open_input(console, host.directory));
  return while_doing(MemoryDirectory::read(*source, schema, console.seams),
                     "reading " + host.directory);
}

void say_findings(Console& console, const JobSummary& job)
{
  for (const Finding& finding : job.findings)
    console.say(fmt::format("{}: {} {}: {}", job.file.empty() ? "rollcall" : job.file,
                            slug(finding.severity), slug(finding), render_message(finding)));
}

} // namespace rollcall::tools
