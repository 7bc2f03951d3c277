// A file system in memory that fails where a test wants it to: at any one call, with any errno, and
// with reads and writes as short as wished.
//
// Calls are counted over all of its files, in the order in which they are made. What was written is
// in `disk` at once: it knows no cache, so it says nothing about a loss of power.
#ifndef ROLLCALL_TESTS_SUPPORT_FAKE_FILES_HPP
#define ROLLCALL_TESTS_SUPPORT_FAKE_FILES_HPP

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/seams.hpp"

namespace rollcall::tests {

// The text that bytes are.
[[nodiscard]] inline std::string_view as_text(std::span<const std::byte> bytes) noexcept
{
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class FakeFiles final : public Files {
 public:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  using Content = std::shared_ptr<std::string>; // shared with the open files

  std::map<std::string, Content> disk;
  std::vector<std::string> calls; // their names, "write", in order

  std::size_t fail_at = never; // index of the call that fails
  int os_error = 0;            // and how
  std::size_t piece_bytes_max = never;

  void put(const std::string& path, std::string_view text);
  // The text of a file, or "(absent)".
  [[nodiscard]] std::string text_of(const std::string& path) const;

  [[nodiscard]] Result<FileStatus> status(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_reading(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_writing(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_update(const std::string& path,
                                                              Readers readers) override;
  [[nodiscard]] Result<std::unique_ptr<File>> create_new(const std::string& path,
                                                         Readers readers) override;
  [[nodiscard]] Result<TemporaryFile> create_beside(const std::string& target,
                                                    Readers readers) override;
  [[nodiscard]] Result<std::unique_ptr<File>> create_unnamed(const std::string& folder) override;
  [[nodiscard]] Result<std::unique_ptr<Mapping>> map(const std::string& path) override;
  [[nodiscard]] Result<void> rename(const std::string& from, const std::string& to) override;
  [[nodiscard]] Result<void> remove(const std::string& path) override;
  [[nodiscard]] Result<void> sync_folder_of(const std::string& path) override;

  // Counts a call; an error if it is the one that fails. For the files of this system.
  [[nodiscard]] Result<void> step(std::string_view name);

 private:
  [[nodiscard]] Result<std::unique_ptr<File>> open(const std::string& path);
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_FAKE_FILES_HPP
