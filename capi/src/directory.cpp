// The directory in memory, as a handle.
#include "directory.hpp"

#include "output.hpp"
#include "rollcall/memory_directory.hpp"
#include "source.hpp"

namespace rollcall::capi {
namespace {

class InMemory final : public DirectoryBody {
 public:
  InMemory(std::shared_ptr<const SchemaBody> schema, MemoryDirectory&& directory) noexcept
      : schema_{std::move(schema)}, directory_{std::move(directory)}
  {
  }
  [[nodiscard]] Directory& directory() noexcept override { return directory_; }
  [[nodiscard]] Result<void> write(Sink& sink) override { return directory_.write(sink); }

 private:
  std::shared_ptr<const SchemaBody> schema_; // and its engine, whose memory it is
  MemoryDirectory directory_;
};

Result<MemoryDirectory> read(const SchemaBody& schema, rollcall_source* source)
{
  const Seams seams = schema.engine->seams();
  if (source == nullptr) return MemoryDirectory::make(schema.schema, seams);
  ROLLCALL_TRY(const InUse held, InUse::take(source->body->in_use(), "the source"));
  static_cast<void>(held);
  ROLLCALL_TRY(Source* const bytes, source->body->begin());
  return MemoryDirectory::read(*bytes, schema.schema, seams);
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_directory_memory(const rollcall_schema* schema, rollcall_source* source,
                                          rollcall_directory** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_directory>> {
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_TRY(MemoryDirectory directory, read(*schema->body, source));
    auto handle = std::make_unique<rollcall_directory>();
    handle->body = std::make_shared<InMemory>(schema->body, std::move(directory));
    return handle;
  });
}

rollcall_status rollcall_directory_write(rollcall_directory* directory, rollcall_output* output,
                                         rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(directory, "directory"));
    ROLLCALL_TRY(const InUse held, InUse::take(directory->body->in_use(), "the directory"));
    static_cast<void>(held);
    return write_into(output, [&](Sink& sink) { return directory->body->write(sink); });
  });
}

void rollcall_directory_free(rollcall_directory* directory)
{
  delete directory;
}
