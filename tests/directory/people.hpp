// What tests of directories share: a schema with a field of every sort, and objects and changes
// that own their texts.
#ifndef ROLLCALL_TESTS_DIRECTORY_PEOPLE_HPP
#define ROLLCALL_TESTS_DIRECTORY_PEOPLE_HPP

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rollcall/directory.hpp"
#include "rollcall/schema.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

inline constexpr KindId user = 0;
inline constexpr KindId team = 1;

// Fields of a user.
enum : FieldId { name, email, extension, mac, phone, active, level, pin, fields_of_user };

// Fields of a team.
enum : FieldId { lead, open, fields_of_team };

[[nodiscard]] constexpr FieldId field_count(KindId kind)
{
  return kind == user ? FieldId{fields_of_user} : FieldId{fields_of_team};
}

[[nodiscard]] inline schema::Schema people()
{
  using namespace schema;
  return {.id = "people",
          .kinds = {{.name = "user",
                     .key = {"id", Id{}},
                     .keys = Keys::from_host,
                     .fields = {{"level", Integer{}}, {"pin", Secret{}}}},
                    {.name = "team", .key = {"name"}, .fields = {{"lead"}, {"open", Boolean{}}}}},
          .columns = {{.field = "id", .header = "ID", .type = Id{}},
                      {.field = "name", .header = "Name"},
                      {.field = "email", .header = "Email", .type = Email{}},
                      {.field = "extension", .header = "Extension", .type = Extension{}},
                      {.field = "mac", .header = "MAC", .type = Mac{}},
                      {.field = "phone", .header = "Phone", .type = Phone{}},
                      {.field = "active", .header = "Active", .type = Boolean{}}},
          .objects = {{.kind = "user", .key = "id"}}};
}

struct Person {
  std::string key = {};
  std::vector<std::optional<std::string>> fields = {};
  friend bool operator==(const Person&, const Person&) = default;
};

[[nodiscard]] inline std::string in_words(const Person& person)
{
  std::string words = person.key;
  for (const auto& field : person.fields) words += " " + field.value_or("-");
  return words;
}

// What is shown, as "0: 17 Ada - true", in the order of that.
class Seen final : public ObjectSink {
 public:
  std::vector<std::string> objects;

  void object(std::size_t asked, const ObjectView& object) override
  {
    Person person{.key = std::string{object.key}};
    for (const auto& field : object.fields)
      person.fields.push_back(field ? std::optional{std::string{*field}} : std::nullopt);
    objects.push_back(std::to_string(asked) + ": " + in_words(person));
    std::sort(objects.begin(), objects.end());
  }
};

using Lines = std::vector<std::string>;

inline Lines found(Directory& directory, KindId kind, FieldId by,
                   const std::vector<std::string_view>& values)
{
  Seen seen;
  must(directory.find(kind, by, values, seen));
  return seen.objects;
}

inline Lines scanned(Directory& directory, KindId kind)
{
  Seen seen;
  must(directory.scan(kind, seen));
  return seen.objects;
}

// The answers, as "applied 17 18" or "refused user 17 is not there", in the order of the groups.
class Answers final : public AnswerSink {
 public:
  Lines lines;

  void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    if (lines.size() <= group) lines.resize(group + 1);
    std::string& line = lines[group];
    line += answer == Answer::applied ? "applied" : answer == Answer::refused ? "refused" : "?";
    for (const std::string_view key : keys) line.append(" ").append(key);
    if (!why.empty()) line.append(" ").append(why);
  }
};

// Groups under construction. Texts are kept here, so what was given may go.
class Groups {
 public:
  using Values = std::vector<std::pair<FieldId, std::optional<std::string>>>;

  Groups& begin()
  {
    groups_.emplace_back();
    return *this;
  }
  Groups& change(Op op, KindId kind, std::optional<std::string> key, const Values& values = {},
                 SecretFrom secret = SecretFrom::none)
  {
    if (groups_.empty()) begin();
    std::vector<FieldChange>& fields = fields_.emplace_back();
    for (const auto& [field, value] : values)
      fields.push_back({.field = field, .after = kept(value)});
    if (secret != SecretFrom::none) fields.push_back({.field = pin, .secret = secret});
    groups_.back().push_back({.op = op, .kind = kind, .key = kept(key), .fields = fields});
    return *this;
  }
  Groups& create(KindId kind, std::optional<std::string> key, const Values& values = {})
  {
    return change(Op::create, kind, std::move(key), values);
  }
  Groups& update(KindId kind, std::string key, const Values& values)
  {
    return change(Op::update, kind, std::move(key), values);
  }
  Groups& remove(KindId kind, std::string key) { return change(Op::delete_, kind, std::move(key)); }

  // Of the change put in last: its key is the host's to give; a field gets the key that was given.
  Groups& gives_key()
  {
    groups_.back().back().gives_key = true;
    return *this;
  }
  Groups& gets_key(FieldId field, std::string guess = {})
  {
    fields_.back().push_back(
        {.field = field, .after = kept(std::optional{std::move(guess)}), .is_given_key = true});
    groups_.back().back().fields = fields_.back();
    return *this;
  }

  [[nodiscard]] const std::deque<std::vector<Change>>& changes() const { return groups_; }

  Lines apply_to(Directory& directory) const
  {
    const std::vector<Group> groups = views();
    Answers answers;
    must(directory.apply(groups, answers));
    return answers.lines;
  }

  [[nodiscard]] std::vector<Group> views() const
  {
    std::vector<Group> groups;
    for (const std::vector<Change>& changes : groups_) groups.push_back({.changes = changes});
    return groups;
  }

 private:
  std::optional<std::string_view> kept(const std::optional<std::string>& text)
  {
    if (!text) return {};
    return std::string_view{texts_.emplace_back(*text)};
  }

  std::deque<std::vector<Change>> groups_;
  std::deque<std::vector<FieldChange>> fields_;
  std::deque<std::string> texts_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_DIRECTORY_PEOPLE_HPP
