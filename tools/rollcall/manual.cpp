// What stands in the manual; how it is set is in manual_forms.cpp.
#include "manual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pages.hpp"
#include "settings.hpp"

namespace rollcall::tools {
namespace {

using enum Block::Is;

// What it may be, where neither its name nor its words say so.
std::string described(const OptionRow& row)
{
  std::string text = row.what;
  const auto is_named = [&](const std::string& choice) {
    return row.value.find(choice) != std::string::npos ||
           row.name.find(choice) != std::string::npos || row.what.find(choice) != std::string::npos;
  };
  if (!row.choices.empty() && !std::ranges::all_of(row.choices, is_named)) {
    text += ": ";
    for (std::size_t i = 0; i != row.choices.size(); ++i)
      text += (i == 0 ? "" : ", ") + row.choices[i];
  }
  if (row.is_repeated) text += "; may be given again";
  if (row.is_required && !row.is_word) text += " (required)";
  return text;
}

void add_exits(ManualPage& page)
{
  page.blocks.push_back({section, "Exit status"});
  for (const ExitMeaning& exit : exit_meanings())
    page.blocks.push_back({item, std::string{exit.means}, std::to_string(exit.code)});
}

void add_options(ManualPage& page, const Section& section_of_page, std::string_view title)
{
  page.blocks.push_back({group, std::string{title}});
  for (const OptionRow* row : section_of_page.rows)
    page.blocks.push_back({item, described(*row), label_of(*row)});
}

// "jobs, job, resume", or how many, where that is nearly all.
std::string verbs_with(const std::vector<std::string>& verbs)
{
  std::string text;
  for (const std::string& verb : verbs) text += (text.empty() ? "" : ", ") + verb;
  return text;
}

} // namespace

ManualPage manual_of(const Verb& verb)
{
  const Declared declared{verb};
  ManualPage page{.name = fmt::format("rollcall-{}", verb.name),
                  .does = std::string{verb.does},
                  .usage = usage_of(verb, declared.options()),
                  .blocks = {}};
  if (!verb.about.empty()) {
    page.blocks.push_back({section, "Description"});
    page.blocks.push_back({words, std::string{verb.about}});
  }
  std::vector<Block> places;
  for (const auto& option : declared.options().all())
    if (const OptionRow& row = option->row(); row.is_word && !row.what.empty())
      places.push_back({item, described(row), row.name});
  if (!places.empty()) page.blocks.push_back({section, "Words"});
  page.blocks.insert(page.blocks.end(), places.begin(), places.end());
  page.blocks.push_back({section, "Options"});
  for (const Section& each : sections_of(declared.options()))
    if (each.title != common_group)
      add_options(page, each, each.title.empty() ? "Its own" : each.title);
  page.blocks.push_back(
      {words, "Those of every verb (`--quiet`, `--config`, ...) are in `rollcall`(1)."});
  page.blocks.push_back({section, "Example"});
  page.blocks.push_back({code, std::string{verb.example}});
  return page;
}

ManualPage manual_of_all()
{
  ManualPage page{.name = "rollcall",
                  .does = "bulk user changes for phone systems",
                  .usage = "rollcall VERB ...",
                  .blocks = {}};
  page.blocks = {
      {section, "Description"},
      {words,
       "Reads the CSV file of a vendor's users page, checks every row as that page would, "
       "plans the changes, applies them, and can resume and undo. Five formats are built in "
       "(`rollcall formats`); one of your own is a schema as JSON, and its path stands "
       "where a format is named."},
      {words,
       "Wherever a file is named, `-` is standard input or standard output. Findings, "
       "reports and files go to standard output or where they are asked for; progress and "
       "errors to standard error. A wrong word is answered with the nearest right one."},
      {words,
       "Who reads standard output may stop when he has seen enough: what is still written there "
       "is lost then, and all else is done, written and told by the exit code as it would have "
       "been. A verb that has nothing else to do (`rows`, `show`, `dump`, `export` without a "
       "database) ends with 0. Secrets that nobody read are a failure."}};
  const Part* part = nullptr;
  page.blocks.push_back({section, "Verbs"});
  for (const Verb& verb : all_verbs()) {
    if (part == nullptr || *part != verb.part)
      page.blocks.push_back({group, std::string{title_of(verb.part)}});
    part = &verb.part;
    page.blocks.push_back({item, std::string{verb.does}, std::string{verb.name}});
  }
  page.blocks.push_back({section, "Options of every verb"});
  const Declared declared{all_verbs().front()};
  for (const Section& each : sections_of(declared.options()))
    if (each.title == common_group)
      for (const OptionRow* row : each.rows)
        page.blocks.push_back({item, described(*row), label_of(*row)});
  add_exits(page);
  const std::vector<Block> rest = {
      {section, "Environment"},
      {item,
       "the default of an option, as in `rollcall.toml`(5); the values of one that has "
       "several are parted by commas. A name that is almost that of a setting, or that of an "
       "option which has no default, is refused; others are not looked at",
       "ROLLCALL_FORMAT, ROLLCALL_DB, ..."},
      {item, "the file of defaults, as by `--config`", "ROLLCALL_CONFIG"},
      {item, "where it is set and not empty, nothing is coloured", "NO_COLOR"},
      {section, "Files"},
      {item, "defaults, from here upward the nearest one", "rollcall.toml"},
      {item, "else these (`~/.config` where that is not set)",
       "$XDG_CONFIG_HOME/rollcall/rollcall.toml"},
  };
  page.blocks.insert(page.blocks.end(), rest.begin(), rest.end());
  return page;
}

ManualPage manual_of_settings()
{
  ManualPage page{.name = "rollcall.toml",
                  .section = 5,
                  .does = "defaults of the command line",
                  .usage = {},
                  .blocks = {}};
  page.blocks = {
      {section, "Description"},
      {words,
       "Options that are the same each time can stand in a file. It is TOML: a line a "
       "setting, named as the option is. What stands in the table of a verb is for that "
       "verb and goes before what stands above all tables."},
      {code,
       "format = \"clusterpbx\"\n"
       "db = \"host.db\"             # as seen from the folder of this file\n"
       "role = \"client\"\n"
       "limit = [\"file=1GiB\", \"rows=1000000\"]\n\n"
       "[validate]\nfindings = \"text\"\n\n[jobs]\nmost = 20"},
      {words,
       "What is said on the command line goes before the environment, and that before the "
       "file. Of `db` and `directory` one is given, so an option that names one takes the "
       "place of a default of the other."},
      {words,
       "The host of `convert` is one of the format that is converted to: it has defaults "
       "from its own table alone."},
      {words,
       "The file is the one that `--config` names, else `ROLLCALL_CONFIG`, else the nearest "
       "`rollcall.toml` from the current folder upward, else "
       "`$XDG_CONFIG_HOME/rollcall/rollcall.toml`. With `--no-config` there are no "
       "defaults, from the environment neither. A file that was found upward must be "
       "yours or root's, and one that not anybody may write: it says where imports go."},
      {words,
       "A name that is no setting, a table that is no verb and a value of the wrong sort "
       "are refused with their line, whatever verb is run. `rollcall config` shows what is "
       "in force, and from where. Of TOML there are tables, texts, whole numbers, `true` "
       "and `false`, and arrays of texts."},
      {words,
       "Options that name a file to be written, or that loosen a check, are no settings: "
       "they are said each time."},
      {section, "Settings"}};
  std::map<std::string, std::vector<std::string>> verbs;
  std::vector<Block> settings;
  for (const Verb& verb : all_verbs()) {
    const Declared declared{verb};
    for (const auto& option : declared.options().all()) {
      const OptionRow& row = option->row();
      if (!row.is_setting) continue;
      std::vector<std::string>& of = verbs[row.name];
      if (of.empty()) settings.push_back({item, row.what, row.name});
      of.emplace_back(verb.name);
    }
  }
  std::ranges::sort(settings, {}, &Block::label);
  for (Block& setting : settings) {
    const std::vector<std::string>& of = verbs[setting.label];
    setting.text +=
        of.size() == all_verbs().size() ? " (every verb)" : fmt::format(" ({})", verbs_with(of));
    page.blocks.push_back(std::move(setting));
  }
  return page;
}

std::vector<ManualPage> whole_manual()
{
  std::vector<ManualPage> pages;
  pages.push_back(manual_of_all());
  for (const Verb& verb : all_verbs()) pages.push_back(manual_of(verb));
  pages.push_back(manual_of_settings());
  return pages;
}

} // namespace rollcall::tools
