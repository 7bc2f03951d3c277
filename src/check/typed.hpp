// typed.hpp: canonical text as a typed value of the rule language.
#ifndef ROLLCALL_CHECK_TYPED_HPP
#define ROLLCALL_CHECK_TYPED_HPP

#include <charconv>
#include <cstdint>
#include <string_view>
#include <variant>

#include "check/judged_batch.hpp"
#include "expr/value.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

// Null if it is no number.
[[nodiscard]] inline expr::Value integer_value(std::string_view text) noexcept
{
  std::int64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return {};
  return {.what = expr::What::integer, .integer = number};
}

[[nodiscard]] inline expr::Value value_of(const schema::Type& type, std::string_view text) noexcept
{
  if (std::holds_alternative<schema::Boolean>(type))
    return {.what = expr::What::truth, .truth = text == "true"};
  if (std::holds_alternative<schema::Integer>(type)) return integer_value(text);
  return {.what = expr::What::text, .text = text};
}

// A field of an object, its key, or whether it is there at all (expr::whole_object).
[[nodiscard]] inline expr::Value value_of(const schema::CompiledSchema& schema, std::uint16_t kind,
                                          const Known* object, std::uint16_t field) noexcept
{
  if (object == nullptr) return {};
  const schema::CompiledKind& about = schema.kinds[kind];
  if (field == expr::whole_object) return {.what = expr::What::truth, .truth = true};
  if (field == expr::key_field) return value_of(about.key.type, object->key);
  const auto& value = object->fields[field];
  if (value) return value_of(about.fields[field].type, *value);
  const auto& null_is = about.fields[field].null_text;
  return null_is ? value_of(about.fields[field].type, *null_is) : expr::Value{};
}

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_TYPED_HPP
