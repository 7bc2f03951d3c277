// CLI11 is let parse without its own help and errors: words that it does not know are left over.
#include "options.hpp"

#include <algorithm>
#include <vector>

#include "nearest.hpp"

namespace rollcall::tools {
namespace {

constexpr std::size_t name_columns = 24;

Error about_unknown(const CLI::App& options, const std::string& word)
{
  if (!word.starts_with('-')) return Error{ErrorCode::wrong_use, "unexpected '" + word + "'"};
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const CLI::Option* option : options.get_options())
    for (const std::string& known : option->get_lnames()) names.push_back("--" + known);
  return Error{ErrorCode::wrong_use,
               "there is no option '" + name + "'" + did_you_mean(name, names)};
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

Result<void> parse(CLI::App& options, std::span<const std::string> words)
{
  options.allow_extras();
  options.set_help_flag();
  try {
    options.parse(std::vector<std::string>{words.rbegin(), words.rend()});
  } catch (const CLI::ParseError& error) {
    // A word that is not known often is why another one is missing.
    for (const std::string& word : options.remaining())
      if (word.starts_with('-')) return about_unknown(options, word);
    return in_our_words(error);
  }
  const std::vector<std::string> unknown = options.remaining();
  if (!unknown.empty()) return about_unknown(options, unknown.front());
  return success();
}

std::string list_of(const CLI::App& options)
{
  std::string text;
  for (const CLI::Option* option : options.get_options()) {
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
