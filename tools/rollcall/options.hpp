// The options of a verb: declaring and reading them. What is declared is a table, of which all is
// made that people see of options: pages of help, the manual, completion, and rollcall.toml.
//
// CLI11 takes the words apart; what is said about wrong ones is ours: one sentence, lower case,
// with the nearest right word. Only options.cpp includes it, for it takes as long to compile as
// all that a verb does.
#ifndef ROLLCALL_TOOLS_OPTIONS_HPP
#define ROLLCALL_TOOLS_OPTIONS_HPP

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rollcall/result.hpp"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace rollcall::tools {

// A row of the table.
struct OptionRow {
  std::string name;       // "output", or "FILE" of a word at its place
  std::string short_name; // "o"; empty: none
  // What stands for its value on pages, and tells completion what that is (value_kind.hpp); empty:
  // a flag.
  std::string value;
  std::string what;                      // one line, lower case
  std::string_view group;                // under which it is listed; empty: the verb's own
  std::vector<std::string> choices = {}; // if its value is one of these and nothing else
  std::string rival;                     // "db": of both, one is given
  char delimiter = 0;   // between several values in one word; 0: one word, one value
  bool is_word = false; // at its place, without a name
  bool is_required = false;
  bool is_repeated = false;
  bool is_setting = false; // rollcall.toml and the environment may have it, too
  bool is_of_verb = false; // if so, in the table of the verb alone

  [[nodiscard]] bool is_flag() const noexcept { return !is_word && value.empty(); }
  [[nodiscard]] bool takes_many() const noexcept { return is_repeated || delimiter != 0; }
};

// "--output", "FILE": as it is typed, and named in sentences.
[[nodiscard]] std::string typed_name(const OptionRow& row);

// One of them, as it is being declared.
class Option {
 public:
  // Where its value goes.
  using Target = std::variant<std::string*, std::uint64_t*, std::vector<std::string>*, bool*>;

  Option(CLI::Option& option, OptionRow row, Target target);

  // What stands for its value on the page: FILE.
  Option* type_name(const std::string& name);
  Option* required();
  // May be given again and again, with one value each time.
  Option* repeated();
  // Several values in one word, with this between them.
  Option* delimiter(char sign);
  // It is one of these words.
  Option* choices(std::vector<std::string> words);
  // Each value is one that this takes: said with where it stands.
  Option* checked(Result<void> (*takes)(const std::string& word));
  // A default of it may stand in rollcall.toml or in the environment. Not for what names a file
  // that is written, nor for what loosens a check: those are said each time.
  Option* setting();
  // It means something else here than elsewhere: a default for all verbs is none for this one.
  Option* of_verb();
  // Who gives this does not want a default of that one.
  Option* instead_of(const std::string& rival);

  [[nodiscard]] const OptionRow& row() const noexcept { return row_; }
  // On the command line, or by `take`.
  [[nodiscard]] bool is_given() const noexcept;

  // Its values, from elsewhere than the command line. Whatever cannot be one is wrong_use.
  [[nodiscard]] Result<void> take(std::span<const std::string> values);
  // Is its value one that it may have?
  [[nodiscard]] Result<void> check() const;
  // As it was typed: a number is one, and not negative.
  [[nodiscard]] Result<void> check_typed() const;

 private:
  CLI::Option* option_;
  OptionRow row_;
  Target target_;
  Result<void> (*check_)(const std::string& word) = nullptr;
  bool is_taken_ = false;
};

// Each is bound to a variable, which holds the default and outlives the options. A name with
// hyphens is an option's, one without is that of a word at its place.
class Options {
 public:
  // What is declared while it lives belongs together: "Host".
  class Group {
   public:
    Group(Options& options, std::string_view title) noexcept
        : options_{options}, before_{options.group_}
    {
      options.group_ = title;
    }
    ~Group() { options_.group_ = before_; }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

   private:
    Options& options_;
    std::string_view before_;
  };

  Options();
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  // The pointer is good as long as the options are.
  Option* add_option(const std::string& name, std::string& value, const std::string& what = {});
  Option* add_option(const std::string& name, std::uint64_t& value, const std::string& what = {});
  Option* add_option(const std::string& name, std::vector<std::string>& values,
                     const std::string& what = {});
  Option* add_flag(const std::string& name, bool& is_given, const std::string& what);

  // The words that follow the verb. Wrong ones are wrong_use.
  [[nodiscard]] Result<void> parse(std::span<const std::string> words);
  // When all that may give values has done so: is something missing, or no value that it may have?
  [[nodiscard]] Result<void> check() const;

  // In the order in which they were declared.
  [[nodiscard]] std::span<const std::unique_ptr<Option>> all() const noexcept { return options_; }
  // By "output" or "FILE"; null: there is none.
  [[nodiscard]] Option* find(std::string_view name) const noexcept;

 private:
  Option* keep(CLI::Option& option, const std::string& name, Option::Target target,
               const std::string& what, std::string_view value);

  std::unique_ptr<CLI::App> app_;
  std::vector<std::unique_ptr<Option>> options_;
  std::string_view group_ = {};
};

// Whether `-h` or `--help` stands among the words that follow the verb.
[[nodiscard]] bool asks_for_help(std::span<const std::string> words);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_OPTIONS_HPP
