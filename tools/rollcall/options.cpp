// CLI11 is let parse without its own help and errors: words that it does not know are left over.
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "nearest.hpp"

namespace rollcall::tools {
namespace {

constexpr std::size_t name_columns = 24;
constexpr std::string_view end_of_options = "--";

// What is left over when all options have taken theirs. Behind a `--` nothing is an option.
std::optional<Error> about_unknown(const CLI::App& options, bool only_options)
{
  bool may_be_option = true;
  for (const std::string& word : options.remaining()) {
    if (may_be_option && word == end_of_options) {
      may_be_option = false;
    } else if (may_be_option && word.starts_with('-') && word != "-") {
      const std::string name = word.substr(0, word.find('='));
      std::vector<std::string> names;
      for (const CLI::Option* option : options.get_options())
        for (const std::string& known : option->get_lnames()) names.push_back("--" + known);
      return Error{ErrorCode::wrong_use,
                   "there is no option '" + name + "'" + did_you_mean(name, names)};
    } else if (!only_options) {
      return Error{ErrorCode::wrong_use, "unexpected '" + word + "'"};
    }
  }
  return {};
}

// No option means anything by an empty word: a script had nothing in its variable.
std::optional<Error> about_empty(const CLI::App& options)
{
  for (const CLI::Option* option : options.get_options())
    for (const std::string& word : option->results())
      if (word.empty()) return Error{ErrorCode::wrong_use, option->get_name() + " cannot be empty"};
  return {};
}

// A value is missing, or there are too many.
Error about_number_of_values(const CLI::App& options, const CLI::ParseError& error)
{
  for (const CLI::Option* option : options.get_options()) {
    const bool is_once = option->get_multi_option_policy() != CLI::MultiOptionPolicy::TakeAll;
    if (is_once && option->results().size() > 1)
      return Error{ErrorCode::wrong_use, option->get_name() + " is given more than once"};
  }
  const std::string text = error.what();
  return Error{ErrorCode::wrong_use, text.substr(0, text.find(':')) + " needs a value"};
}

// What CLI11 says begins with a capital and may end with a full stop.
Error in_our_words(const CLI::ParseError& error)
{
  std::string text = error.what();
  if (text.size() > 1 && text[1] >= 'a' && text[1] <= 'z')
    text[0] = static_cast<char>(text[0] | 0x20);
  while (text.ends_with('.') || text.ends_with('\n')) text.pop_back();
  return Error{ErrorCode::wrong_use, text};
}

std::string name_of(const CLI::Option& option)
{
  std::string name;
  for (const std::string& known : option.get_snames()) name += "-" + known + ", ";
  for (const std::string& known : option.get_lnames()) name += "--" + known + ", ";
  name.resize(name.size() - 2);
  if (option.get_items_expected_max() > 0) name += " " + option.get_type_name();
  return name;
}

} // namespace

bool asks_for_help(std::span<const std::string> words)
{
  for (const std::string& word : words) {
    if (word == end_of_options) return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

Option* Option::type_name(const std::string& name)
{
  option_->type_name(name);
  return this;
}

Option* Option::required()
{
  option_->required();
  return this;
}

Option* Option::repeated()
{
  option_->expected(1)->take_all();
  return this;
}

Option* Option::delimiter(char sign)
{
  option_->delimiter(sign);
  return this;
}

Options::Options() : app_{std::make_unique<CLI::App>()}
{
  app_->allow_extras();
  app_->set_help_flag();
}

Options::~Options() = default;

Option* Options::keep(CLI::Option& option)
{
  return options_.emplace_back(std::make_unique<Option>(option)).get();
}

Option* Options::add_option(const std::string& name, std::string& value, const std::string& what)
{
  return keep(*app_->add_option(name, value, what));
}

Option* Options::add_option(const std::string& name, std::uint64_t& value, const std::string& what)
{
  return keep(*app_->add_option(name, value, what));
}

Option* Options::add_option(const std::string& name, std::vector<std::string>& values,
                            const std::string& what)
{
  return keep(*app_->add_option(name, values, what));
}

void Options::add_flag(const std::string& name, bool& is_given, const std::string& what)
{
  app_->add_flag(name, is_given, what);
}

Result<void> Options::parse(std::span<const std::string> words)
{
  try {
    app_->parse(std::vector<std::string>{words.rbegin(), words.rend()});
  } catch (const CLI::ParseError& error) {
    // A word that is not known often is why another one is missing.
    if (auto unknown = about_unknown(*app_, true)) return std::move(*unknown);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
      return about_number_of_values(*app_, error);
    return in_our_words(error);
  }
  if (auto unknown = about_unknown(*app_, false)) return std::move(*unknown);
  if (auto empty = about_empty(*app_)) return std::move(*empty);
  return success();
}

std::string Options::list() const
{
  std::string text;
  for (const CLI::Option* option : std::as_const(*app_).get_options()) {
    if (option->get_positional()) continue;
    std::string line = "  " + name_of(*option);
    if (line.size() + 2 > name_columns) {
      text += line + "\n";
      line.clear();
    }
    line.resize(name_columns, ' ');
    text += line + option->get_description() + "\n";
  }
  return text;
}

} // namespace rollcall::tools
