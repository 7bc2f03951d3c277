// CLI11 is let parse without its own help and errors: words that it does not know are left over.
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "nearest.hpp"

namespace rollcall::tools {
namespace {

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

// "-o,--output" as the names of a row; "FILE" as that of a word.
OptionRow row_of(const std::string& names)
{
  OptionRow row;
  const std::size_t long_at = names.find("--");
  row.is_word = !names.starts_with('-');
  row.name = row.is_word ? names : names.substr(long_at + 2);
  if (!row.is_word && long_at != 0) row.short_name = names.substr(1, 1);
  return row;
}

// "a, b or c"
std::string one_of(const std::vector<std::string>& words)
{
  std::string text;
  for (std::size_t i = 0; i != words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

Result<std::uint64_t> number_of(const OptionRow& row, const std::string& word)
{
  std::uint64_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, number);
  if (fault == std::errc{} && at == end) return number;
  return Error{ErrorCode::wrong_use, typed_name(row) + " takes a number, not '" + word + "'"};
}

Result<bool> switch_of(const OptionRow& row, const std::string& word)
{
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  return Error{ErrorCode::wrong_use, row.name + " is true or false, not '" + word + "'"};
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

std::string typed_name(const OptionRow& row)
{
  return row.is_word ? row.name : "--" + row.name;
}

Option::Option(CLI::Option& option, OptionRow row, Target target)
    : option_{&option}, row_{std::move(row)}, target_{target}
{
}

Option* Option::type_name(const std::string& name)
{
  row_.value = name;
  return this;
}

Option* Option::required()
{
  row_.is_required = true; // and checked by `check`, for a default may come from elsewhere
  return this;
}

Option* Option::repeated()
{
  row_.is_repeated = true;
  option_->expected(1)->allow_extra_args(false)->take_all(); // what follows is another word
  return this;
}

Option* Option::delimiter(char sign)
{
  row_.delimiter = sign;
  option_->delimiter(sign);
  return this;
}

Option* Option::choices(std::vector<std::string> words)
{
  row_.choices = std::move(words);
  return this;
}

Option* Option::checked(Result<void> (*takes)(const std::string& word))
{
  check_ = takes;
  return this;
}

Option* Option::setting()
{
  row_.is_setting = true;
  return this;
}

Option* Option::of_verb()
{
  row_.is_of_verb = true;
  return this;
}

Option* Option::instead_of(const std::string& rival)
{
  row_.rival = rival;
  return this;
}

bool Option::is_given() const noexcept
{
  return is_taken_ || option_->count() != 0;
}

Result<void> Option::take(std::span<const std::string> values)
{
  if (auto* const many = std::get_if<std::vector<std::string>*>(&target_)) {
    (*many)->assign(values.begin(), values.end());
    is_taken_ = !values.empty();
    return success();
  }
  if (values.size() != 1)
    return Error{ErrorCode::wrong_use, row_.name + " has one value, not several"};
  const std::string& word = values.front();
  if (word.empty()) return Error{ErrorCode::wrong_use, row_.name + " cannot be empty"};
  if (auto* const text = std::get_if<std::string*>(&target_)) **text = word;
  if (auto* const number = std::get_if<std::uint64_t*>(&target_)) {
    ROLLCALL_TRY(**number, number_of(row_, word));
  }
  if (auto* const is_on = std::get_if<bool*>(&target_)) {
    ROLLCALL_TRY(**is_on, switch_of(row_, word));
  }
  is_taken_ = true;
  return success();
}

Result<void> Option::check() const
{
  if ((row_.choices.empty() && check_ == nullptr) || !is_given()) return success();
  std::vector<std::string> words;
  if (const auto* const text = std::get_if<std::string*>(&target_)) words.push_back(**text);
  if (const auto* const many = std::get_if<std::vector<std::string>*>(&target_)) words = **many;
  for (const std::string& word : words) {
    if (check_ != nullptr) ROLLCALL_CHECK(check_(word));
    if (!row_.choices.empty() && std::ranges::find(row_.choices, word) == row_.choices.end())
      return Error{ErrorCode::wrong_use, (row_.is_word ? "expected " : typed_name(row_) + " is ") +
                                             one_of(row_.choices) + ", not '" + word + "'" +
                                             did_you_mean(word, row_.choices)};
  }
  return success();
}

// (CLI11 takes -1 for the greatest number that there is.)
Result<void> Option::check_typed() const
{
  if (!std::holds_alternative<std::uint64_t*>(target_)) return success();
  for (const std::string& word : option_->results()) ROLLCALL_CHECK(number_of(row_, word));
  return success();
}

Options::Options() : app_{std::make_unique<CLI::App>()}
{
  app_->allow_extras();
  app_->set_help_flag();
}

Options::~Options() = default;

Option* Options::keep(CLI::Option& option, const std::string& name, Option::Target target,
                      const std::string& what, std::string_view value)
{
  OptionRow row = row_of(name);
  row.what = what;
  row.group = group_;
  if (!row.is_word) row.value = value;
  return options_.emplace_back(std::make_unique<Option>(option, std::move(row), target)).get();
}

Option* Options::add_option(const std::string& name, std::string& value, const std::string& what)
{
  return keep(*app_->add_option(name, value, what), name, &value, what, "TEXT");
}

Option* Options::add_option(const std::string& name, std::uint64_t& value, const std::string& what)
{
  return keep(*app_->add_option(name, value, what), name, &value, what, "N");
}

Option* Options::add_option(const std::string& name, std::vector<std::string>& values,
                            const std::string& what)
{
  return keep(*app_->add_option(name, values, what), name, &values, what, "TEXT");
}

Option* Options::add_flag(const std::string& name, bool& is_given, const std::string& what)
{
  return keep(*app_->add_flag(name, is_given, what), name, &is_given, what, {});
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
    for (const auto& option : options_) ROLLCALL_CHECK(option->check_typed());
    return in_our_words(error);
  }
  if (auto unknown = about_unknown(*app_, false)) return std::move(*unknown);
  if (auto empty = about_empty(*app_)) return std::move(*empty);
  for (const auto& option : options_) ROLLCALL_CHECK(option->check_typed());
  return success();
}

Result<void> Options::check() const
{
  for (const auto& option : options_)
    if (option->row().is_required && !option->is_given())
      return Error{ErrorCode::wrong_use, typed_name(option->row()) + " is required"};
  for (const auto& option : options_) ROLLCALL_CHECK(option->check());
  return success();
}

Option* Options::find(std::string_view name) const noexcept
{
  for (const auto& option : options_)
    if (option->row().name == name) return option.get();
  return nullptr;
}

} // namespace rollcall::tools
