// files_beside.cpp: hands every call on, and gives a name to what is opened without one.
#include "store/files_beside.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace rollcall::store {
namespace {

constexpr std::string_view prefix = ".rollcall-";
constexpr std::size_t digits = 16;

FilesBeside& beside(sqlite3_vfs* vfs) noexcept
{
  return *static_cast<FilesBeside*>(vfs->pAppData);
}
sqlite3_vfs* other(sqlite3_vfs* vfs) noexcept
{
  return &beside(vfs).other();
}

// SQLite removes it as soon as it is open. What it is called stays behind the file's own memory:
// whoever opens it may count on that.
const char* name_it(const FilesBeside& files, char* at) noexcept
{
  std::uint64_t random = 0;
  sqlite3_randomness(sizeof random, &random);
  std::memcpy(at, files.folder().data(), files.folder().size());
  char* end = at + files.folder().size();
  std::memcpy(end, prefix.data(), prefix.size());
  end += prefix.size();
  for (std::size_t i = 0; i != digits; ++i, random >>= 4U)
    *end++ = "0123456789abcdef"[random & 0xFU];
  *end = '\0';
  return at;
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* opened)
{
  sqlite3_vfs* const base = other(vfs);
  const char* const named =
      path != nullptr ? path
                      : name_it(beside(vfs), reinterpret_cast<char*>(file) + // NOLINT: room for it
                                                 base->szOsFile);
  return base->xOpen(base, named, file, flags, opened);
}
int remove(sqlite3_vfs* vfs, const char* path, int syncs)
{
  return other(vfs)->xDelete(other(vfs), path, syncs);
}
int access(sqlite3_vfs* vfs, const char* path, int flags, int* is_so)
{
  return other(vfs)->xAccess(other(vfs), path, flags, is_so);
}
int full_path(sqlite3_vfs* vfs, const char* path, int size, char* into)
{
  return other(vfs)->xFullPathname(other(vfs), path, size, into);
}
int randomness(sqlite3_vfs* vfs, int size, char* into)
{
  return other(vfs)->xRandomness(other(vfs), size, into);
}
int sleep(sqlite3_vfs* vfs, int microseconds)
{
  return other(vfs)->xSleep(other(vfs), microseconds);
}
int current_time(sqlite3_vfs* vfs, double* day)
{
  return other(vfs)->xCurrentTime(other(vfs), day);
}
int current_time_ms(sqlite3_vfs* vfs, sqlite3_int64* ms)
{
  sqlite3_vfs* const base = other(vfs);
  if (base->iVersion >= 2 && base->xCurrentTimeInt64 != nullptr)
    return base->xCurrentTimeInt64(base, ms);
  double day = 0;
  const int code = base->xCurrentTime(base, &day);
  *ms = static_cast<sqlite3_int64>(day * 86'400'000.0);
  return code;
}
int last_error(sqlite3_vfs* vfs, int size, char* into)
{
  return other(vfs)->xGetLastError != nullptr ? other(vfs)->xGetLastError(other(vfs), size, into)
                                              : 0;
}

} // namespace

FilesBeside::FilesBeside(sqlite3_vfs& other, std::string folder)
    : other_{&other},
      folder_{std::move(folder)},
      name_{"rollcall-" + std::to_string(reinterpret_cast<std::uintptr_t>(this))}, // NOLINT
      vfs_{std::make_unique<sqlite3_vfs>()}
{
  vfs_->iVersion = 2;
  vfs_->mxPathname = other.mxPathname;
  const std::size_t longest = folder_.size() + prefix.size() + digits + 1;
  vfs_->szOsFile = other.szOsFile + static_cast<int>(longest);
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = open;
  vfs_->xDelete = remove;
  vfs_->xAccess = access;
  vfs_->xFullPathname = full_path;
  vfs_->xRandomness = randomness;
  vfs_->xSleep = sleep;
  vfs_->xCurrentTime = current_time;
  vfs_->xCurrentTimeInt64 = current_time_ms;
  vfs_->xGetLastError = last_error;
}

FilesBeside::~FilesBeside()
{
  if (is_registered_) sqlite3_vfs_unregister(vfs_.get());
}

Result<void> FilesBeside::register_it()
{
  const int code = sqlite3_vfs_register(vfs_.get(), 0);
  is_registered_ = code == SQLITE_OK;
  if (is_registered_) return success();
  if (code == SQLITE_NOMEM) return Error{};
  return Error{ErrorCode::internal, sqlite3_errstr(code)};
}

Result<std::unique_ptr<FilesBeside>> FilesBeside::make(const std::string& path,
                                                       const std::string& of)
{
  if (sqlite3_initialize() == SQLITE_NOMEM) return Error{};
  sqlite3_vfs* const other = sqlite3_vfs_find(of.empty() ? nullptr : of.c_str());
  if (other == nullptr) return Error{ErrorCode::wrong_use, "SQLite knows no file system " + of};
  std::string full(static_cast<std::size_t>(other->mxPathname) + 1, '\0');
  const int code = other->xFullPathname(other, path.c_str(), other->mxPathname + 1, full.data());
  if ((code & 0xFF) == SQLITE_NOMEM) return Error{};
  std::string_view folder{full.c_str()};
  if ((code & 0xFF) != SQLITE_OK) folder = path; // opening it will say what is wrong
  folder = folder.substr(0, folder.rfind('/') + 1);
  if (folder.empty()) folder = "./";
  std::unique_ptr<FilesBeside> made{new FilesBeside{*other, std::string{folder}}};
  ROLLCALL_CHECK(made->register_it());
  return made;
}

} // namespace rollcall::store
