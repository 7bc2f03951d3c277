// overlay.hpp: a directory as it will be once the rows so far are applied, while the one below it
// is not touched.
//
// An object that is changed is copied up, and from then on the overlay answers for it.
#ifndef ROLLCALL_DIRECTORY_OVERLAY_HPP
#define ROLLCALL_DIRECTORY_OVERLAY_HPP

#include "directory/tables.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::directory {

class Overlay final : public Directory {
 public:
  // The base outlives it, and does not change as long as it is asked through the overlay.
  [[nodiscard]] static Result<Overlay> make(Directory& base, const schema::Schema& schema,
                                            const Seams& seams);

  // Whatever is created here: what the base lists is what was known before.
  [[nodiscard]] bool lists(KindId kind) const override { return base_->lists(kind); }
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override;
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override;
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override;
  [[nodiscard]] Result<Setting> setting(std::string_view name) override
  {
    return base_->setting(name);
  }
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override
  {
    return base_->default_setting(name);
  }
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override;

 private:
  Overlay(Directory& base, const schema::Schema& schema, const SipKey& key,
          std::pmr::memory_resource& memory);

  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id_below(KindId kind);
  [[nodiscard]] Result<void> find_keys(KindId kind, std::span<const std::string_view> keys,
                                       ObjectSink& sink);
  [[nodiscard]] Result<void> take_over(KindId kind, std::span<const Group> groups);
  [[nodiscard]] Result<bool> shows(KindId kind, FieldId field, std::string_view value);

  Directory* base_;
  Tables own_;    // objects that were changed or created
  Tables hidden_; // keys of those of the base that this answers for
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_OVERLAY_HPP
