// What is printed about verbs: a screen, a page, and the list of them. All of it is made from the
// table of verbs and from what they declare.
#ifndef ROLLCALL_TOOLS_PAGES_HPP
#define ROLLCALL_TOOLS_PAGES_HPP

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common_options.hpp"
#include "verbs.hpp"

namespace rollcall::tools {

// A verb with its options, those of every verb among them.
class Declared {
 public:
  explicit Declared(const Verb& verb);

  [[nodiscard]] Command& command() noexcept { return *command_; }
  [[nodiscard]] Options& options() noexcept { return options_; }
  [[nodiscard]] const Options& options() const noexcept { return options_; }
  [[nodiscard]] const CommonOptions& common() const noexcept { return common_; }

 private:
  std::unique_ptr<Command> command_;
  CommonOptions common_;
  Options options_;
};

// What belongs together, in the order in which it was declared; the verb's own come first.
struct Section {
  std::string_view title;
  std::vector<const OptionRow*> rows;
};
[[nodiscard]] std::vector<Section> sections_of(const Options& options);

// "-o, --output FILE"
[[nodiscard]] std::string label_of(const OptionRow& row);

// "rollcall plan FILE -o FILE --format FORMAT [options]"
[[nodiscard]] std::string usage_of(const Verb& verb, const Options& options);

// What `rollcall VERB --help` prints: a terminal of 80 columns and 24 lines has room for it. Where
// there are more options, the groups that others have, too, only name theirs.
[[nodiscard]] std::string screen_of(const Verb& verb);

// What `rollcall help VERB` prints: every option, explained.
[[nodiscard]] std::string page_of(const Verb& verb);

// What `rollcall --help` prints: the names of all verbs, on a screen.
[[nodiscard]] std::string screen_of_all();

// What `rollcall help` prints: what each of them does, as well.
[[nodiscard]] std::string page_of_all();

// "Files" and the like, what verbs are listed under.
[[nodiscard]] std::string_view title_of(Part part) noexcept;

// What the program ends with.
struct ExitMeaning {
  int code;
  std::string_view means;
};
[[nodiscard]] std::span<const ExitMeaning> exit_meanings() noexcept;

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_PAGES_HPP
