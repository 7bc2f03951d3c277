// Goes over the words as the verb would, as far as it needs to know what the last one may be.
#include "completion.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "pages.hpp"
#include "reading_options.hpp"
#include "rollcall/code.hpp"
#include "rollcall/error.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/limits.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// The words before the one that is typed, by what they are.
struct Typed {
  std::set<std::string> given = {};  // names of options
  std::string format = {}, to = {};  // what they were given
  const OptionRow* awaits = nullptr; // an option whose value is being typed
  std::size_t words_in_place = 0;
  bool only_words = false; // behind a --
};

const OptionRow* option_of(const Options& options, std::string_view word)
{
  for (const auto& option : options.all()) {
    const OptionRow& row = option->row();
    if (row.is_word) continue;
    if (word == "--" + row.name || (!row.short_name.empty() && word == "-" + row.short_name))
      return &row;
  }
  return nullptr;
}

void note_value(Typed& typed, const OptionRow& row, const std::string& value)
{
  if (row.name == "format") typed.format = value;
  if (row.name == "to") typed.to = value;
}

Typed look_at(const Options& options, std::span<const std::string> words)
{
  Typed typed;
  for (const std::string& word : words) {
    if (typed.awaits != nullptr) {
      note_value(typed, *std::exchange(typed.awaits, nullptr), word);
    } else if (typed.only_words || !word.starts_with('-') || word == "-") {
      ++typed.words_in_place;
    } else if (word == "--") {
      typed.only_words = true;
    } else {
      const std::size_t equals = word.find('=');
      const OptionRow* const row = option_of(options, word.substr(0, equals));
      if (row == nullptr) continue;
      typed.given.insert(row->name);
      if (equals != word.npos)
        note_value(typed, *row, word.substr(equals + 1));
      else if (!row->is_flag())
        typed.awaits = row;
    }
  }
  return typed;
}

// The format that was named, if it is built in.
std::optional<schema::Schema> schema_of(std::string_view id)
{
  for (const formats::Format& format : formats::builtin())
    if (format.id == id) return format.make();
  return {};
}

class Values {
 public:
  explicit Values(const Typed& typed) noexcept : typed_{typed} {}

  Completion of(const OptionRow& row)
  {
    add_all(row.choices);
    const std::string_view kind = row.is_word ? row.name : row.value;
    if (kind == "FILE" || kind == "PLAN" || kind == "DB") made_.takes_files = true;
    if (kind == "FORMAT") add_formats();
    if (kind == "VERB") add_verbs();
    if (kind == "CODE") add_codes();
    // What else there is hangs on the option: others have a NAME=VALUE as well.
    if (row.is_word) return std::move(made_);
    if (row.name == "role") add_roles();
    if (row.name == "limit") add_limits();
    if (row.name == "actor-field") add_actor_fields();
    if (row.name == "option") add_options_of_format();
    if (row.name == "set") add_fields();
    if (row.name == "delimiter") add_all(delimiter_words());
    if (row.name == "encoding") add_all(encoding_words());
    return std::move(made_);
  }

 private:
  void add(std::string word, std::string_view about = {})
  {
    made_.candidates.push_back({std::move(word), std::string{about}});
  }
  void add_all(const std::vector<std::string>& words)
  {
    for (const std::string& word : words) add(word);
  }
  void add_formats()
  {
    for (const formats::Format& format : formats::builtin())
      add(std::string{format.id}, format.make().title);
    made_.takes_files = true;
  }
  void add_verbs()
  {
    for (const Verb& verb : all_verbs()) add(std::string{verb.name}, verb.does);
  }
  void add_codes()
  {
    for (const Code code : all_codes()) add(std::string{slug(code)});
    std::set<std::string> own;
    for (const formats::Format& format : formats::builtin()) {
      const schema::Schema schema = format.make();
      for (const std::string_view code : schema::codes_of(schema)) own.emplace(code);
    }
    for (const std::string& code : own) add(code);
    for (const ErrorCode code : all_error_codes()) add(std::string{slug(code)});
  }
  // The host is one of this format: of the one that is converted to.
  [[nodiscard]] const std::string& format_of_host() const
  {
    return typed_.to.empty() ? typed_.format : typed_.to;
  }
  // Of the format, or, as long as none is named, of any. (One that is a condition is nobody's
  // word.)
  void add_roles()
  {
    const std::string& of = format_of_host();
    std::set<std::string> names;
    for (const formats::Format& format : formats::builtin()) {
      if (schema_of(of) && format.id != of) continue;
      const schema::Schema schema = format.make();
      for (const schema::Role& role : schema.roles)
        if (role.is.empty()) names.insert(role.name);
    }
    for (const std::string& name : names) add(name);
  }
  void add_actor_fields()
  {
    if (const auto schema = schema_of(format_of_host()))
      for (const schema::Fact& fact : schema->actor) add(fact.name + "=");
  }
  void add_limits()
  {
    for (const Limit& limit : all_limits()) add(std::string{limit.name} + "=", limit.about);
  }
  void add_options_of_format()
  {
    if (const auto schema = schema_of(format_of_host()))
      for (const schema::Fact& option : schema->options)
        add(option.is == schema::Is::boolean ? option.name : option.name + "=");
  }
  void add_fields()
  {
    if (const auto schema = schema_of(typed_.to))
      for (const schema::Column& column : schema->columns) add(column.field + "=", column.header);
  }

