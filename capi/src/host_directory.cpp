// Questions of the library, put to callbacks: what stands around each is the same.
#include "host_directory.hpp"

#include "baton.hpp"
#include "context.hpp"
#include "host_sinks.hpp"
#include "host_texts.hpp"

namespace rollcall::capi {
namespace {

// Puts one question. A callback that is not there says SKIP.
template <class Callback, class... Given>
std::int32_t ask(Callback callback, Given... given)
{
  if (callback == nullptr) return ROLLCALL_SKIP;
  std::int32_t verdict = ROLLCALL_STOP;
  on_caller([&] { callback(given..., &verdict); });
  return verdict;
}

Result<void> check(const char* what, std::int32_t verdict)
{
  return Failure{}.check(what, verdict);
}

class Counting final : public ObjectSink {
 public:
  std::uint64_t count = 0;
  void object(std::size_t /*asked*/, const ObjectView& /*object*/) override { ++count; }
};

} // namespace

Result<std::unique_ptr<HostDirectory>> HostDirectory::make(std::shared_ptr<const SchemaBody> schema,
                                                           const rollcall_host& host, User&& user)
{
  auto made = std::make_unique<HostDirectory>(std::move(schema), host, std::move(user));
  for (std::uint32_t kind = 0; kind != made->schema_->schema.kinds.size(); ++kind) {
    std::int32_t lists = 1;
    const std::int32_t verdict = ask(host.lists, made->user_.get(), kind, &lists);
    ROLLCALL_CHECK(check("saying which kinds are listed", verdict));
    made->lists_.push_back(verdict == ROLLCALL_SKIP || lists != 0);
  }
  return made;
}

Result<void> HostDirectory::say(const char* what, std::size_t count) const
{
  if (!schema_->engine->logs(ROLLCALL_LOG_DEBUG)) return success();
  return schema_->engine->log(ROLLCALL_LOG_DEBUG,
                              std::string{what}.append(" ").append(std::to_string(count)));
}

Result<void> HostDirectory::find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                 ObjectSink& sink)
{
  ROLLCALL_CHECK(questions_.check(kind, by));
  ROLLCALL_CHECK(say("find: values", values.size()));
  HostTexts texts{schema_->engine->memory()};
  const auto asked = texts.of(values);
  rollcall_objects objects{
      .sink = &sink, .asked_count = values.size(), .field_count = schema_->fields[kind].size()};
  const std::int32_t verdict = ask(host_.find, user_.get(), std::uint32_t{kind}, std::uint32_t{by},
                                   asked.data(), asked.size(), &objects);
  return objects.failure.check("finding objects", verdict);
}

Result<void> HostDirectory::scan(KindId kind, ObjectSink& sink)
{
  ROLLCALL_CHECK(questions_.check(kind));
  ROLLCALL_CHECK(say("scan: kind", kind));
  rollcall_objects objects{.sink = &sink, .field_count = schema_->fields[kind].size()};
  const std::int32_t verdict = ask(host_.scan, user_.get(), std::uint32_t{kind}, &objects);
  if (verdict == ROLLCALL_SKIP)
    return Error{ErrorCode::unsupported, "the host cannot show all objects of a kind"};
  return objects.failure.check("showing all objects", verdict);
}

Result<std::uint64_t> HostDirectory::count(KindId kind)
{
  ROLLCALL_CHECK(questions_.check(kind));
  std::uint64_t count = 0;
  const std::int32_t verdict = ask(host_.count, user_.get(), std::uint32_t{kind}, &count);
  ROLLCALL_CHECK(check("counting objects", verdict));
  if (verdict != ROLLCALL_SKIP) return count;
  Counting counting;
  ROLLCALL_CHECK(scan(kind, counting));
  return counting.count;
}

Result<std::optional<std::uint64_t>> HostDirectory::next_id(KindId kind)
{
  ROLLCALL_CHECK(questions_.check(kind));
  std::uint64_t next = 0;
  const std::int32_t verdict = ask(host_.next_id, user_.get(), std::uint32_t{kind}, &next);
  ROLLCALL_CHECK(check("saying the next id", verdict));
  return verdict == ROLLCALL_SKIP ? std::optional<std::uint64_t>{} : next;
}

