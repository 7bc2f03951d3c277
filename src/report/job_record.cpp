// job_record.cpp: a job of the history as a line of JSON.
#include "base/timestamp.hpp"
#include "json/writer.hpp"
#include "report/finding_json.hpp"
#include "rollcall/job_store.hpp"

namespace rollcall {

Result<void> write_job(const JobRecord& record, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    const JobSummary& job = record.summary;
    const auto moment = [&](std::string_view name, std::int64_t ms) {
      writer.name(name);
      if (ms == 0)
        writer.null();
      else
        writer.text(format_utc(ms));
    };
    writer.begin_object();
    writer.name("id").natural(record.id);
    if (record.from != 0) writer.name("from").natural(record.from);
    writer.name("kind").text(job.action);
    writer.name("format").text(job.format);
    writer.name("state").text(slug(record.state));
    writer.name("actor").text(record.actor);
    writer.name("role").text(record.role);
    moment("created_at", record.created_ms);
    moment("started_at", record.started_ms);
    moment("ended_at", record.ended_ms);
    writer.name("file").text(job.file);
    writer.name("sha256").text(job.sha256);
    writer.name("bytes").natural(job.bytes);
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
    if (!record.plan.empty()) writer.name("plan").text(record.plan);
    writer.name("findings");
    report::put_findings(writer, job.findings);
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

} // namespace rollcall
