// Reading and writing by the calls of POSIX. A call that a signal interrupts is made again; a short
// count is passed on, since only the caller knows whether it matters.
#include "base/system_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

// ---- Locks --------------------------------------------------------------------------------------

// They are the open file's and not the process's, so two that have the same file open in one
// process see each other, and nobody loses his by closing another one. Of a process that dies the
// kernel takes them back.
#ifdef F_OFD_SETLK

namespace {

[[nodiscard]] struct flock byte_at(std::uint64_t at, short type) noexcept
{
  struct flock lock = {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(at);
  lock.l_len = 1;
  return lock;
}

Error no_such_place()
{
  return Error{ErrorCode::wrong_use, "a file does not go that far"};
}

} // namespace

Result<bool> SystemFile::lock(std::uint64_t at)
{
  if (!fits_offset(at)) return no_such_place();
  struct flock lock = byte_at(at, F_WRLCK);
  if (uninterrupted([&] { return ::fcntl(descriptor_.number(), F_OFD_SETLK, &lock); }) == 0)
    return true;
  if (errno == EAGAIN || errno == EACCES) return false;
  return failed_while("locking", path_);
}

Result<void> SystemFile::unlock(std::uint64_t at)
{
  if (!fits_offset(at)) return no_such_place();
  struct flock lock = byte_at(at, F_UNLCK);
  if (uninterrupted([&] { return ::fcntl(descriptor_.number(), F_OFD_SETLK, &lock); }) != 0)
    return failed_while("unlocking", path_);
  return success();
}

Result<bool> SystemFile::is_locked(std::uint64_t at)
{
  if (!fits_offset(at)) return no_such_place();
  struct flock lock = byte_at(at, F_WRLCK);
  if (uninterrupted([&] { return ::fcntl(descriptor_.number(), F_OFD_GETLK, &lock); }) != 0)
    return failed_while("looking at locks of", path_);
  return lock.l_type != F_UNLCK;
}

#else

Result<bool> SystemFile::lock(std::uint64_t at)
{
  return File::lock(at);
}

Result<void> SystemFile::unlock(std::uint64_t at)
{
  return File::unlock(at);
}

Result<bool> SystemFile::is_locked(std::uint64_t at)
{
  return File::is_locked(at);
}

#endif

} // namespace rollcall
