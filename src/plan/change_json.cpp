// change_json.cpp: fields before and after. Of a secret only where it comes from is ever written.
#include "plan/change_json.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <variant>

namespace rollcall::plan {
namespace {

std::optional<std::int64_t> integer_of(std::string_view text)
{
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  if (!is_whole || std::to_string(number) != text) return {};
  return number;
}

// Of a secret: where it comes from, or that it is taken away.
void put_secret(json::Writer& writer, SecretFrom from)
{
  if (from == SecretFrom::none) return writer.null();
  writer.begin_object();
  writer.name("secret").text(from == SecretFrom::generated ? "generated" : "column");
  writer.end_object();
}

bool is_null_of_create(const Change& change, const FieldChange& field) noexcept
{
  return change.op == Op::create && !field.after && field.secret == SecretFrom::none &&
         !field.is_given_key;
}

// What a host shows of a secret by mistake is not handed on: only whether it had one.
void put_field(json::Writer& writer, const schema::CompiledKind& kind, const FieldChange& change,
               GivenKeys keys)
{
  const schema::CompiledField& field =
      change.field == key_field ? kind.key : kind.fields[change.field];
  const bool is_secret = field.is_secret || change.secret != SecretFrom::none;
  writer.name(field.name).begin_list();
  if (!is_secret) {
    put_value(writer, field.type, change.before);
    if (change.is_given_key && keys == GivenKeys::named)
      put_known_after(writer);
    else
      put_value(writer, field.type, change.after);
  } else {
    if (change.before)
      writer.boolean(true);
    else
      writer.null();
    put_secret(writer, change.secret);
  }
  writer.end_list();
}

} // namespace

std::string_view slug(Op op) noexcept
{
  switch (op) {
    case Op::create:
      return "create";
    case Op::update:
      return "update";
    case Op::delete_:
      break;
  }
  return "delete";
}

void put_text_or_null(json::Writer& writer, std::optional<std::string_view> text)
{
  if (text)
    writer.text(*text);
  else
    writer.null();
}

void put_value(json::Writer& writer, const schema::Type& type,
               std::optional<std::string_view> value)
{
  if (!value) return writer.null();
  if (std::holds_alternative<schema::Boolean>(type) && (*value == "true" || *value == "false"))
    return writer.boolean(*value == "true");
  if (std::holds_alternative<schema::Integer>(type))
    if (const auto number = integer_of(*value)) return writer.integer(*number);
  writer.text(*value);
}

void put_fields(json::Writer& writer, const schema::CompiledSchema& schema, const Change& change,
                GivenKeys keys)
{
  writer.begin_object();
  for (const FieldChange& field : change.fields)
    if (!is_null_of_create(change, field))
      put_field(writer, schema.kinds[change.kind], field, keys);
  writer.end_object();
}

void put_changes(json::Writer& writer, const schema::CompiledSchema& schema,
                 std::span<const Change> changes, GivenKeys keys)
{
  writer.begin_list();
  for (const Change& change : changes) {
    const schema::CompiledKind& kind = schema.kinds[change.kind];
    writer.begin_object();
    writer.name("op").text(slug(change.op));
    writer.name("kind").text(kind.name);
    writer.name("key");
    if (change.gives_key && keys == GivenKeys::named)
      put_known_after(writer);
    else
      put_text_or_null(writer, change.key);
    writer.name("fields");
    put_fields(writer, schema, change, keys);
    writer.end_object();
  }
  writer.end_list();
}

void put_effects(json::Writer& writer, std::span<const EffectView> effects, GivenKeys keys)
{
  writer.begin_list();
  for (const EffectView& effect : effects) {
    writer.begin_object();
    writer.name("effect").text(effect.effect->effect->name);
    put_parts(writer, effect, keys);
    writer.end_object();
  }
  writer.end_list();
}

void put_parts(json::Writer& writer, const EffectView& effect, GivenKeys keys)
{
  for (const EffectPart& part : effect.parts) {
    writer.name(part.name);
    if (part.is_given_key && keys == GivenKeys::named)
      put_known_after(writer);
    else
      writer.text(part.value);
  }
}

void put_known_after(json::Writer& writer)
{
  writer.begin_object();
  writer.name("known_after").text("key");
  writer.end_object();
}

} // namespace rollcall::plan
