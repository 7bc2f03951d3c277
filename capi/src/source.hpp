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
  SourceBody(std::shared_ptr<Engine> engine, std::unique_ptr<Source> source) noexcept
      : engine_{std::move(engine)}, source_{std::move(source)}
  {
  }

  // For a call that reads it, from its first byte.
  [[nodiscard]] Result<Source*> begin();
  [[nodiscard]] std::atomic<bool>& in_use() noexcept { return in_use_; }

 private:
  std::shared_ptr<Engine> engine_;
  std::unique_ptr<Source> source_;
  bool was_read_ = false;
  std::atomic<bool> in_use_ = false;
};

} // namespace rollcall::capi

struct rollcall_source {
  std::shared_ptr<rollcall::capi::SourceBody> body;
};

#endif // ROLLCALL_CAPI_SRC_SOURCE_HPP