Result<std::optional<std::string>> HostDirectory::nearest(KindId kind, FieldId field,
                                                          std::string_view text)
{
  ROLLCALL_CHECK(questions_.check(kind, field));
  HostTexts texts{schema_->engine->memory()};
  const rollcall_str asked = texts.of(text);
  rollcall_words words;
  const std::int32_t verdict = ask(host_.nearest, user_.get(), std::uint32_t{kind},
                                   std::uint32_t{field}, asked.ptr, asked.len, &words);
  ROLLCALL_CHECK(words.failure.check("finding what is near", verdict));
  if (verdict == ROLLCALL_SKIP) return std::optional<std::string>{};
  return std::move(words.text);
}

Result<Setting> HostDirectory::setting(std::string_view name, bool is_default)
{
  HostTexts texts{schema_->engine->memory()};
  const rollcall_str asked = texts.of(name);
  rollcall_words words;
  const std::int32_t verdict =
      ask(host_.setting, user_.get(), is_default ? 1 : 0, asked.ptr, asked.len, &words);
  ROLLCALL_CHECK(words.failure.check("saying a setting", verdict));
  if (verdict == ROLLCALL_SKIP || !words.text) return Setting{};
  return while_doing(setting_of(*words.text),
                     [&] { return "reading the setting " + std::string{name}; });
}

Result<Setting> HostDirectory::setting(std::string_view name)
{
  return setting(name, false);
}

Result<Setting> HostDirectory::default_setting(std::string_view name)
{
  return setting(name, true);
}

Result<void> HostDirectory::apply(std::span<const Group> groups, AnswerSink& sink)
{
  ROLLCALL_CHECK(questions_.check(groups));
  ROLLCALL_CHECK(say("apply: groups", groups.size()));
  HostTexts texts{schema_->engine->memory()};
  const auto given = texts.of(groups, *schema_);
  rollcall_answers answers{.sink = &sink, .groups = groups};
  answers.answered.resize(groups.size());
  const std::int32_t verdict = ask(host_.apply, user_.get(), given.data(), given.size(), &answers);
  return answers.failure.check("applying groups", verdict);
}

Result<void> HostDirectory::probe(std::span<const std::string_view> operations, AnswerSink& sink)
{
  HostTexts texts{schema_->engine->memory()};
  const auto asked = texts.of(operations);
  rollcall_answers answers{.sink = &sink};
  answers.answered.resize(operations.size());
  const std::int32_t verdict = ask(host_.probe, user_.get(), asked.data(), asked.size(), &answers);
  ROLLCALL_CHECK(answers.failure.check("saying what became of operations", verdict));
  if (verdict == ROLLCALL_SKIP) return Directory::probe(operations, sink);
  return success();
}

namespace {

class Hosted final : public DirectoryBody {
 public:
  explicit Hosted(std::unique_ptr<HostDirectory> directory) noexcept
      : directory_{std::move(directory)}
  {
  }
  [[nodiscard]] Directory& directory() noexcept override { return *directory_; }
  [[nodiscard]] Result<void> write(Sink& /*sink*/) override
  {
    return Error{ErrorCode::unsupported, "a directory of callbacks cannot be written out"};
  }

 private:
  std::unique_ptr<HostDirectory> directory_;
};

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_directory_host(const rollcall_schema* schema, const rollcall_host* host,
                                        rollcall_directory** out, rollcall_error** err)
{
  const rollcall_host copy = copied(host);
  User user{copy.user, copy.destroy};
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_directory>> {
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_CHECK(given(host, "host"));
    ROLLCALL_CHECK(check_size(host, "rollcall_host"));
    ROLLCALL_CHECK(check_flags(copy.flags, 0, "rollcall_host.flags"));
    if (copy.find == nullptr || copy.apply == nullptr)
      return wrong_use("a host needs the callbacks find and apply");
    if (copy.scan == nullptr && copy.count == nullptr)
      return wrong_use("a host needs one of the callbacks scan and count");
    ROLLCALL_TRY(auto made, HostDirectory::make(schema->body, copy, std::move(user)));
    auto handle = std::make_unique<rollcall_directory>();
    handle->body = std::make_shared<Hosted>(std::move(made));
    return handle;
  });
}
