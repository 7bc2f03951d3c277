// Where texts go, as handles.
#include "output.hpp"

#include "baton.hpp"
#include "rollcall/output_file.hpp"

namespace rollcall::capi {

Sink& OutputBody::begin()
{
  if (is_memory_) sink_ = std::make_unique<TextSink>(text_);
  return *sink_;
}

Result<Sink*> begin(rollcall_output* output, InUse& held)
{
  if (output == nullptr) return nullptr;
  ROLLCALL_TRY(held, InUse::take(output->body->in_use(), "an output"));
  return &output->body->begin();
}

namespace {

class HostSink final : public Sink {
 public:
  HostSink(const rollcall_output_callbacks& callbacks, User&& user) noexcept
      : callbacks_{callbacks}, user_{std::move(user)}
  {
  }

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return ask("writes the output", [&](std::int32_t* verdict) {
      callbacks_.write(user_.get(), bytes.data(), bytes.size(), verdict);
    });
  }
  [[nodiscard]] bool can_restart() const noexcept override { return callbacks_.restart != nullptr; }
  [[nodiscard]] Result<void> restart() override
  {
    if (!can_restart()) return Sink::restart();
    return ask("restarts the output",
               [&](std::int32_t* verdict) { callbacks_.restart(user_.get(), verdict); });
  }
  [[nodiscard]] Result<void> publish() override
  {
    if (callbacks_.publish == nullptr) return success();
    return ask("publishes the output",
               [&](std::int32_t* verdict) { callbacks_.publish(user_.get(), verdict); });
  }

 private:
  template <class Callback>
  Result<void> ask(const char* what, Callback&& callback)
  {
    std::int32_t verdict = ROLLCALL_STOP;
    on_caller([&] { callback(&verdict); });
    if (verdict != ROLLCALL_STOP) return success();
    return Error{ErrorCode::host_failed,
                 std::string{"the callback that "}.append(what).append(" has stopped")};
  }

  rollcall_output_callbacks callbacks_;
  User user_;
};

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_output_memory(const rollcall_engine* engine, rollcall_output** out,
                                       rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_output>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    auto handle = std::make_unique<rollcall_output>();
    handle->body = std::make_shared<OutputBody>(engine->engine);
    return handle;
  });
}

void rollcall_output_text(const rollcall_output* output, rollcall_str* out)
{
  *out = output != nullptr ? rollcall_str{output->body->text().c_str(), output->body->text().size()}
                           : rollcall_str{"", 0};
}

rollcall_status rollcall_output_file(const rollcall_engine* engine, const char* path,
                                     size_t path_len, uint32_t flags, rollcall_output** out,
                                     rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_output>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(check_flags(flags, ROLLCALL_OUTPUT_OWNER_ONLY, "flags of rollcall_output_file"));
    const auto readers =
        (flags & ROLLCALL_OUTPUT_OWNER_ONLY) != 0 ? Readers::owner_only : Readers::as_usual;
    ROLLCALL_TRY(auto file, OutputFile::create(engine->engine->seams(),
                                               std::string{text_of(path, path_len)}, readers));
    auto handle = std::make_unique<rollcall_output>();
    handle->body = std::make_shared<OutputBody>(
        engine->engine, std::make_unique<OutputFile>(std::move(file)), false);
    return handle;
  });
}

rollcall_status rollcall_output_callback(const rollcall_engine* engine,
                                         const rollcall_output_callbacks* callbacks,
                                         rollcall_output** out, rollcall_error** err)
{
  const rollcall_output_callbacks copy = copied(callbacks);
  User user{copy.user, copy.destroy};
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_output>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(check_size(callbacks, "rollcall_output_callbacks"));
    ROLLCALL_CHECK(check_flags(copy.flags, 0, "rollcall_output_callbacks.flags"));
    if (copy.write == nullptr) return wrong_use("an output needs a callback that writes");
    auto handle = std::make_unique<rollcall_output>();
    handle->body = std::make_shared<OutputBody>(
        engine->engine, std::make_unique<HostSink>(copy, std::move(user)), true);
    return handle;
  });
}

void rollcall_output_free(rollcall_output* output)
{
  delete output;
}
