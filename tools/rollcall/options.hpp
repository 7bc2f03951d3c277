// The options of a verb: declaring and reading them, and the page that lists them.
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
#include <vector>

#include "rollcall/result.hpp"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace rollcall::tools {

// One of them, as it is being declared.
class Option {
 public:
  explicit Option(CLI::Option& option) noexcept : option_{&option} {}

  // What stands for its value on the page: FILE.
  Option* type_name(const std::string& name);
  Option* required();
  // May be given again and again, with one value each time.
  Option* repeated();
  // Several values in one word, with this between them.
  Option* delimiter(char sign);

 private:
  CLI::Option* option_;
};

// Each is bound to a variable, which holds the default and outlives the options. A name with
// hyphens is an option's, one without is that of a word at its place.
class Options {
 public:
  Options();
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  // The pointer is good as long as the options are.
  Option* add_option(const std::string& name, std::string& value, const std::string& what = {});
  Option* add_option(const std::string& name, std::uint64_t& value, const std::string& what = {});
  Option* add_option(const std::string& name, std::vector<std::string>& values,
                     const std::string& what = {});
  void add_flag(const std::string& name, bool& is_given, const std::string& what);

  // The words that follow the verb. Wrong ones are wrong_use.
  [[nodiscard]] Result<void> parse(std::span<const std::string> words);

  // One or two lines each, set in by two; empty if there are none.
  [[nodiscard]] std::string list() const;

 private:
  Option* keep(CLI::Option& option);

  std::unique_ptr<CLI::App> app_;
  std::vector<std::unique_ptr<Option>> options_;
};

// Whether `-h` or `--help` stands among the words that follow the verb.
[[nodiscard]] bool asks_for_help(std::span<const std::string> words);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_OPTIONS_HPP
