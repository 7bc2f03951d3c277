// `rollcall schema show FORMAT` and `rollcall schema check FILE`.
//
// A file that is checked and has faults is refused like any other that is (exit 3); the faults are
// what was asked for, so they stand on standard output, as compilers write theirs.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "rollcall/schema_json.hpp"
#include "schema_file.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

std::string name_in_words(const std::string& path)
{
  return path == "-" ? "standard input" : path;
}

void append(std::string& text, const std::string& name, std::string_view kind,
            const schema::SchemaFault& fault)
{
  text += name;
  if (fault.line != 0) text += fmt::format(":{}:{}", fault.line, fault.column);
  text += fmt::format(": {}", kind);
  if (!fault.path.empty()) text += fault.path + ": ";
  text += fault.what + "\n";
}

std::string text_of(const std::string& name, const schema::SchemaCheck& check)
{
  std::string text;
  for (const schema::SchemaFault& fault : check.faults) append(text, name, "", fault);
  for (const schema::SchemaFault& remark : check.remarks) append(text, name, "remark: ", remark);
  if (check.count > check.faults.size())
    text += fmt::format("{}: and {} faults more\n", name, check.count - check.faults.size());
  if (check.is_good()) text += fmt::format("{}: no faults\n", name);
  return text;
}

class UseSchema final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    options.add_option("action", action_)->required();
    options.add_option("format", format_)->required();
    options.add_flag("--page", is_page_, "show the page for people instead, as Markdown");
  }

  Result<Exit> run(Console& console) override
  {
    if (action_ == "show") return show(console);
    if (action_ != "check")
      return Error{ErrorCode::wrong_use,
                   fmt::format("expected show or check, found '{}'", action_)};
    if (is_page_) return Error{ErrorCode::wrong_use, "--page is for show"};
    return check(console);
  }

 private:
  Result<Exit> show(Console& console)
  {
    ROLLCALL_TRY(std::optional<schema::Schema> schema, builtin_schema(format_));
    if (!schema) {
      ROLLCALL_TRY(const std::string text, read_schema_text(console, format_));
      ROLLCALL_TRY(schema, while_doing(schema::read_schema(text), "reading " + format_));
    }
    ROLLCALL_CHECK(is_page_ ? schema::write_page(*schema, console.out)
                            : schema::write_schema(*schema, console.out));
    return Exit::succeeded;
  }

  Result<Exit> check(Console& console)
  {
    ROLLCALL_TRY(const std::string text, read_schema_text(console, format_));
    ROLLCALL_TRY(const schema::SchemaCheck check, schema::check_schema(text));
    ROLLCALL_CHECK(console.out.write(text_of(name_in_words(format_), check)));
    return check.is_good() ? Exit::succeeded : Exit::refused;
  }

  std::string action_;
  std::string format_;
  bool is_page_ = false;
};

} // namespace

std::unique_ptr<Command> make_schema()
{
  return std::make_unique<UseSchema>();
}

} // namespace rollcall::tools
