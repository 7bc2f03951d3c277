// What shells complete: asked of the program, and of each shell by its own script.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;

namespace {

// The words that may stand for the last of these, without what is said of them.
std::set<std::string> asked(const std::string& words)
{
  const Run run = run_rollcall("--complete " + words);
  CHECK(run.exit == 0);
  CHECK(run.err.empty());
  std::istringstream lines{run.out};
  std::set<std::string> found;
  for (std::string line; std::getline(lines, line);) found.insert(line.substr(0, line.find('\t')));
  return found;
}

using Words = std::set<std::string>;

bool has_shell(const std::string& name)
{
  if (run_shell("command -v " + name).exit == 0) return true;
  MESSAGE("no " << name << " here");
  return false;
}

// `rollcall` is found by its name, and `$script` is its script for the shell.
std::string prepared(const std::string& shell)
{
  return "PATH=$(dirname \"$ROLLCALL\"):$PATH; export PATH; script=$PWD/script; "
         "rollcall completion " +
         shell + " >script; ";
}

} // namespace

TEST_CASE("verbs, options and values are completed from the table")
{
  CHECK(asked("val") == Words{"validate"});
  CHECK(asked("''").contains("convert"));
  CHECK(asked("--v") == Words{"--version"});
  CHECK(asked("nothing ''").empty());
  CHECK(asked("validate x.csv --enc") == Words{"--encoding"});
  CHECK(asked("validate x.csv --encoding utf-8 --enc").empty());
  CHECK(asked("validate x.csv --limit rows=1 --lim") == Words{"--limit"});
  CHECK(asked("validate x.csv --directory d.json --d") == Words{"--delimiter", "--directory-out"});
  CHECK(asked("validate --format c") == Words{"call_manager", "clusterpbx", "ctu", ":files"});
  CHECK(asked("validate --format=cl") == Words{"--format=clusterpbx", ":files"});
  CHECK(asked("validate ''") == Words{":files"});
  CHECK(asked("rows -o ''") == Words{":files"});
  CHECK(asked("validate x.csv --findings ''").contains("jsonl"));
  CHECK(asked("validate x.csv --limit f") == Words{"field=", "file="});
  CHECK(asked("jobs --state failed,q") == Words{"failed,queued"});
  CHECK(asked("schema ''") == Words{"show", "check"});
  CHECK(asked("schema show ct") == Words{"ctu", ":files"});
  CHECK(asked("explain csv.q") == Words{"csv.quote"});
  CHECK(asked("explain mac.w") == Words{"mac.without_phone"});
  CHECK(asked("help conv") == Words{"convert"});
  CHECK(asked("completion ''") == Words{"bash", "zsh", "fish"});
  CHECK(asked("validate --format clusterpbx --role ''") == Words{"client", "reseller"});
  CHECK(asked("validate --format extension_generator --option ''") ==
        Words{"create_missing_dids", "use_dids_as_caller_ids"});
  CHECK(asked("convert x.csv --format ctu --to clusterpbx --set 'em'") == Words{"email="});
  CHECK(asked("convert x.csv --format call_manager --to clusterpbx --role ''") ==
        Words{"client", "reseller"}); // his who would import it there
  CHECK(asked("validate --format ctu --actor-field ''") == Words{"permission_group=", "teams="});
  CHECK(asked("validate --format clusterpbx --actor-field ''").empty());
  CHECK(asked("validate --format ctu --role ''").empty()); // it has none that could be named
  CHECK(asked("validate x.csv --delimiter ''") == Words{",", ";", "|", "tab"});
  CHECK(asked("validate x.csv --encoding utf") == Words{"utf-16be", "utf-16le", "utf-8"});
  CHECK(asked("validate x.csv --color ''") == Words{"always", "auto", "never"});
  CHECK(asked("apply p.jsonl --stale ''") == Words{"refuse", "row"});
  CHECK(asked("jobs --kind e") == Words{"execute", "export"});
  CHECK(asked("jobs --by ''").empty());
  CHECK(asked("validate -- -").contains(":files"));
  CHECK(asked("version ''").contains("--quiet"));
}

