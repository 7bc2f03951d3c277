// Opening a store, filling it, and its objects as a directory.
#include "store.hpp"

#include "output.hpp"
#include "source.hpp"

namespace rollcall::capi {

#ifdef ROLLCALL_SQLITE

namespace {

class Stored final : public DirectoryBody {
 public:
  Stored(std::shared_ptr<StoreBody> store, std::shared_ptr<const SchemaBody> schema,
         std::unique_ptr<Directory> directory) noexcept
      : store_{std::move(store)}, schema_{std::move(schema)}, directory_{std::move(directory)}
  {
  }
  [[nodiscard]] Directory& directory() noexcept override { return *directory_; }
  [[nodiscard]] Result<void> write(Sink& sink) override { return store_->store().dump(sink); }
  [[nodiscard]] std::atomic<bool>& in_use() noexcept override { return store_->in_use(); }

 private:
  std::shared_ptr<StoreBody> store_;
  std::shared_ptr<const SchemaBody> schema_;
  std::unique_ptr<Directory> directory_;
};

} // namespace

Result<std::shared_ptr<DirectoryBody>> directory_of(const std::shared_ptr<StoreBody>& store,
                                                    std::shared_ptr<const SchemaBody> schema)
{
  ROLLCALL_TRY(auto directory, store->store().directory(schema->schema));
  std::shared_ptr<DirectoryBody> body =
      std::make_shared<Stored>(store, std::move(schema), std::move(directory));
  return body;
}

#else

Result<std::shared_ptr<DirectoryBody>> directory_of(const std::shared_ptr<StoreBody>& /*store*/,
                                                    std::shared_ptr<const SchemaBody> /*schema*/)
{
  return Error{ErrorCode::unsupported, "this build has no SQLite"};
}

#endif

namespace {

enum class Opens : std::uint8_t { creates, opens };

Result<std::unique_ptr<rollcall_store>> open(Opens opens, const rollcall_engine* engine,
                                             std::string_view path,
                                             const rollcall_store_options* options)
{
  ROLLCALL_CHECK(given(engine, "engine"));
  ROLLCALL_CHECK(check_size(options, "rollcall_store_options"));
  const rollcall_store_options copy = copied(options);
  ROLLCALL_CHECK(
      check_flags(copy.flags, ROLLCALL_STORE_MAY_ONLY_LOOK, "rollcall_store_options.flags"));
  ROLLCALL_CHECK(check_reserved(copy.reserved, "rollcall_store_options"));
#ifdef ROLLCALL_SQLITE
  SqliteOptions sqlite;
  sqlite.vfs = text_of(copy.vfs);
  if (copy.busy_ms != 0) sqlite.busy_ms = static_cast<int>(std::min(copy.busy_ms, 1U << 30));
  sqlite.may_only_look = (copy.flags & ROLLCALL_STORE_MAY_ONLY_LOOK) != 0;
  const auto function = opens == Opens::creates ? &SqliteStore::create : &SqliteStore::open;
  ROLLCALL_TRY(SqliteStore store, function(std::string{path}, engine->engine->seams(), sqlite));
  auto handle = std::make_unique<rollcall_store>();
  handle->body = std::make_shared<StoreBody>(engine->engine, std::move(store));
  return handle;
#else
  static_cast<void>(opens);
  static_cast<void>(path);
  return Error{ErrorCode::unsupported, "this build has no SQLite"};
#endif
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_store_create(const rollcall_engine* engine, const char* path,
                                      size_t path_len, const rollcall_store_options* options,
                                      rollcall_store** out, rollcall_error** err)
{
  return make(out, err,
              [&] { return open(Opens::creates, engine, text_of(path, path_len), options); });
}

rollcall_status rollcall_store_open(const rollcall_engine* engine, const char* path,
                                    size_t path_len, const rollcall_store_options* options,
                                    rollcall_store** out, rollcall_error** err)
{
  return make(out, err,
              [&] { return open(Opens::opens, engine, text_of(path, path_len), options); });
}

void rollcall_store_id(const rollcall_store* store, rollcall_str* out)
{
  *out = store != nullptr ? str(store->body->id()) : rollcall_str{"", 0};
}

int32_t rollcall_store_can_only_look(const rollcall_store* store)
{
#ifdef ROLLCALL_SQLITE
  return store != nullptr && store->body->store().can_only_look() ? 1 : 0;
#else
  return store != nullptr ? 1 : 0;
#endif
}

#ifdef ROLLCALL_SQLITE

rollcall_status rollcall_store_fill(rollcall_store* store, rollcall_source* source,
                                    rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_CHECK(given(source, "source"));
    ROLLCALL_TRY(const InUse held, InUse::take(source->body->in_use(), "the source"));
    static_cast<void>(held);
    ROLLCALL_TRY(Source* const bytes, source->body->begin());
    return body.store().fill(*bytes);
  });
}

rollcall_status rollcall_store_dump(rollcall_store* store, rollcall_output* output,
                                    rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) {
    return write_into(output, [&](Sink& sink) { return body.store().dump(sink); });
  });
}

rollcall_status rollcall_store_check(rollcall_store* store, rollcall_error** err)
{
  return with_store(store, err, [](StoreBody& body) { return body.store().check(); });
}

#else

namespace {

rollcall_status none(rollcall_error** err) noexcept
{
  return call(err, []() -> Result<void> {
    return Error{ErrorCode::unsupported, "this build has no SQLite"};
  });
}

} // namespace

rollcall_status rollcall_store_fill(rollcall_store*, rollcall_source*, rollcall_error** err)
{
  return none(err);
}

rollcall_status rollcall_store_dump(rollcall_store*, rollcall_output*, rollcall_error** err)
{
  return none(err);
}

rollcall_status rollcall_store_check(rollcall_store*, rollcall_error** err)
{
  return none(err);
}

#endif

rollcall_status rollcall_store_directory(rollcall_store* store, const rollcall_schema* schema,
                                         rollcall_directory** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_directory>> {
    ROLLCALL_CHECK(given(store, "store"));
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_TRY(const InUse held, InUse::take(store->body->in_use(), "the store"));
    static_cast<void>(held);
    auto handle = std::make_unique<rollcall_directory>();
    ROLLCALL_TRY(handle->body, directory_of(store->body, schema->body));
    return handle;
  });
}

void rollcall_store_free(rollcall_store* store)
{
  delete store;
}
