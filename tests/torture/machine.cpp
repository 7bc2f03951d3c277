// machine.cpp: calls that fail, and how.
#include "torture/machine.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace rollcall::torture {
namespace {

using tests::FailingVfs;
using tests::FakeFiles;

// What a call of SQLite's comes to if it fails in this way.
FailingVfs::Verdict verdict_of(std::string_view call, std::string_view detail)
{
  const bool writes = call == "write";
  if (detail == "busy" && call.starts_with("lock")) return {.code = SQLITE_BUSY};
  if (detail == "full" && (writes || call == "truncate")) return {.code = SQLITE_FULL};
  if (detail == "short" && writes) return {.code = SQLITE_IOERR_WRITE, .is_half_done = true};
  if (writes) return {.code = SQLITE_IOERR_WRITE};
  if (call == "read") return {.code = SQLITE_IOERR_READ};
  if (call == "sync") return {.code = SQLITE_IOERR_FSYNC};
  if (call == "truncate") return {.code = SQLITE_IOERR_TRUNCATE};
  if (call == "size") return {.code = SQLITE_IOERR_FSTAT};
  if (call == "map") return {.code = SQLITE_IOERR_SHMMAP};
  if (call == "lock shared") return {.code = SQLITE_IOERR_SHMLOCK};
  if (call == "delete") return {.code = SQLITE_IOERR_DELETE};
  if (call == "open") return {.code = SQLITE_CANTOPEN};
  return {.code = SQLITE_IOERR_LOCK};
}

const char* point_of(std::string_view call)
{
  if (call == "write") return "file write";
  if (call == "sync") return "file sync";
  if (call == "truncate") return "file truncate";
  if (call == "delete") return "file delete";
  return nullptr; // nothing is changed by the others
}

} // namespace

Machine::Machine(const Workload& workload, const Folder& folder, const Fault& fault, Shared& shared)
    : points{shared},
      fault_{fault},
      shared_{shared},
      clock_{workload.file.size() < 20'000},
      random_{workload.seed + 1}
{
  vfs.before = [this](const char* call) { return judge(call); };
  files.put(folder.store(), {});
  files.put(folder.outside(), {});
  if (fault.kind == Fault::Kind::spool) {
    files.fail_at = fault.at - 1;
    files.os_error = fault.detail == "full" ? ENOSPC : EIO;
  }
  if (fault.detail == "short") files.piece_bytes_max = 3;
}

Seams Machine::seams()
{
  // Those that fail have files in memory, and it is theirs that would be counted.
  Files* const seam = fault_.kind == Fault::Kind::spool ? static_cast<Files*>(&files) : &system_;
  return {.memory = std::pmr::new_delete_resource(),
          .files = seam,
          .clock = &clock_,
          .random = &random_};
}

Seams Machine::output_seams()
{
  Seams made = seams();
  made.files = &system_;
  return made;
}

void Machine::mend()
{
  is_mended_ = true;
  files.fail_at = FakeFiles::never;
}

void Machine::note()
{
  if (fault_.kind != Fault::Kind::spool) return;
  shared_.fallible = files.calls.size();
  shared_.has_struck = files.calls.size() >= fault_.at;
}

FailingVfs::Verdict Machine::judge(const char* call)
{
  if (const char* const point = point_of(call)) points.pass(point);
  if (fault_.kind != Fault::Kind::file || is_mended_) return {};
  const std::uint64_t number = ++shared_.fallible;
  if (number != fault_.at && !(fault_.from && number > fault_.at)) return {};
  shared_.has_struck = true;
  errno = fault_.detail == "full" ? ENOSPC : EIO; // SQLite asks for it
  return verdict_of(call, fault_.detail);
}

} // namespace rollcall::torture
