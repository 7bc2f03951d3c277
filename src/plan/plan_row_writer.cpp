// plan_row_writer.cpp: members are written in a fixed order, and those that say nothing are left
// out.
#include "plan/plan_row_writer.hpp"

#include <algorithm>

#include "plan/change_json.hpp"
#include "plan/finding_json.hpp"
#include "plan/undoing.hpp"

namespace rollcall::plan {
namespace {

void put_named(json::Writer& writer, std::string_view name, std::string_view text)
{
  if (!text.empty()) writer.name(name).text(text);
}

void put_result_value(json::Writer& writer, const expr::Value& value)
{
  switch (value.what) {
    case expr::What::truth:
      return writer.boolean(value.truth);
    case expr::What::integer:
      return writer.integer(value.integer);
    case expr::What::text:
      return writer.text(value.text);
    case expr::What::texts:
      writer.begin_list();
      for (const std::string_view text : value.texts) writer.text(text);
      return writer.end_list();
    case expr::What::null:
    case expr::What::generated:
      break;
  }
  writer.null();
}

} // namespace

std::vector<expr::Slot> result_slots(const schema::CompiledSchema& schema)
{
  std::vector<expr::Slot> slots;
  for (const schema::CompiledCell& cell : schema.result)
    for (const expr::Slot& slot : schema.book().program(cell.value).reads) {
      const bool is_own = slot.space == expr::Space::row || slot.space == expr::Space::fact;
      if (!is_own && std::find(slots.begin(), slots.end(), slot) == slots.end())
        slots.push_back(slot);
    }
  return slots;
}

void PlanRowWriter::put(const PlanRow& row)
{
  const RowResult& result = row.result;
  writer_.begin_object();
  writer_.name("row").natural(result.number);
  writer_.name("line").natural(result.line);
  const bool is_given = !result.changes.empty() && result.changes.front().gives_key;
  if (is_given) {
    writer_.name("key");
    put_known_after(writer_);
  } else if (result.key) {
    writer_.name("key").text(*result.key);
  }
  writer_.name("outcome").text(slug(result.outcome));
  if (row.undoes != 0) writer_.name("undoes").natural(row.undoes);
  if (result.retries != 0) writer_.name("retries").natural(result.retries);
  if (acts(result)) {
    if (row.group != 0) {
      writer_.name("group").natural(row.group);
      if (row.is_last) writer_.name("last").boolean(true);
    }
    writer_.name("changes");
    put_changes(writer_, schema_, result.changes, GivenKeys::named);
    if (!result.effects.empty()) {
      writer_.name("effects");
      put_effects(writer_, result.effects, GivenKeys::named);
    }
    if (!result.withdraws.empty()) {
      writer_.name("withdraws").begin_list();
      for (const std::string_view effect : result.withdraws) writer_.text(effect);
      writer_.end_list();
    }
    put_reads(row.reads);
    put_lost(result);
  }
  put_cells(row.cells);
  put_findings(writer_, row.readings);
  writer_.end_object();
}

void PlanRowWriter::put_reads(std::span<const Read> reads)
{
  if (reads.empty()) return;
  writer_.name("reads").begin_list();
  for (const Read& read : reads) {
    const schema::CompiledKind& kind = schema_.kinds[read.kind];
    const auto field_of = [&](FieldId field) -> const schema::CompiledField& {
      return field == key_field ? kind.key : kind.fields[field];
    };
    writer_.begin_object();
    writer_.name("kind").text(kind.name);
    if (read.by != key_field || !read.key || *read.key != read.value) {
      if (read.by != key_field) writer_.name("by").text(field_of(read.by).name);
      writer_.name("value").text(read.value);
    }
    writer_.name("key");
    put_text_or_null(writer_, read.key);
    if (!read.fields.empty()) {
      writer_.name("fields").begin_object();
      for (const ReadField& field : read.fields) {
        const schema::CompiledField& of = field_of(field.field);
        writer_.name(of.name);
        put_value(writer_, of.type, field.was);
      }
      writer_.end_object();
    }
    writer_.end_object();
  }
  writer_.end_list();
}

void PlanRowWriter::put_cells(std::span<const ResultCell> cells)
{
  if (cells.empty()) return;
  writer_.name("cells").begin_list();
  for (const ResultCell& cell : cells) {
    if (!cell.is_range) {
      put_result_value(writer_, cell.value);
      continue;
    }
    writer_.begin_object();
    put_result_value(writer_.name("range"), cell.value);
    writer_.end_object();
  }
  writer_.end_list();
}

// What an undo could not bring back.
void PlanRowWriter::put_lost(const RowResult& row)
{
  const std::vector<Lost> lost = lost_by(schema_, row);
  if (lost.empty()) return;
  writer_.name("lost").begin_list();
  for (const Lost& each : lost) {
    writer_.begin_object();
    writer_.name(slug(each.why)).text(each.what);
    put_named(writer_, "of", each.of);
    writer_.end_object();
  }
  writer_.end_list();
}

} // namespace rollcall::plan
