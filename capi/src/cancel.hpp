// The token that stops jobs, as a handle.
#ifndef ROLLCALL_CAPI_SRC_CANCEL_HPP
#define ROLLCALL_CAPI_SRC_CANCEL_HPP

#include <atomic>
#include <memory>

#include "rollcall/cancel.h"

struct rollcall_cancel {
  std::shared_ptr<std::atomic<bool>> flag;
};

#endif // ROLLCALL_CAPI_SRC_CANCEL_HPP
