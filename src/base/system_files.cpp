// The file system, by POSIX.
//
// Every file is opened close-on-exec: the host may start other programs. Names that are made up
// here are random and opened exclusively, so that nobody can lay a link in their way.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/bytes.hpp"
#include "base/system_file.hpp"

namespace rollcall {

namespace {

constexpr int exclusively_new = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;
constexpr mode_t owner_only_mode = 0600;
constexpr mode_t usual_mode = 0666;          // less the umask
constexpr std::size_t name_bytes_kept = 200; // of the 255 that a name may have

constexpr mode_t mode_for(Readers readers) noexcept
{
  return readers == Readers::owner_only ? owner_only_mode : usual_mode;
}

// Up to and with the last slash: "/var/x" gives "/var/", "x" gives "".
std::string_view folder_of(std::string_view path) noexcept
{
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view{} : path.substr(0, slash + 1);
}

Result<std::unique_ptr<File>> open_file(const std::string& path, int flags, mode_t mode = 0)
{
  ROLLCALL_TRY(auto file, SystemFile::open(path, flags, mode));
  return file;
}

// ".users.csv" in the folder of the target.
std::string hidden_name_beside(const std::string& target)
{
  const std::string_view folder = folder_of(target);
  const std::string_view name = std::string_view{target}.substr(folder.size());
  std::string path{folder};
  return path.append(".").append(name.substr(0, name_bytes_kept));
}

// ".users.csv.0123456789abcdef.tmp"
Result<std::string> make_up_name_beside(const std::string& target)
{
  SystemRandom random;
  std::array<std::byte, 8> bytes{};
  ROLLCALL_CHECK(random.fill(bytes));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string path = hidden_name_beside(target).append(".");
  for (std::uint64_t left = load_le64(bytes.data()), i = 0; i < 16; ++i, left >>= 4) {
    path.push_back(digits[left & 0xF]);
  }
  return path.append(".tmp");
}

// ---- Files that take the place of others --------------------------------------------------------

// A file that is being written is locked. One that has the name and is not was left behind by a
// process that was killed: it is removed, so that there is never more than one for a target.

bool lock_whole(const SystemFile& file) noexcept
{
  return uninterrupted([&] { return ::flock(file.descriptor(), LOCK_EX | LOCK_NB); }) == 0;
}

// Ours alone, and what stands under the name: nobody has laid another file or a link there, and who
// had it last has not made it the target since.
bool is_own(const SystemFile& file, const std::string& path) noexcept
{
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(file.descriptor(), &opened) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino &&
         S_ISREG(opened.st_mode) && opened.st_nlink == 1 && opened.st_uid == ::geteuid();
}

bool remove_left_behind(const std::string& path)
{
  const auto former = SystemFile::open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
  if (!former.has_value()) return false;
  const SystemFile& file = *former.assume_value();
  return lock_whole(file) && is_own(file, path) && ::unlink(path.c_str()) == 0;
}

// Under the name that is known of the target, or, if that is in use, under one of its own.
Result<TemporaryFile> create_named(const std::string& target, mode_t mode)
{
  std::string path = hidden_name_beside(target).append(".tmp");
  const auto open_anew = [&] { return SystemFile::open(path, exclusively_new, mode); };
  auto file = open_anew();
  if (!file.has_value() && remove_left_behind(path)) file = open_anew();
  const bool is_ours =
      file.has_value() && lock_whole(*file.assume_value()) && is_own(*file.assume_value(), path);
  if (!is_ours) {
    ROLLCALL_TRY(path, make_up_name_beside(target));
    file = open_anew();
    if (!file.has_value()) return std::move(file).assume_error();
    static_cast<void>(lock_whole(*file.assume_value()));
  }
  return TemporaryFile{.file = std::move(file).assume_value(), .path = std::move(path)};
}

#ifdef O_TMPFILE

// By which a file that has no name can be given one.
std::string name_of_descriptor(const SystemFile& file)
{
  return "/proc/self/fd/" + std::to_string(file.descriptor());
}

bool link(const SystemFile& file, const std::string& to)
{
  return ::linkat(AT_FDCWD, name_of_descriptor(file).c_str(), AT_FDCWD, to.c_str(),
                  AT_SYMLINK_FOLLOW) == 0;
}

// A link cannot take the place of a file, so there is a name for the moment between the two.
Result<std::string> link_beside(const SystemFile& file, const std::string& target)
{
  std::string path = hidden_name_beside(target).append(".tmp");
  if (link(file, path)) return path;
  if (errno == EEXIST && remove_left_behind(path) && link(file, path)) return path;
  ROLLCALL_TRY(path, make_up_name_beside(target));
  if (!link(file, path)) return failed_while("making", path);
  return path;
}

// Null if files here must have names.
std::unique_ptr<SystemFile> create_without_name(const std::string& target, mode_t mode)
{
  const std::string_view folder = folder_of(target);
  const std::string where{folder.empty() ? std::string_view{"."} : folder};
  auto file = SystemFile::open(where, O_TMPFILE | O_RDWR, mode);
  if (!file.has_value()) return nullptr;
  if (::access(name_of_descriptor(*file.assume_value()).c_str(), F_OK) != 0) return nullptr;
  file.assume_value()->is_called(target);
  static_cast<void>(lock_whole(*file.assume_value()));
  return std::move(file).assume_value();
}

#else

bool link(const SystemFile&, const std::string&)
{
  return false;
}

Result<std::string> link_beside(const SystemFile&, const std::string&)
{
  return Error{ErrorCode::unsupported, "files without a name cannot be made here"};
}

std::unique_ptr<SystemFile> create_without_name(const std::string&, mode_t)
{
  return nullptr;
}

#endif

class SystemMapping final : public Mapping {
 public:
  SystemMapping() noexcept = default;
  SystemMapping(const SystemMapping&) = delete;
  SystemMapping& operator=(const SystemMapping&) = delete;
  ~SystemMapping() override
  {
    if (size_ != 0) {
      ::munmap(at_, size_);
    }
  }

