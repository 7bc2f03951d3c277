// Defaults that stand elsewhere than on the command line: in the environment (ROLLCALL_FORMAT) and
// in a rollcall.toml. What is said on the command line goes before the environment, and that before
// the file; in the file, what stands in the table of a verb goes before what stands in none.
//
// A file is taken as a whole: a name in it that is no setting, or a value that the setting cannot
// have, is wrong_use, whatever verb is run.
#ifndef ROLLCALL_TOOLS_SETTINGS_HPP
#define ROLLCALL_TOOLS_SETTINGS_HPP

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common_options.hpp"
#include "console.hpp"
#include "options.hpp"
#include "toml.hpp"

namespace rollcall::tools {

// The first goes before the others.
enum class SettingsOf : std::uint8_t { command_line, environment, verb_in_file, file };

struct Setting {
  SettingsOf source = SettingsOf::file;
  std::string verb; // empty: of all that have such an option
  std::string name; // "format"
  TomlValue value;
  std::string from;        // "rollcall.toml:3", "ROLLCALL_FORMAT"
  std::string folder = {}; // paths count from here; empty: from where one is
};

class Settings {
 public:
  // Those that there are. `--config` and `--no-config` say where to look; else it is the nearest
  // rollcall.toml from here upward, then $XDG_CONFIG_HOME/rollcall/rollcall.toml.
  [[nodiscard]] static Result<Settings> find(Console& console, const CommonOptions& common);

  // Gives options of this verb what the command line has not said.
  [[nodiscard]] Result<void> apply(std::string_view verb, Options& options) const;

  // What goes before comes first.
  [[nodiscard]] std::span<const Setting> all() const noexcept { return all_; }
  // The file that was read, as it can be named from here; empty: there is none.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  [[nodiscard]] Result<void> read_file(Console& console, const std::string& path);
  [[nodiscard]] Result<void> read_environment();

  std::vector<Setting> all_;
  std::string file_;
};

// "ROLLCALL_DIRECTORY_OUT"
[[nodiscard]] std::string variable_of(std::string_view option);

// Whether there is anything for settings to say to a verb with these options.
[[nodiscard]] bool takes_settings(const Options& options);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_SETTINGS_HPP