  const Typed& typed_;
  Completion made_;
};

// Of those, only what goes on as it was begun.
void keep_begun(Completion& completion, std::string_view begun)
{
  std::erase_if(completion.candidates,
                [&](const Candidate& each) { return !each.word.starts_with(begun); });
}

Completion values_of(const OptionRow& row, const Typed& typed, const std::string& begun,
                     const std::string& before = {})
{
  Completion made = Values{typed}.of(row);
  // The last of several in one word.
  const std::size_t last = row.delimiter == 0 ? begun.npos : begun.rfind(row.delimiter);
  const std::string others = last == begun.npos ? std::string{} : begun.substr(0, last + 1);
  keep_begun(made, std::string_view{begun}.substr(others.size()));
  for (Candidate& each : made.candidates) each.word.insert(0, before + others);
  return made;
}

// Those that may still be given.
Completion names_of_options(const Options& options, const Typed& typed, std::string_view begun)
{
  Completion made;
  for (const auto& option : options.all()) {
    const OptionRow& row = option->row();
    const bool is_done = typed.given.contains(row.name) && !row.is_repeated;
    if (row.is_word || is_done || typed.given.contains(row.rival)) continue;
    made.candidates.push_back({"--" + row.name, row.what});
  }
  keep_begun(made, begun);
  return made;
}

Completion complete_verb(const Verb& verb, std::span<const std::string> words,
                         const std::string& begun)
{
  const Declared declared{verb};
  const Options& options = declared.options();
  const Typed typed = look_at(options, words);
  if (typed.awaits != nullptr) return values_of(*typed.awaits, typed, begun);
  if (begun.starts_with('-') && begun != "-" && !typed.only_words) {
    const std::size_t equals = begun.find('=');
    if (equals == begun.npos) return names_of_options(options, typed, begun);
    const OptionRow* const row = option_of(options, begun.substr(0, equals));
    if (row == nullptr || row->is_flag()) return {};
    return values_of(*row, typed, begun.substr(equals + 1), begun.substr(0, equals + 1));
  }
  std::size_t place = 0;
  for (const auto& option : options.all())
    if (option->row().is_word && place++ == typed.words_in_place)
      return values_of(option->row(), typed, begun);
  return typed.only_words ? Completion{} : names_of_options(options, typed, begun);
}

} // namespace

Completion complete(std::span<const std::string> words)
{
  if (words.empty()) return {};
  const std::string& begun = words.back();
  if (words.size() > 1) {
    const Result<Verb> verb = verb_of(words.front());
    if (!verb.has_value()) return {};
    return complete_verb(verb.assume_value(), words.subspan(1, words.size() - 2), begun);
  }
  Completion made;
  for (const Verb& verb : all_verbs())
    made.candidates.push_back({std::string{verb.name}, std::string{verb.does}});
  made.candidates.push_back({"--help", "all verbs"});
  made.candidates.push_back({"--version", "the version of rollcall"});
  keep_begun(made, begun);
  if (begun.empty()) made.candidates.resize(all_verbs().size());
  return made;
}

std::string written(const Completion& completion)
{
  std::string text;
  for (const Candidate& each : completion.candidates) {
    text += each.word;
    if (!each.about.empty()) text.append("\t").append(each.about);
    text += '\n';
  }
  if (completion.takes_files) text += ":files\n";
  return text;
}

} // namespace rollcall::tools
