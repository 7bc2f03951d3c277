// sqlite_error.cpp: the low byte of a code says what, the rest where.
#include "store/sqlite_error.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace rollcall::store {

ErrorCode code_of(int code, int os_error) noexcept
{
  if (code == SQLITE_IOERR_NOMEM) return ErrorCode::out_of_memory;
  switch (code & 0xFF) {
    case SQLITE_NOMEM:
      return ErrorCode::out_of_memory;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ErrorCode::busy;
    case SQLITE_FULL:
      return ErrorCode::disk_full;
    case SQLITE_IOERR:
      return os_error == ENOSPC || os_error == EDQUOT ? ErrorCode::disk_full
                                                      : ErrorCode::file_failed;
    case SQLITE_ERROR: // of a statement of ours: what it finds is not what was put there
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return ErrorCode::not_permitted;
    case SQLITE_CANTOPEN:
      switch (os_error) {
        case ENOENT:
          return ErrorCode::not_found;
        case ENOSPC:
        case EDQUOT:
          return ErrorCode::disk_full;
        case EIO:
        case EMFILE:
        case ENFILE:
          return ErrorCode::file_failed;
        default:
          return ErrorCode::not_permitted;
      }
    case SQLITE_TOOBIG:
      return ErrorCode::limit_exceeded;
    case SQLITE_INTERRUPT:
      return ErrorCode::cancelled;
    default:
      return ErrorCode::internal;
  }
}

} // namespace rollcall::store
