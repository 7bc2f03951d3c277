// Looks for the file, and says of each setting where it stands.
#include "settings.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "nearest.hpp"
#include "pages.hpp"
#include "schema_file.hpp"

namespace rollcall::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view usual_name = "rollcall.toml";
constexpr std::string_view variable_prefix = "ROLLCALL_";
constexpr const char* variable_of_file = "ROLLCALL_CONFIG";
constexpr std::size_t file_bytes_max = 64 * 1024;

std::string variable(const char* name)
{
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

// Which verbs have each option, and which of them may have a default.
struct Names {
  std::map<std::string, std::map<std::string, Option*>> settings, others;
  std::vector<std::unique_ptr<Declared>> declared; // whose options they are

  Names()
  {
    for (const Verb& verb : all_verbs()) {
      Declared& made = *declared.emplace_back(std::make_unique<Declared>(verb));
      for (const auto& option : made.options().all()) {
        const OptionRow& row = option->row();
        if (row.is_word) continue;
        (row.is_setting ? settings : others)[row.name].emplace(verb.name, option.get());
      }
    }
  }
};

Error wrong(std::string_view from, std::string_view what)
{
  return Error{ErrorCode::wrong_use, fmt::format("{}: {}", from, what)};
}

// Why this is no name of a setting of the verb (of any, if it is empty).
Error about_name(const Names& names, const Setting& setting)
{
  const auto has = [&](const auto& of) {
    const auto found = of.find(setting.name);
    return found != of.end() && (setting.verb.empty() || found->second.contains(setting.verb));
  };
  if (has(names.others))
    return wrong(setting.from,
                 fmt::format("--{} has no default: it is said each time", setting.name));
  std::vector<std::string> known;
  for (const auto& [name, verbs] : names.settings)
    if (setting.verb.empty() || verbs.contains(setting.verb)) known.push_back(name);
  const std::string of = setting.verb.empty() ? "" : fmt::format(" of {}", setting.verb);
  return wrong(setting.from, fmt::format("there is no setting '{}'{}{}", setting.name, of,
                                         did_you_mean(setting.name, known)));
}

// "DIRECTORY_OUT" as "directory-out".
std::string option_named_by(std::string_view variable)
{
  std::string name;
  for (const char sign : variable.substr(variable_prefix.size()))
    name += sign == '_' ? '-' : static_cast<char>(sign >= 'A' && sign <= 'Z' ? sign + 32 : sign);
  return name;
}

Result<void> check_variable(const Names& names, const std::string& variable)
{
  Setting setting;
  setting.name = option_named_by(variable);
  setting.from = variable;
  if (variable == variable_of_file || names.settings.contains(setting.name)) return success();
  std::vector<std::string> known;
  for (const auto& [name, verbs] : names.settings) known.push_back(name);
  if (names.others.contains(setting.name) || !did_you_mean(setting.name, known).empty())
    return about_name(names, setting);
  return success();
}

// A file that somebody else has put above the folder in which one works might send what is imported
// to a host of his.
Result<void> check_owner(const std::string& path)
{
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return success(); // reading it will say why
  const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0;
  if (is_ours && (status.st_mode & S_IWOTH) == 0) return success();
  return wrong(path, fmt::format("{}; to use it, name it by --config, else give --no-config",
                                 is_ours ? "anybody may write it" : "it belongs to somebody else"));
}

// The nearest from here upward, as seen from here; else the user's own; else none.
Result<std::string> usual_file()
{
  std::error_code ignored;
  const fs::path begin = fs::current_path(ignored);
  for (fs::path folder = begin; !folder.empty(); folder = folder.parent_path()) {
    const fs::path path = folder / usual_name;
    if (fs::exists(path, ignored)) {
      const std::string from_here = path.lexically_relative(begin).string();
      ROLLCALL_CHECK(check_owner(from_here));
      return from_here;
    }
    if (folder == folder.parent_path()) break;
  }
  fs::path own = variable("XDG_CONFIG_HOME");
  if (const std::string home = variable("HOME"); own.empty() && !home.empty())
    own = fs::path{home} / ".config";
  if (own.is_relative()) return std::string{};
  own /= fs::path{"rollcall"} / usual_name;
  return fs::exists(own, ignored) ? own.string() : std::string{};
}

Result<std::string> read_text(Console& console, const std::string& path)
{
  auto text = [&]() -> Result<std::string> {
    ROLLCALL_TRY(auto source, open_input(console, path));
    std::string whole(file_bytes_max + 1, '\0');
    std::size_t size = 0;
    while (size != whole.size()) {
      ROLLCALL_TRY(const std::size_t count,
                   source->read(std::as_writable_bytes(std::span{whole}.subspan(size))));
      if (count == 0) break;
      size += count;
    }
    whole.resize(size);
    return whole;
  }();
  if (!text.has_value() && text.assume_error().code() != ErrorCode::out_of_memory)
    return wrong(path, reason_of(text.assume_error()));
  if (text.has_value() && text.assume_value().size() > file_bytes_max)
    return wrong(path, "defaults have at most 64 KiB");
  return text;
}

// "a,b" as the values of an option that has several.
std::vector<std::string> parts_of(const std::string& text)
{
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end != at) parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// Is it what this option takes?
Result<void> check_sort(const Setting& setting, const OptionRow& row)
{
  using enum TomlValue::Is;
  const TomlValue& value = setting.value;
  if (row.is_flag() && value.is != truth)
    return wrong(setting.from, row.name + " is true or false, without quotes");
  if (!row.is_flag() && value.is == truth)
    return wrong(setting.from, row.name + " is neither true nor false");
  if (!row.takes_many() && value.is == list)
    return wrong(setting.from, row.name + " has one value, not a list");
  const bool is_number = row.value == "N";
  if (is_number && value.is == text)
    return wrong(setting.from, row.name + " is a whole number, without quotes");
  if (!is_number && value.is == number)
    return wrong(setting.from, row.name + " is a text, in quotes");
  return success();
}

// What it names, as seen from here.
std::string path_from_here(const Setting& setting, const OptionRow& row, const std::string& word)
{
  const bool is_path = row.value == "FILE" || (row.value == "FORMAT" && is_schema_path(word));
  if (!is_path || setting.folder.empty() || word == "-") return word;
  return (fs::path{setting.folder} / word).string();
}

// Whatever this option does not take is wrong.
Result<void> give(const Setting& setting, Option& option)
{
  const OptionRow& row = option.row();
  std::vector<std::string> words = setting.value.words;
  const bool is_of_environment = setting.source == SettingsOf::environment;
  if (is_of_environment && row.takes_many()) words = parts_of(words.front());
  if (!is_of_environment) ROLLCALL_CHECK(check_sort(setting, row));
  for (std::string& word : words) word = path_from_here(setting, row, word);
  Result<void> taken = option.take(words);
  if (taken.has_value()) taken = option.check();
  if (!taken.has_value()) return wrong(setting.from, taken.assume_error().detail());
  return success();
}

// One of the verbs that it is for takes it. (Another one that does not says so when it is run.)
Result<void> check_value(const Names& names, const Setting& setting)
{
  std::optional<Error> fault;
  for (const auto& [verb, option] : names.settings.at(setting.name)) {
    if (setting.verb.empty() ? option->row().is_of_verb : verb != setting.verb) continue;
    Result<void> given = give(setting, *option);
    if (given.has_value()) return success();
    if (!fault) fault = std::move(given).assume_error();
  }
  if (fault) return std::move(*fault);
  return success();
}

} // namespace

