// A directory that passes everything on to another one: a test overrides what it is about.
#ifndef ROLLCALL_TESTS_SUPPORT_FORWARDING_DIRECTORY_HPP
#define ROLLCALL_TESTS_SUPPORT_FORWARDING_DIRECTORY_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/directory.hpp"

namespace rollcall::tests {

class ForwardingDirectory : public Directory {
 public:
  ForwardingDirectory(const ForwardingDirectory&) = delete;
  ForwardingDirectory& operator=(const ForwardingDirectory&) = delete;

  [[nodiscard]] bool lists(KindId kind) const override { return to_->lists(kind); }
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override
  {
    return to_->find(kind, by, values, sink);
  }
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override
  {
    return to_->scan(kind, sink);
  }
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override { return to_->count(kind); }
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override
  {
    return to_->next_id(kind);
  }
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override
  {
    return to_->nearest(kind, field, text);
  }
  [[nodiscard]] Result<Setting> setting(std::string_view name) override
  {
    return to_->setting(name);
  }
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override
  {
    return to_->default_setting(name);
  }
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    return to_->apply(groups, sink);
  }
  [[nodiscard]] Result<void> probe(std::span<const std::string_view> operations,
                                   AnswerSink& sink) override
  {
    return to_->probe(operations, sink);
  }

 protected:
  // It outlives this one, or is a member of what derives from it. Without one nothing may be asked.
  explicit ForwardingDirectory(Directory* to = nullptr) : to_{to} {}
  void forward_to(Directory& to) noexcept { to_ = &to; }

 private:
  Directory* to_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_FORWARDING_DIRECTORY_HPP
