// dies_at.cpp: loaded before a program (LD_PRELOAD), it kills it in front of the n-th call that
// puts anything on the disk: DIES_AT=n. Without a number it counts for nothing.
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>

namespace {

void pass()
{
  static std::atomic<long> left = [] {
    const char* const at = std::getenv("DIES_AT");
    return at != nullptr ? std::strtol(at, nullptr, 10) : 0L;
  }();
  if (--left == 0) static_cast<void>(::kill(::getpid(), SIGKILL));
}

template <class... Given>
long call(long number, Given... given)
{
  pass();
  return ::syscall(number, given...);
}

} // namespace

// As SQLite and the library call them.
extern "C" {

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at)
{
  return call(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off_t at)
{
  return call(SYS_pwrite64, file, bytes, count, at);
}

int fsync(int file)
{
  return static_cast<int>(call(SYS_fsync, file));
}

int fdatasync(int file)
{
  return static_cast<int>(call(SYS_fdatasync, file));
}

int ftruncate(int file, off_t size) noexcept
{
  return static_cast<int>(call(SYS_ftruncate, file, size));
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept
{
  return static_cast<int>(call(SYS_linkat, from_folder, from, to_folder, to, flags));
}
}
