// shared.cpp: memory that parent and child both see.
#include "torture/shared.hpp"

#include <unistd.h>

#include <csignal>

namespace rollcall::torture {

void Points::pass(const char* name) noexcept
{
  shared_.last = name;
  if (shared_.visits < shared_.trace.size()) shared_.trace[shared_.visits] = name;
  ++shared_.visits;
  if (shared_.visits == shared_.stop_at) ::kill(::getpid(), SIGSTOP); // and goes on some time
  if (shared_.visits != shared_.kill_at) return;
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

} // namespace rollcall::torture
