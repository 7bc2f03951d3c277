// child.cpp: starts a child with posix_spawn, which unlike fork costs no more in a process that
// holds a lot of memory.
#include "support/child.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <optional>
#include <string_view>
#include <thread>

namespace rollcall::bench {
namespace {

std::string read_to_end(int descriptor)
{
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
    if (size <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

double seconds_of(const timeval& time)
{
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// RssAnon of a process; 0 when it has ended.
std::size_t anonymous_bytes(pid_t process)
{
  std::ifstream status{"/proc/" + std::to_string(process) + "/status"};
  constexpr std::string_view name = "RssAnon:";
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::stoull(line.substr(name.size())) * 1024;
  return 0;
}

// Looks until it is destroyed.
class Watch {
 public:
  Watch(pid_t process, std::size_t& most)
      : thread_{[process, &most](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            most = std::max(most, anonymous_bytes(process));
            std::this_thread::sleep_for(std::chrono::microseconds{500});
          }
        }}
  {
  }

 private:
  std::jthread thread_;
};

void wait_for(pid_t child, const Stopwatch& watch, ChildRun& run)
{
  int status = 0;
  rusage used = {};
  while (::wait4(child, &status, 0, &used) < 0 && errno == EINTR) {
  }
  run.taken = {.wall = watch.taken().wall,
               .cpu = seconds_of(used.ru_utime) + seconds_of(used.ru_stime)};
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  run.is_well = run.exit_code == 0;
}

ChildRun run(const std::vector<std::string>& command, const std::string& input,
             const std::string& output, bool is_watched)
{
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (output.empty())
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  else
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, 0666);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  ChildRun run;
  pid_t child = 0;
  const Stopwatch watch;
  const int fault =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (fault == 0) {
    std::optional<Watch> memory;
    if (is_watched) memory.emplace(child, run.private_bytes);
    run.output = read_to_end(ends[0]);
    wait_for(child, watch, run);
  }
  ::close(ends[0]);
  return run;
}

} // namespace

ChildRun run_child(const std::vector<std::string>& command, const std::string& input,
                   const std::string& output)
{
  return run(command, input, output, false);
}

ChildRun watch_child(const std::vector<std::string>& command)
{
  return run(command, "/dev/null", {}, true);
}

} // namespace rollcall::bench
