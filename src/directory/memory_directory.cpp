// memory_directory.cpp: the public face of tables that were read from a directory.json.
#include "rollcall/memory_directory.hpp"

#include <utility>

#include "directory/contents.hpp"
#include "directory/nearest_value.hpp"

namespace rollcall {

class MemoryDirectory::Body {
 public:
  Body(const schema::Schema& schema, const SipKey& key, std::pmr::memory_resource& memory)
      : contents{directory::shapes_of(schema), key, memory}
  {
  }
  [[nodiscard]] static Result<std::unique_ptr<Body>> make(const schema::Schema& schema,
                                                          const Seams& seams)
  {
    // A file can be written whose keys all fall into one slot, if it can be known which.
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    return std::make_unique<Body>(schema, key, *seams.memory);
  }
  directory::Contents contents;
};

MemoryDirectory::MemoryDirectory(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
MemoryDirectory::MemoryDirectory(MemoryDirectory&&) noexcept = default;
MemoryDirectory& MemoryDirectory::operator=(MemoryDirectory&&) noexcept = default;
MemoryDirectory::~MemoryDirectory() = default;

Result<MemoryDirectory> MemoryDirectory::make(const schema::Schema& schema, const Seams& seams)
{
  return guarded([&]() -> Result<MemoryDirectory> {
    ROLLCALL_TRY(auto body, Body::make(schema, seams));
    return MemoryDirectory{std::move(body)};
  });
}

Result<MemoryDirectory> MemoryDirectory::read(Source& source, const schema::Schema& schema,
                                              const Seams& seams)
{
  return guarded([&]() -> Result<MemoryDirectory> {
    ROLLCALL_TRY(auto body, Body::make(schema, seams));
    ROLLCALL_CHECK(directory::read_json(source, body->contents));
    return MemoryDirectory{std::move(body)};
  });
}

Result<void> MemoryDirectory::write(Sink& sink) const
{
  return guarded([&] { return directory::write_json(body_->contents, sink); });
}

bool MemoryDirectory::lists(KindId kind) const
{
  return kind < body_->contents.listed.size() && body_->contents.listed[kind];
}

Result<void> MemoryDirectory::find(KindId kind, FieldId by,
                                   std::span<const std::string_view> values, ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(body_->contents.tables.check(kind, by));
    body_->contents.tables[kind].find(by, values, sink);
    return success();
  });
}

Result<void> MemoryDirectory::scan(KindId kind, ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(body_->contents.tables.check(kind));
    body_->contents.tables[kind].scan(sink);
    return success();
  });
}

Result<std::uint64_t> MemoryDirectory::count(KindId kind)
{
  return guarded([&]() -> Result<std::uint64_t> {
    ROLLCALL_CHECK(body_->contents.tables.check(kind));
    return std::uint64_t{body_->contents.tables[kind].count()};
  });
}

Result<std::optional<std::uint64_t>> MemoryDirectory::next_id(KindId kind)
{
  return guarded([&]() -> Result<std::optional<std::uint64_t>> {
    ROLLCALL_CHECK(body_->contents.tables.check(kind));
    return body_->contents.tables[kind].next_id().value_or(no_id_left);
  });
}

Result<std::optional<std::string>> MemoryDirectory::nearest(KindId kind, FieldId field,
                                                            std::string_view text)
{
  return guarded([&]() -> Result<std::optional<std::string>> {
    ROLLCALL_CHECK(body_->contents.tables.check(kind, field));
    return directory::nearest_value(body_->contents.tables[kind], field, text);
  });
}

Result<Setting> MemoryDirectory::setting(std::string_view name)
{
  return guarded([&]() -> Result<Setting> { return body_->contents.tenant.find(name); });
}

Result<Setting> MemoryDirectory::default_setting(std::string_view name)
{
  return guarded([&]() -> Result<Setting> { return body_->contents.defaults.find(name); });
}

Result<void> MemoryDirectory::apply(std::span<const Group> groups, AnswerSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(body_->contents.tables.check(groups));
    body_->contents.tables.apply(groups, sink);
    return success();
  });
}

} // namespace rollcall
