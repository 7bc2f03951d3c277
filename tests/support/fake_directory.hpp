// A host in memory that counts what it is asked, and fails or lies where a test wants it to.
#ifndef ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP
#define ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unicode.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::tests {

class FakeDirectory final : public Directory {
 public:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  struct Object {
    std::string key = {};
    std::vector<std::optional<std::string>> fields = {};
  };

  std::vector<Object> users; // the first kind; no other is listed
  std::optional<std::uint64_t> first_id = 1;
  std::size_t fail_at = never; // index of the call that fails
  std::size_t asked_shift = 0; // how far it is off when it says which key it answers

  std::vector<std::string> calls; // "find 1 2", "next_id"

  [[nodiscard]] bool lists(KindId kind) const override { return kind == 0; }

  [[nodiscard]] Result<void> find(KindId kind, std::span<const std::string_view> keys,
                                  ObjectSink& sink) override
  {
    std::string call = "find";
    for (const std::string_view key : keys) call.append(" ").append(key);
    ROLLCALL_CHECK(step(call));
    for (std::size_t asked = 0; kind == 0 && asked != keys.size(); ++asked)
      for (const Object& user : users)
        if (is_same_without_case(user.key, keys[asked])) show(user, asked + asked_shift, sink);
    return success();
  }

  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId) override
  {
    ROLLCALL_CHECK(step("next_id"));
    return std::optional{first_id};
  }

 private:
  [[nodiscard]] Result<void> step(const std::string& call)
  {
    const bool fails = calls.size() == fail_at;
    calls.push_back(call);
    if (fails) return Error{ErrorCode::host_failed, "the host has hung up"};
    return success();
  }

  static void show(const Object& user, std::size_t asked, ObjectSink& sink)
  {
    const std::vector<std::optional<std::string_view>> fields(user.fields.begin(),
                                                              user.fields.end());
    sink.object(asked, {.key = user.key, .fields = fields});
  }
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP
