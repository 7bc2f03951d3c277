// What a verb of the command line is: its options, then what it does.
//
// A command lives for one run. It says what it could not do by an Error, which main turns into a
// sentence and an exit code; what is wrong with a file it says itself, and then picks the code.
#ifndef ROLLCALL_TOOLS_COMMAND_HPP
#define ROLLCALL_TOOLS_COMMAND_HPP

#include "console.hpp"
#include "options.hpp"
#include "rollcall/result.hpp"

namespace rollcall::tools {

// spec/files.md: scripts rely on these.
enum class Exit : int {
  succeeded = 0,
  partial = 1,     // partial or failed: rows were rejected, stale or failed
  wrong_use = 2,   // nothing was done
  refused = 3,     // the file was
  stale = 4,       // the plan was, and was refused
  not_allowed = 5, // to this actor
  failed = 6,      // the host, the store or the machine
  interrupted = 130
};

struct CommonOptions;

class Command {
 public:
  virtual ~Command() = default;

  // Names the options and binds them to members of the command. A member holds its default.
  virtual void declare(Options& options) = 0;

  // Tells it the options that every verb has, if it wants to know; they outlive it.
  virtual void share(const CommonOptions& /*common*/) {}

  // After the options have been read.
  [[nodiscard]] virtual Result<Exit> run(Console& console) = 0;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_COMMAND_HPP
