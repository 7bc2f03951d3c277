// Text is set for 80 columns; on a screen, groups are folded until it has no more lines than one.
#include "pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rollcall::tools {
namespace {

constexpr std::size_t columns_max = 80;
constexpr std::size_t lines_max = 23; // the prompt has the last one
constexpr std::size_t label_columns_max = 26;

constexpr std::string_view head_of_all =
    "rollcall VERB ...\n"
    "  bulk user changes for phone systems: checked, planned, applied, reported\n";

constexpr std::array exits = {
    ExitMeaning{0, "succeeded"},
    ExitMeaning{1, "partial or failed: rows were rejected, stale or failed"},
    ExitMeaning{2, "wrong use; nothing was done"},
    ExitMeaning{3, "the file was refused"},
    ExitMeaning{4, "the plan is stale and was refused"},
    ExitMeaning{5, "not allowed to this actor"},
    ExitMeaning{6, "the host, the store or the machine failed"},
    ExitMeaning{130, "interrupted; `rollcall resume` goes on"},
};

// Appends words, and begins a line that is set in where one is full. `at` is the column of the
// text's end.
void append_wrapped(std::string& text, std::string_view words, std::size_t at, std::size_t indent)
{
  for (bool begins = true; !words.empty(); begins = false) {
    const std::size_t size = std::min(words.find(' '), words.size());
    if (!begins && at + 1 + size > columns_max) {
      text.append("\n").append(indent, ' ');
      at = indent;
    } else if (!begins) {
      text += ' ';
      ++at;
    }
    text += words.substr(0, size);
    at += size;
    words.remove_prefix(std::min(size + 1, words.size()));
  }
  text += '\n';
}

std::string described(const OptionRow& row)
{
  return row.is_required ? row.what + " (required)" : row.what;
}

// As wide as the labels are, if that leaves room.
std::size_t label_columns(const std::vector<Section>& sections)
{
  std::size_t columns = 0;
  for (const Section& section : sections)
    for (const OptionRow* row : section.rows)
      if (const std::size_t size = label_of(*row).size(); size <= label_columns_max)
        columns = std::max(columns, size);
  return columns;
}

void append_row(std::string& text, std::string label, std::string_view what, std::size_t columns)
{
  const std::size_t indent = 2 + columns + 2;
  if (label.size() > columns) {
    text.append("  ").append(label).append("\n").append(indent, ' ');
  } else {
    label.resize(columns + 2, ' ');
    text.append("  ").append(label);
  }
  append_wrapped(text, what, indent, indent);
}

void append_unfolded(std::string& text, const Section& section, std::size_t columns)
{
  text.append(section.title.empty() ? "Options" : section.title).append("\n");
  for (const OptionRow* row : section.rows)
    append_row(text, label_of(*row), described(*row), columns);
}

// A line that begins so, and where it is full goes on below. (A label stays in one piece.)
void append_labels(std::string& text, std::string line, const std::vector<std::string>& labels)
{
  const std::size_t indent = line.size();
  for (const std::string& label : labels) {
    if (line.size() + 2 + label.size() > columns_max) {
      text.append(line).append("\n");
      line.assign(indent, ' ');
    }
    line.append("  ").append(label);
  }
  text.append(line).append("\n");
}

// Only the names.
void append_folded(std::string& text, const Section& section)
{
  std::vector<std::string> labels;
  for (const OptionRow* row : section.rows) labels.push_back(label_of(*row));
  append_labels(text, fmt::format("{:<9}", section.title), labels);
}

std::string head_of(const Verb& verb, const Options& options)
{
  std::string text;
  append_wrapped(text, usage_of(verb, options), 0, 9);
  return text.append("  ").append(verb.does).append("\n");
}

// With the last so many groups folded.
std::string screen_with(const Verb& verb, const Options& options,
                        const std::vector<Section>& sections, std::size_t folded)
{
  std::string text = head_of(verb, options);
  const std::size_t columns = label_columns(sections);
  for (std::size_t i = 0; i != sections.size(); ++i) {
    const bool is_folded = i + folded >= sections.size();
    if (i == 0 || !is_folded || i + folded == sections.size()) text += '\n';
    if (is_folded)
      append_folded(text, sections[i]);
    else
      append_unfolded(text, sections[i], columns);
  }
  if (folded != 0) text += fmt::format("\n`rollcall help {}` explains every option.\n", verb.name);
  return text;
}

bool fits_screen(const std::string& text)
{
  return static_cast<std::size_t>(std::ranges::count(text, '\n')) <= lines_max;
}

} // namespace

