// `rollcall schema show FORMAT` and `rollcall schema check FORMAT`.
//
// A file that is checked and has faults is refused like any other that is (exit 3); the faults are
// what was asked for, so they stand on standard output, as compilers write theirs.
#include <string>
#include <utility>

#include "rollcall/schema_json.hpp"
#include "rollcall/sink.hpp"
#include "schema_file.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class UseSchema final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("show|check", action_)->required()->choices({"show", "check"});
    options.add_option("FORMAT", format_)->required();
    options.add_flag("--page", is_page_, "show the page for people instead, as Markdown");
  }

  Result<Exit> run(Console& console) override
  {
    if (action_ == "show") return show(console);
    if (is_page_) return Error{ErrorCode::wrong_use, "--page is for show"};
    return check(console);
  }

 private:
  Result<Exit> show(Console& console)
  {
    ROLLCALL_TRY(std::optional<schema::Schema> schema, builtin_schema(format_));
    if (!schema) {
      ROLLCALL_TRY(const std::string text, read_schema_text(console, format_));
      auto read = schema::read_schema(text);
      if (!read.has_value()) {
        ROLLCALL_TRY(const schema::SchemaCheck check, schema::check_schema(text));
        return faulty(console, format_, check);
      }
      schema = std::move(read).assume_value();
    }
    ROLLCALL_CHECK(is_page_ ? schema::write_page(*schema, console.out)
                            : schema::write_schema(*schema, console.out));
    return Exit::succeeded;
  }

  Result<Exit> check(Console& console)
  {
    ROLLCALL_TRY(const std::string text, text_to_check(console));
    ROLLCALL_TRY(const schema::SchemaCheck check, schema::check_schema(text));
    ROLLCALL_CHECK(console.out.write(text_of(format_, check)));
    return check.is_good() ? Exit::succeeded : Exit::refused;
  }

  // Of one that is built in what `show` would show.
  [[nodiscard]] Result<std::string> text_to_check(Console& console) const
  {
    ROLLCALL_TRY(const std::optional<schema::Schema> schema, builtin_schema(format_));
    if (!schema) return read_schema_text(console, format_);
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(schema::write_schema(*schema, sink));
    return std::string{text};
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
