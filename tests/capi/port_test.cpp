// A host behind callbacks does what every directory must: here a directory in memory answers them.
#include <doctest/doctest.h>
#include <rollcall.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "directory.hpp"
#include "directory/people.hpp"
#include "directory/port_suite.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::optional<std::string_view> text_of(const rollcall_str& text)
{
  if (text.ptr == nullptr) return {};
  return std::string_view{text.ptr, text.len};
}

rollcall_str str(std::string_view text)
{
  return {text.data(), text.size()};
}

// Answers, unless it failed: then the verdict stays STOP.
template <class Value>
bool has(const Result<Value>& answer, std::int32_t* verdict)
{
  if (answer.has_value()) *verdict = ROLLCALL_CONTINUE;
  return answer.has_value();
}

Directory& behind(void* user)
{
  return *static_cast<MemoryDirectory*>(user);
}

// ---- Objects ------------------------------------------------------------------------------------

class ToHost final : public ObjectSink {
 public:
  explicit ToHost(rollcall_objects* sink) : sink_{sink} {}
  void object(std::size_t asked, const ObjectView& object) override
  {
    const rollcall_str key = str(object.key);
    std::vector<rollcall_str> fields;
    for (const auto& field : object.fields)
      fields.push_back(field ? str(*field) : rollcall_str{nullptr, 0});
    REQUIRE(rollcall_objects_add(sink_, asked, &key, fields.data(), fields.size()) == ROLLCALL_OK);
  }

 private:
  rollcall_objects* sink_;
};

void find(void* user, std::uint32_t kind, std::uint32_t field, const rollcall_str* values,
          std::size_t count, rollcall_objects* sink, std::int32_t* verdict)
{
  std::vector<std::string_view> asked;
  for (std::size_t i = 0; i != count; ++i) asked.push_back(text_of(values[i]).value());
  ToHost objects{sink};
  has(behind(user).find(static_cast<KindId>(kind), static_cast<FieldId>(field), asked, objects),
      verdict);
}

void scan(void* user, std::uint32_t kind, rollcall_objects* sink, std::int32_t* verdict)
{
  ToHost objects{sink};
  has(behind(user).scan(static_cast<KindId>(kind), objects), verdict);
}

// ---- Other questions ----------------------------------------------------------------------------

void count(void* user, std::uint32_t kind, std::uint64_t* count, std::int32_t* verdict)
{
  const auto answer = behind(user).count(static_cast<KindId>(kind));
  if (has(answer, verdict)) *count = answer.assume_value();
}

void lists(void* user, std::uint32_t kind, std::int32_t* lists, std::int32_t* verdict)
{
  *lists = behind(user).lists(static_cast<KindId>(kind)) ? 1 : 0;
  *verdict = ROLLCALL_CONTINUE;
}

void next_id(void* user, std::uint32_t kind, std::uint64_t* next, std::int32_t* verdict)
{
  const auto answer = behind(user).next_id(static_cast<KindId>(kind));
  if (!has(answer, verdict)) return;
  if (answer.assume_value())
    *next = *answer.assume_value();
  else
    *verdict = ROLLCALL_SKIP;
}

void nearest(void* user, std::uint32_t kind, std::uint32_t field, const char* text,
             std::size_t text_len, rollcall_words* sink, std::int32_t* verdict)
{
  const auto answer = behind(user).nearest(static_cast<KindId>(kind), static_cast<FieldId>(field),
                                           {text, text_len});
  if (!has(answer, verdict)) return;
  if (const auto& said = answer.assume_value())
    REQUIRE(rollcall_words_set(sink, said->data(), said->size()) == ROLLCALL_OK);
  else
    *verdict = ROLLCALL_SKIP;
}

// As JSON. What is neither of these is shown to nobody but as such.
std::string json_of(const Setting& setting)
{
  switch (setting.is) {
    case Setting::Is::null:
      return "null";
    case Setting::Is::boolean:
      return setting.boolean ? "true" : "false";
    case Setting::Is::integer:
      return std::to_string(setting.integer);
    case Setting::Is::text:
      return "\"" + setting.text + "\"";
    case Setting::Is::other:
      return "0.5";
    case Setting::Is::list:
      break;
  }
  std::string list = "[";
  for (const Setting& item : setting.items)
    list.append(list.size() == 1 ? "" : ", ").append(json_of(item));
  return list + "]";
}

void setting(void* user, std::int32_t is_default, const char* name, std::size_t name_len,
             rollcall_words* sink, std::int32_t* verdict)
{
  const std::string_view asked{name, name_len};
  const auto answer =
      is_default != 0 ? behind(user).default_setting(asked) : behind(user).setting(asked);
  if (!has(answer, verdict)) return;
  if (answer.assume_value().is == Setting::Is::null) {
    *verdict = ROLLCALL_SKIP;
    return;
  }
  const std::string json = json_of(answer.assume_value());
  REQUIRE(rollcall_words_set(sink, json.data(), json.size()) == ROLLCALL_OK);
}

