// Reading and writing by the calls of POSIX. A call that a signal interrupts is made again; a short
// count is passed on, since only the caller knows whether it matters.
#include "base/system_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <limits>

namespace rollcall {

namespace {

constexpr bool fits_offset(std::uint64_t offset) noexcept
{
  return offset <= static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());
}

} // namespace

Error failed_while(std::string_view doing, std::string_view path) noexcept
{
  Error error = Error::of_system(errno);
  try {
    return std::move(error).while_doing(std::string{doing}.append(" ").append(path));
  } catch (...) {
    return error; // without the memory for a trail
  }
}

Result<std::unique_ptr<SystemFile>> SystemFile::open(const std::string& path, int flags,
                                                     mode_t mode)
{
  return guarded([&]() -> Result<std::unique_ptr<SystemFile>> {
    std::unique_ptr<SystemFile> file{new SystemFile{path}};
    file->descriptor_ = Descriptor{uninterrupted(
        [&] { return ::open(file->path_.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode); })};
    if (!file->descriptor_.is_open()) {
      return failed_while("opening", file->path_);
    }
    return file;
  });
}

Result<std::size_t> SystemFile::read(std::span<std::byte> into)
{
  const auto count =
      uninterrupted([&] { return ::read(descriptor_.number(), into.data(), into.size()); });
  if (count < 0) {
    return failed_while("reading", path_);
  }
  return static_cast<std::size_t>(count);
}

Result<std::size_t> SystemFile::read_at(std::uint64_t offset, std::span<std::byte> into)
{
  if (!fits_offset(offset)) {
    return std::size_t{0};
  }
  const auto count = uninterrupted([&] {
    return ::pread(descriptor_.number(), into.data(), into.size(), static_cast<off_t>(offset));
  });
  if (count < 0) {
    return failed_while("reading", path_);
  }
  return static_cast<std::size_t>(count);
}

Result<std::size_t> SystemFile::write(std::span<const std::byte> bytes)
{
  const auto count =
      uninterrupted([&] { return ::write(descriptor_.number(), bytes.data(), bytes.size()); });
  if (count < 0) {
    return failed_while("writing", path_);
  }
  return static_cast<std::size_t>(count);
}

Result<void> SystemFile::seek(std::uint64_t offset)
{
  errno = EINVAL;
  if (!fits_offset(offset) ||
      ::lseek(descriptor_.number(), static_cast<off_t>(offset), SEEK_SET) < 0) {
    return failed_while("moving within", path_);
  }
  return success();
}

Result<std::uint64_t> SystemFile::size()
{
  struct stat status = {};
  if (::fstat(descriptor_.number(), &status) != 0) {
    return failed_while("looking at", path_);
  }
  return static_cast<std::uint64_t>(status.st_size);
}

Result<void> SystemFile::truncate(std::uint64_t size)
{
  errno = EFBIG;
  if (!fits_offset(size) || uninterrupted([&] {
                              return ::ftruncate(descriptor_.number(), static_cast<off_t>(size));
                            }) != 0) {
    return failed_while("cutting", path_);
  }
  return success();
}

Result<void> SystemFile::sync()
{
  // EINVAL: a pipe or a device, which has nothing to sync.
  if (uninterrupted([&] { return ::fsync(descriptor_.number()); }) != 0 && errno != EINVAL) {
    return failed_while("syncing", path_);
  }
  return success();
}

} // namespace rollcall
