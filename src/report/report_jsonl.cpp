// report_jsonl.cpp: writes what became of a row, and of a job, as a line of JSON.
#include "report/report_jsonl.hpp"

#include <variant>

#include "report/finding_json.hpp"

namespace rollcall::report {
namespace {

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
  if (value && std::holds_alternative<schema::Secret>(type))
    writer.boolean(true); // one is set, whatever a host may say of it
  else if (value && std::holds_alternative<schema::Boolean>(type))
    writer.boolean(*value == "true");
  else
    put_text_or_null(writer, value);
}

void put_secret(json::Writer& writer, plan::SecretFrom from)
{
  writer.begin_object();
  writer.name("secret").text(from == plan::SecretFrom::generated ? "generated" : "column");
  writer.end_object();
}

// Nulls are left out of what a create sets (spec F2).
void put_fields(json::Writer& writer, const schema::CompiledSchema& schema,
                const plan::RowChange& change)
{
  writer.begin_object();
  for (const plan::FieldChange& field : change.fields) {
    const schema::Field& about = schema.fields(0)[field.field];
    writer.name(about.name).begin_list();
    put_value(writer, about.type, field.before);
    if (field.secret != plan::SecretFrom::none)
      put_secret(writer, field.secret);
    else
      put_value(writer, about.type, field.after);
    writer.end_list();
  }
  writer.end_object();
}

void put_changes(json::Writer& writer, const schema::CompiledSchema& schema,
                 const plan::RowChange& change, std::optional<std::string_view> key)
{
  writer.begin_list();
  const bool creates = change.outcome == plan::Outcome::created;
  if (creates || change.outcome == plan::Outcome::updated) {
    writer.begin_object();
    writer.name("op").text(creates ? "create" : "update");
    writer.name("kind").text(schema.own_kind().name);
    writer.name("key");
    put_text_or_null(writer, key);
    writer.name("fields");
    put_fields(writer, schema, change);
    writer.end_object();
  }
  writer.end_list();
}

std::string delimiter_of(const csv::Dialect& dialect)
{
  return dialect.delimiter ? std::string{*dialect.delimiter} : std::string{};
}

} // namespace

void put_row(json::Writer& writer, const schema::CompiledSchema& schema,
             const plan::RowChange& change, const RowLine& about)
{
  writer.begin_object();
  writer.name("row").natural(about.row);
  writer.name("line").natural(about.line);
  writer.name("key");
  put_text_or_null(writer, about.key);
  writer.name("outcome").text(plan::slug(change.outcome));
  writer.name("changes");
  put_changes(writer, schema, change, about.key);
  writer.name("effects").begin_list();
  writer.end_list();
  writer.name("findings").begin_list();
  for (const check::RowFinding& finding : about.findings) put_finding(writer, finding.finding);
  writer.end_list();
  writer.end_object();
  writer.end_line();
}

void put_job(json::Writer& writer, const JobSummary& job)
{
  writer.begin_object();
  writer.name("job").begin_object();
  writer.name("format").text(job.format);
  writer.name("action").text(job.action);
  writer.name("state").text(slug(job.state));
  writer.name("rows").natural(job.rows);
  writer.name("blank_rows").natural(job.blank_rows);
  writer.name("created").natural(job.created);
  writer.name("updated").natural(job.updated);
  writer.name("unchanged").natural(job.unchanged);
  writer.name("rejected").natural(job.rejected);
  writer.name("withheld").natural(job.withheld);
  writer.name("stale").natural(job.stale);
  writer.name("failed").natural(job.failed);
  writer.name("unknown").natural(job.unknown);
  writer.name("warnings").natural(job.warnings);
  writer.name("file").text(job.file);
  writer.name("sha256").text(job.sha256);
  writer.name("bytes").natural(job.bytes);
  writer.name("encoding").text(csv::slug(job.dialect.encoding));
  writer.name("delimiter").text(delimiter_of(job.dialect));
  writer.name("findings");
  put_findings(writer, job.findings);
  writer.end_object();
  writer.end_object();
  writer.end_line();
}

} // namespace rollcall::report

namespace rollcall {

std::string_view slug(JobState state) noexcept
{
  switch (state) {
    case JobState::succeeded:
      return "succeeded";
    case JobState::partial:
      return "partial";
    case JobState::failed:
      break;
  }
  return "failed";
}

Result<void> write_job(const JobSummary& job, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    report::put_job(writer, job);
    return writer.finish();
  });
}

} // namespace rollcall