// ---- What is to be done -------------------------------------------------------------------------

class AnswersToHost final : public AnswerSink {
 public:
  explicit AnswersToHost(rollcall_answers* sink) : sink_{sink} {}
  void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    std::vector<rollcall_str> given;
    for (const std::string_view key : keys) given.push_back(str(key));
    REQUIRE(rollcall_answers_add(sink_, group, static_cast<std::int32_t>(answer), given.data(),
                                 given.size(), why.data(), why.size()) == ROLLCALL_OK);
  }

 private:
  rollcall_answers* sink_;
};

// A group of the ABI as one of the library.
class Given {
 public:
  explicit Given(const rollcall_group& group)
  {
    fields_.reserve(group.change_count);
    for (std::uint32_t number = 0; number != group.change_count; ++number)
      take(*group.changes[number], number);
    group_ = {.changes = changes_,
              .operation = text_of(group.operation).value_or(""),
              .secrets = secrets_};
  }
  Given(Given&&) = default;
  [[nodiscard]] const Group& group() const { return group_; }

 private:
  void take(const rollcall_change& from, std::uint32_t number)
  {
    std::vector<FieldChange>& fields = fields_.emplace_back();
    for (std::size_t i = 0; i != from.field_count; ++i) {
      const rollcall_field_change& field = *from.fields[i];
      fields.push_back({.field = static_cast<FieldId>(field.field),
                        .before = text_of(field.before),
                        .after = text_of(field.after),
                        .secret = static_cast<SecretFrom>(field.secret),
                        .is_given_key = field.is_given_key != 0});
      if (const auto value = text_of(field.secret_value))
        secrets_.push_back({number, static_cast<FieldId>(field.field), *value});
    }
    changes_.push_back({.op = static_cast<Op>(from.op),
                        .kind = static_cast<KindId>(from.kind),
                        .key = text_of(from.key),
                        .gives_key = from.gives_key != 0,
                        .fields = fields});
  }

  std::vector<std::vector<FieldChange>> fields_;
  std::vector<Change> changes_;
  std::vector<SecretValue> secrets_;
  Group group_;
};

void apply(void* user, const rollcall_group* const* groups, std::size_t count,
           rollcall_answers* sink, std::int32_t* verdict)
{
  std::vector<Given> given;
  for (std::size_t i = 0; i != count; ++i) given.emplace_back(*groups[i]);
  std::vector<Group> asked;
  for (const Given& each : given) asked.push_back(each.group());
  AnswersToHost answers{sink};
  has(behind(user).apply(asked, answers), verdict);
}

void destroy(void* user)
{
  delete static_cast<MemoryDirectory*>(user);
}

// ---- The directory ------------------------------------------------------------------------------

rollcall_host answered_by(MemoryDirectory directory)
{
  rollcall_host host = {};
  host.struct_size = sizeof host;
  host.user = new MemoryDirectory{std::move(directory)};
  host.find = find;
  host.apply = apply;
  host.scan = scan;
  host.count = count;
  host.lists = lists;
  host.next_id = next_id;
  host.nearest = nearest;
  host.setting = setting;
  host.destroy = destroy;
  return host;
}

// What the handle of such a host has inside.
class BehindCallbacks final : public ForwardingDirectory {
 public:
  explicit BehindCallbacks(std::string_view json)
  {
    rollcall_engine* engine = nullptr;
    REQUIRE(rollcall_engine_new(nullptr, &engine, nullptr) == ROLLCALL_OK);
    const rollcall_schema schema{must(capi::SchemaBody::make(engine->engine, people()))};
    MemorySource source{json};
    const rollcall_host host =
        answered_by(must(MemoryDirectory::read(source, people(), engine->engine->seams())));
    REQUIRE(rollcall_directory_host(&schema, &host, &handle_, nullptr) == ROLLCALL_OK);
    rollcall_engine_free(engine);
    forward_to(handle_->body->directory());
  }
  ~BehindCallbacks() override { rollcall_directory_free(handle_); }

 private:
  rollcall_directory* handle_ = nullptr;
};

std::unique_ptr<Directory> behind_callbacks(std::string_view json)
{
  return std::make_unique<BehindCallbacks>(json);
}

} // namespace

TEST_CASE("a host behind callbacks does what every directory must")
{
  check_port(behind_callbacks);
}

TEST_CASE("a host behind callbacks does what a plain model does")
{
  check_port_against_model(behind_callbacks);
}