std::string variable_of(std::string_view option)
{
  std::string name{variable_prefix};
  for (const char sign : option)
    name += sign == '-' ? '_' : static_cast<char>(sign >= 'a' && sign <= 'z' ? sign - 32 : sign);
  return name;
}

bool takes_settings(const Options& options)
{
  return std::ranges::any_of(options.all(), [](const auto& option) {
    return option->row().is_setting && option->row().group != common_group;
  });
}

Result<Settings> Settings::find(Console& console, const CommonOptions& common)
{
  Settings made;
  if (common.has_no_config && !common.config.empty())
    return Error{ErrorCode::wrong_use, "--config and --no-config do not go together"};
  if (common.has_no_config) return made;
  if (common.config == "-")
    return Error{ErrorCode::wrong_use, "--config names a file; standard input is for what is read"};
  ROLLCALL_CHECK(made.read_environment());
  std::string path = common.config.empty() ? variable(variable_of_file) : common.config;
  if (path.empty()) {
    ROLLCALL_TRY(path, usual_file());
  }
  if (!path.empty()) ROLLCALL_CHECK(made.read_file(console, path));
  return made;
}

// Of all settings that there are, for any verb. What is almost one was meant as one; other names
// may be anybody's.
Result<void> Settings::read_environment()
{
  std::vector<std::string> given;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view pair{*each};
    if (pair.starts_with(variable_prefix)) given.emplace_back(pair.substr(0, pair.find('=')));
  }
  if (given.empty()) return success(); // and the names of all settings need not be gathered
  const Names names;
  for (const std::string& variable : given) ROLLCALL_CHECK(check_variable(names, variable));
  for (const auto& [name, verbs] : names.settings) {
    const std::string from = variable_of(name);
    const std::string text = variable(from.c_str());
    if (text.empty()) continue;
    all_.push_back({.source = SettingsOf::environment,
                    .verb = {},
                    .name = name,
                    .value = {TomlValue::Is::text, {text}},
                    .from = from});
  }
  return success();
}