Declared::Declared(const Verb& verb) : command_{verb.make()}
{
  command_->declare(options_);
  declare(options_, common_);
  command_->share(common_);
}

std::vector<Section> sections_of(const Options& options)
{
  std::vector<Section> sections;
  sections.push_back({});
  for (const auto& option : options.all()) {
    const OptionRow& row = option->row();
    if (row.is_word) continue;
    auto found = std::ranges::find(sections, row.group, &Section::title);
    if (found == sections.end()) found = sections.insert(found, Section{row.group, {}});
    found->rows.push_back(&row);
  }
  if (sections.front().rows.empty()) sections.erase(sections.begin());
  return sections;
}

std::string label_of(const OptionRow& row)
{
  std::string label = row.short_name.empty() ? "" : "-" + row.short_name + ", ";
  label += typed_name(row);
  if (!row.value.empty()) label += " " + row.value;
  return label;
}

std::string usage_of(const Verb& verb, const Options& options)
{
  std::string words;
  std::string required;
  for (const auto& option : options.all()) {
    const OptionRow& row = option->row();
    if (row.is_word)
      words += row.is_required ? " " + row.name : " [" + row.name + "]";
    else if (row.is_required && row.short_name.empty())
      required += fmt::format(" --{} {}", row.name, row.value);
    else if (row.is_required)
      required += fmt::format(" -{} {}", row.short_name, row.value);
  }
  return fmt::format("rollcall {}{}{} [options]", verb.name, words, required);
}

std::string screen_of(const Verb& verb)
{
  const Declared declared{verb};
  const std::vector<Section> sections = sections_of(declared.options());
  std::string text;
  for (std::size_t folded = 0; folded <= sections.size(); ++folded) {
    text = screen_with(verb, declared.options(), sections, folded);
    if (fits_screen(text)) break;
  }
  return text;
}

std::string page_of(const Verb& verb)
{
  const Declared declared{verb};
  const std::vector<Section> sections = sections_of(declared.options());
  std::string text = head_of(verb, declared.options());
  if (!verb.about.empty()) {
    text += '\n';
    append_wrapped(text, verb.about, 0, 0);
  }
  if (!verb.example.empty()) text += fmt::format("\nExample\n  {}\n", verb.example);
  const std::size_t columns = label_columns(sections);
  for (const Section& section : sections) append_unfolded(text += '\n', section, columns);
  return text;
}

std::string screen_of_all()
{
  std::string text{head_of_all};
  for (const Part part : {Part::file, Part::job, Part::host, Part::knowledge, Part::self}) {
    std::vector<std::string> names;
    for (const Verb& verb : all_verbs())
      if (verb.part == part) names.emplace_back(verb.name);
    text.append("\n").append(title_of(part)).append("\n");
    append_labels(text, {}, names);
  }
  text += "\n`rollcall help` says what each does, `rollcall VERB --help` what options it has.\n";
  return text;
}

std::string page_of_all()
{
  std::string text{head_of_all};
  std::size_t columns = 0;
  for (const Verb& verb : all_verbs()) columns = std::max(columns, verb.name.size());
  const Part* part = nullptr;
  for (const Verb& verb : all_verbs()) {
    if (part == nullptr || *part != verb.part)
      text.append("\n").append(title_of(verb.part)).append("\n");
    part = &verb.part;
    append_row(text, std::string{verb.name}, verb.does, columns);
  }
  text +=
      "\n`rollcall VERB --help` lists its options, `rollcall help VERB` explains them.\n"
      "`-` is standard input or output. Defaults may stand in a rollcall.toml.\n"
      "Exit: 0 succeeded, 1 rows were rejected, stale or failed, 2 wrong use, 3 file\n"
      "refused, 4 plan stale, 5 not allowed, 6 host or machine failed, 130 interrupted\n";
  return text;
}

std::string_view title_of(Part part) noexcept
{
  switch (part) {
    case Part::file:
      return "Files";
    case Part::job:
      return "Jobs that a database remembers";
    case Part::host:
      return "Hosts";
    case Part::knowledge:
      return "What is known";
    case Part::self:
      break;
  }
  return "About rollcall";
}

std::span<const ExitMeaning> exit_meanings() noexcept
{
  return exits;
}

} // namespace rollcall::tools
