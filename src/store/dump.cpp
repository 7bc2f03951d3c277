// dump.cpp: writes settings, then all else by name, objects as the last format has them: the order
// of MemoryDirectory::write, and the same whether a format has looked at it or not.
#include <algorithm>
#include <string>
#include <vector>

#include "directory/contents.hpp"
#include "json/writer.hpp"
#include "store/contents.hpp"
#include "store/kind_row.hpp"

namespace rollcall::store {
namespace {

// Keys that are numbers first and by number, however long, then the others by their bytes.
constexpr const char* by_key =
    "SELECT fields FROM (SELECT fields, json_extract(fields, ?3) AS key FROM object "
    "WHERE id BETWEEN ?1 AND ?2) "
    "ORDER BY key GLOB '*[^0-9]*', CASE WHEN key GLOB '*[^0-9]*' THEN 0 ELSE "
    "length(ltrim(key, '0')) END, CASE WHEN key GLOB '*[^0-9]*' THEN '' ELSE ltrim(key, '0') END, "
    "key";
constexpr const char* as_made = "SELECT fields FROM object WHERE id BETWEEN ? AND ? ORDER BY id";

class Dumping {
 public:
  Dumping(Database& database, json::Writer& writer, std::pmr::memory_resource& memory)
      : database_{database},
        writer_{writer},
        document_{{.bytes_max = std::size_t{1} << 30U, .memory = &memory}}
  {
  }

  Result<void> dump()
  {
    ROLLCALL_TRY(const std::vector<KindRow> kinds, read_kinds(database_));
    writer_.begin_object();
    for (const std::string_view name : {directory::tenant_name, directory::defaults_name})
      ROLLCALL_CHECK(put_setting(name));
    auto kind = kinds.begin();
    ROLLCALL_TRY(const std::vector<std::string> others, other_settings());
    for (const std::string& name : others) {
      for (; kind != kinds.end() && kind->name < name; ++kind) ROLLCALL_CHECK(put_kind(*kind));
      ROLLCALL_CHECK(put_setting(name));
    }
    for (; kind != kinds.end(); ++kind) ROLLCALL_CHECK(put_kind(*kind));
    writer_.end_object();
    writer_.end_line();
    return success();
  }

 private:
  Result<std::vector<std::string>> other_settings()
  {
    std::vector<std::string> names;
    ROLLCALL_TRY(Statement statement, database_.prepare("SELECT name FROM setting ORDER BY name"));
    for (;;) {
      ROLLCALL_TRY(const bool is_there, statement.step());
      if (!is_there) return names;
      const std::string_view name = statement.text(0);
      if (name != directory::tenant_name && name != directory::defaults_name)
        names.emplace_back(name);
    }
  }

  Result<void> put_setting(std::string_view name)
  {
    ROLLCALL_TRY(Statement statement, database_.prepare("SELECT json FROM setting WHERE name = ?"));
    ROLLCALL_TRY(const bool is_there, statement.bind(name).step());
    if (!is_there) return success();
    ROLLCALL_CHECK(document_.read(statement.text(0)));
    writer_.name(name).value(document_.root());
    return success();
  }

  Result<void> put_kind(const KindRow& kind)
  {
    if (!kind.is_listed && kind.objects == 0) return success();
    ROLLCALL_CHECK(read_fields(kind));
    // Within the path of a member a quote could not be said.
    const bool is_sorted = !fields_.empty() && kind.key.find('"') == std::string::npos;
    const std::string path = "$.\"" + kind.key + "\"";
    ROLLCALL_TRY(Statement objects, database_.prepare(is_sorted ? by_key : as_made));
    objects.bind(first_object(kind)).bind(last_object(kind));
    if (is_sorted) objects.bind(std::string_view{path});
    writer_.name(kind.name).begin_list();
    for (;;) {
      ROLLCALL_TRY(const bool is_there, objects.step());
      if (!is_there) break;
      ROLLCALL_CHECK(document_.read(objects.text(0)));
      put_object(document_.root());
    }
    writer_.end_list();
    return success();
  }

  Result<void> read_fields(const KindRow& kind)
  {
    fields_.clear();
    if (kind.fields.empty()) return success();
    ROLLCALL_CHECK(document_.read(kind.fields));
    for (const json::Value field : document_.root()) fields_.emplace_back(field.name());
    return success();
  }

  // The fields that the format knows in its order, then the others in theirs.
  void put_object(const json::Value& object)
  {
    if (!object.is(json::Kind::object) || fields_.empty()) return writer_.value(object);
    writer_.begin_object();
    found_.assign(fields_.size(), {});
    others_.clear();
    for (const json::Value member : object) {
      const auto field = std::find(fields_.begin(), fields_.end(), member.name());
      if (field == fields_.end())
        others_.push_back(member);
      else
        found_[static_cast<std::size_t>(field - fields_.begin())] = member;
    }
    for (std::size_t i = 0; i != fields_.size(); ++i)
      if (found_[i] && !found_[i].is(json::Kind::null)) writer_.name(fields_[i]).value(found_[i]);
    for (const json::Value& member : others_) writer_.name(member.name()).value(member);
    writer_.end_object();
  }

  Database& database_;
  json::Writer& writer_;
  json::Document document_;
  std::vector<std::string> fields_; // of the kind at hand, the key first
  std::vector<json::Value> found_, others_;
};

} // namespace

Result<void> dump(Database& database, Sink& sink, std::pmr::memory_resource& memory)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::read));
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.broken_levels = 2, .memory = &memory}));
  ROLLCALL_CHECK(Dumping(database, writer, memory).dump());
  ROLLCALL_CHECK(transaction.commit());
  return writer.finish();
}

} // namespace rollcall::store