Result<void> Settings::read_file(Console& console, const std::string& path)
{
  ROLLCALL_TRY(const std::string text, read_text(console, path));
  Result<Toml> read = read_toml(text);
  if (!read.has_value() && read.assume_error().code() == ErrorCode::wrong_use)
    return Error{ErrorCode::wrong_use, fmt::format("{}:{}", path, read.assume_error().detail())};
  ROLLCALL_TRY(const Toml toml, std::move(read));
  for (const TomlTable& table : toml.tables)
    if (const Result<Verb> verb = verb_of(table.name); !verb.has_value())
      return wrong(fmt::format("{}:{}", path, table.line), verb.assume_error().detail());
  const Names names;
  std::vector<Setting> of_all;
  for (const TomlEntry& entry : toml.entries) {
    Setting setting{.source = entry.table.empty() ? SettingsOf::file : SettingsOf::verb_in_file,
                    .verb = entry.table,
                    .name = entry.key,
                    .value = entry.value,
                    .from = fmt::format("{}:{}", path, entry.line),
                    .folder = fs::path{path}.parent_path().string()};
    const auto known = names.settings.find(setting.name);
    if (known == names.settings.end() ||
        (!setting.verb.empty() && !known->second.contains(setting.verb)))
      return about_name(names, setting);
    ROLLCALL_CHECK(check_value(names, setting));
    (setting.verb.empty() ? of_all : all_).push_back(std::move(setting));
  }
  all_.insert(all_.end(), of_all.begin(), of_all.end());
  file_ = path;
  return success();
}

Result<void> Settings::apply(std::string_view verb, Options& options) const
{
  // Where options have their values from, if not from the command line.
  std::map<std::string_view, SettingsOf> sources;
  for (const Setting& setting : all_) {
    if (!setting.verb.empty() && setting.verb != verb) continue;
    Option* const option = options.find(setting.name);
    if (option == nullptr || !option->row().is_setting || option->is_given()) continue;
    const OptionRow& row = option->row();
    if (setting.verb.empty() && row.is_of_verb) continue;
    // (Two rivals from one place are for the verb to object to.)
    const Option* const rival = options.find(row.rival);
    const auto taken_from = sources.find(row.rival);
    if (rival != nullptr && rival->is_given() &&
        (taken_from == sources.end() || taken_from->second != setting.source))
      continue;
    ROLLCALL_CHECK(give(setting, *option));
    sources.emplace(row.name, setting.source);
  }
  return success();
}

} // namespace rollcall::tools
