// report_jsonl.cpp: writes what became of a row, and of a job, as a line of JSON.
#include "report/report_jsonl.hpp"

#include <array>
#include <charconv>
#include <optional>
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

std::optional<std::int64_t> integer_of(std::string_view text) noexcept
{
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return is_whole ? std::optional{number} : std::nullopt;
}

// As the type of the field says; a text that is not of its type stays a text.
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

// Of a secret: where it comes from, or that it is taken away.
void put_secret(json::Writer& writer, SecretFrom from)
{
  if (from == SecretFrom::none) return writer.null();
  writer.begin_object();
  writer.name("secret").text(from == SecretFrom::generated ? "generated" : "column");
  writer.end_object();
}

constexpr std::string_view slug(Op op) noexcept
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

bool is_null_of_create(const Change& change, const FieldChange& field) noexcept
{
  return change.op == Op::create && !field.after && field.secret == SecretFrom::none;
}

void put_effect(json::Writer& writer, const plan::EffectView& effect)
{
  writer.begin_object();
  writer.name("effect").text(effect.effect->effect->name);
  for (const plan::EffectPart& part : effect.parts) writer.name(part.name).text(part.value);
  writer.end_object();
}

std::string_view delimiter_of(const csv::Dialect& dialect) noexcept
{
  return dialect.delimiter ? std::string_view{&*dialect.delimiter, 1} : std::string_view{};
}

} // namespace

Result<ReportJsonl> ReportJsonl::open(Sink& sink, const schema::CompiledSchema& schema,
                                      const Messages& messages, std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<ReportJsonl> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.memory = memory}));
    return ReportJsonl{std::move(writer), schema, messages, memory};
  });
}

ReportJsonl::ReportJsonl(json::Writer&& writer, const schema::CompiledSchema& schema,
                         const Messages& messages, std::pmr::memory_resource* memory)
    : writer_{std::move(writer)}, schema_{&schema}, messages_{&messages}, message_{memory}
{
}

void ReportJsonl::put_row(const plan::RowResult& row, std::span<const Finding> readings)
{
  writer_.begin_object();
  writer_.name("row").natural(row.number);
  writer_.name("line").natural(row.line);
  writer_.name("key");
  put_text_or_null(writer_, row.key);
  writer_.name("outcome").text(plan::slug(row.outcome));
  put_changes(row);
  writer_.name("effects").begin_list();
  for (const plan::EffectView& effect : row.effects) put_effect(writer_, effect);
  writer_.end_list();
  writer_.name("findings").begin_list();
  const FoundIn in{.number = row.number, .line = row.line, .readings = readings};
  for (const check::Found& found : row.findings)
    put_found(writer_, *messages_, found, in, message_);
  writer_.end_list();
  writer_.end_object();
  writer_.end_line();
}

void ReportJsonl::put_changes(const plan::RowResult& row)
{
  writer_.name("changes").begin_list();
  for (const Change& change : row.changes) {
    const schema::CompiledKind& kind = schema_->kinds[change.kind];
    writer_.begin_object();
    writer_.name("op").text(slug(change.op));
    writer_.name("kind").text(kind.name);
    writer_.name("key");
    put_text_or_null(writer_, change.key);
    writer_.name("fields").begin_object();
    for (const FieldChange& field : change.fields)
      if (!is_null_of_create(change, field)) put_field(kind, field);
    writer_.end_object();
    writer_.end_object();
  }
  writer_.end_list();
}

// What a host shows of a secret by mistake is not handed on: only whether it had one.
void ReportJsonl::put_field(const schema::CompiledKind& kind, const FieldChange& change)
{
  const schema::CompiledField& field =
      change.field == key_field ? kind.key : kind.fields[change.field];
  const bool is_secret = field.is_secret || change.secret != SecretFrom::none;
  writer_.name(field.name).begin_list();
  if (!is_secret) {
    put_value(writer_, field.type, change.before);
    put_value(writer_, field.type, change.after);
  } else {
    if (change.before)
      writer_.boolean(true);
    else
      writer_.null();
    put_secret(writer_, change.secret);
  }
  writer_.end_list();
}

void ReportJsonl::put_job(const JobSummary& job)
{
  report::put_job(writer_, job);
}

void put_found(json::Writer& writer, const Messages& messages, const check::Found& found,
               const FoundIn& in, TextBuffer& message)
{
  if (found.reading < in.readings.size())
    return put_finding(writer, messages.reading(in.readings[found.reading]));
  message.clear();
  messages.append(message, found, in);
  const std::string_view column = messages.column(found);
  writer.begin_object();
  put_head(writer, found.severity, messages.slug(found), column, messages.value(found),
           message.view());
  put_facts(writer, found, column);
  writer.end_object();
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
  static constexpr std::array<std::string_view, job_state_count> slugs = {
      "queued", "running", "succeeded", "partial", "failed", "cancelled", "interrupted"};
  return slugs[static_cast<std::size_t>(state)];
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
