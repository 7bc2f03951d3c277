// history_record.cpp: a change or an access, as a line of JSON.
#include "base/timestamp.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "rollcall/jobs.hpp"

namespace rollcall {

Result<void> write_record(const AuditRecord& record, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    json::Document fields{{.bytes_max = record.fields.size() + 1}};
    ROLLCALL_CHECK(fields.read(record.fields));
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    writer.begin_object();
    writer.name("id").natural(record.id);
    writer.name("at").text(format_utc(record.at_ms));
    writer.name("job").natural(record.job);
    writer.name("row").natural(record.row);
    writer.name("actor").text(record.actor);
    writer.name("op").text(record.op);
    writer.name("kind").text(record.kind);
    writer.name("key").text(record.key);
    writer.name("fields").value(fields.root());
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

Result<void> write_record(const AccessRecord& access, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    writer.begin_object();
    writer.name("id").natural(access.id);
    writer.name("at").text(format_utc(access.at_ms));
    writer.name("actor").text(access.actor);
    writer.name("role").text(access.role);
    writer.name("what").text(access.what);
    if (access.job != 0) writer.name("job").natural(access.job);
    if (!access.refusal.empty()) writer.name("refusal").text(access.refusal);
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

} // namespace rollcall
