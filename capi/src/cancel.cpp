// A token is one flag that needs no lock, so that a signal handler may set it.
#include "cancel.hpp"

#include "firewall.hpp"

using namespace rollcall::capi;

static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers set it");

rollcall_status rollcall_cancel_new(rollcall_cancel** out, rollcall_error** err)
{
  return make(out, err, []() -> rollcall::Result<std::unique_ptr<rollcall_cancel>> {
    auto handle = std::make_unique<rollcall_cancel>();
    handle->flag = std::make_shared<std::atomic<bool>>(false);
    return handle;
  });
}

void rollcall_cancel_request(const rollcall_cancel* cancel)
{
  if (cancel != nullptr) cancel->flag->store(true);
}

int32_t rollcall_cancel_is_requested(const rollcall_cancel* cancel)
{
  return cancel != nullptr && cancel->flag->load() ? 1 : 0;
}

void rollcall_cancel_reset(rollcall_cancel* cancel)
{
  if (cancel != nullptr) cancel->flag->store(false);
}

void rollcall_cancel_free(rollcall_cancel* cancel)
{
  delete cancel;
}
