// sqlite_error.hpp: what a code of SQLite's is in our words.
#ifndef ROLLCALL_STORE_SQLITE_ERROR_HPP
#define ROLLCALL_STORE_SQLITE_ERROR_HPP

#include "rollcall/error.hpp"

namespace rollcall::store {

// `os_error` is what the system said, if it was asked; else 0.
[[nodiscard]] ErrorCode code_of(int code, int os_error) noexcept;

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SQLITE_ERROR_HPP
