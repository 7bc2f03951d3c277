// `rollcall config`: the defaults that are in force, and where each stands.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "pages.hpp"
#include "settings.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Config final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("VERB", verb_, "only what it takes");
  }
  void share(const CommonOptions& common) override { common_ = &common; }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(const Settings settings, Settings::find(console, *common_));
    if (!verb_.empty()) {
      ROLLCALL_TRY(const Verb verb, verb_of(verb_));
      // As the verb itself would take them, with what it would object to.
      Declared declared{verb};
      ROLLCALL_CHECK(settings.apply(verb.name, declared.options()));
      ROLLCALL_CHECK(console.out.write(table_of(settings, &declared.options())));
      return Exit::succeeded;
    }
    ROLLCALL_CHECK(console.out.write(table_of(settings, nullptr)));
    return Exit::succeeded;
  }

 private:
  [[nodiscard]] bool is_shown(const Setting& setting, const Options* options) const
  {
    if (options == nullptr) return true;
    const Option* const option = options->find(setting.name);
    if (option == nullptr || !option->row().is_setting) return false;
    return setting.verb.empty() ? !option->row().is_of_verb : setting.verb == verb_;
  }

  // Of a name that is there twice, the first is in force.
  [[nodiscard]] std::string table_of(const Settings& settings, const Options* options) const
  {
    struct Line {
      std::string name, value, from;
    };
    std::vector<Line> lines;
    for (const Setting& setting : settings.all()) {
      if (!is_shown(setting, options)) continue;
      std::string name = setting.name;
      if (options == nullptr && !setting.verb.empty()) name = setting.verb + " " + name;
      if (std::ranges::find(lines, name, &Line::name) != lines.end()) continue;
      std::string value;
      for (const std::string& word : setting.value.words)
        value.append(value.empty() ? "" : ", ").append(shown(word));
      lines.push_back({std::move(name), std::move(value), shown(setting.from)});
    }
    if (lines.empty()) return "no defaults are set\n";
    std::size_t names = 0;
    std::size_t values = 0;
    for (const Line& line : lines) {
      names = std::max(names, line.name.size());
      values = std::max(values, line.value.size());
    }
    std::string text;
    for (const Line& line : lines)
      text += fmt::format("{:<{}}  {:<{}}  {}\n", line.name, names, line.value, values, line.from);
    return text;
  }

  std::string verb_;
  const CommonOptions* common_ = nullptr;
};

} // namespace

std::unique_ptr<Command> make_config()
{
  return std::make_unique<Config>();
}

} // namespace rollcall::tools