  // False, with errno, if the system does not do it. Nothing is what a file without bytes maps to.
  [[nodiscard]] bool map(int descriptor, std::size_t size) noexcept
  {
    if (size == 0) {
      return true;
    }
    void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (at == MAP_FAILED) { // NOLINT: a macro of the system with a cast in it
      return false;
    }
    at_ = at;
    size_ = size;
    ::madvise(at, size, MADV_SEQUENTIAL); // advice: it cannot fail in a way that matters
    return true;
  }

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept override
  {
    return {static_cast<const std::byte*>(at_), size_};
  }

 private:
  void* at_ = nullptr;
  std::size_t size_ = 0;
};

// By the numbers that the kernel gives them. What lies behind FUSE cannot be known: sshfs and
// what a virtual machine shares with its host are there.
std::string network_of(const std::string& path)
{
  struct Known {
    std::uint32_t number;
    std::string_view name;
  };
  constexpr std::array known = {
      Known{0x6969, "nfs"},        Known{0xFF534D42, "cifs"},   Known{0xFE534D42, "smb2"},
      Known{0x517B, "smb"},        Known{0x01021997, "9p"},     Known{0x65735546, "fuse"},
      Known{0x5346414F, "afs"},    Known{0x6B414653, "afs"},    Known{0x73757245, "coda"},
      Known{0x564C, "ncp"},        Known{0x00C36400, "ceph"},   Known{0x0BD00BD0, "lustre"},
      Known{0x7461636F, "ocfs2"},  Known{0x01161970, "gfs2"},   Known{0xAAD7AAEA, "panfs"},
      Known{0x786F4256, "vboxsf"}, Known{0xBACBACBC, "vmhgfs"},
  };
  struct statfs status = {};
  if (::statfs(path.c_str(), &status) != 0) return {};
  for (const Known& each : known)
    if (static_cast<std::uint32_t>(status.f_type) == each.number) return std::string{each.name};
  return {};
}

Result<std::string> follow_links(const std::string& path)
{
  struct Free {
    void operator()(char* text) const noexcept { std::free(text); }
  };
  const std::unique_ptr<char, Free> real{::realpath(path.c_str(), nullptr)};
  if (!real) return failed_while("looking at", path);
  return std::string{real.get()};
}

} // namespace

Result<FileStatus> SystemFiles::status(const std::string& path)
{
  return guarded([&]() -> Result<FileStatus> {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
      if (errno == ENOENT) {
        const std::string_view folder = folder_of(path);
        return FileStatus{.kind = FileKind::absent,
                          .path = path,
                          .network = network_of(folder.empty() ? "." : std::string{folder})};
      }
      return failed_while("looking at", path);
    }
    FileStatus found{.kind = FileKind::other, .path = path, .network = network_of(path)};
    if (S_ISREG(status.st_mode)) {
      found.kind = FileKind::regular;
      found.size = static_cast<std::uint64_t>(status.st_size);
      ROLLCALL_TRY(found.path, follow_links(path));
    } else if (S_ISDIR(status.st_mode)) {
      found.kind = FileKind::folder;
    }
    return found;
  });
}

Result<std::unique_ptr<File>> SystemFiles::open_for_reading(const std::string& path)
{
  return open_file(path, O_RDONLY);
}

