// memory_directory.cpp: objects in memory, found by their folded keys.
#include "rollcall/memory_directory.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/unicode.hpp"
#include "json/faults.hpp"
#include "json/member_reader.hpp"
#include "json/writer.hpp"

namespace rollcall {
namespace {

// A member that the schema does not know, as JSON: if it is a list, an element at a time, since
// each of them may be as large as a document.
struct Member {
  std::string name;
  bool is_list = false;
  std::vector<std::string> values;
};

struct Stored {
  std::string key;
  std::vector<std::optional<std::string>> fields;
  std::vector<Member> others; // members that the schema does not know
};

struct Table {
  const schema::Kind* kind = nullptr;
  std::vector<schema::Field> fields;
  bool is_listed = false;
  std::vector<Stored> objects;
  std::unordered_map<std::string, std::size_t> by_key;
};

Result<std::string> json_of(const json::Value& value)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 256}));
  writer.value(value);
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

// A value as canonical text; of a secret, whether one is set: its text, should it be there, is not
// kept.
std::optional<std::string> canonical(json::Faults& faults, const json::Value& value,
                                     const schema::Type& type)
{
  if (!value || value.is(json::Kind::null)) return {};
  if (std::holds_alternative<schema::Secret>(type)) {
    if (value.is(json::Kind::boolean) && !*value.boolean()) return {};
    return "true";
  }
  if (std::holds_alternative<schema::Boolean>(type))
    return faults.boolean(value) ? "true" : "false";
  if (value.is(json::Kind::integer))
    return value.integer() ? std::to_string(*value.integer()) : std::to_string(*value.natural());
  return std::string{faults.text(value)};
}

void put(json::Writer& writer, const std::string& value, const schema::Type& type)
{
  const bool is_flag =
      std::holds_alternative<schema::Boolean>(type) || std::holds_alternative<schema::Secret>(type);
  if (is_flag)
    writer.boolean(value == "true");
  else
    writer.text(value);
}

Result<void> put(json::Writer& writer, const Member& member)
{
  json::Document document{{}};
  writer.name(member.name);
  if (member.is_list) writer.begin_list();
  for (const std::string& value : member.values) {
    ROLLCALL_CHECK(document.read(value));
    writer.value(document.root());
  }
  if (member.is_list) writer.end_list();
  return success();
}

// The digits of a key that is a number, however long, without zeros in front; none if it is no
// number.
std::optional<std::string_view> digits_of(std::string_view key) noexcept
{
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (key.empty() || !std::all_of(key.begin(), key.end(), is_digit)) return {};
  return key.substr(std::min(key.find_first_not_of('0'), key.size() - 1));
}

// Ids that are numbers by number, before all others.
bool comes_before(const Stored* left, const Stored* right)
{
  const auto a = digits_of(left->key);
  const auto b = digits_of(right->key);
  if (a && b && a->size() != b->size()) return a->size() < b->size();
  if (a && b && *a != *b) return *a < *b;
  if (a.has_value() != b.has_value()) return a.has_value();
  return left->key < right->key;
}

} // namespace

class MemoryDirectory::Body {
 public:
  explicit Body(const schema::Schema& schema) : kinds_{schema.kinds}
  {
    for (const schema::Kind& kind : kinds_) {
      Table& table = tables_.emplace_back();
      table.kind = &kind;
      table.fields = kind.fields;
      if (&kind != &kinds_.front()) continue;
      table.fields.clear();
      for (const schema::Column& column : schema.columns)
        if (column.field != kind.key.name) table.fields.push_back({column.field, column.type});
    }
  }

  Result<void> read(Source& source)
  {
    json::MemberReader reader{source};
    json::Faults faults;
    for (;;) {
      ROLLCALL_TRY(const bool is_member, reader.next_member());
      if (!is_member) return faults.check();
      Table* const table = find_table(reader.name());
      if (table == nullptr) {
        ROLLCALL_CHECK(keep_member(reader));
        continue;
      }
      if (!reader.is_list()) {
        faults.add_expected(reader.value(), in_words(json::Kind::list));
        continue;
      }
      table->is_listed = true;
      for (;;) {
        ROLLCALL_TRY(const bool is_element, reader.next_element());
        if (!is_element) break;
        ROLLCALL_CHECK(add(*table, reader.value(), faults));
      }
    }
  }

