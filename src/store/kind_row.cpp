// kind_row.cpp: reads and writes rows of the table of kinds.
#include "store/kind_row.hpp"

#include <array>
#include <charconv>
#include <memory_resource>
#include <variant>

#include "json/writer.hpp"

namespace rollcall::store {
namespace {

constexpr const char* select_one =
    "SELECT id, name, is_listed, objects, key, next_id, rank, fields FROM kind WHERE name = ?";
constexpr const char* select_all =
    "SELECT id, name, is_listed, objects, key, next_id, rank, fields FROM kind ORDER BY name";

// An empty text says that there is none.
std::optional<NextId> next_id_in(const Statement& statement, int column)
{
  if (statement.is_null(column)) return {};
  const std::string_view digits = statement.text(column);
  std::uint64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? NextId{number} : NextId{};
}

KindRow row_of(const Statement& statement)
{
  KindRow kind{.id = statement.integer(0),
               .name = std::string{statement.text(1)},
               .is_listed = statement.integer(2) != 0,
               .objects = statement.integer(3),
               .key = std::string{statement.text(4)},
               .next_id = next_id_in(statement, 5),
               .fields = std::string{statement.text(7)}};
  if (!statement.is_null(6)) kind.rank = statement.integer(6);
  return kind;
}

// As the alternatives of schema::Type.
constexpr std::array<std::string_view, std::variant_size_v<schema::Type>> type_names = {
    "text",  "digits",    "integer", "boolean", "choice", "email",
    "phone", "extension", "mac",     "ip",      "id",     "secret"};

} // namespace

Result<std::optional<KindRow>> read_kind(Database& database, std::string_view name)
{
  ROLLCALL_TRY(Statement statement, database.prepare(select_one));
  ROLLCALL_TRY(const bool is_there, statement.bind(name).step());
  return is_there ? std::optional{row_of(statement)} : std::nullopt;
}

Result<std::vector<KindRow>> read_kinds(Database& database)
{
  std::vector<KindRow> kinds;
  ROLLCALL_TRY(Statement statement, database.prepare(select_all));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, statement.step());
    if (!is_there) return kinds;
    kinds.push_back(row_of(statement));
  }
}

Result<void> add_kind(Database& database, KindRow& kind)
{
  ROLLCALL_TRY(Statement statement,
               database.prepare("INSERT INTO kind (name, is_listed) VALUES (?, ?)"));
  ROLLCALL_CHECK(statement.bind(kind.name).bind(std::int64_t{kind.is_listed}).run());
  kind.id = database.last_id();
  return success();
}

Result<void> write_kind(Database& database, const KindRow& kind)
{
  ROLLCALL_TRY(Statement statement,
               database.prepare("UPDATE kind SET objects = ?, key = ?, next_id = ?, rank = ?, "
                                "fields = ? WHERE id = ?"));
  std::string next;
  if (kind.next_id && *kind.next_id) next = std::to_string(**kind.next_id);
  statement.bind(kind.objects).bind(kind.key);
  kind.next_id ? statement.bind(next) : statement.bind_null();
  kind.rank ? statement.bind(*kind.rank) : statement.bind_null();
  return statement.bind(kind.fields).bind(kind.id).run();
}

Result<std::string> fields_text(const directory::Shape& shape)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 1024}));
  writer.begin_object();
  writer.name(shape.key.name).text(type_names[shape.key.type.index()]);
  for (const schema::Field& field : shape.fields)
    writer.name(field.name).text(type_names[field.type.index()]);
  writer.end_object();
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

} // namespace rollcall::store
