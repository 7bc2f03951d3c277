// A host for tests: a directory in memory that takes note of what it is asked, and fails or lies
// where a test wants it to.
#ifndef ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP
#define ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rollcall/memory_directory.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

// What a host that has a bug may answer.
enum class Lie : std::uint8_t {
  none,
  not_asked,         // says that it answers a value behind the last one
  fields_missing,    // shows all fields but the last
  fields_too_many,   // and one more
  no_answer,         // leaves the last group without an answer
  answers_twice,     // answers for the first group again
  answers_a_stranger // and for one that it was not given
};

class FakeDirectory final : public Directory {
 public:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  // Of the schema nothing is needed later on.
  explicit FakeDirectory(const schema::Schema& schema, std::string_view json = "{}")
      : schema_{schema}, objects_{read(json)}
  {
  }

  std::vector<std::string> calls; // "find user.extension 200 201", "count user", "apply 2"
  std::size_t fail_at = never;    // index of the call that fails
  Lie lie = Lie::none;
  bool tells_ids = true;                // whether it can say which id is next
  std::optional<std::uint64_t> next_is; // and what it says then, if not the truth

  // Begins anew with what stands in a directory.json.
  void hold(std::string_view json) { objects_ = read(json); }
  [[nodiscard]] std::string json() const
  {
    std::pmr::string text;
    TextSink sink{text};
    must(objects_.write(sink));
    return std::string{text};
  }

  [[nodiscard]] bool lists(KindId kind) const override { return objects_.lists(kind); }

  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override
  {
    std::string call = "find " + name_of(kind) + "." + name_of(kind, by);
    for (const std::string_view value : values) call.append(" ").append(value);
    ROLLCALL_CHECK(step(std::move(call)));
    Lying lying{sink, lie, values.size()};
    return objects_.find(kind, by, values, lying);
  }
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override
  {
    ROLLCALL_CHECK(step("scan " + name_of(kind)));
    Lying lying{sink, lie, 0};
    return objects_.scan(kind, lying);
  }
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override
  {
    ROLLCALL_CHECK(step("count " + name_of(kind)));
    return objects_.count(kind);
  }
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override
  {
    ROLLCALL_CHECK(step("next_id " + name_of(kind)));
    if (!tells_ids) return std::optional<std::uint64_t>{};
    if (next_is) return next_is;
    return objects_.next_id(kind);
  }
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override
  {
    ROLLCALL_CHECK(
        step("nearest " + name_of(kind) + "." + name_of(kind, field) + " " + std::string{text}));
    return objects_.nearest(kind, field, text);
  }
  [[nodiscard]] Result<Setting> setting(std::string_view name) override
  {
    ROLLCALL_CHECK(step("setting " + std::string{name}));
    return objects_.setting(name);
  }
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override
  {
    ROLLCALL_CHECK(step("default_setting " + std::string{name}));
    return objects_.default_setting(name);
  }
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    ROLLCALL_CHECK(step("apply " + std::to_string(groups.size())));
    LyingAnswers lying{sink, lie, groups.size()};
    return objects_.apply(groups, lying);
  }

 private:
  class Lying final : public ObjectSink {
   public:
    Lying(ObjectSink& sink, Lie lie, std::size_t asked) : sink_{sink}, lie_{lie}, asked_{asked} {}
    void object(std::size_t asked, const ObjectView& object) override
    {
      std::vector<std::optional<std::string_view>> fields(object.fields.begin(),
                                                          object.fields.end());
      if (lie_ == Lie::fields_missing && !fields.empty()) fields.pop_back();
      if (lie_ == Lie::fields_too_many) fields.emplace_back("more");
      const bool is_stranger = lie_ == Lie::not_asked && asked_ != 0;
      sink_.object(is_stranger ? asked_ : asked, {.key = object.key, .fields = fields});
    }

   private:
    ObjectSink& sink_;
    Lie lie_;
    std::size_t asked_;
  };

  class LyingAnswers final : public AnswerSink {
   public:
    LyingAnswers(AnswerSink& sink, Lie lie, std::size_t groups)
        : sink_{sink}, lie_{lie}, groups_{groups}
    {
    }
    void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
                std::string_view why) override
    {
      if (lie_ == Lie::no_answer && group + 1 == groups_) return;
      sink_.answer(group, answer, keys, why);
      if (lie_ == Lie::answers_twice && group == 0) sink_.answer(group, answer, keys, why);
      if (lie_ == Lie::answers_a_stranger && group == 0) sink_.answer(groups_, answer, keys, why);
    }

   private:
    AnswerSink& sink_;
    Lie lie_;
    std::size_t groups_;
  };

  [[nodiscard]] MemoryDirectory read(std::string_view json)
  {
    MemorySource source{json};
    return must(MemoryDirectory::read(source, schema_, system_.seams()));
  }

  [[nodiscard]] std::string name_of(KindId kind) const { return schema_.kinds[kind].name; }
  [[nodiscard]] std::string name_of(KindId kind, FieldId field) const
  {
    if (field == key_field) return schema_.kinds[kind].key.name;
    return schema::fields_of(schema_, kind)[field].name;
  }

  [[nodiscard]] Result<void> step(std::string call)
  {
    const bool fails = calls.size() == fail_at;
    calls.push_back(std::move(call));
    if (fails) return Error{ErrorCode::host_failed, "the host has hung up"};
    return success();
  }

  schema::Schema schema_;
  SystemSeams system_;
  MemoryDirectory objects_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_FAKE_DIRECTORY_HPP
