// Where the bytes of a file come from, as handles: files, mappings, memory, callbacks.
#include "source.hpp"

#include "baton.hpp"

namespace rollcall::capi {

Result<Source*> SourceBody::begin()
{
  if (was_read_) ROLLCALL_CHECK(source_->rewind());
  was_read_ = true;
  return source_.get();
}

namespace {

class HostSource final : public Source {
 public:
  HostSource(const rollcall_source_callbacks& callbacks, User&& user) noexcept
      : callbacks_{callbacks}, user_{std::move(user)}
  {
  }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override
  {
    if (has_ended_) return std::size_t{0};
    std::size_t got = 0;
    std::int32_t verdict = ROLLCALL_STOP;
    on_caller([&] { callbacks_.read(user_.get(), into.data(), into.size(), &got, &verdict); });
    if (verdict == ROLLCALL_STOP)
      return Error{ErrorCode::host_failed, "the callback that reads the source has stopped"};
    if (got > into.size())
      return Error{ErrorCode::host_failed,
                   "the callback that reads the source claims more bytes than there was room for"};
    has_ended_ = got == 0;
    return got;
  }

  [[nodiscard]] Result<void> rewind() override
  {
    std::int32_t verdict = ROLLCALL_SKIP;
    if (callbacks_.rewind != nullptr) {
      verdict = ROLLCALL_STOP;
      on_caller([&] { callbacks_.rewind(user_.get(), &verdict); });
    }
    if (verdict == ROLLCALL_SKIP)
      return Error{ErrorCode::unsupported, "the source can be read once"};
    if (verdict == ROLLCALL_STOP)
      return Error{ErrorCode::host_failed, "the callback that rewinds the source has stopped"};
    has_ended_ = false;
    return success();
  }

 private:
  rollcall_source_callbacks callbacks_;
  User user_;
  bool has_ended_ = false;
};

std::unique_ptr<rollcall_source> handle_of(const rollcall_engine& engine,
                                           std::unique_ptr<Source> source)
{
  auto handle = std::make_unique<rollcall_source>();
  handle->body = std::make_shared<SourceBody>(engine.engine, std::move(source));
  return handle;
}

// Of a path: Opened is FileSource or MappedSource.
template <class Opened>
Result<std::unique_ptr<rollcall_source>> open(const rollcall_engine* engine, const char* path,
                                              std::size_t size)
{
  ROLLCALL_CHECK(given(engine, "engine"));
  ROLLCALL_TRY(auto opened,
               Opened::open(*engine->engine->seams().files, std::string{text_of(path, size)}));
  return handle_of(*engine, std::make_unique<Opened>(std::move(opened)));
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_source_file(const rollcall_engine* engine, const char* path,
                                     size_t path_len, rollcall_source** out, rollcall_error** err)
{
  return make(out, err, [&] { return open<FileSource>(engine, path, path_len); });
}

rollcall_status rollcall_source_mapped(const rollcall_engine* engine, const char* path,
                                       size_t path_len, rollcall_source** out, rollcall_error** err)
{
  return make(out, err, [&] { return open<MappedSource>(engine, path, path_len); });
}

rollcall_status rollcall_source_memory(const rollcall_engine* engine, const void* data, size_t size,
                                       rollcall_source** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_source>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    if (data == nullptr && size != 0) return wrong_use("data is NULL");
    const std::string_view bytes = text_of(static_cast<const char*>(data), size);
    return handle_of(*engine, std::make_unique<MemorySource>(bytes));
  });
}

rollcall_status rollcall_source_callback(const rollcall_engine* engine,
                                         const rollcall_source_callbacks* callbacks,
                                         rollcall_source** out, rollcall_error** err)
{
  const rollcall_source_callbacks copy = copied(callbacks);
  User user{copy.user, copy.destroy};
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_source>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(check_size(callbacks, "rollcall_source_callbacks"));
    ROLLCALL_CHECK(check_flags(copy.flags, 0, "rollcall_source_callbacks.flags"));
    if (copy.read == nullptr) return wrong_use("a source needs a callback that reads");
    return handle_of(*engine, std::make_unique<HostSource>(copy, std::move(user)));
  });
}

void rollcall_source_free(rollcall_source* source)
{
  delete source;
}
