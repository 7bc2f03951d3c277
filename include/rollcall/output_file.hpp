// A file that is written beside its target and takes the target's place when it is whole.
//
// Until commit() has put it there the target is as it was, whatever fails and whenever the process
// dies. What is not committed is gone: it has no name, where the file system can do that; else it
// is removed, and what a process that was killed has left behind is written over by the next one.
// A target that is no regular file (/dev/stdout, a pipe) has nothing to protect and is written
// directly.
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
  [[nodiscard]] bool can_restart() const noexcept override { return !is_direct_; }
  [[nodiscard]] Result<void> restart() override;

  // Flush, sync, the step that replaces the target, sync of the folder. If only the last one fails,
  // the target is already the new file, and the error says that a loss of power could still undo
  // it. Of one that is committed it asks nothing more.
  [[nodiscard]] Result<void> commit();
  // The same: a job commits the files that it was given.
  [[nodiscard]] Result<void> publish() override { return commit(); }

  [[nodiscard]] const std::string& target() const noexcept { return target_; }

 private:
  OutputFile(Files& files, std::string target, TemporaryFile temporary, bool is_direct,
             std::pmr::vector<std::byte> buffer) noexcept;

  [[nodiscard]] Result<void> check_open() const;
  [[nodiscard]] Result<void> write_through(std::span<const std::byte> bytes);
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> put_in_place();

  Files* files_;
  std::string target_;
  TemporaryFile temporary_;
  bool is_direct_; // it is the target itself
  std::pmr::vector<std::byte> buffer_;
  bool is_open_ = true; // cleared by commit and by the first failure
  bool is_committed_ = false;
};

} // namespace rollcall

#endif // ROLLCALL_OUTPUT_FILE_HPP