TEST_CASE("what is offered is taken")
{
  // Every option of every verb, by the words that the page of help has for it.
  for (const std::string& verb : asked("''"))
    for (const std::string& option : asked(verb + " --"))
      if (option != ":files")
        CHECK_MESSAGE(run_rollcall(verb + " " + option).err.find("no option") == std::string::npos,
                      option);
}

TEST_CASE("bash completes what is typed")
{
  const TemporaryFolder folder;
  folder.write("users file.csv", "");
  if (!has_shell("bash")) return;
  const auto ask = [&](const std::string& words) {
    const Run run = run_shell(
        prepared("bash") +
            "bash -c 'source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
            "_rollcall \"$1\"; printf \"%s\\n\" \"${COMPREPLY[@]}\"' bash \"$script\" rollcall " +
            words,
        folder.path());
    CAPTURE(words);
    CHECK(run.err.empty());
    return run.out;
  };
  CHECK(ask("vali") == "validate\n");
  CHECK(ask("validate --forma") == "--format\n");
  CHECK(ask("validate --format cl") == "clusterpbx\n");
  CHECK(ask("validate --format = cl") == "clusterpbx\n"); // as bash parts the words
  const std::string of_all = ask("validate --format =");
  CHECK(of_all.starts_with("call_manager\nclusterpbx\nctu\nextension_generator\n"));
  CHECK(holds(of_all, "users file.csv\n"));
  CHECK(ask("validate x --limit fi") == "field=\nfile=\n");
  CHECK(ask("validate us") == "users file.csv\n");
  CHECK(ask("validate us --role ''").find("client") != std::string::npos);
}

TEST_CASE("a bash with a terminal completes on the tab key")
{
  const TemporaryFolder folder;
  if (!has_shell("bash") || !has_shell("script")) return;
  const Run run = run_shell(prepared("bash") +
                                "printf '. ./script\\nrollcall expl\\tcsv.quot\\t\\nexit\\n' | "
                                "script -qec 'bash --norc --noprofile -i' /dev/null",
                            folder.path());
  CHECK(holds(run.out, "rollcall explain csv.quote"));
  CHECK(holds(run.out, "What it means"));
}

TEST_CASE("zsh completes what is typed")
{
  const TemporaryFolder folder;
  if (!has_shell("zsh")) return;
  CHECK(run_shell(prepared("zsh") + "zsh -n script", folder.path()).exit == 0);
  // What the function hands to the completion system.
  const auto ask = [&](const std::string& words) {
    const Run run =
        run_shell(prepared("zsh") +
                      "HOME=$PWD zsh -f -c 'autoload -U compinit; compinit -D -u; source \"$1\"; "
                      "compadd() { while [[ $1 != -a ]]; do shift; done; print -l -- ${(P)2} }; "
                      "_files() { print files }; compset() { true }; shift; words=(\"$@\"); "
                      "CURRENT=$#words; _rollcall' zsh \"$script\" rollcall " +
                      words,
                  folder.path());
    CAPTURE(words);
    CHECK(run.err.empty());
    return run.out;
  };
  CHECK(ask("vali") == "validate\n");
  CHECK(ask("validate --format=cl") == "--format=clusterpbx\nfiles\n");
  CHECK(ask("validate x --limit fi") == "field=\nfile=\n");
  CHECK(ask("rows ''") == "files\n");
}

TEST_CASE("fish completes what is typed")
{
  const TemporaryFolder folder;
  folder.write("users.csv", "");
  if (!has_shell("fish")) return;
  const auto ask = [&](const std::string& line) {
    const Run run = run_shell(prepared("fish") +
                                  "HOME=$PWD fish --no-config -c 'source script; "
                                  "complete -C \"" +
                                  line + "\"'",
                              folder.path());
    CAPTURE(line);
    CHECK(run.err.empty());
    return run.out;
  };
  CHECK(ask("rollcall vali") == "validate\twhat an import of a file would do\n");
  CHECK(ask("rollcall validate x --format clust") == "clusterpbx\tClusterPBX users.csv\n");
  CHECK(ask("rollcall rows us") == "users.csv\n");
  CHECK(holds(ask("rollcall validate users.csv --enc"), "--encoding\tof a file"));
}
