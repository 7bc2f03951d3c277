// A File on a descriptor of the operating system (POSIX).
#ifndef ROLLCALL_BASE_SYSTEM_FILE_HPP
#define ROLLCALL_BASE_SYSTEM_FILE_HPP

#include <sys/types.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/descriptor.hpp"
#include "rollcall/seams.hpp"

namespace rollcall {

// The error for the present errno, with what was being done as its trail: "reading users.csv".
[[nodiscard]] Error failed_while(std::string_view doing, std::string_view path) noexcept;

// Calls a function of the operating system until it is not interrupted.
template <class Call>
[[nodiscard]] auto uninterrupted(Call call) noexcept
{
  for (;;) {
    const auto answer = call();
    if (answer >= 0 || errno != EINTR) {
      return answer;
    }
  }
}

class SystemFile final : public File {
 public:
  // Opens as open(2) does, closed on exec. What memory it takes is taken first, so that a file that
  // was made is never left behind for want of some.
  [[nodiscard]] static Result<std::unique_ptr<SystemFile>> open(const std::string& path, int flags,
                                                                mode_t mode = 0);

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset,
                                            std::span<std::byte> into) override;
  [[nodiscard]] Result<std::size_t> write(std::span<const std::byte> bytes) override;
  [[nodiscard]] Result<void> seek(std::uint64_t offset) override;
  [[nodiscard]] Result<std::uint64_t> size() override;
  [[nodiscard]] Result<void> truncate(std::uint64_t size) override;
  [[nodiscard]] Result<void> sync() override;
  [[nodiscard]] Result<bool> lock(std::uint64_t at) override;
  [[nodiscard]] Result<void> unlock(std::uint64_t at) override;
  [[nodiscard]] Result<bool> is_locked(std::uint64_t at) override;

  // What errors call it, if that is not where it was opened.
  void is_called(const std::string& name) { path_ = name; }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_.number(); }

 private:
  explicit SystemFile(std::string path) noexcept : path_{std::move(path)} {}

  Descriptor descriptor_;
  std::string path_;
};

// A file that is made under a name and loses it at once: create_unnamed, where the file system
// cannot make one without.
[[nodiscard]] Result<std::unique_ptr<File>> create_and_unlink(const std::string& folder);

} // namespace rollcall

#endif // ROLLCALL_BASE_SYSTEM_FILE_HPP
