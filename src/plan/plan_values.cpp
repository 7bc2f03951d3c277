// plan_values.cpp: holds values to the types of their fields, as who reads a directory.json does.
#include "plan/plan_values.hpp"

#include <charconv>
#include <cstdint>
#include <variant>

#include "directory/object_json.hpp"

namespace rollcall::plan {
namespace {

constexpr std::string_view no_cell_holds = "sets a control character, which no file may hold";

template <class Number>
bool is_number(std::string_view text) noexcept
{
  Number number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

bool is_of(const schema::Type& type, std::string_view value) noexcept
{
  if (std::holds_alternative<schema::Boolean>(type)) return value == "true" || value == "false";
  if (std::holds_alternative<schema::Integer>(type))
    return is_number<std::int64_t>(value) || is_number<std::uint64_t>(value);
  return true;
}

std::string_view refuses(const schema::CompiledKind& kind, const Change& change)
{
  if (change.op == Op::create && change.key && !directory::may_stand_in_cell(*change.key))
    return no_cell_holds;
  for (const FieldChange& field : change.fields) {
    if (!field.after || field.is_given_key) continue;
    if (!directory::may_stand_in_cell(*field.after)) return no_cell_holds;
    if (!is_of(kind.fields[field.field].type, *field.after))
      return "sets what is no value of the type of its field";
  }
  return {};
}

} // namespace

std::string_view refuses_values(const schema::CompiledSchema& schema, const RowResult& row)
{
  for (const Change& change : row.changes)
    if (const auto why = refuses(schema.kinds[change.kind], change); !why.empty()) return why;
  for (const EffectView& effect : row.effects)
    for (const EffectPart& part : effect.parts)
      if (!part.is_given_key && !directory::may_stand_in_cell(part.value)) return no_cell_holds;
  return {};
}

} // namespace rollcall::plan
