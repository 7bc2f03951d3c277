// `rollcall help` and `rollcall version`: the command line about itself.
#include <string>

#include "pages.hpp"
#include "rollcall/version.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Help final : public Command {
 public:
  void declare(Options& options) override { options.add_option("VERB", verb_); }

  Result<Exit> run(Console& console) override
  {
    if (verb_.empty()) {
      ROLLCALL_CHECK(console.out.write(page_of_all()));
    } else {
      ROLLCALL_TRY(const Verb verb, verb_of(verb_));
      ROLLCALL_CHECK(console.out.write(page_of(verb)));
    }
    return Exit::succeeded;
  }

 private:
  std::string verb_;
};

class Version final : public Command {
 public:
  void declare(Options&) override {}

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(console.out.write("rollcall " + std::string{version()} + "\n"));
    return Exit::succeeded;
  }
};

} // namespace

std::unique_ptr<Command> make_help()
{
  return std::make_unique<Help>();
}

std::unique_ptr<Command> make_version()
{
  return std::make_unique<Version>();
}

} // namespace rollcall::tools
