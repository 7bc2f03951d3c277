// The table of verbs, and the pages of help that are made from it.
#include "verbs.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "nearest.hpp"
#include "options.hpp"

namespace rollcall::tools {
namespace {

constexpr std::array verbs = {
    Verb{"validate", "FILE [options]", "what an import of a file would do", make_validate},
    Verb{"plan", "FILE -o PLAN [options]", "keep what an import would do", make_plan},
    Verb{"show", "PLAN [options]", "a plan for people: what needs a look, every change", make_show},
    Verb{"apply", "PLAN [options]", "do what a plan says", make_apply},
    Verb{"execute", "FILE [options]", "import a file", make_execute},
    Verb{"template", "[options]", "the header row of a format", make_template},
    Verb{"export", "[options]", "all objects, in the form in which they are imported", make_export},
    Verb{"convert", "FILE --to FORMAT [options]", "a file in another vendor's format",
         make_convert},
    Verb{"jobs", "--db DB [options]", "the jobs that a database remembers", make_jobs},
    Verb{"job", "N --db DB [options]", "one of them", make_job},
    Verb{"resume", "N --db DB [options]", "go on with a job that broke off", make_resume},
    Verb{"execute-job", "N --db DB [options]", "do what a validation has judged", make_execute_job},
    Verb{"retry", "N --db DB [options]", "import the rows that were not applied", make_retry},
    Verb{"undo", "N --db DB [options]", "take back what a job has changed", make_undo},
    Verb{"cancel", "N --db DB [options]", "ask a job that runs to stop", make_cancel},
    Verb{"download", "N ARTIFACT --db DB [options]", "a file that a job left behind",
         make_download},
    Verb{"purge", "N --db DB [options]", "remove a job's files and secrets for good", make_purge},
    Verb{"audit", "--db DB [options]", "who changed what, and who looked at it", make_audit},
    Verb{"init", "DB [options]", "a new SQLite host, from a directory.json", make_init},
    Verb{"dump", "DB [options]", "an SQLite host as a directory.json", make_dump},
    Verb{"formats", "[options]", "the formats that are built in", make_formats},
    Verb{"schema", "show|check FORMAT", "a format as JSON; the faults of one's own", make_schema},
    Verb{"rows", "FILE [options]", "how a CSV was read, without a format", make_rows},
    Verb{"explain", "[CODE] [options]", "what a code means, and what to do about it", make_explain},
    Verb{"limits", "[options]", "how much a file may hold", make_limits},
    Verb{"help", "[VERB]", "this page, or that of a verb", make_help},
    Verb{"version", "", "the version of rollcall", make_version},
};

constexpr std::string_view exits =
    "Exit codes\n"
    "  0 succeeded     1 rows were rejected, stale or failed     2 wrong use\n"
    "  3 the file was refused     4 the plan is stale     5 not allowed\n"
    "  6 the host, the store or the machine failed     130 interrupted\n";

} // namespace

std::span<const Verb> all_verbs() noexcept
{
  return verbs;
}

Result<Verb> verb_of(std::string_view name)
{
  std::vector<std::string> names;
  for (const Verb& verb : verbs) {
    if (verb.name == name) return Verb{verb};
    names.emplace_back(verb.name);
  }
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no verb '{}'{}", name, did_you_mean(name, names))};
}

std::string page_of(const Verb& verb)
{
  Options options;
  const std::unique_ptr<Command> command = verb.make();
  command->declare(options);
  std::string text = fmt::format("rollcall {} {}\n  {}\n", verb.name, verb.arguments, verb.does);
  if (const std::string list = options.list(); !list.empty())
    text.append("\nOptions\n").append(list);
  return text;
}

std::string page_of_all()
{
  std::string text =
      "rollcall VERB ...\n"
      "  bulk user changes for phone systems: checked, planned, applied, reported\n\nVerbs\n";
  for (const Verb& verb : verbs)
    text +=
        fmt::format("  {:<25} {}\n", fmt::format("{} {}", verb.name, verb.arguments), verb.does);
  text +=
      "\n`rollcall help VERB` lists its options. `-` is standard input or output.\n"
      "For tests every verb takes --seed N and --now TIME: no chance, and no clock.\n\n";
  return text.append(exits);
}

} // namespace rollcall::tools
