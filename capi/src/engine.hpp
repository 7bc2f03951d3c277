// What an engine gives to all that is made with it: seams of the library, and the log.
#ifndef ROLLCALL_CAPI_SRC_ENGINE_HPP
#define ROLLCALL_CAPI_SRC_ENGINE_HPP

#include <atomic>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <string>

#include "firewall.hpp"
#include "rollcall/engine.h"
#include "rollcall/seams.hpp"

namespace rollcall::capi {

// Memory of the host, or new and delete.
class HostMemory final : public std::pmr::memory_resource {
 public:
  HostMemory(rollcall_alloc_fn alloc, rollcall_dealloc_fn dealloc, User user) noexcept
      : alloc_{alloc}, dealloc_{dealloc}, user_{std::move(user)}
  {
  }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override
  {
    return this == &other;
  }

  rollcall_alloc_fn alloc_;
  rollcall_dealloc_fn dealloc_;
  User user_;
};

// The machine's clock, or one that stands still.
class HostClock final : public Clock {
 public:
  explicit HostClock(std::int64_t now_ms) noexcept : now_ms_{now_ms} {}
  [[nodiscard]] std::int64_t now_ms() override { return now_ms_ != 0 ? now_ms_ : real_.now_ms(); }
  [[nodiscard]] std::int64_t monotonic_ns() override { return real_.monotonic_ns(); }

 private:
  std::int64_t now_ms_;
  SystemClock real_;
};

// Chance that several threads may ask.
class HostRandom final : public Random {
 public:
  explicit HostRandom(std::unique_ptr<Random> seeded) noexcept : seeded_{std::move(seeded)} {}
  [[nodiscard]] Result<void> fill(std::span<std::byte> into) override;

 private:
  std::mutex mutex_;
  std::unique_ptr<Random> seeded_; // null: the machine's
  SystemRandom real_;
};

class Engine {
 public:
  // `memory` and `log` are the users of its callbacks. Throws bad_alloc; then they may be gone.
  Engine(const rollcall_engine_options& options, User&& memory, User&& log);

  [[nodiscard]] Seams seams() noexcept
  {
    return {.memory = &memory_, .files = &files_, .clock = &clock_, .random = &random_};
  }
  [[nodiscard]] std::pmr::memory_resource* memory() noexcept { return &memory_; }

  [[nodiscard]] bool logs(std::int32_t level) const noexcept
  {
    return log_ != nullptr && level <= log_level_;
  }
  // Cancelled, if the host wants no more.
  [[nodiscard]] Result<void> log(std::int32_t level, const std::string& message) const;

 private:
  HostMemory memory_;
  HostClock clock_;
  HostRandom random_;
  SystemFiles files_;
  rollcall_log_fn log_;
  std::int32_t log_level_;
  User log_user_;
};

// Handles of which only one call may be made at a time say so, instead of going wrong: also to a
// callback that comes back with the handle that it is called for.
class InUse {
 public:
  [[nodiscard]] static Result<InUse> take(std::atomic<bool>& flag, const char* what)
  {
    if (flag.exchange(true))
      return Error{ErrorCode::busy, std::string{what}.append(" is in use by another call")};
    return InUse{&flag};
  }
  InUse() noexcept = default;
  InUse(InUse&& other) noexcept : flag_{std::exchange(other.flag_, nullptr)} {}
  InUse& operator=(InUse&& other) noexcept
  {
    std::swap(flag_, other.flag_);
    return *this;
  }
  ~InUse()
  {
    if (flag_ != nullptr) flag_->store(false);
  }

 private:
  explicit InUse(std::atomic<bool>* flag) noexcept : flag_{flag} {}
  std::atomic<bool>* flag_ = nullptr;
};

} // namespace rollcall::capi

struct rollcall_engine {
  std::shared_ptr<rollcall::capi::Engine> engine;
};

#endif // ROLLCALL_CAPI_SRC_ENGINE_HPP
