// A file system for SQLite that fails where a test wants it to, and never waits for a disk.
//
// It stands before the one that SQLite uses, under a name of its own, as long as the object lives.
// Writes, syncs and cuts are counted over all of its files. What was written is there at once: it
// says nothing about a loss of power.
#ifndef ROLLCALL_TESTS_SUPPORT_FAILING_VFS_HPP
#define ROLLCALL_TESTS_SUPPORT_FAILING_VFS_HPP

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>

namespace rollcall::tests {

class FailingVfs {
 public:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;
  ~FailingVfs();

  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  std::size_t calls = 0;         // that write
  std::size_t fail_from = never; // this one fails, and all behind it
  int code = 0;                  // with this code of SQLite's

  // What a call comes to in place of what it was for: a code of SQLite's, 0 for nothing of the
  // kind. A write may get half of its bytes onto the disk before that.
  struct Verdict {
    int code = 0;
    bool is_half_done = false;
  };
  // Asked before every call, those that only read, lock or map too, with its name: "write".
  std::function<Verdict(const char* call)> before = {};

  [[nodiscard]] Verdict judge(const char* call) const { return before ? before(call) : Verdict{}; }

  // Counts a call.
  [[nodiscard]] int step() noexcept { return calls++ >= fail_from ? code : 0; }

 private:
  struct Registered;
  std::string name_;
  std::unique_ptr<Registered> registered_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_FAILING_VFS_HPP