Result<std::unique_ptr<File>> SystemFiles::open_for_writing(const std::string& path)
{
  return open_file(path, O_WRONLY);
}

Result<std::unique_ptr<File>> SystemFiles::open_for_update(const std::string& path, Readers readers)
{
  return open_file(path, O_RDWR | O_CREAT, mode_for(readers));
}

Result<std::unique_ptr<File>> SystemFiles::create_new(const std::string& path, Readers readers)
{
  auto made = open_file(path, exclusively_new, mode_for(readers));
  if (made.has_value() || made.assume_error().os_error() != EEXIST) return made;
  return std::unique_ptr<File>{};
}

Result<TemporaryFile> SystemFiles::create_beside(const std::string& target, Readers readers)
{
  return guarded([&]() -> Result<TemporaryFile> {
    TemporaryFile made{.file = create_without_name(target, mode_for(readers)), .path = {}};
    if (made.file == nullptr) {
      ROLLCALL_TRY(made, create_named(target, mode_for(readers)));
    }
    struct stat status = {};
    if (readers == Readers::as_usual && ::stat(target.c_str(), &status) == 0) {
      // The replaced file's permissions are kept if that can be done; it is no reason to fail.
      const auto& file = static_cast<const SystemFile&>(*made.file);
      [[maybe_unused]] const int ignored = ::fchmod(file.descriptor(), status.st_mode & 0777);
    }
    return made;
  });
}

Result<void> SystemFiles::put_in_place(TemporaryFile& file, const std::string& target)
{
  return guarded([&]() -> Result<void> {
    if (file.path.empty()) {
      const auto* const own = dynamic_cast<const SystemFile*>(file.file.get());
      if (own == nullptr) return Error{ErrorCode::wrong_use, "the file is not one of these"};
      if (link(*own, target)) return success();
      ROLLCALL_TRY(file.path, link_beside(*own, target));
    }
    return rename(file.path, target);
  });
}

Result<std::unique_ptr<File>> create_and_unlink(const std::string& folder)
{
  return guarded([&]() -> Result<std::unique_ptr<File>> {
    const std::string like = std::string{folder}.append("/rollcall");
    ROLLCALL_TRY(const std::string path, make_up_name_beside(like));
    ROLLCALL_TRY(auto file, open_file(path, exclusively_new, owner_only_mode));
    if (::unlink(path.c_str()) != 0) return failed_while("unlinking", path);
    return file;
  });
}

Result<std::unique_ptr<File>> SystemFiles::create_unnamed(const std::string& folder)
{
#ifdef O_TMPFILE
  auto file = open_file(folder, O_TMPFILE | O_RDWR | O_EXCL, owner_only_mode);
  if (file.has_value()) {
    return file;
  }
  // An old kernel takes the flag for an attempt to write a folder (EISDIR).
  const int os_error = file.assume_error().os_error();
  if (os_error != EOPNOTSUPP && os_error != EISDIR && os_error != EINVAL) {
    return file;
  }
#endif
  return create_and_unlink(folder);
}

Result<std::unique_ptr<Mapping>> SystemFiles::map(const std::string& path)
{
  return guarded([&]() -> Result<std::unique_ptr<Mapping>> {
    ROLLCALL_TRY(const auto file, SystemFile::open(path, O_RDONLY));
    struct stat status = {};
    if (::fstat(file->descriptor(), &status) != 0) {
      return failed_while("looking at", path);
    }
    if (!S_ISREG(status.st_mode)) {
      // A pipe or device has a size of 0 and would pass for an empty file.
      return Error{ErrorCode::unsupported, "only a regular file can be mapped"}.while_doing(
          std::string{"mapping "}.append(path));
    }
    auto mapping = std::make_unique<SystemMapping>();
    if (!mapping->map(file->descriptor(), static_cast<std::size_t>(status.st_size))) {
      return failed_while("mapping", path);
    }
    return mapping;
  });
}

Result<void> SystemFiles::rename(const std::string& from, const std::string& to)
{
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    return failed_while("replacing", to);
  }
  return success();
}

Result<void> SystemFiles::remove(const std::string& path)
{
  if (::unlink(path.c_str()) != 0) {
    return failed_while("removing", path);
  }
  return success();
}

Result<void> SystemFiles::sync_folder_of(const std::string& path)
{
  return guarded([&]() -> Result<void> {
    const std::string_view named = folder_of(path);
    const std::string folder{named.empty() ? std::string_view{"."} : named};
    ROLLCALL_TRY(const auto file, SystemFile::open(folder, O_RDONLY | O_DIRECTORY));
    return file->sync();
  });
}

} // namespace rollcall
