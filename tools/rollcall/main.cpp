// The command line: from argv to a verb of the table, and from what came of it to an exit code.
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "options.hpp"
#include "rehearsal.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// What the first word means where it is no verb.
std::string_view verb_for(std::string_view word)
{
  if (word == "--help" || word == "-h") return "help";
  if (word == "--version") return "version";
  return word;
}

// One sentence on standard error.
Exit report(const Console& console, const Error& error)
{
  if (console.out.has_no_reader()) return Exit::succeeded;
  if (error.code() != ErrorCode::wrong_use) {
    console.say("rollcall " + shown(describe(error)));
    return Exit::failed;
  }
  const std::span<const std::string> trail = error.trail(); // the verb is its outermost step
  std::string line = "rollcall";
  for (auto step = trail.rbegin(); step != trail.rend(); ++step)
    line.append(step == trail.rbegin() ? " " : ": ").append(*step);
  console.say(shown(line.append(": ").append(error.detail())));
  return Exit::wrong_use;
}

// The words themselves are wrong, and nothing was looked at: where the right ones stand. (If one is
// near, that is said.)
Error with_help(const Error& error, std::string_view verb)
{
  std::string detail{error.detail()};
  if (!detail.ends_with('?')) detail.append("; see rollcall help").append(verb);
  return Error{error.code(), std::move(detail)};
}

Result<Exit> run(Console& console, std::span<const std::string> words)
{
  if (words.empty()) return with_help(Error{ErrorCode::wrong_use, "a verb is missing"}, "");
  Result<Verb> found = verb_of(verb_for(words.front()));
  if (!found.has_value()) return with_help(found.assume_error(), "");
  const Verb& verb = found.assume_value();
  words = words.subspan(1);
  if (asks_for_help(words)) {
    ROLLCALL_CHECK(console.out.write(page_of(verb)));
    return Exit::succeeded;
  }
  const std::unique_ptr<Command> command = verb.make();
  Options options;
  command->declare(options);
  return while_doing(
      [&]() -> Result<Exit> {
        Result<void> parsed = options.parse(words);
        if (!parsed.has_value() && parsed.assume_error().code() == ErrorCode::wrong_use)
          return with_help(parsed.assume_error(), " " + std::string{verb.name});
        ROLLCALL_CHECK(std::move(parsed));
        return command->run(console);
      }(),
      verb.name);
}

} // namespace
} // namespace rollcall::tools

int main(int argc, char** argv)
{
  namespace tools = rollcall::tools;
  tools::settle_streams();
  rollcall::SystemSeams system;
  tools::Console console{.seams = system.seams(), .in = {}, .out = {}, .line = {}};
  console.out.give_way_to_this(console.line);
  tools::Rehearsal rehearsal;
  const auto result = rollcall::guarded([&]() -> rollcall::Result<tools::Exit> {
    std::vector<std::string> words{argv + (argc > 0 ? 1 : 0), argv + argc};
    ROLLCALL_CHECK(rehearsal.take(words, console.seams));
    return tools::run(console, words);
  });
  return static_cast<int>(result.has_value() ? result.assume_value()
                                             : tools::report(console, result.assume_error()));
}
