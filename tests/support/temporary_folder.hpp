// A folder of its own for a test, removed with all that is in it.
#ifndef ROLLCALL_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP
#define ROLLCALL_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <system_error>

namespace rollcall::tests {

class TemporaryFolder {
 public:
  TemporaryFolder()
  {
    std::random_device chance;
    do {
      path_ =
          std::filesystem::temp_directory_path() / ("rollcall-test-" + std::to_string(chance()));
    } while (!std::filesystem::create_directory(path_));
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder()
  {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::string path_of(std::string_view name) const { return path_ / name; }

  void write(std::string_view name, std::string_view text) const
  {
    std::ofstream{path_ / name, std::ios::binary} << text;
  }
  [[nodiscard]] std::string read(std::string_view name) const
  {
    std::ifstream file{path_ / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  [[nodiscard]] std::size_t file_count() const
  {
    const std::filesystem::directory_iterator first{path_};
    return static_cast<std::size_t>(std::distance(first, std::filesystem::directory_iterator{}));
  }

 private:
  std::filesystem::path path_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP
