// Defaults: where they stand, which goes before which, and what is refused.
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;

namespace {

// A folder with a file to import, and no defaults but those of the test.
class Desk {
 public:
  Desk()
  {
    folder_.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@x.de,101\n");
    folder_.write("d.json", R"({"user": []})");
  }
  [[nodiscard]] Run run(const std::string& words, const std::string& variables = {}) const
  {
    return run_shell(
        "env -u XDG_CONFIG_HOME HOME=/nowhere " + variables + " \"$ROLLCALL\" " + words,
        folder_.path());
  }
  // The same in a folder below.
  [[nodiscard]] Run run_below(const std::string& words) const
  {
    return run_shell("mkdir -p a/b && cd a/b && HOME=/nowhere \"$ROLLCALL\" " + words,
                     folder_.path());
  }
  void configure(const std::string& text) const { folder_.write("rollcall.toml", text); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  void check_refused(const std::string& text, const std::string& says) const
  {
    configure(text);
    const Run refused = run("validate users.csv --format clusterpbx --role client");
    CAPTURE(text);
    CHECK(refused.exit == 2);
    CHECK(refused.out.empty());
    CHECK(holds(refused.err, "rollcall validate: rollcall.toml:" + says));
  }

 private:
  TemporaryFolder folder_;
};

const std::string usual =
    "format = \"clusterpbx\"\nrole = 'client'  # who imports\n"
    "directory = \"d.json\"\n";

} // namespace

TEST_CASE("what stands in rollcall.toml need not be typed")
{
  const Desk desk;
  CHECK(desk.run("validate users.csv").exit == 2);
  desk.configure(usual);
  CHECK(desk.run("validate users.csv").exit == 0);
  CHECK(desk.run("validate users.csv --no-config").exit == 2);
  const Run below = desk.run_below("validate ../../users.csv");
  CHECK(below.exit == 0); // and the directory is found, too
}

TEST_CASE("the command line goes before the environment, that before the file, a table before all")
{
  const Desk desk;
  desk.configure(usual + "[validate]\nfindings = \"csv\"\n");
  const auto begins = [&](const std::string& words, const std::string& variables) {
    const Run run = desk.run("validate users.csv " + words, variables);
    return run.out.substr(0, run.out.find_first_of(",{ "));
  };
  CHECK(begins("", "") == "Severity");
  CHECK(desk.run("config validate").out.find("findings   csv") != std::string::npos);
  CHECK(begins("", "ROLLCALL_FINDINGS=text") != "Severity");
  CHECK(begins("--findings text", "ROLLCALL_FINDINGS=csv") != "Severity");
  CHECK(desk.run("validate users.csv --format ctu").exit == 5);
  CHECK(desk.run("validate users.csv", "ROLLCALL_FORMAT=ctu").exit == 5);
  CHECK(desk.run("validate users.csv --format clusterpbx", "ROLLCALL_FORMAT=ctu").exit == 0);
  desk.configure(usual + "[validate]\nrole = \"reseller\"\n");
  CHECK(desk.run("validate users.csv").exit == 5);
  CHECK(desk.run("export --no-config --format clusterpbx --directory d.json --role client").exit ==
        0);
  CHECK(desk.run("export").exit == 0); // the table is that of another verb
}

TEST_CASE("a variable that is almost a setting was meant as one, and others are anybody's")
{
  const Desk desk;
  desk.configure(usual);
  const auto wrong = [&](const std::string& variable, const std::string& says) {
    const Run run = desk.run("validate users.csv", variable);
    CAPTURE(variable);
    CHECK(run.exit == 2);
    CHECK(holds(run.err, says));
  };
  wrong("ROLLCALL_FORMATT=ctu", "ROLLCALL_FORMATT: there is no setting 'formatt'; did you mean");
  wrong("ROLLCALL_UNSAFE_FIXES=1", "ROLLCALL_UNSAFE_FIXES: --unsafe-fixes has no default");
  wrong("ROLLCALL_DIRECTORY_OUT=x", "ROLLCALL_DIRECTORY_OUT: --directory-out has no default");
  wrong("ROLLCALL_LIMIT=file=1k", "ROLLCALL_LIMIT: ");
  wrong("ROLLCALL_THREADS=0", "ROLLCALL_THREADS: --threads takes a number from 1 to 256");
  for (const char* const variable :
       {"ROLLCALL_SOURCES=/src", "ROLLCALL_=1", "ROLLCALL_UPDATE=1", "ROLLCALL_THREADS=2"}) {
    CAPTURE(variable);
    CHECK(desk.run("validate users.csv", variable).exit == 0);
  }
  CHECK(desk.run("validate users.csv --no-config --format clusterpbx --role client",
                 "ROLLCALL_FORMATT=ctu")
            .exit == 0);
}

TEST_CASE("a host for all verbs is none for convert, whose host is one of another format")
{
  const Desk desk;
  desk.folder().write("there.json", R"({"user": [{"upn": "a@x.de"}]})");
  const std::string convert = "convert users.csv --to call_manager --role owner -o there.csv";
  const std::string all = "format = \"clusterpbx\"\nrole = \"client\"\ndb = \"none.db\"\n";
  desk.configure(all);
  CHECK(desk.run("validate users.csv").exit == 2); // where it counts, it is looked for
  const Run converted = desk.run(convert);
  CHECK(converted.exit == 0);
  CHECK(converted.err.empty());
  CHECK(desk.run("config convert").out.find("none.db") == std::string::npos);
  CHECK(desk.run(convert, "ROLLCALL_DIRECTORY=none.json").exit == 0);
  desk.configure(all + "[convert]\ndirectory = \"there.json\"\n");
  CHECK(holds(desk.run("config convert").out, "there.json"));
  CHECK(desk.run(convert).exit == 0);
  desk.folder().write("there.json", R"({"user": [{"id": "1"}]})");
  const Run other = desk.run(convert);
  CHECK(other.exit == 6);
  CHECK(holds(other.err, "rollcall convert: as a host of call_manager: reading there.json: "));
  CHECK(holds(desk.run("help convert").out, "a host of --to"));
}

TEST_CASE("who names one host does not want the default of the other")
{
  const Desk desk;
  desk.configure("format = \"clusterpbx\"\nrole = \"client\"\ndb = \"none.db\"\n");
  CHECK(desk.run("validate users.csv").exit == 2);
  CHECK(desk.run("validate users.csv --directory d.json").exit == 0);
  CHECK(desk.run("validate users.csv", "ROLLCALL_DIRECTORY=d.json").exit == 0);
  desk.configure(usual + "db = \"none.db\"\n");
  CHECK(holds(desk.run("validate users.csv").err, "--directory and --db are two hosts"));
}

TEST_CASE("a list, a number, a switch and a path are taken as what they are")
{
  const Desk desk;
  desk.configure(usual +
                 "limit = [\"rows=1\",\n  'file=1GiB', # as they are typed\n]\nthreads = 2\n"
                 "quiet = true\n");
  const Run limits = desk.run("limits");
  CHECK(holds(limits.out, "1 GiB"));
  CHECK(desk.run("validate users.csv").exit == 0);
  CHECK(desk.run("validate users.csv").out.empty());
  CHECK(desk.run("limits", "ROLLCALL_LIMIT=rows=7,field=1KiB").out.find("1 KiB") !=
        std::string::npos);
  CHECK(desk.run("limits", "ROLLCALL_LIMIT=rows=x").exit == 2);
  const Run broken = desk.run("validate users.csv", "ROLLCALL_QUIET=maybe");
  CHECK(broken.exit == 2);
  CHECK(holds(broken.err, "ROLLCALL_QUIET: quiet is true or false, not 'maybe'"));
}

TEST_CASE("the file is the one that is named, the nearest upward, or that of the user")
{
  const Desk desk;
  desk.folder().write("mine.toml", usual);
  CHECK(desk.run("validate users.csv --config mine.toml").exit == 0);
  CHECK(desk.run("validate users.csv", "ROLLCALL_CONFIG=mine.toml").exit == 0);
  CHECK(desk.run("validate users.csv --config none.toml").exit == 2);
  CHECK(desk.run("validate users.csv --config mine.toml --no-config").exit == 2);
  CHECK(desk.run("validate users.csv --config -").exit == 2);
  const auto at_home = [&](const std::string& where, const std::string& variable) {
    return run_shell("mkdir -p " + where + " && sed 's,d.json,'$PWD'/d.json,' mine.toml >" + where +
                         "/rollcall.toml && env -u XDG_CONFIG_HOME HOME=/nowhere " + variable +
                         " \"$ROLLCALL\" validate users.csv",
                     desk.folder().path());
  };
  CHECK(at_home("home/.config/rollcall", "HOME=$PWD/home").exit == 0);
  CHECK(at_home("config/rollcall", "XDG_CONFIG_HOME=$PWD/config").exit == 0);
}

TEST_CASE("a file that anybody may write, or that belongs to somebody else, is not taken unasked")
{
  const Desk desk;
  desk.configure(usual);
  CHECK(run_shell("chmod o+w rollcall.toml", desk.folder().path()).exit == 0);
  const Run refused = desk.run("validate users.csv");
  CHECK(refused.exit == 2);
  CHECK(holds(refused.err, "rollcall.toml: anybody may write it; to use it, name it by --config"));
  CHECK(desk.run("validate users.csv --config rollcall.toml").exit == 0);
  if (run_shell("chmod o-w rollcall.toml && chown 12345 rollcall.toml", desk.folder().path()).exit)
    return; // only root can give files away
  CHECK(holds(desk.run("validate users.csv").err, "it belongs to somebody else"));
}

TEST_CASE("what is no setting, no verb or no value of it is refused, with line and nearest name")
{
  const Desk desk;
  desk.check_refused("# one\nformt = \"ctu\"\n",
                     "2: there is no setting 'formt'; did you mean format?");
  desk.check_refused("[valdate]\n", "1: there is no verb 'valdate'; did you mean validate?");
  desk.check_refused("[jobs]\nfindings = \"csv\"\n", "2: there is no setting 'findings' of jobs");
  desk.check_refused("report = \"r.jsonl\"\n", "1: --report has no default: it is said each time");
  desk.check_refused("[execute]\nsecrets = \"s\"\n", "2: --secrets has no default");
  desk.check_refused("findings = \"txt\"\n", "1: --findings is text, ");
  desk.check_refused("atomic = \"true\"\n", "1: atomic is true or false, without quotes");
  desk.check_refused("actor = true\n", "1: actor is neither true nor false");
  desk.check_refused("actor = [\"a\"]\n", "1: actor has one value, not a list");
  desk.check_refused("actor = \"\"\n", "1: actor cannot be empty");
  desk.check_refused("actor = \"a\n", "1:9: this quote is never closed");
  desk.check_refused("threads = \"two\"\n", "1: threads is a whole number, without quotes");
  desk.check_refused("actor = 17\n", "1: actor is a text, in quotes");
  // Whatever verb is run, and a verb that has no settings is not bothered.
  desk.configure("[jobs]\nmsot = 3\n");
  CHECK(desk.run("limits").exit == 2);
  CHECK(desk.run("help").exit == 0);
  for (const auto& [text, says] :
       {std::pair{"atomic = \"yes\"\n", "1: atomic is true or false, without quotes"},
        std::pair{"threads = \"two\"\n", "1: threads is a whole number, without quotes"},
        std::pair{"findings = \"xml\"\n", "1: --findings is text, "},
        std::pair{"color = \"blue\"\n", "1: --color is auto, "},
        std::pair{"role = [\"a\", \"b\"]\n", "1: role has one value, not a list"},
        std::pair{"[validate]\nthreads = 1000\n", "2: "},
        std::pair{"[jobs]\nmost = \"5\"\n", "2: most is a whole number, without quotes"}}) {
    desk.configure(text);
    for (const std::string words : {"limits", "config", "jobs --db none.db --role client"}) {
      CAPTURE(words);
      const Run refused = desk.run(words);
      CHECK(refused.exit == 2);
      CHECK(refused.out.empty());
      CHECK(holds(refused.err, std::string{"rollcall.toml:"} + says));
    }
  }
}

TEST_CASE("config shows what is in force, and where it stands")
{
  const Desk desk;
  CHECK(desk.run("config").out == "no defaults are set\n");
  desk.configure(usual + "[jobs]\nmost = 20\n");
  CHECK(desk.run("config", "ROLLCALL_ROLE=admin").out ==
        "role       admin       ROLLCALL_ROLE\n"
        "jobs most  20          rollcall.toml:5\n"
        "format     clusterpbx  rollcall.toml:1\n"
        "directory  d.json      rollcall.toml:3\n");
  CHECK(desk.run_below("config explain").out == "no defaults are set\n");
  CHECK(holds(desk.run_below("config validate").out, "../../rollcall.toml:1\n"));
  CHECK(desk.run("config valdate").exit == 2);
}
