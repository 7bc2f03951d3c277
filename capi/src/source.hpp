// Sources as handles: each call reads them from the start, one call at a time.
#ifndef ROLLCALL_CAPI_SRC_SOURCE_HPP
#define ROLLCALL_CAPI_SRC_SOURCE_HPP

#include <atomic>
#include <memory>

#include "engine.hpp"
#include "rollcall/source.h"
#include "rollcall/source.hpp"

namespace rollcall::capi {

class SourceBody {
 public:
  SourceBody(std::shared_ptr<Engine> engine, std::unique_ptr<Source> source)
      : SourceBody{std::move(engine), std::move(source), std::make_shared<std::atomic<bool>>(false)}
  {
  }
  // Of something that is in use while it is read, and that `in_use` keeps alive.
  SourceBody(std::shared_ptr<Engine> engine, std::unique_ptr<Source> source,
             std::shared_ptr<std::atomic<bool>> in_use) noexcept
      : engine_{std::move(engine)}, in_use_{std::move(in_use)}, source_{std::move(source)}
  {
  }

  // For a call that reads it, from its first byte.
  [[nodiscard]] Result<Source*> begin();
  [[nodiscard]] std::atomic<bool>& in_use() noexcept { return *in_use_; }

 private:
  std::shared_ptr<Engine> engine_;
  std::shared_ptr<std::atomic<bool>> in_use_;
  std::unique_ptr<Source> source_;
  bool was_read_ = false;
};

} // namespace rollcall::capi

struct rollcall_source {
  std::shared_ptr<rollcall::capi::SourceBody> body;
};

#endif // ROLLCALL_CAPI_SRC_SOURCE_HPP
