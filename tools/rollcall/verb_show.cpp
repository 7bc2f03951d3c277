// `rollcall show`: a plan for people. It needs neither the format nor the host: a plan stays
// readable for ever.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "job_outputs.hpp"
#include "rollcall/plan.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

constexpr std::size_t columns_min = 40;

// How wide the terminal is that standard output is; none if it is none.
std::optional<std::size_t> columns_of_terminal()
{
  winsize size = {};
  if (::isatty(STDOUT_FILENO) == 0) return {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::max<std::size_t>(size.ws_col, columns_min);
}

class Show final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("PLAN", plan_, "the plan; - is standard input")->required();
    options.add_option("--format", format_, "its format, if that is one of your own")
        ->type_name("FORMAT");
    options
        .add_option("--findings", findings_, "the plan as a page (text, html), or what it found")
        ->type_name("FORM")
        ->choices(findings_forms());
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{Stream{"PLAN", plan_},
                            Stream{"--format", is_schema_path(format_) ? format_ : ""}};
    ROLLCALL_CHECK(check_streams(inputs, {}));
    console.out.when_unread(Unread::ends_all);
    ShowOptions options;
    options.form = form_of(findings_);
    std::optional<schema::Schema> schema;
    if (!format_.empty()) {
      ROLLCALL_TRY(schema, schema_of(console, format_));
      options.schema = &*schema;
    }
    if (const auto columns = columns_of_terminal()) {
      options.columns = *columns;
      const char* const no_colour = std::getenv("NO_COLOR");
      options.colour = no_colour == nullptr || *no_colour == '\0';
    }
    options.name = plan_ == "-" ? "standard input" : name_of(plan_);
    auto plan = open_input(console, plan_);
    if (!plan.has_value()) return refuse_unreadable(console, plan_, std::move(plan).assume_error());
    ROLLCALL_TRY(const bool is_whole,
                 show_plan(*plan.assume_value(), options, console.out, console.seams));
    return is_whole ? Exit::succeeded : Exit::refused;
  }

 private:
  std::string plan_, format_, findings_;
};

} // namespace

std::unique_ptr<Command> make_show()
{
  return std::make_unique<Show>();
}

} // namespace rollcall::tools
