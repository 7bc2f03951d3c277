// `rollcall explain`: the page of a finding code or an error code, or the list of all.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "nearest.hpp"
#include "rollcall/code.hpp"
#include "rollcall/error.hpp"
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

std::string list_of_all()
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
  for (const ErrorCode code : all_error_codes()) names.emplace_back(slug(code));
  close("Errors: what rollcall could not do");
  return text;
}

Result<std::string> page_about(std::string_view name)
{
  if (const auto code = code_of(name)) return explain(*code);
  std::vector<std::string> known;
  for (const Code code : all_codes()) known.emplace_back(slug(code));
  for (const ErrorCode code : all_error_codes()) {
    if (slug(code) == name) return explain(code);
    known.emplace_back(slug(code));
  }
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no code '{}'{}", name, did_you_mean(name, known))};
}

class Explain final : public Command {
 public:
  void declare(CLI::App& options) override { options.add_option("CODE", code_); }

  Result<Exit> run(Console& console) override
  {
    if (code_.empty()) {
      ROLLCALL_CHECK(console.out.write(list_of_all()));
    } else {
      ROLLCALL_TRY(const std::string page, page_about(code_));
      ROLLCALL_CHECK(console.out.write(page));
    }
    return Exit::succeeded;
  }

 private:
  std::string code_;
};

} // namespace

std::unique_ptr<Command> make_explain()
{
  return std::make_unique<Explain>();
}

} // namespace rollcall::tools
