// `rollcall completion`: the script that completes what is typed in a shell.
#include <memory>
#include <string>

#include "completion.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class CompletionScript final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("SHELL", shell_, "the shell")->required()->choices({"bash", "zsh", "fish"});
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(console.out.write(completion_script(shell_)));
    return Exit::succeeded;
  }

 private:
  std::string shell_;
};

} // namespace

std::unique_ptr<Command> make_completion()
{
  return std::make_unique<CompletionScript>();
}

} // namespace rollcall::tools
