// Reading the options of a verb, and the page that lists them.
//
// CLI11 takes the words apart; what is said about wrong ones is ours: one sentence, lower case,
// with the nearest right word.
#ifndef ROLLCALL_TOOLS_OPTIONS_HPP
#define ROLLCALL_TOOLS_OPTIONS_HPP

#include <CLI/CLI.hpp>
#include <span>
#include <string>

#include "rollcall/result.hpp"

namespace rollcall::tools {

// Whether `-h` or `--help` stands among the words that follow the verb.
[[nodiscard]] bool asks_for_help(std::span<const std::string> words);

// The words that follow the verb. Wrong ones are wrong_use.
[[nodiscard]] Result<void> parse(CLI::App& options, std::span<const std::string> words);

// The options, one or two lines each, set in by two; empty if there are none.
[[nodiscard]] std::string list_of(const CLI::App& options);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_OPTIONS_HPP
