// A directory in memory, read from a directory.json and written back as one.
//
// Kinds and fields that the schema does not know are kept and written, but nobody sees them.
// Objects take some 40 bytes beside their texts, and 16 more for each field that is searched.
#ifndef ROLLCALL_MEMORY_DIRECTORY_HPP
#define ROLLCALL_MEMORY_DIRECTORY_HPP

#include <memory>

#include "rollcall/directory.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

class MemoryDirectory final : public Directory {
 public:
  // One that lists no kind. Of the schema nothing is needed later on; of the seams, memory is.
  [[nodiscard]] static Result<MemoryDirectory> make(const schema::Schema& schema,
                                                    const Seams& seams);
  // An object at a time, whatever the size of the file. What does not have the shape of a
  // directory.json is malformed, and says where.
  [[nodiscard]] static Result<MemoryDirectory> read(Source& source, const schema::Schema& schema,
                                                    const Seams& seams);

  MemoryDirectory(MemoryDirectory&&) noexcept;
  MemoryDirectory& operator=(MemoryDirectory&&) noexcept;
  ~MemoryDirectory() override;

  // Settings, then all else by name: the schema's kinds (those that were there, and those that have
  // an object), and what it does not know. Objects by key, those that are numbers first and by
  // number; fields in the schema's order, without nulls.
  [[nodiscard]] Result<void> write(Sink& sink) const;

  // As it was read: a kind that gets its first object is not listed by that.
  [[nodiscard]] bool lists(KindId kind) const override;
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override;
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override;
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override;
  // The highest key that is all digits, and one more.
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override;
  [[nodiscard]] Result<Setting> setting(std::string_view name) override;
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override;
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override;

 private:
  class Body;
  explicit MemoryDirectory(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall

#endif // ROLLCALL_MEMORY_DIRECTORY_HPP
