// The table of verbs.
#include "verbs.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "nearest.hpp"

namespace rollcall::tools {
namespace {

constexpr std::array verbs = {
    // Files.
    Verb{"validate", "what an import of a file would do", make_validate, Part::file,
         "Reads the file, checks every row against the host, and says what executing it would do. "
         "Nothing is changed. On a terminal each finding is shown; --findings none only counts.",
         "rollcall validate users.csv --format clusterpbx --role client --db host.db"},
    Verb{"fix", "mend what is certain, in a copy", make_fix, Part::file,
         "What has only one right answer is mended in a copy of the file, in which all other bytes "
         "stay as they are. Without -o it is shown; guesses are made with --unsafe-fixes.",
         "rollcall fix users.csv -o mended.csv --format clusterpbx \\\n"
         "    --role client --db host.db"},
    Verb{"plan", "keep what an import would do", make_plan, Part::file,
         "Writes what executing the file would do as a plan: a file that can be read, kept, and "
         "carried out once by `rollcall apply`. No secret is in it.",
         "rollcall plan users.csv -o plan.jsonl --format clusterpbx \\\n"
         "    --role client --db host.db"},
    Verb{"show", "a plan for people: what needs a look, every change", make_show, Part::file,
         "Needs neither the host nor the format: a plan stays readable.",
         "rollcall show plan.jsonl"},
    Verb{"apply", "do what a plan says", make_apply, Part::file,
         "Looks first whether everything is still as planned. If not, the plan is refused by name, "
         "or, with --stale row, rows that no longer fit are left out.",
         "rollcall apply plan.jsonl --role client --db host.db"},
    Verb{"execute", "import a file", make_execute, Part::file,
         "Plans the file and carries that out in one go. With --db it can be interrupted, resumed "
         "and undone.",
         "rollcall execute users.csv --format clusterpbx --role client --db host.db"},
    Verb{"template", "the header row of a format", make_template, Part::file, "A file to fill in.",
         "rollcall template --format clusterpbx --role client -o users.csv"},
    Verb{"export", "all objects, in the form in which they are imported", make_export, Part::file,
         "What is exported and imported again changes nothing.",
         "rollcall export --format clusterpbx --role client --db host.db -o all.csv"},
    Verb{"convert", "a file in another vendor's format", make_convert, Part::file,
         "Writes the same people in another format, and says what was lost, what is missing, and "
         "what the new system would refuse.",
         "rollcall convert users.csv --format clusterpbx --to subscriber_import \\\n"
         "    --role company_admin -o subscribers.csv"},
    Verb{"rows", "how a CSV was read, without a format", make_rows, Part::file,
         "A JSON line a record, with all that is malformed named by row, line and byte.",
         "rollcall rows users.csv --to csv -o clean.csv"},
    // Jobs.
    Verb{"jobs", "the jobs that a database remembers", make_jobs, Part::job,
         "The newest first. Those of formats of which who asks may not see jobs are left out.",
         "rollcall jobs --db host.db --role client --state cross --most 10"},
    Verb{"job", "one of them", make_job, Part::job,
         "What it did, what still waits, and how to go on.",
         "rollcall job 17 --db host.db --role client"},
    Verb{"resume", "go on with a job that broke off", make_resume, Part::job,
         "Nothing is lost, and nothing is done twice.",
         "rollcall resume 17 --db host.db --role client"},
    Verb{"execute-job", "do what a validation has judged", make_execute_job, Part::job,
         "Carries out the plan that a validation with --db has left in the database.",
         "rollcall execute-job 17 --db host.db --role client"},
    Verb{"retry", "import the rows that were not applied", make_retry, Part::job,
         "Rows that neither the job nor another retry of it has done are judged and imported anew.",
         "rollcall retry 17 --db host.db --role client"},
    Verb{"undo", "take back what a job has changed", make_undo, Part::job,
         "Row by row. What somebody has edited since is left alone, and named. An undo is a job, "
         "and can be undone.",
         "rollcall undo 17 --db host.db --role client"},
    Verb{"cancel", "ask a job that runs to stop", make_cancel, Part::job,
         "It stops between two groups of changes; what was applied stays.",
         "rollcall cancel 17 --db host.db --role client"},
    Verb{"download", "a file that a job left behind", make_download, Part::job,
         "Secrets can be fetched once, and are gone from the database then.",
         "rollcall download 17 result --db host.db --role client -o result.csv"},
    Verb{"purge", "remove a job's files and secrets for good", make_purge, Part::job,
         "Its record stays. With --expired, whole jobs go that are older than they may be.",
         "rollcall purge 17 --db host.db --role client"},
    Verb{"audit", "who changed what, and who looked at it", make_audit, Part::job,
         "The newest first.", "rollcall audit --db host.db --role client --kind user --key 17"},
    // Hosts.
    Verb{"init", "a new SQLite host, from a directory.json", make_init, Part::host,
         "One file with directory, jobs, journal and audit.",
         "rollcall init host.db --directory directory.json"},
    Verb{"dump", "an SQLite host as a directory.json", make_dump, Part::host,
         "What init reads, dump writes.", "rollcall dump host.db -o directory.json"},
    // What is known.
    Verb{"formats", "the formats that are built in", make_formats, Part::knowledge,
         "A format of one's own is the path of a schema, wherever a format is named.",
         "rollcall formats"},
    Verb{"schema", "a format as JSON; the faults of one's own", make_schema, Part::knowledge,
         "`show` prints a format so that it can be changed and used; `check` says all that is "
         "wrong with one.",
         "rollcall schema show clusterpbx"},
    Verb{"explain", "what a code means, and what to do about it", make_explain, Part::knowledge,
         "Without a code, lists all of them.", "rollcall explain csv.quote"},
    Verb{"limits", "how much a file may hold", make_limits, Part::knowledge,
         "As in force after --limit.", "rollcall limits --limit file=1GiB"},
    // About rollcall.
    Verb{"help", "this page, or that of a verb", make_help, Part::self,
         "`rollcall VERB --help` is shorter.", "rollcall help validate"},
    Verb{"man", "the manual", make_man, Part::self,
         "A page as `man` reads it: `rollcall man validate | man -l -`. Where rollcall is "
         "installed, `man rollcall-validate` has it.",
         "rollcall man --to share/man"},
    Verb{"completion", "what completes words in bash, zsh or fish", make_completion, Part::self,
         "A script that has the shell ask rollcall what may stand next. Packages install it. By "
         "hand: `eval \"$(rollcall completion bash)\"` in ~/.bashrc, `source <(rollcall "
         "completion zsh)` in ~/.zshrc behind compinit, `rollcall completion fish | source` in "
         "config.fish.",
         "rollcall completion bash"},
    Verb{"config", "the defaults that are in force", make_config, Part::self,
         "Those of rollcall.toml and of the environment, each with where it stands. With a verb, "
         "those that it takes, as it takes them.",
         "rollcall config validate"},
    Verb{"version", "the version of rollcall", make_version, Part::self, "", "rollcall version"},
};

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

} // namespace rollcall::tools
