// The command line: from argv to a verb of the table, and from what came of it to an exit code.
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "completion.hpp"
#include "options.hpp"
#include "pages.hpp"
#include "rehearsal.hpp"
#include "settings.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// What the first word means where it is no verb.
std::string_view verb_for(std::string_view word)
{
  if (word == "--version") return "version";
  return word;
}

// One sentence on standard error.
Exit report(const Console& console, const Error& error)
{
  if (console.out.has_ended_all()) return Exit::succeeded;
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
Result<void> with_help(Result<void>&& looked, std::string_view verb)
{
  if (looked.has_value() || looked.assume_error().code() != ErrorCode::wrong_use)
    return std::move(looked);
  std::string detail{looked.assume_error().detail()};
  if (!detail.ends_with('?'))
    detail.append("; see rollcall help").append(verb.empty() ? "" : " ").append(verb);
  return Error{ErrorCode::wrong_use, std::move(detail)};
}

// What every option of the verb is, wherever it is said.
Result<void> settle(Console& console, std::string_view verb, Declared& declared,
                    std::span<const std::string> words)
{
  Options& options = declared.options();
  ROLLCALL_CHECK(with_help(options.parse(words), verb));
  const CommonOptions& common = declared.common();
  if (takes_settings(options) || !common.config.empty()) {
    ROLLCALL_TRY(const Settings settings, Settings::find(console, common));
    ROLLCALL_CHECK(settings.apply(verb, options));
  }
  return with_help(options.check(), verb);
}

Result<Exit> run(Console& console, Rehearsal& rehearsal, std::span<const std::string> words)
{
  if (!words.empty() && words.front() == complete_word) {
    ROLLCALL_CHECK(console.out.write(written(complete(words.subspan(1)))));
    return Exit::succeeded;
  }
  if (words.empty())
    ROLLCALL_CHECK(with_help(Error{ErrorCode::wrong_use, "a verb is missing"}, ""));
  if (asks_for_help(words.first(1))) {
    ROLLCALL_CHECK(console.out.write(screen_of_all()));
    return Exit::succeeded;
  }
  Result<Verb> found = verb_of(verb_for(words.front()));
  if (!found.has_value()) ROLLCALL_CHECK(with_help(std::move(found).assume_error(), ""));
  const Verb& verb = found.assume_value();
  words = words.subspan(1);
  if (asks_for_help(words)) {
    ROLLCALL_CHECK(console.out.write(screen_of(verb)));
    return Exit::succeeded;
  }
  return while_doing(
      [&]() -> Result<Exit> {
        Declared declared{verb};
        ROLLCALL_CHECK(settle(console, verb.name, declared, words));
        const CommonOptions& common = declared.common();
        ROLLCALL_CHECK(rehearsal.begin(common.seed, common.now, console.seams));
        if (common.is_quiet) console.be_quiet();
        return declared.command().run(console);
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
    const std::vector<std::string> words{argv + (argc > 0 ? 1 : 0), argv + argc};
    return tools::run(console, rehearsal, words);
  });
  return static_cast<int>(result.has_value() ? result.assume_value()
                                             : tools::report(console, result.assume_error()));
}
