// sought.cpp: makes indexes, and reads what is in them.
#include "store/sought.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "directory/table.hpp"

namespace rollcall::store {
namespace {

using directory::Form;

constexpr std::array<std::pair<Form, std::string_view>, 3> form_names = {
    {{Form::text, "text"}, {Form::phone, "phone"}, {Form::mac, "mac"}}};

std::string_view slug(Form form) noexcept
{
  return form_names[static_cast<std::size_t>(form)].second;
}

Result<Form> form_of(std::string_view name)
{
  for (const auto& [form, its_name] : form_names)
    if (its_name == name) return Form{form};
  return Error{ErrorCode::corrupt, "an index has a form that does not exist"};
}

} // namespace

Result<std::vector<Sought>> read_sought(Database& database, std::int64_t kind)
{
  std::vector<Sought> all;
  ROLLCALL_TRY(Statement statement,
               database.prepare("SELECT id, field, form FROM sought WHERE kind = ? ORDER BY id"));
  statement.bind(kind);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, statement.step());
    if (!is_there) return all;
    ROLLCALL_TRY(const Form form, form_of(statement.text(2)));
    all.push_back(
        {.id = statement.integer(0), .field = std::string{statement.text(1)}, .form = form});
  }
}

std::optional<std::string_view> value_in(const json::Value& member, std::string& digits)
{
  if (const auto text = member.text()) return text->empty() ? std::nullopt : text;
  if (const auto flag = member.boolean()) return *flag ? "true" : "false";
  if (!member.is(json::Kind::integer)) return {};
  const auto number = member.integer();
  digits = number ? std::to_string(*number) : std::to_string(member.natural().value_or(0));
  return digits;
}

IndexFilling::IndexFilling(Database& database, Sought sought, std::pmr::memory_resource& memory)
    : database_{&database}, sought_{std::move(sought)}, texts_{&memory}, entries_{&memory}
{
}

Result<void> IndexFilling::add(std::string_view value, std::int64_t object)
{
  constexpr std::size_t texts_max = 8 * 1024 * 1024;
  const std::string_view form = compared_.form(value, sought_.form);
  entries_.push_back({.begin = texts_.size(), .size = form.size(), .object = object});
  texts_ += form;
  return texts_.size() < texts_max ? success() : finish();
}

Result<void> IndexFilling::finish()
{
  const auto text_of = [&](const Entry& entry) {
    return std::string_view{texts_}.substr(entry.begin, entry.size);
  };
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& left, const Entry& right) {
    const int order = text_of(left).compare(text_of(right));
    return order != 0 ? order < 0 : left.object < right.object;
  });
  ROLLCALL_TRY(Statement insert, database_->prepare("INSERT INTO value VALUES (?, ?, ?)"));
  for (const Entry& entry : entries_)
    ROLLCALL_CHECK(insert.bind(sought_.id).bind(text_of(entry)).bind(entry.object).run());
  entries_.clear();
  texts_.clear();
  return success();
}

Result<Sought> add_sought(Database& database, std::int64_t kind, std::string_view field,
                          directory::Form form)
{
  ROLLCALL_TRY(Statement statement,
               database.prepare("INSERT INTO sought (kind, field, form) VALUES (?, ?, ?)"));
  ROLLCALL_CHECK(statement.bind(kind).bind(field).bind(slug(form)).run());
  return Sought{.id = database.last_id(), .field = std::string{field}, .form = form};
}

Result<void> fill_index(Database& database, const KindRow& kind, const Sought& sought,
                        std::pmr::memory_resource& memory)
{
  IndexFilling filling{database, sought, memory};
  json::Document document{{.memory = &memory}};
  std::string digits;
  ROLLCALL_TRY(Statement objects,
               database.prepare("SELECT id, fields FROM object WHERE id BETWEEN ? AND ?"));
  objects.bind(first_object(kind)).bind(last_object(kind));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, objects.step());
    if (!is_there) return filling.finish();
    ROLLCALL_CHECK(document.read(objects.text(1)));
    if (const auto value = value_in(document.root().find(sought.field), digits))
      ROLLCALL_CHECK(filling.add(*value, objects.integer(0)));
  }
}

Result<NextId> find_next_id(Database& database, const Sought& key)
{
  // Digits compare as themselves, so the index has them as they are.
  ROLLCALL_TRY(Statement keys,
               database.prepare("SELECT value FROM value WHERE sought = ? AND value >= '0' AND "
                                "value < ':'"));
  keys.bind(key.id);
  std::uint64_t highest = 0;
  for (;;) {
    ROLLCALL_TRY(const bool is_there, keys.step());
    if (!is_there) return NextId{highest + 1};
    const std::string_view text = keys.text(0);
    const bool is_number =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) continue;
    const auto id = directory::id_of(text);
    if (!id) return NextId{};
    highest = std::max(highest, *id);
  }
}

// Ids count as the numbers that they are, so one with zeros in front may be any of them.
Result<std::optional<NextId>> find_next_id_below(Database& database, const Sought& key,
                                                 std::uint64_t below)
{
  constexpr int looks_max = 32;
  ROLLCALL_TRY(Statement padded, database.prepare("SELECT 1 FROM value WHERE sought = ? AND "
                                                  "value > '0' AND value < '1' LIMIT 1"));
  ROLLCALL_TRY(const bool is_padded, padded.bind(key.id).step());
  if (is_padded) return std::optional<NextId>{};
  ROLLCALL_TRY(Statement there,
               database.prepare("SELECT 1 FROM value WHERE sought = ? AND value = ? LIMIT 1"));
  for (int look = 0; look != looks_max && below > 1; ++look) {
    const std::string id = std::to_string(below - 1);
    ROLLCALL_TRY(const bool is_there, there.bind(key.id).bind(std::string_view{id}).step());
    if (is_there) return std::optional{NextId{below}};
    there.reset();
    --below;
  }
  return below <= 1 ? std::optional{NextId{1}} : std::optional<NextId>{};
}

} // namespace rollcall::store
