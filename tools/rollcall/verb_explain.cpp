// `rollcall explain`: the page of a finding code, one of a format's own too, or of an error code,
// or the list of all.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "nearest.hpp"
#include "rollcall/code.hpp"
#include "rollcall/error.hpp"
#include "rollcall/formats.hpp"
#include "schema_file.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

std::string_view title_of(Scope scope)
{
  switch (scope) {
    case Scope::rule:
      return "Rules";
    case Scope::file:
      return "The file, its header, the settings, the actor";
    case Scope::text:
      return "The text of a row";
    case Scope::value:
      return "The value of a cell";
    case Scope::row:
      return "A row, and what it refers to";
    case Scope::claim:
      return "Values that only one may have";
    case Scope::apply:
      return "Carrying out a plan";
    case Scope::convert:
      return "From one format to another";
  }
  return {};
}

// Names in columns, as many as fit 80.
void append_names(std::string& text, const std::vector<std::string>& names)
{
  constexpr std::size_t per_line = 3;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool ends_line = i % per_line == per_line - 1 || i + 1 == names.size();
    if (i % per_line == 0) text += "  ";
    text += ends_line ? names[i] + "\n" : fmt::format("{:<26}", names[i]);
  }
}

// Those of a format that rollcall's own list does not have.
void append_own(std::string& text, const schema::Schema& schema)
{
  std::vector<std::string> names;
  for (const std::string_view code : schema::codes_of(schema)) names.emplace_back(code);
  if (names.empty()) return;
  append_names(text.append("Rules of ").append(schema.id).append("\n"), names);
}

std::string list_of_all(const std::vector<schema::Schema>& formats)
{
  std::string text;
  std::vector<std::string> names;
  const auto close = [&](std::string_view title) {
    if (!names.empty()) append_names(text.append(title).append("\n"), names);
    names.clear();
  };
  Scope current = Scope::rule;
  for (const Code code : all_codes()) {
    if (scope(code) != current) close(title_of(current));
    current = scope(code);
    names.emplace_back(slug(code));
  }
  close(title_of(current));
  for (const schema::Schema& schema : formats) append_own(text, schema);
  for (const ErrorCode code : all_error_codes()) names.emplace_back(slug(code));
  close("Errors: what rollcall could not do");
  return text;
}

// Of a code that several formats have, the page of each.
std::string pages_of_formats(const std::vector<schema::Schema>& formats, std::string_view name)
{
  std::string text;
  for (const schema::Schema& schema : formats) {
    const std::string page = schema::explain(schema, name);
    if (!page.empty()) text.append(text.empty() ? "" : "\n").append(page);
  }
  return text;
}

// Programs know codes by their numbers, and pages name them.
std::optional<Code> code_of_number(std::string_view text)
{
  for (const Code code : all_codes())
    if (code != Code::rule && std::to_string(static_cast<int>(code)) == text) return code;
  return {};
}

// (Codes are lower case; people may have them from a page that shouts.)
Result<std::string> page_about(const std::vector<schema::Schema>& formats, std::string name)
{
  for (char& sign : name)
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign | 0x20);
  if (const auto code = code_of(name)) return explain(*code);
  if (const auto code = code_of_number(name)) return explain(*code);
  if (std::string pages = pages_of_formats(formats, name); !pages.empty()) return pages;
  std::vector<std::string> known;
  for (const Code code : all_codes()) known.emplace_back(slug(code));
  for (const schema::Schema& schema : formats)
    for (const std::string_view code : schema::codes_of(schema)) known.emplace_back(code);
  for (const ErrorCode code : all_error_codes()) {
    if (slug(code) == name) return explain(code);
    known.emplace_back(slug(code));
  }
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no code '{}'{}", name, did_you_mean(name, known))};
}

class Explain final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("CODE", code_);
    options.add_option("--format", format_, "with the codes of this format alone (of all)")
        ->type_name("FORMAT");
  }

  Result<Exit> run(Console& console) override
  {
    std::vector<schema::Schema> formats;
    if (!format_.empty()) {
      ROLLCALL_TRY(auto schema, schema_of(console, format_));
      formats.push_back(std::move(schema));
    } else {
      for (const auto& known : rollcall::formats::builtin()) formats.push_back(known.make());
    }
    if (code_.empty()) {
      ROLLCALL_CHECK(console.out.write(list_of_all(formats)));
    } else {
      ROLLCALL_TRY(const std::string page, page_about(formats, code_));
      ROLLCALL_CHECK(console.out.write(page));
    }
    return Exit::succeeded;
  }

 private:
  std::string code_, format_;
};

} // namespace

std::unique_ptr<Command> make_explain()
{
  return std::make_unique<Explain>();
}

} // namespace rollcall::tools
