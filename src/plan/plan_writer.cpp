// plan_writer.cpp: members are written in a fixed order, and those that say nothing are left out.
#include "plan/plan_writer.hpp"

#include "directory/context_json.hpp"
#include "plan/finding_json.hpp"
#include "plan/plan_row_writer.hpp"

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

} // namespace

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
  if (header.undoes) {
    writer_.name("undoes").begin_object();
    writer_.name("job").natural(header.undoes->job);
    writer_.name("plan").text(header.undoes->plan);
    writer_.end_object();
  }
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
  PlanRowWriter{writer_, *schema_}.put(row);
  writer_.end_line();
  if (acts(row.result) && row.is_last) ++groups_;
}

Result<void> PlanWriter::put_lines(std::string_view lines, std::uint64_t groups)
{
  ROLLCALL_CHECK(writer_.next_text());
  groups_ += groups;
  return digested_->write(lines);
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
