// What is printed about verbs: screens, pages, the manual; all of it from one table.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;

namespace {

std::vector<std::string> lines_of(const std::string& text)
{
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// As the list of all verbs names them: a line each, below a title.
std::vector<std::string> verbs()
{
  std::vector<std::string> names;
  for (const std::string& line : lines_of(run_rollcall("help").out))
    if (line.starts_with("  ") && line[2] != ' ' && line.find("  ", 3) != line.npos)
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

std::set<std::string> options_in(const std::string& text)
{
  static const std::regex option{R"((^|[^-\w])--([a-z][a-z-]*))"};
  std::set<std::string> names;
  for (std::sregex_iterator at{text.begin(), text.end(), option}, end; at != end; ++at)
    names.insert((*at)[2]);
  return names;
}

bool is_at_most_80_wide(const std::string& text)
{
  const std::vector<std::string> lines = lines_of(text);
  return std::ranges::all_of(lines, [](const std::string& line) { return line.size() <= 80; });
}

} // namespace

TEST_CASE("the help of every verb fits a screen of 80 columns and 24 lines, and names every option")
{
  CHECK(verbs().size() > 25);
  for (const std::string& verb : verbs()) {
    CAPTURE(verb);
    const Run screen = run_rollcall(verb + " --help");
    CHECK(screen.exit == 0);
    CAPTURE(screen.out);
    CHECK(lines_of(screen.out).size() <= 23); // and the prompt
    CHECK(is_at_most_80_wide(screen.out));
    for (const std::string words : {" -h", " x.csv --no-such-option -h"})
      CHECK(screen.out == run_rollcall(verb + words).out);
    const Run page = run_rollcall("help " + verb);
    CHECK(page.exit == 0);
    CHECK(is_at_most_80_wide(page.out));
    const std::set<std::string> on_page = options_in(page.out.substr(page.out.find("\nAlways")));
    CHECK(on_page.contains("quiet"));
    std::set<std::string> all;
    for (const std::string& line : lines_of(page.out))
      if (line.starts_with("  -")) all.merge(options_in(" " + line.substr(0, 30)));
    const std::set<std::string> on_screen = options_in(screen.out);
    for (const std::string& option : all) CHECK_MESSAGE(on_screen.contains(option), option);
    // What a value is called when nobody says what it is.
    CHECK(page.out.find(" TEXT") == page.out.npos);
  }
}

TEST_CASE("without a verb, help fits a screen as well, and names every verb")
{
  const Run screen = run_rollcall("--help");
  CHECK(screen.exit == 0);
  CHECK(lines_of(screen.out).size() <= 23); // and the prompt
  CHECK(is_at_most_80_wide(screen.out));
  for (const std::string& verb : verbs()) CHECK(holds(screen.out, "  " + verb));
  for (const char* const words : {"-h", "--help validate", "--help --no-such-option"})
    CHECK(run_rollcall(words).out == screen.out);
}

TEST_CASE("the list of verbs is at most 80 columns wide, and says what codes the program ends with")
{
  const Run help = run_rollcall("help");
  CHECK(is_at_most_80_wide(help.out));
  for (const std::string code : {"0 succeeded", "5 not allowed", "130 interrupted"})
    CHECK(holds(help.out, code));
}

TEST_CASE("the example of every verb is made of options that it has")
{
  for (const std::string& verb : verbs()) {
    CAPTURE(verb);
    const std::string page = run_rollcall("help " + verb).out;
    const std::size_t at = page.find("\nExample\n  ");
    REQUIRE(at != page.npos);
    const std::size_t end = page.find("\n\n", at + 11);
    const std::string example = page.substr(at + 11, end - at - 11);
    CHECK(example.starts_with("rollcall " + verb));
    const std::set<std::string> known = options_in(page.substr(end));
    for (const std::string& option : options_in(example))
      CHECK_MESSAGE(known.contains(option), option);
  }
}

TEST_CASE("the reference of the command line is what the program says of itself")
{
  const std::string path = rollcall::tests::source_folder() / "docs/reference/command_line.md";
  const Run manual = run_rollcall("man --markdown");
  CHECK(manual.exit == 0);
  if (std::getenv("ROLLCALL_UPDATE") != nullptr)
    CHECK(run_rollcall("man --markdown > '" + path + "'").exit == 0);
  const Run kept = run_shell("cat '" + path + "'");
  CHECK_MESSAGE(kept.out == manual.out, "ROLLCALL_UPDATE=1 ctest -R tools writes it anew");
}

TEST_CASE("every page of the manual is there, and man sets it without a complaint")
{
  const TemporaryFolder folder;
  CHECK(run_rollcall("man --to .", folder.path()).exit == 0);
  std::set<std::string> names = {"man1/rollcall.1", "man5/rollcall.toml.5"};
  for (const std::string& verb : verbs()) names.insert("man1/rollcall-" + verb + ".1");
  CHECK(run_shell("find . -type f | wc -l", folder.path()).out ==
        std::to_string(names.size()) + "\n");
  for (const std::string& name : names) {
    CAPTURE(name);
    const std::string page = folder.read(name);
    CHECK(holds(page, ".SH NAME\nrollcall"));
    if (run_shell("command -v groff").exit != 0) continue;
    const Run set = run_shell("groff -man -Tutf8 -ww -b " + name + " >/dev/null", folder.path());
    CHECK(set.exit == 0);
    CHECK(set.err.empty());
  }
  CHECK(run_rollcall("man validate").out == folder.read("man1/rollcall-validate.1"));
  CHECK(run_rollcall("man rollcall.toml").out == folder.read("man5/rollcall.toml.5"));
  CHECK(run_rollcall("man valdate").exit == 2);
  CHECK(run_rollcall("man --to . --markdown", folder.path()).exit == 2);
}
