// Formats: those that are built in, those that come as JSON, and what can be asked of either.
#include "schema.hpp"

#include <array>
#include <variant>

#include "output.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/schema_json.hpp"
#include "table.hpp"

namespace rollcall::capi {

Result<std::shared_ptr<const SchemaBody>> SchemaBody::make(std::shared_ptr<Engine> engine,
                                                           schema::Schema&& schema)
{
  auto body = std::make_shared<SchemaBody>();
  body->engine = std::move(engine);
  body->schema = std::move(schema);
  ROLLCALL_TRY(body->digest, schema::digest_of(body->schema));
  for (std::size_t kind = 0; kind != body->schema.kinds.size(); ++kind)
    body->fields.push_back(schema::fields_of(body->schema, kind));
  return std::shared_ptr<const SchemaBody>{std::move(body)};
}

const schema::Field* SchemaBody::field(std::uint32_t kind, std::uint32_t number) const noexcept
{
  if (kind >= fields.size()) return nullptr;
  if (number == ROLLCALL_KEY_FIELD) return &schema.kinds[kind].key;
  return number < fields[kind].size() ? &fields[kind][number] : nullptr;
}

namespace {

using Handle = Result<std::unique_ptr<rollcall_schema>>;

// As schemas in JSON call them, in the order of schema::Type.
constexpr std::array<std::string_view, std::variant_size_v<schema::Type>> type_names = {
    "text",  "digits",    "integer", "boolean", "choice", "email",
    "phone", "extension", "mac",     "ip",      "id",     "secret"};

Handle handle_of(const rollcall_engine& engine, schema::Schema&& schema)
{
  auto handle = std::make_unique<rollcall_schema>();
  ROLLCALL_TRY(handle->body, SchemaBody::make(engine.engine, std::move(schema)));
  return handle;
}

// What would only show when the schema is used is said now.
Result<void> check(const schema::Schema& schema)
{
  ROLLCALL_TRY(const schema::SchemaCheck checked, schema::check_schema(schema));
  if (checked.is_good()) return success();
  std::string detail;
  for (const schema::SchemaFault& fault : checked.faults)
    detail.append(detail.empty() ? "" : "; ").append(fault.path).append(": ").append(fault.what);
  return Error{ErrorCode::malformed, detail};
}

void put(TableBuilder& table, const char* sort, const schema::SchemaFault& fault)
{
  table[0].text(sort);
  table[1].text(fault.path);
  table[2].text(fault.what);
  table[3].natural_or_null(fault.line);
  table[4].natural_or_null(fault.column);
}

void say(rollcall_str* out, const std::string* text) noexcept
{
  *out = text != nullptr ? str(*text) : rollcall_str{"", 0};
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_formats(const rollcall_engine* engine, rollcall_table** out,
                                 rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_table>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    TableBuilder table{engine->engine, {{"id"}, {"title"}}};
    for (const formats::Format& format : formats::builtin()) {
      table[0].text(format.id);
      table[1].text(format.make().title);
    }
    return table.finish();
  });
}

rollcall_status rollcall_schema_builtin(const rollcall_engine* engine, const char* id,
                                        size_t id_len, rollcall_schema** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Handle {
    ROLLCALL_CHECK(given(engine, "engine"));
    const std::string_view name = text_of(id, id_len);
    if (const formats::Format* const format = formats::find(name))
      return handle_of(*engine, format->make());
    return Error{ErrorCode::not_found,
                 std::string{"no format '"}.append(name).append("' is built in")};
  });
}

rollcall_status rollcall_schema_parse(const rollcall_engine* engine, const char* json,
                                      size_t json_len, rollcall_schema** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Handle {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_TRY(schema::Schema schema, schema::read_schema(text_of(json, json_len)));
    ROLLCALL_CHECK(check(schema));
    return handle_of(*engine, std::move(schema));
  });
}

