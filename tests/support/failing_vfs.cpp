// A file of it is one of the default file system with a word before it.
#include "support/failing_vfs.hpp"

#include <sqlite3.h>

#include <cstdint>

namespace rollcall::tests {
namespace {

// What SQLite gives us is so large: our part, and behind it the other's file.
struct Wrapped {
  sqlite3_file base;
  FailingVfs* vfs;
  sqlite3_file* real;
};

Wrapped& wrapped(sqlite3_file* file) noexcept
{
  return *reinterpret_cast<Wrapped*>(file); // NOLINT: SQLite's way of inheriting
}
sqlite3_file* real(sqlite3_file* file) noexcept
{
  return wrapped(file).real;
}

int judge(sqlite3_file* file, const char* call)
{
  return wrapped(file).vfs->judge(call).code;
}

int close(sqlite3_file* file)
{
  return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at)
{
  if (const int code = judge(file, "read")) return code;
  return real(file)->pMethods->xRead(real(file), into, bytes, at);
}
int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at)
{
  const FailingVfs::Verdict verdict = wrapped(file).vfs->judge("write");
  if (verdict.is_half_done) real(file)->pMethods->xWrite(real(file), from, bytes / 2, at);
  if (verdict.code != 0) return verdict.code;
  if (const int code = wrapped(file).vfs->step()) return code;
  return real(file)->pMethods->xWrite(real(file), from, bytes, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
  if (const int code = judge(file, "truncate")) return code;
  if (const int code = wrapped(file).vfs->step()) return code;
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int /*flags*/)
{
  if (const int code = judge(file, "sync")) return code;
  return wrapped(file).vfs->step();
}
int file_size(sqlite3_file* file, sqlite3_int64* size)
{
  if (const int code = judge(file, "size")) return code;
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level)
{
  if (const int code = judge(file, "lock")) return code;
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level)
{
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* is_reserved)
{
  if (const int code = judge(file, "look at lock")) return code;
  return real(file)->pMethods->xCheckReservedLock(real(file), is_reserved);
}
int control(sqlite3_file* file, int what, void* argument)
{
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file)
{
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file)
{
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int page, int bytes, int extends, volatile void** at)
{
  if (const int code = judge(file, "map")) return code;
  return real(file)->pMethods->xShmMap(real(file), page, bytes, extends, at);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags)
{
  // What is given back is given back, whatever happens.
  if ((flags & SQLITE_SHM_LOCK) != 0)
    if (const int code = judge(file, "lock shared")) return code;
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void order_shared(sqlite3_file* file)
{
  real(file)->pMethods->xShmBarrier(real(file));
}
int unmap_shared(sqlite3_file* file, int is_deleted)
{
  return real(file)->pMethods->xShmUnmap(real(file), is_deleted);
}

constexpr sqlite3_io_methods methods = {2,
                                        close,
                                        read,
                                        write,
                                        truncate,
                                        sync,
                                        file_size,
                                        lock,
                                        unlock,
                                        check_lock,
                                        control,
                                        sector_size,
                                        characteristics,
                                        map_shared,
                                        lock_shared,
                                        order_shared,
                                        unmap_shared,
                                        nullptr,
                                        nullptr};

sqlite3_vfs* base_of(sqlite3_vfs* vfs)
{
  static_cast<void>(vfs);
  return sqlite3_vfs_find(nullptr);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags)
{
  Wrapped& ours = wrapped(file);
  ours.base.pMethods = nullptr;
  ours.vfs = static_cast<FailingVfs*>(vfs->pAppData);
  ours.real = reinterpret_cast<sqlite3_file*>(&ours + 1); // NOLINT: there is room for it
  if (const int code = ours.vfs->judge("open").code) return code;
  sqlite3_vfs* const base = base_of(vfs);
  const int code = base->xOpen(base, path, ours.real, flags, out_flags);
  if (ours.real->pMethods != nullptr) ours.base.pMethods = &methods;
  return code;
}

int remove(sqlite3_vfs* vfs, const char* path, int syncs)
{
  if (const int code = static_cast<FailingVfs*>(vfs->pAppData)->judge("delete").code) return code;
  sqlite3_vfs* const base = base_of(vfs);
  return base->xDelete(base, path, syncs);
}

} // namespace

struct FailingVfs::Registered {
  sqlite3_vfs vfs = {};
};

FailingVfs::FailingVfs() : registered_{std::make_unique<Registered>()}
{
  name_ = "failing-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)); // NOLINT: a number
  sqlite3_vfs& vfs = registered_->vfs;
  vfs = *sqlite3_vfs_find(nullptr);
  vfs.szOsFile += static_cast<int>(sizeof(Wrapped));
  vfs.zName = name_.c_str();
  vfs.pAppData = this;
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  sqlite3_vfs_register(&vfs, 0);
}

FailingVfs::~FailingVfs()
{
  sqlite3_vfs_unregister(&registered_->vfs);
}

} // namespace rollcall::tests
