// What may stand next on a command line: asked by the scripts of the shells, by
// `rollcall --complete WORD...`, and answered from the table of verbs and options.
#ifndef ROLLCALL_TOOLS_COMPLETION_HPP
#define ROLLCALL_TOOLS_COMPLETION_HPP

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::tools {

// The first word of a question; no verb, and in no page.
inline constexpr std::string_view complete_word = "--complete";

struct Candidate {
  std::string word;  // the whole word, not its rest; ends in = where a value follows in it
  std::string about; // one line; may be empty
};

struct Completion {
  std::vector<Candidate> candidates = {};
  bool takes_files = false; // a path may stand there as well
};

// `words` stand behind the name of the program; the last is the one that is being typed, perhaps
// empty.
[[nodiscard]] Completion complete(std::span<const std::string> words);

// A line a candidate, "WORD<tab>ABOUT", and a last line ":files" if a path may stand there.
[[nodiscard]] std::string written(const Completion& completion);

// The script that has a shell ask: "bash", "zsh", "fish"; empty for any other.
[[nodiscard]] std::string_view completion_script(std::string_view shell) noexcept;

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_COMPLETION_HPP