  Result<void> write(Sink& sink) const
  {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.broken_levels = 2}));
    writer.begin_object();
    for (const Member& member : members_) ROLLCALL_CHECK(put(writer, member));
    for (const Table& table : tables_)
      if (table.is_listed) ROLLCALL_CHECK(write(writer, table));
    writer.end_object();
    writer.end_line();
    return writer.finish();
  }

  [[nodiscard]] const Table& table(KindId kind) const { return tables_[kind]; }

 private:
  Table* find_table(std::string_view name)
  {
    for (Table& table : tables_)
      if (table.kind->name == name) return &table;
    return nullptr;
  }

  // What is no kind of the schema's.
  Result<void> keep_member(json::MemberReader& reader)
  {
    Member member{.name = reader.name(), .is_list = reader.is_list(), .values = {}};
    for (;;) {
      if (member.is_list) {
        ROLLCALL_TRY(const bool is_element, reader.next_element());
        if (!is_element) break;
      }
      ROLLCALL_TRY(std::string text, json_of(reader.value()));
      member.values.push_back(std::move(text));
      if (!member.is_list) break;
    }
    members_.push_back(std::move(member));
    return success();
  }

  Result<void> add(Table& table, const json::Value& value, json::Faults& faults)
  {
    const json::Value object = faults.object(value);
    const json::Value key = faults.member(object, table.kind->key.name);
    const std::size_t faults_before = faults.count();
    Stored stored;
    stored.key = canonical(faults, key, table.kind->key.type).value_or("");
    if (key && stored.key.empty() && faults.count() == faults_before)
      faults.add(key, "a key may not be empty");
    for (const schema::Field& field : table.fields)
      stored.fields.push_back(canonical(faults, object.find(field.name), field.type));
    for (const json::Value member : object) {
      const auto is_member = [&](const schema::Field& field) {
        return field.name == member.name();
      };
      const bool is_known = member.name() == table.kind->key.name ||
                            std::any_of(table.fields.begin(), table.fields.end(), is_member);
      if (is_known) continue;
      ROLLCALL_TRY(std::string text, json_of(member));
      stored.others.push_back(
          {.name = std::string{member.name()}, .is_list = false, .values = {std::move(text)}});
    }
    std::string scratch;
    const std::string folded{fold_for_comparing(stored.key, scratch)};
    if (!stored.key.empty() && !table.by_key.emplace(folded, table.objects.size()).second)
      faults.add(key, "this key stands twice, compared without case");
    table.objects.push_back(std::move(stored));
    return success();
  }

  static Result<void> write(json::Writer& writer, const Table& table)
  {
    std::vector<const Stored*> ordered;
    for (const Stored& object : table.objects) ordered.push_back(&object);
    std::sort(ordered.begin(), ordered.end(), comes_before);
    writer.name(table.kind->name).begin_list();
    for (const Stored* const object : ordered) {
      writer.begin_object();
      writer.name(table.kind->key.name).text(object->key);
      for (std::size_t i = 0; i != table.fields.size(); ++i) {
        if (!object->fields[i]) continue;
        writer.name(table.fields[i].name);
        put(writer, *object->fields[i], table.fields[i].type);
      }
      for (const Member& member : object->others) ROLLCALL_CHECK(put(writer, member));
      writer.end_object();
    }
    writer.end_list();
    return success();
  }

  std::vector<schema::Kind> kinds_;
  std::vector<Table> tables_;
  std::vector<Member> members_; // settings, and kinds that the schema does not know
};

MemoryDirectory::MemoryDirectory(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
MemoryDirectory::MemoryDirectory(MemoryDirectory&&) noexcept = default;
MemoryDirectory& MemoryDirectory::operator=(MemoryDirectory&&) noexcept = default;
MemoryDirectory::~MemoryDirectory() = default;

Result<MemoryDirectory> MemoryDirectory::make(const schema::Schema& schema)
{
  return guarded(
      [&]() -> Result<MemoryDirectory> { return MemoryDirectory{std::make_unique<Body>(schema)}; });
}

Result<MemoryDirectory> MemoryDirectory::read(Source& source, const schema::Schema& schema)
{
  return guarded([&]() -> Result<MemoryDirectory> {
    auto body = std::make_unique<Body>(schema);
    ROLLCALL_CHECK(body->read(source));
    return MemoryDirectory{std::move(body)};
  });
}

Result<void> MemoryDirectory::write(Sink& sink) const
{
  return guarded([&] { return body_->write(sink); });
}

bool MemoryDirectory::lists(KindId kind) const
{
  return body_->table(kind).is_listed;
}

Result<void> MemoryDirectory::find(KindId kind, std::span<const std::string_view> keys,
                                   ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    const Table& table = body_->table(kind);
    std::string scratch;
    std::vector<std::optional<std::string_view>> fields(table.fields.size());
    for (std::size_t asked = 0; asked != keys.size(); ++asked) {
      const auto found = table.by_key.find(std::string{fold_for_comparing(keys[asked], scratch)});
      if (found == table.by_key.end()) continue;
      const Stored& object = table.objects[found->second];
      std::copy(object.fields.begin(), object.fields.end(), fields.begin());
      sink.object(asked, {.key = object.key, .fields = fields});
    }
    return success();
  });
}

Result<std::optional<std::uint64_t>> MemoryDirectory::next_id(KindId kind)
{
  constexpr std::uint64_t number_max = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t highest = 0;
  for (const Stored& object : body_->table(kind).objects) {
    const auto digits = digits_of(object.key);
    if (!digits) continue;
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), number);
    if (read.ec != std::errc{} || number == number_max) return std::nullopt;
    highest = std::max(highest, number);
  }
  return std::optional{highest + 1};
}

} // namespace rollcall
