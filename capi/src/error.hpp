// The error object of the ABI, and how an Error of the library becomes one.
#ifndef ROLLCALL_CAPI_SRC_ERROR_HPP
#define ROLLCALL_CAPI_SRC_ERROR_HPP

#include <string>
#include <string_view>

#include "rollcall/error.h"
#include "rollcall/error.hpp"

// The one of running out of memory has no texts of its own, and is nobody's.
struct rollcall_error {
  struct Texts {
    std::string message, details, detail; // the last as the Error has it
  };

  rollcall_status status = 0;
  std::string_view message = {}; // both with a zero byte behind them
  std::string_view details = {};
  const Texts* texts = nullptr; // its own
  rollcall::ErrorCode code = rollcall::ErrorCode::out_of_memory;
  int os_error = 0;
};

namespace rollcall::capi {

// What is said to a caller: the status, and where he wants it, the error itself.
rollcall_status fail(rollcall_error** err, const Error& why) noexcept;

// The Error that it was made of.
[[nodiscard]] Error error_of(const rollcall_error& why);

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_ERROR_HPP
