// What a signal handler may do is set a flag: the only variable of this program that is
// everybody's.
#include "watching.hpp"

#include <fmt/format.h>

#include <utility>

#include "next_command.hpp"

namespace rollcall::tools {
namespace {

// Who is done sooner sees nothing.
constexpr std::int64_t first_ns = 500'000'000;
constexpr std::int64_t between_ns = 100'000'000;

void note_signal(int /*signal*/)
{
  signal_was_caught = 1;
}

} // namespace

Watching::Watching(Console& console, std::string_view verb, std::string file, std::uint64_t bytes)
    : console_{console},
      verb_{verb},
      file_{std::move(file)},
      bytes_{bytes},
      next_ns_{console.seams.clock->monotonic_ns() + first_ns}
{
  for (std::size_t i = 0; i != signals_.size(); ++i) {
    struct sigaction action = {};
    // No SA_RESTART: who waits for a pipe is to hear of it.
    action.sa_handler = note_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(signals_[i], nullptr, &before_[i]);
    if (before_[i].sa_handler != SIG_IGN) // NOLINT: a macro of the system with a cast in it
      ::sigaction(signals_[i], &action, nullptr);
  }
}

Watching::~Watching()
{
  console_.line.erase();
  for (std::size_t i = 0; i != signals_.size(); ++i) ::sigaction(signals_[i], &before_[i], nullptr);
}

bool Watching::goes_on(const JobProgress& progress)
{
  id_ = progress.id;
  if (signal_was_caught != 0) return false;
  if (!console_.line.is_seen()) return true;
  const std::int64_t now = console_.seams.clock->monotonic_ns();
  pace_.note(progress, now);
  if (now < next_ns_) return true;
  next_ns_ = now + between_ns;
  console_.line.show(progress_line(file_.empty() ? verb_ : shown(file_), pace_, bytes_,
                                   LiveLine::columns_there()));
  return true;
}

Result<Exit> Watching::end(Error&& error, const StoreOptions& store,
                           const OutputOptions* outputs) const
{
  const bool is_stop = error.code() == ErrorCode::cancelled;
  const bool can_go_on = id_ != 0 && !store.db.empty() && error.code() != ErrorCode::wrong_use;
  if (!is_stop && !can_go_on) return std::move(error);
  console_.line.erase();
  if (signal_was_caught == 0 && is_stop) { // by somebody else, and for good
    console_.say(fmt::format("rollcall {}: {}", verb_, shown(error.detail())));
    return Exit::partial;
  }
  if (can_go_on)
    console_.say(fmt::format(
        "rollcall {}: {}; to go on: {}", verb_, is_stop ? "interrupted" : "it broke off",
        resuming(id_, store, outputs != nullptr ? *outputs : OutputOptions{})));
  else
    console_.say(fmt::format("rollcall {}: interrupted; nothing was done", verb_));
  if (can_go_on && outputs != nullptr && !outputs->directory_out.empty())
    console_.say(fmt::format("for --directory-out, when it has ended: {}",
                             dumping(store.db, outputs->directory_out)));
  if (!is_stop) return std::move(error);
  return Exit::interrupted;
}

std::uint64_t bytes_of(Console& console, const std::string& path)
{
  const auto status = console.seams.files->status(path);
  return status.has_value() ? status.assume_value().size : 0;
}

} // namespace rollcall::tools
