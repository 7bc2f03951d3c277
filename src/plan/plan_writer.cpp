// plan_writer.cpp: members are written in a fixed order, and those that say nothing are left out.
#include "plan/plan_writer.hpp"

#include <algorithm>

#include "directory/context_json.hpp"
#include "plan/change_json.hpp"
#include "plan/finding_json.hpp"
#include "plan/undoing.hpp"

namespace rollcall::plan {
namespace {

std::string_view sign(const std::optional<char>& sign) noexcept
{
  return sign ? std::string_view{&*sign, 1} : std::string_view{};
}

void put_named(json::Writer& writer, std::string_view name, std::string_view text)
{
  if (!text.empty()) writer.name(name).text(text);
}

void put_dialect(json::Writer& writer, const csv::Dialect& dialect)
{
  writer.name("encoding").text(csv::slug(dialect.encoding));
  writer.name("delimiter").text(sign(dialect.delimiter));
  writer.name("quote").text(sign(dialect.quote));
  put_named(writer, "escape", sign(dialect.escape));
  if (dialect.lenient) writer.name("lenient").boolean(true);
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

Result<PlanWriter> PlanWriter::open(Sink& sink, const schema::CompiledSchema& schema,
                                    std::pmr::memory_resource* memory, Seal seal)
{
  return guarded([&]() -> Result<PlanWriter> {
    auto digested = std::make_unique<Digested>(sink);
    ROLLCALL_TRY(auto writer, json::Writer::open(*digested, {.compact = true, .memory = memory}));
    return PlanWriter{std::move(digested), std::move(writer), sink, schema, memory,
                      std::move(seal)};
  });
}

void PlanWriter::put_header(const PlanHeader& header)
{
  writer_.begin_object();
  writer_.name("plan").begin_object();
  writer_.name("version").begin_list();
  writer_.integer(plan_version_major);
  writer_.integer(plan_version_minor);
  writer_.end_list();
  writer_.name("id").text(header.id);
  put_named(writer_, "store", header.store);
  writer_.name("format").text(header.format);
  writer_.name("schema").text(header.schema);
  writer_.name("file").text(header.file);
  put_named(writer_, "path", header.path);
  put_dialect(writer_, header.dialect);
  writer_.name("header").text(header.header);
  directory::put_context(writer_, header.context);
  writer_.name("settings").begin_object();
  for (const auto& [name, value] : header.settings) writer_.name(name).text(value);
  writer_.end_object();
  if (header.atomic) writer_.name("atomic").boolean(true);
  if (header.next_id) writer_.name("next_id").natural(*header.next_id);
  writer_.end_object();
  writer_.end_object();
  writer_.end_line();
}

void PlanWriter::put_row(const PlanRow& row)
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
  const bool acts = !result.changes.empty() || !result.effects.empty();
  if (acts) {
    if (row.is_last) ++groups_;
    if (row.group != 0) {
      writer_.name("group").natural(row.group);
      if (row.is_last) writer_.name("last").boolean(true);
    }
    writer_.name("changes");
    put_changes(writer_, *schema_, result.changes, GivenKeys::named);
    if (!result.effects.empty()) {
      writer_.name("effects");
      put_effects(writer_, result.effects, GivenKeys::named);
    }
    put_reads(row.reads);
    put_lost(result);
  }
  put_cells(row.cells);
  put_findings(writer_, row.readings);
  writer_.end_object();
  writer_.end_line();
}

void PlanWriter::put_reads(std::span<const Read> reads)
{
  if (reads.empty()) return;
  writer_.name("reads").begin_list();
  for (const Read& read : reads) {
    const schema::CompiledKind& kind = schema_->kinds[read.kind];
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

void PlanWriter::put_cells(std::span<const ResultCell> cells)
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
void PlanWriter::put_lost(const RowResult& row)
{
  const std::vector<Lost> lost = lost_by(*schema_, row);
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

Result<void> PlanWriter::finish(PlanEnd& end)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(writer_.finish());
    end.groups = groups_;
    std::pmr::string line{memory_ != nullptr ? memory_ : std::pmr::new_delete_resource()};
    TextSink text{line};
    ROLLCALL_TRY(auto writer, json::Writer::open(text, {.compact = true, .memory = memory_}));
    put_end(writer, end);
    ROLLCALL_CHECK(writer.finish());
    PlanDigest& digest = digested_->digest();
    std::string last = digest.sign(line);
    if (seal_) {
      ROLLCALL_TRY(const std::string seal, seal_(digest.hex()));
      if (!seal.empty()) last = PlanDigest::sealed(last, seal);
    }
    return sink_->write(last.append("\n"));
  });
}

void PlanWriter::put_end(json::Writer& writer, const PlanEnd& end) const
{
  const auto rows_of = [&](Outcome outcome) {
    return end.outcomes[static_cast<std::size_t>(outcome)];
  };
  writer.begin_object();
  writer.name("end").begin_object();
  writer.name("sha256").text(end.sha256);
  writer.name("bytes").natural(end.bytes);
  writer.name("rows").natural(end.rows);
  writer.name("blank_rows").natural(end.blank_rows);
  writer.name("groups").natural(end.groups);
  for (std::size_t i = 0; i != outcome_count; ++i)
    if (end.outcomes[i] != 0) writer.name(slug(static_cast<Outcome>(i))).natural(end.outcomes[i]);
  writer.name("warnings").natural(end.warnings);
  writer.name("applyable").boolean(groups_ != 0);
  writer.name("complete").boolean(rows_of(Outcome::rejected) + rows_of(Outcome::withheld) == 0);
  if (!end.codes.empty()) {
    writer.name("codes").begin_object();
    for (const auto& [code, count] : end.codes) writer.name(code).natural(count);
    writer.end_object();
  }
  put_findings(writer, end.findings);
  writer.end_object();
  writer.end_object();
}

} // namespace rollcall::plan
