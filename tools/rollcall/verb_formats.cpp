// `rollcall formats`: the formats that are built in.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "rollcall/formats.hpp"
#include "rollcall/schema_json.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

std::string table_of_formats()
{
  std::size_t width = 0;
  for (const formats::Format& format : formats::builtin())
    width = std::max(width, format.id.size());
  std::string text;
  for (const formats::Format& format : formats::builtin())
    text += fmt::format("{:<{}}  {}\n", format.id, width, format.make().title);
  return text;
}

// Nothing that a built-in format says of itself needs an escape.
Result<std::string> json_of_formats()
{
  std::string text;
  for (const formats::Format& format : formats::builtin()) {
    const schema::Schema schema = format.make();
    ROLLCALL_TRY(const std::string digest, schema::digest_of(schema));
    text += fmt::format(
        R"({{"format": "{}", "revision": {}, "title": "{}", "columns": {}, "digest": "{}"}})"
        "\n",
        format.id, schema.revision, schema.title, schema.columns.size(), digest);
  }
  return text;
}

class ListFormats final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_flag("--json", is_json_, "a JSON line for each, with the digest of its schema");
  }

  Result<Exit> run(Console& console) override
  {
    if (is_json_) {
      ROLLCALL_TRY(const std::string lines, json_of_formats());
      ROLLCALL_CHECK(console.out.write(lines));
    } else {
      ROLLCALL_CHECK(console.out.write(table_of_formats()));
    }
    return Exit::succeeded;
  }

 private:
  bool is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_formats()
{
  return std::make_unique<ListFormats>();
}

} // namespace rollcall::tools
