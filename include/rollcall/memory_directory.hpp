// A directory in memory, read from a directory.json and written back as one.
//
// Kinds and fields that the schema does not know are kept as they are.
#ifndef ROLLCALL_MEMORY_DIRECTORY_HPP
#define ROLLCALL_MEMORY_DIRECTORY_HPP

#include <memory>

#include "rollcall/directory.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

class MemoryDirectory final : public Directory {
 public:
  // One that lists no kind.
  [[nodiscard]] static Result<MemoryDirectory> make(const schema::Schema& schema);
  // What does not have the shape of a directory.json is malformed, and says where.
  [[nodiscard]] static Result<MemoryDirectory> read(Source& source, const schema::Schema& schema);

  MemoryDirectory(MemoryDirectory&&) noexcept;
  MemoryDirectory& operator=(MemoryDirectory&&) noexcept;
  ~MemoryDirectory() override;

  // Sorted by kind, then key (ids that are numbers: by number), fields in the schema's order.
  [[nodiscard]] Result<void> write(Sink& sink) const;

  [[nodiscard]] bool lists(KindId kind) const override;
  [[nodiscard]] Result<void> find(KindId kind, std::span<const std::string_view> keys,
                                  ObjectSink& sink) override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override;

 private:
  class Body;
  explicit MemoryDirectory(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall

#endif // ROLLCALL_MEMORY_DIRECTORY_HPP
