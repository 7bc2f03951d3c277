// The seams of a host: its memory, a clock that stands still, chance from a seed, its log.
#include "engine.hpp"

#include "baton.hpp"

namespace rollcall::capi {
namespace {

constexpr std::uint32_t flags_known = ROLLCALL_ENGINE_SEEDED;

} // namespace

void* HostMemory::do_allocate(std::size_t bytes, std::size_t alignment)
{
  if (alloc_ == nullptr) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  void* const memory = alloc_(user_.get(), bytes != 0 ? bytes : 1, alignment);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}

void HostMemory::do_deallocate(void* memory, std::size_t bytes, std::size_t alignment)
{
  if (alloc_ == nullptr)
    std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
  else
    dealloc_(user_.get(), memory, bytes != 0 ? bytes : 1, alignment);
}

Result<void> HostRandom::fill(std::span<std::byte> into)
{
  if (!seeded_) return real_.fill(into);
  const std::lock_guard lock{mutex_};
  return seeded_->fill(into);
}

Engine::Engine(const rollcall_engine_options& options, User&& memory, User&& log)
    : memory_{options.alloc, options.dealloc, std::move(memory)},
      clock_{options.now_ms},
      random_{(options.flags & ROLLCALL_ENGINE_SEEDED) != 0 ? seeded_random(options.seed)
                                                            : nullptr},
      log_{options.log},
      log_level_{options.log_level != 0 ? options.log_level : ROLLCALL_LOG_INFO},
      log_user_{std::move(log)}
{
}

Result<void> Engine::log(std::int32_t level, const std::string& message) const
{
  if (!logs(level)) return success();
  std::int32_t verdict = ROLLCALL_STOP;
  on_caller([&] { log_(log_user_.get(), level, message.c_str(), message.size(), &verdict); });
  if (verdict != ROLLCALL_STOP) return success();
  return Error{ErrorCode::cancelled, "the log has stopped it"};
}

} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_engine_new(const rollcall_engine_options* options, rollcall_engine** out,
                                    rollcall_error** err)
{
  const rollcall_engine_options copy = copied(options);
  User memory{copy.alloc_user, copy.destroy};
  User log{copy.log_user, copy.log_destroy};
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_engine>> {
    ROLLCALL_CHECK(check_size(options, "rollcall_engine_options"));
    ROLLCALL_CHECK(check_flags(copy.flags, flags_known, "rollcall_engine_options.flags"));
    ROLLCALL_CHECK(check_reserved(copy.reserved, "rollcall_engine_options"));
    ROLLCALL_CHECK(check_choice(copy.log_level, ROLLCALL_LOG_DEBUG + 1, "log_level"));
    if ((copy.alloc == nullptr) != (copy.dealloc == nullptr))
      return wrong_use("alloc and dealloc are given together");
    auto handle = std::make_unique<rollcall_engine>();
    handle->engine = std::make_shared<Engine>(copy, std::move(memory), std::move(log));
    return handle;
  });
}

void rollcall_engine_free(rollcall_engine* engine)
{
  delete engine;
}
