// A directory that is answered by callbacks of the host.
#ifndef ROLLCALL_CAPI_SRC_HOST_DIRECTORY_HPP
#define ROLLCALL_CAPI_SRC_HOST_DIRECTORY_HPP

#include <memory>
#include <vector>

#include "directory.hpp"
#include "directory/questions.hpp"
#include "rollcall/host.h"

namespace rollcall::capi {

class HostDirectory final : public Directory {
 public:
  // Asks which kinds are listed.
  [[nodiscard]] static Result<std::unique_ptr<HostDirectory>> make(
      std::shared_ptr<const SchemaBody> schema, const rollcall_host& host, User&& user);

  HostDirectory(std::shared_ptr<const SchemaBody> schema, const rollcall_host& host, User&& user)
      : schema_{std::move(schema)},
        questions_{directory::shapes_of(schema_->schema)},
        host_{host},
        user_{std::move(user)}
  {
  }

  [[nodiscard]] bool lists(KindId kind) const override
  {
    return kind < lists_.size() && lists_[kind];
  }
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override;
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override;
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override;
  [[nodiscard]] Result<Setting> setting(std::string_view name) override;
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override;
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override;
  [[nodiscard]] Result<void> probe(std::span<const std::string_view> operations,
                                   AnswerSink& sink) override;

 private:
  [[nodiscard]] Result<Setting> setting(std::string_view name, bool is_default);
  [[nodiscard]] Result<void> say(const char* what, std::size_t count) const;

  std::shared_ptr<const SchemaBody> schema_;
  directory::Questions questions_; // a host is asked none that make no sense
  rollcall_host host_;
  User user_;
  std::vector<bool> lists_ = {};
};

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_HOST_DIRECTORY_HPP
