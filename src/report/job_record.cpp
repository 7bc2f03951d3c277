// job_record.cpp: a job of the history as a line of JSON.
#include "base/timestamp.hpp"
#include "json/writer.hpp"
#include "report/finding_json.hpp"
#include "report/report_jsonl.hpp"
#include "rollcall/jobs.hpp"

namespace rollcall {
namespace {

void put_moment(json::Writer& writer, std::string_view name, std::int64_t ms)
{
  writer.name(name);
  if (ms == 0)
    writer.null();
  else
    writer.text(format_utc(ms));
}

void put_record(json::Writer& writer, const JobRecord& record)
{
  const JobSummary& job = record.summary;
  writer.name("id").natural(record.id);
  if (record.from != 0) writer.name("from").natural(record.from);
  writer.name("kind").text(job.action);
  writer.name("format").text(job.format);
  writer.name("state").text(slug(record.state));
  writer.name("actor").text(record.actor);
  writer.name("role").text(record.role);
  put_moment(writer, "created_at", record.created_ms);
  put_moment(writer, "started_at", record.started_ms);
  put_moment(writer, "ended_at", record.ended_ms);
  writer.name("file").text(job.file);
  writer.name("sha256").text(job.sha256);
  writer.name("bytes").natural(job.bytes);
  report::put_counts(writer, job);
  if (!record.plan.empty()) writer.name("plan").text(record.plan);
  writer.name("findings");
  report::put_findings(writer, job.findings);
}

void put_details(json::Writer& writer, const JobDetails& details)
{
  writer.name("progress").begin_object();
  writer.name("rows").natural(details.progress.rows);
  writer.name("groups").natural(details.progress.groups);
  writer.name("groups_planned").natural(details.progress.groups_planned);
  writer.end_object();
  writer.name("is_to_stop").boolean(details.is_to_stop);
  writer.name("artifacts").begin_list();
  for (const JobDetails::Artifact& artifact : details.artifacts) {
    writer.begin_object();
    writer.name("name").text(artifact.name);
    writer.name("bytes").natural(artifact.bytes);
    writer.end_object();
  }
  writer.end_list();
  writer.name("secrets").begin_object();
  writer.name("made").natural(details.secrets_made);
  writer.name("waiting").natural(details.secrets_waiting);
  put_moment(writer, "taken_at", details.secrets_taken_ms);
  writer.end_object();
  writer.name("effects_waiting").natural(details.effects_waiting);
  put_moment(writer, "purged_at", details.purged_ms);
}

Result<void> write(const JobRecord& record, const JobDetails* details, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 4096}));
    writer.begin_object();
    put_record(writer, record);
    if (details != nullptr) put_details(writer, *details);
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

} // namespace

Result<void> write_job(const JobRecord& record, Sink& sink)
{
  return write(record, nullptr, sink);
}

Result<void> write_job(const JobRecord& record, const JobDetails& details, Sink& sink)
{
  return write(record, &details, sink);
}

} // namespace rollcall