rollcall_status rollcall_schema_check(const rollcall_engine* engine, const char* json,
                                      size_t json_len, rollcall_table** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_table>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_TRY(const schema::SchemaCheck checked, schema::check_schema(text_of(json, json_len)));
    TableBuilder table{
        engine->engine,
        {{"sort"}, {"path"}, {"what"}, {"line", ColumnIs::natural}, {"column", ColumnIs::natural}}};
    for (const schema::SchemaFault& fault : checked.faults) put(table, "fault", fault);
    for (const schema::SchemaFault& remark : checked.remarks) put(table, "remark", remark);
    return table.finish();
  });
}

void rollcall_schema_id(const rollcall_schema* schema, rollcall_str* out)
{
  say(out, schema != nullptr ? &schema->body->schema.id : nullptr);
}

void rollcall_schema_title(const rollcall_schema* schema, rollcall_str* out)
{
  say(out, schema != nullptr ? &schema->body->schema.title : nullptr);
}

void rollcall_schema_digest(const rollcall_schema* schema, rollcall_str* out)
{
  say(out, schema != nullptr ? &schema->body->digest : nullptr);
}

rollcall_status rollcall_schema_json(const rollcall_schema* schema, rollcall_output* output,
                                     rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(schema, "schema"));
    return write_into(output,
                      [&](Sink& sink) { return schema::write_schema(schema->body->schema, sink); });
  });
}

rollcall_status rollcall_schema_page(const rollcall_schema* schema, rollcall_output* output,
                                     rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(schema, "schema"));
    return write_into(output,
                      [&](Sink& sink) { return schema::write_page(schema->body->schema, sink); });
  });
}

uint32_t rollcall_schema_kind_count(const rollcall_schema* schema)
{
  return schema != nullptr ? static_cast<uint32_t>(schema->body->schema.kinds.size()) : 0;
}

void rollcall_schema_kind_name(const rollcall_schema* schema, uint32_t kind, rollcall_str* out)
{
  const bool is_there = kind < rollcall_schema_kind_count(schema);
  say(out, is_there ? &schema->body->schema.kinds[kind].name : nullptr);
}

uint32_t rollcall_schema_field_count(const rollcall_schema* schema, uint32_t kind)
{
  const bool is_there = kind < rollcall_schema_kind_count(schema);
  return is_there ? static_cast<uint32_t>(schema->body->fields[kind].size()) : 0;
}

void rollcall_schema_field_name(const rollcall_schema* schema, uint32_t kind, uint32_t field,
                                rollcall_str* out)
{
  const schema::Field* const found = schema != nullptr ? schema->body->field(kind, field) : nullptr;
  say(out, found != nullptr ? &found->name : nullptr);
}

void rollcall_schema_field_type(const rollcall_schema* schema, uint32_t kind, uint32_t field,
                                rollcall_str* out)
{
  const schema::Field* const found = schema != nullptr ? schema->body->field(kind, field) : nullptr;
  const std::string_view name = found != nullptr ? type_names[found->type.index()] : "";
  *out = {name.data(), name.size()};
}

int32_t rollcall_schema_field_is_secret(const rollcall_schema* schema, uint32_t kind,
                                        uint32_t field)
{
  const schema::Field* const found = schema != nullptr ? schema->body->field(kind, field) : nullptr;
  return found != nullptr && std::holds_alternative<schema::Secret>(found->type) ? 1 : 0;
}

rollcall_status rollcall_schema_columns(const rollcall_schema* schema, rollcall_table** out,
                                        rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_table>> {
    ROLLCALL_CHECK(given(schema, "schema"));
    TableBuilder table{schema->body->engine, {{"field"}, {"header"}, {"mandatory"}}};
    for (const schema::Column& column : schema->body->schema.columns) {
      table[0].text(column.field);
      table[1].text(column.header);
      table[2].text(column.mandatory);
    }
    return table.finish();
  });
}

void rollcall_schema_free(rollcall_schema* schema)
{
  delete schema;
}
