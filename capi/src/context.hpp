// Who imports, as a handle; and JSON values as settings.
#ifndef ROLLCALL_CAPI_SRC_CONTEXT_HPP
#define ROLLCALL_CAPI_SRC_CONTEXT_HPP

#include <memory>
#include <string_view>

#include "engine.hpp"
#include "rollcall/context.h"
#include "rollcall/context.hpp"

struct rollcall_context {
  std::shared_ptr<rollcall::capi::Engine> engine;
  rollcall::Context context = {};
};

namespace rollcall::capi {

// `true`, `3`, `"text"`, `["a", "b"]`.
[[nodiscard]] Result<Setting> setting_of(std::string_view json);

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_CONTEXT_HPP
