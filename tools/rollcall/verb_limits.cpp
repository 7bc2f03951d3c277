// `rollcall limits`: how much a file may hold, as in force after `--limit`.
#include <fmt/format.h>

#include <string>

#include "reading_options.hpp"
#include "rollcall/limits.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// 65536 as "64 KiB"; a number that is no whole multiple stays as it is.
std::string in_words(std::uint64_t value, std::string_view unit)
{
  if (unit != "bytes") return fmt::format("{}", value);
  for (const auto& [shift, name] : {std::pair{30U, "GiB"}, {20U, "MiB"}, {10U, "KiB"}})
    if (value >> shift != 0 && (value >> shift) << shift == value)
      return fmt::format("{} {}", value >> shift, name);
  return fmt::format("{} bytes", value);
}

std::string table_of(const Limits& limits)
{
  std::string text = fmt::format("{:<9}{:>14}{:>14}{:>14}  {}\n", "name", "in force", "default",
                                 "at most", "bounds");
  for (const Limit& limit : all_limits())
    text += fmt::format("{:<9}{:>14}{:>14}{:>14}  {}\n", limit.name,
                        in_words(limits.*limit.value, limit.unit),
                        in_words(Limits{}.*limit.value, limit.unit),
                        limit.cap != 0 ? in_words(limit.cap, limit.unit) : "-", limit.about);
  return text;
}

// Nothing in the table needs an escape.
std::string json_of(const Limits& limits)
{
  std::string text;
  for (const Limit& limit : all_limits())
    text += fmt::format(
        R"({{"name": "{}", "value": {}, "default": {}, "cap": {}, "unit": "{}", "about": "{}"}})"
        "\n",
        limit.name, limits.*limit.value, Limits{}.*limit.value,
        limit.cap != 0 ? fmt::format("{}", limit.cap) : "null", limit.unit, limit.about);
  return text;
}

class ShowLimits final : public Command {
 public:
  void declare(Options& options) override
  {
    declare_limits(options, limits_);
    options.add_flag("--json", is_json_, "a JSON line for each");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(const Limits limits, limits_from(limits_));
    ROLLCALL_CHECK(console.out.write(is_json_ ? json_of(limits) : table_of(limits)));
    return Exit::succeeded;
  }

 private:
  std::vector<std::string> limits_;
  bool is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_limits()
{
  return std::make_unique<ShowLimits>();
}

} // namespace rollcall::tools
