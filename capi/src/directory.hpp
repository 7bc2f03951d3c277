// Directories as handles, whoever answers.
#ifndef ROLLCALL_CAPI_SRC_DIRECTORY_HPP
#define ROLLCALL_CAPI_SRC_DIRECTORY_HPP

#include <atomic>
#include <memory>

#include "engine.hpp"
#include "rollcall/directory.h"
#include "rollcall/directory.hpp"
#include "rollcall/sink.hpp"
#include "schema.hpp"

namespace rollcall::capi {

// A store keeps what its directories need of it; `InUse` of either is `in_use`.
class DirectoryBody {
 public:
  virtual ~DirectoryBody() = default;
  [[nodiscard]] virtual Directory& directory() noexcept = 0;
  [[nodiscard]] virtual Result<void> write(Sink& sink) = 0;
  // Of a store: the store's.
  [[nodiscard]] virtual std::atomic<bool>& in_use() noexcept { return in_use_; }

 private:
  std::atomic<bool> in_use_ = false;
};

} // namespace rollcall::capi

struct rollcall_directory {
  std::shared_ptr<rollcall::capi::DirectoryBody> body;
};

#endif // ROLLCALL_CAPI_SRC_DIRECTORY_HPP
