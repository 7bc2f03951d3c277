// A file that is written beside its target and takes the target's place when it is whole.
//
// Until commit() has renamed it the target is as it was, whatever fails and whenever the process
// dies; what is not committed is removed. A target that is no regular file (/dev/stdout, a pipe)
// has nothing to protect and is written directly.
#ifndef ROLLCALL_OUTPUT_FILE_HPP
#define ROLLCALL_OUTPUT_FILE_HPP

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"

namespace rollcall {

class OutputFile final : public Sink {
 public:
  // `seams.files` and `seams.memory` are kept for as long as the file lives.
  [[nodiscard]] static Result<OutputFile> create(const Seams& seams, const std::string& target,
                                                 Readers readers = Readers::as_usual);

  OutputFile(OutputFile&& other) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile() override;

  // After a failure every later call fails, commit too: half a file is never published.
  [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
  [[nodiscard]] Result<void> write(std::string_view text) override;

  // Not of a target that is written directly.
  [[nodiscard]] bool can_restart() const noexcept override { return !temporary_.path.empty(); }
  [[nodiscard]] Result<void> restart() override;

  // Flush, sync, rename, sync of the folder. If only the last one fails, the target is already the
  // new file, and the error says that a loss of power could still undo it.
  [[nodiscard]] Result<void> commit();

  [[nodiscard]] const std::string& target() const noexcept { return target_; }

 private:
  OutputFile(Files& files, std::string target, TemporaryFile temporary,
             std::pmr::vector<std::byte> buffer) noexcept;

  [[nodiscard]] Result<void> check_open() const;
  [[nodiscard]] Result<void> write_through(std::span<const std::byte> bytes);
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> publish();

  Files* files_;
  std::string target_;
  TemporaryFile temporary_; // its path is empty if the target is written directly
  std::pmr::vector<std::byte> buffer_;
  bool is_open_ = true; // cleared by commit and by the first failure
};

} // namespace rollcall

#endif // ROLLCALL_OUTPUT_FILE_HPP
