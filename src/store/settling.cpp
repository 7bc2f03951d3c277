// settling.cpp: looks at all objects of the kinds that a format has not seen yet.
#include "store/settling.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "directory/contents.hpp"
#include "directory/object_json.hpp"
#include "json/faults.hpp"
#include "json/writer.hpp"

namespace rollcall::store {
namespace {

using directory::Shape;

// "user.extension" taken apart; a kind alone means its key.
std::pair<std::string_view, std::string_view> parts_of(std::string_view name)
{
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {name, {}};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

// The fields of a kind by which a format will ask, beside the key.
std::set<std::string, std::less<>> asked_fields(const schema::Schema& schema, const Shape& shape)
{
  std::set<std::string, std::less<>> fields;
  const auto add = [&](std::string_view name) {
    const auto parts = parts_of(name);
    const std::string_view field = parts.second;
    const auto is_it = [&](const schema::Field& each) { return each.name == field; };
    if (parts.first == shape.name && std::any_of(shape.fields.begin(), shape.fields.end(), is_it))
      fields.emplace(field);
  };
  for (const schema::Claim& claim : schema.claims)
    for (const schema::Holder& holder : claim.held_in) add(holder.field);
  for (const schema::Column& column : schema.columns) {
    add(column.refers);
    add(column.zeros_lost_from);
  }
  return fields;
}

directory::Form form_in(const Shape& shape, std::string_view field)
{
  for (const schema::Field& each : shape.fields)
    if (each.name == field) return directory::form_of(each.type);
  return directory::form_of(shape.key.type);
}

const Sought* find_sought(const std::vector<Sought>& all, std::string_view field,
                          directory::Form form)
{
  const auto found = std::find_if(all.begin(), all.end(), [&](const Sought& each) {
    return each.field == field && each.form == form;
  });
  return found == all.end() ? nullptr : &*found;
}

// Objects that a format cannot read are named, but not all of them.
constexpr std::size_t named_max = 3;

// Those of the jobs that there are; none if some are of this one.
Result<std::string> formats_beside(Database& database, std::string_view format)
{
  ROLLCALL_TRY(Statement others,
               database.prepare("SELECT group_concat(format, ', ') FROM (SELECT DISTINCT format "
                                "FROM job WHERE NOT EXISTS (SELECT 1 FROM job WHERE format = ?) "
                                "ORDER BY format)"));
  ROLLCALL_TRY(const bool is_there, others.bind(format).step());
  return std::string{is_there && !others.is_null(0) ? others.text(0) : std::string_view{}};
}

// Objects that a format cannot read may be those of another one.
Error with_formats(Database& database, std::string_view format, Error&& why)
{
  const auto others = formats_beside(database, format);
  if (why.code() != ErrorCode::malformed || !others.has_value() || others.assume_value().empty())
    return std::move(why);
  return Error{ErrorCode::malformed,
               std::string{why.detail()} + "; its jobs are of " + others.assume_value()};
}

// One kind, once for each format.
class KindSettling {
 public:
  KindSettling(Database& database, SettledKind& kind, std::pmr::memory_resource& memory)
      : database_{database},
        kind_{kind},
        memory_{memory},
        text_{&memory},
        sink_{text_},
        document_{{.memory = &memory}},
        others_{{.memory = &memory}}
  {
  }

  Result<void> settle(const schema::Schema& schema)
  {
    ROLLCALL_TRY(const std::vector<Sought> known, read_sought(database_, kind_.row.id));
    std::vector<std::string> wanted{kind_.shape.key.name};
    for (const std::string& field : asked_fields(schema, kind_.shape)) wanted.push_back(field);
    for (const std::string& field : wanted) {
      const directory::Form form = form_in(kind_.shape, field);
      if (find_sought(known, field, form) != nullptr) continue;
      ROLLCALL_TRY(Sought made, add_sought(database_, kind_.row.id, field, form));
      fillings_.emplace_back(database_, std::move(made), memory_);
    }
    ROLLCALL_CHECK(read_objects());
    for (IndexFilling& filling : fillings_) ROLLCALL_CHECK(filling.finish());
    if (has_rewritten_) ROLLCALL_CHECK(fill_again(known));
    ROLLCALL_TRY(const std::vector<Sought> all, read_sought(database_, kind_.row.id));
    kind_.key = *find_sought(all, kind_.shape.key.name, form_in(kind_.shape, wanted.front()));
    ROLLCALL_CHECK(check_keys());
    ROLLCALL_TRY(Statement shape, database_.prepare("INSERT INTO shape VALUES (?, ?)"));
    return shape.bind(kind_.row.id).bind(kind_.fields).run();
  }

 private:
  Result<void> read_objects()
  {
    json::Faults faults{named_max};
    directory::ObjectReader reader{kind_.shape, faults};
    ROLLCALL_TRY(auto writer, json::Writer::open(sink_, {.compact = true, .memory = &memory_}));
    ROLLCALL_TRY(Statement objects,
                 database_.prepare("SELECT id, fields FROM object WHERE id BETWEEN ? AND ?"));
    objects.bind(first_object(kind_.row)).bind(last_object(kind_.row));
    for (std::size_t number = 0;; ++number) {
      ROLLCALL_TRY(const bool is_there, objects.step());
      if (!is_there) return faults.check(json::Places::untold);
      const std::int64_t object = objects.integer(0);
      ROLLCALL_CHECK(document_.read(
          objects.text(1), {.path = kind_.shape.name + "[" + std::to_string(number) + "]"}));
      ROLLCALL_TRY(const auto content, reader.read(document_.root()));
      if (!content) continue;
      ROLLCALL_CHECK(put_into_indexes(*content, object));
      if (!reader.is_canonical()) ROLLCALL_CHECK(rewrite(writer, *content, object));
    }
  }

  Result<void> put_into_indexes(const directory::Content& content, std::int64_t object)
  {
    for (IndexFilling& filling : fillings_) {
      const std::string_view field = filling.sought().field;
      if (field == kind_.shape.key.name) {
        ROLLCALL_CHECK(filling.add(content.key, object));
        continue;
      }
      for (std::size_t i = 0; i != content.fields.size(); ++i)
        if (content.fields[i] && kind_.shape.fields[i].name == field)
          ROLLCALL_CHECK(filling.add(*content.fields[i], object));
    }
    return success();
  }

  // What other formats search may read otherwise by now: a secret that they took for a text.
  Result<void> fill_again(const std::vector<Sought>& known)
  {
    for (const Sought& sought : known) {
      ROLLCALL_TRY(Statement clear, database_.prepare("DELETE FROM value WHERE sought = ?"));
      ROLLCALL_CHECK(clear.bind(sought.id).run());
      ROLLCALL_CHECK(fill_index(database_, kind_.row, sought, memory_));
    }
    return success();
  }

  Result<void> rewrite(json::Writer& writer, const directory::Content& content, std::int64_t object)
  {
    has_rewritten_ = true;
    text_.clear();
    ROLLCALL_CHECK(directory::put_object(writer, kind_.shape, content, others_));
    ROLLCALL_CHECK(writer.next_text());
    ROLLCALL_TRY(Statement update, database_.prepare("UPDATE object SET fields = ? WHERE id = ?"));
    return update.bind(std::string_view{text_}).bind(object).run();
  }

  Result<void> check_keys()
  {
    ROLLCALL_TRY(Statement twice,
                 database_.prepare("SELECT max(object) FROM value WHERE sought = ? "
                                   "GROUP BY value HAVING count(*) > 1 LIMIT 1"));
    ROLLCALL_TRY(const bool is_there, twice.bind(kind_.key.id).step());
    if (!is_there) return success();
    ROLLCALL_TRY(Statement object, database_.prepare("SELECT fields FROM object WHERE id = ?"));
    ROLLCALL_TRY(const bool is_found, object.bind(twice.integer(0)).step());
    if (!is_found) return Error{ErrorCode::corrupt, "an index names an object that is not there"};
    ROLLCALL_CHECK(document_.read(object.text(0)));
    const json::Value key = document_.root().find(kind_.shape.key.name);
    return Error{ErrorCode::malformed,
                 kind_.shape.name + ": " + directory::stands_twice(key.text().value_or(""))};
  }

  Database& database_;
  SettledKind& kind_;
  std::pmr::memory_resource& memory_;
  std::vector<IndexFilling> fillings_;
  std::pmr::string text_;
  TextSink sink_;
  json::Document document_, others_;
  bool has_rewritten_ = false;
};

Result<bool> is_settled(Database& database, SettledKind& kind)
{
  ROLLCALL_TRY(auto row, read_kind(database, kind.shape.name));
  if (!row) return false;
  kind.row = std::move(*row);
  ROLLCALL_TRY(Statement shape,
               database.prepare("SELECT 1 FROM shape WHERE kind = ? AND fields = ?"));
  ROLLCALL_TRY(const bool is_known, shape.bind(kind.row.id).bind(kind.fields).step());
  if (!is_known) return false;
  ROLLCALL_TRY(const std::vector<Sought> all, read_sought(database, kind.row.id));
  const Sought* const key =
      find_sought(all, kind.shape.key.name, directory::form_of(kind.shape.key.type));
  if (key == nullptr) return Error{ErrorCode::corrupt, "the keys of a kind have no index"};
  kind.key = *key;
  return true;
}

// Kinds that only other formats know come last from now on, by name.
Result<void> rank_kinds(Database& database, std::vector<SettledKind>& kinds)
{
  ROLLCALL_CHECK(database.run("UPDATE kind SET rank = NULL WHERE rank IS NOT NULL"));
  for (std::size_t i = 0; i != kinds.size(); ++i) {
    KindRow& row = kinds[i].row;
    row.rank = static_cast<std::int64_t>(i);
    row.fields = kinds[i].fields;
    if (row.key != kinds[i].shape.key.name) row.next_id.reset();
    row.key = kinds[i].shape.key.name;
    if (!row.next_id && kinds[i].shape.keys == schema::Keys::from_host) {
      ROLLCALL_TRY(row.next_id, find_next_id(database, kinds[i].key));
    }
    ROLLCALL_CHECK(write_kind(database, row));
  }
  return success();
}

// A member that the format knows as a list, and is none, or the other way about: it is refused as a
// directory.json is.
Result<void> check_members(Database& database, const std::vector<SettledKind>& kinds)
{
  ROLLCALL_TRY(Statement setting, database.prepare("SELECT json FROM setting WHERE name = ?"));
  for (const SettledKind& kind : kinds) {
    ROLLCALL_TRY(const bool is_there, setting.bind(std::string_view{kind.shape.name}).step());
    if (is_there) return Error{ErrorCode::malformed, kind.shape.name + ": expected a list"};
    setting.reset();
  }
  for (const std::string_view name : {directory::tenant_name, directory::defaults_name}) {
    const auto is_kind = [&](const SettledKind& kind) { return kind.shape.name == name; };
    if (std::any_of(kinds.begin(), kinds.end(), is_kind)) continue;
    ROLLCALL_TRY(const auto listed, read_kind(database, name));
    if (listed)
      return Error{ErrorCode::malformed, std::string{name} + ": expected an object, found a list"};
  }
  return success();
}

} // namespace

Result<std::vector<SettledKind>> settle(Database& database, const schema::Schema& schema,
                                        std::pmr::memory_resource& memory)
{
  std::vector<SettledKind> kinds;
  bool are_all_settled = true;
  for (Shape& shape : directory::shapes_of(schema)) {
    SettledKind& kind = kinds.emplace_back();
    kind.shape = std::move(shape);
    ROLLCALL_TRY(kind.fields, fields_text(kind.shape));
    ROLLCALL_TRY(const bool is_it, is_settled(database, kind));
    are_all_settled = are_all_settled && is_it;
  }
  ROLLCALL_CHECK(check_members(database, kinds));
  if (are_all_settled) return kinds;
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
  for (SettledKind& kind : kinds) {
    // Another process may have been first.
    ROLLCALL_TRY(const bool is_it, is_settled(database, kind));
    if (is_it) continue;
    if (kind.row.id == 0) {
      kind.row.name = kind.shape.name;
      ROLLCALL_CHECK(add_kind(database, kind.row));
    }
    Result<void> settled = KindSettling(database, kind, memory).settle(schema);
    if (!settled.has_value())
      return with_formats(database, schema.id, std::move(settled).assume_error());
  }
  // The first format says in which order objects are written out; another one, once it writes some.
  ROLLCALL_TRY(const std::int64_t is_ranked,
               database.integer_of("SELECT EXISTS (SELECT 1 FROM kind WHERE rank IS NOT NULL)"));
  if (is_ranked == 0) ROLLCALL_CHECK(rank_kinds(database, kinds));
  ROLLCALL_CHECK(transaction.commit());
  return kinds;
}

} // namespace rollcall::store
