// What a page of history asks, as tables and JSON.
#include "rollcall/store_history.h"

#include <string>

#include "context.hpp"
#include "json/writer.hpp"
#include "output.hpp"
#include "store.hpp"
#include "table.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

using Table = std::unique_ptr<rollcall_table>;

constexpr ColumnIs number = ColumnIs::natural;
constexpr ColumnIs moment = ColumnIs::integer;

class JobsTable final : public JobSink {
 public:
  explicit JobsTable(const std::shared_ptr<Engine>& engine)
      : table{engine,
              {{"job", number},
               {"from", number},
               {"state"},
               {"refusal"},
               {"kind"},
               {"format"},
               {"file"},
               {"actor"},
               {"role"},
               {"created_ms", moment},
               {"started_ms", moment},
               {"ended_ms", moment},
               {"rows", number},
               {"created", number},
               {"updated", number},
               {"unchanged", number},
               {"rejected", number},
               {"withheld", number},
               {"stale", number},
               {"failed", number},
               {"unknown", number},
               {"warnings", number},
               {"bytes", number},
               {"sha256"}}}
  {
  }

  void job(const JobRecord& record) override
  {
    const JobSummary& of = record.summary;
    at_ = 0;
    next().natural(record.id);
    next().natural_or_null(record.from);
    for (const std::string_view text :
         {slug(record.state), said(of.refusal), std::string_view{of.action},
          std::string_view{of.format}, std::string_view{of.file}, std::string_view{record.actor},
          std::string_view{record.role}})
      next().text_or_null(text);
    for (const std::int64_t ms : {record.created_ms, record.started_ms, record.ended_ms})
      next().integer_or_null(ms);
    for (const std::uint64_t count :
         {of.rows, of.created, of.updated, of.unchanged, of.rejected, of.withheld, of.stale,
          of.failed, of.unknown, of.warnings, of.bytes})
      next().natural(count);
    next().text_or_null(of.sha256);
  }

  TableBuilder table;

 private:
  [[nodiscard]] Column& next() noexcept { return table[at_++]; }
  [[nodiscard]] static std::string_view said(Refusal refusal) noexcept
  {
    static constexpr std::array<std::string_view, 4> words = {"", "actor", "file", "stale"};
    return words[static_cast<std::size_t>(refusal)];
  }
  std::size_t at_ = 0;
};

class EffectsTable final : public EffectSink {
 public:
  explicit EffectsTable(const std::shared_ptr<Engine>& engine)
      : table{engine, {{"effect", number}, {"job", number}, {"operation"}, {"name"}, {"fields"}}}
  {
  }
  void effect(const WaitingEffect& of) override
  {
    table[0].natural(of.id);
    table[1].natural(of.job);
    table[2].text(of.operation);
    table[3].text(of.name);
    table[4].text(of.fields);
  }
  TableBuilder table;
};

class AuditTable final : public AuditSink {
 public:
  explicit AuditTable(const std::shared_ptr<Engine>& engine)
      : table{engine,
              {{"record", number},
               {"job", number},
               {"row", number},
               {"at_ms", moment},
               {"actor"},
               {"op"},
               {"kind"},
               {"key"},
               {"fields"}}}
  {
  }
  void change(const AuditRecord& of) override
  {
    table[0].natural(of.id);
    table[1].natural(of.job);
    table[2].natural(of.row);
    table[3].integer(of.at_ms);
    table[4].text(of.actor);
    table[5].text(of.op);
    table[6].text(of.kind);
    table[7].text(of.key);
    table[8].text(of.fields);
  }
  TableBuilder table;
};

class AccessTable final : public AccessSink {
 public:
  explicit AccessTable(const std::shared_ptr<Engine>& engine)
      : table{engine,
              {{"record", number},
               {"at_ms", moment},
               {"actor"},
               {"what"},
               {"job", number},
               {"refusal"},
               {"role"}}}
  {
  }
  void access(const AccessRecord& of) override
  {
    table[0].natural(of.id);
    table[1].integer(of.at_ms);
    table[2].text(of.actor);
    table[3].text(of.what);
    table[4].natural_or_null(of.job);
    table[5].text_or_null(of.refusal);
    table[6].text_or_null(of.role);
  }
  TableBuilder table;
};

CountRange range(std::uint64_t min, std::uint64_t max, bool has_max) noexcept
{
  return {.min = min, .max = max != 0 || has_max ? max : UINT64_MAX};
}

Result<JobFilter> filter_of(const rollcall_job_filter* filter)
{
  ROLLCALL_CHECK(check_size(filter, "rollcall_job_filter"));
  const rollcall_job_filter copy = copied(filter);
  constexpr std::uint32_t known =
      ROLLCALL_JOBS_ROWS_MAX | ROLLCALL_JOBS_CREATED_MAX | ROLLCALL_JOBS_ERRORS_MAX;
  ROLLCALL_CHECK(check_flags(copy.flags, known, "rollcall_job_filter.flags"));
  ROLLCALL_CHECK(check_reserved(copy.reserved, "rollcall_job_filter"));
  const auto has = [&](std::uint32_t flag) { return (copy.flags & flag) != 0; };
  JobFilter made{
      .format = std::string{text_of(copy.format)},
      .actor = std::string{text_of(copy.actor)},
      .file = std::string{text_of(copy.file)},
      .rows = range(copy.rows_min, copy.rows_max, has(ROLLCALL_JOBS_ROWS_MAX)),
      .created = range(copy.created_min, copy.created_max, has(ROLLCALL_JOBS_CREATED_MAX)),
      .errors = range(copy.errors_min, copy.errors_max, has(ROLLCALL_JOBS_ERRORS_MAX)),
      .since_ms = copy.since_ms,
      .until_ms = copy.until_ms,
      .from = copy.from,
      .before = copy.before,
      .most = copy.most};
  if (const std::string_view kind = text_of(copy.kind); !kind.empty())
    made.kinds.emplace_back(kind);
  ROLLCALL_CHECK(check_flags(copy.states, (1U << job_state_count) - 1, "states"));
  for (std::size_t i = 0; i != job_state_count; ++i)
    if ((copy.states >> i & 1) != 0) made.states.push_back(static_cast<JobState>(i));
  return made;
}

Result<rollcall_audit_filter> checked(const rollcall_audit_filter* filter)
{
  ROLLCALL_CHECK(check_size(filter, "rollcall_audit_filter"));
  const rollcall_audit_filter copy = copied(filter);
  ROLLCALL_CHECK(
      check_flags(copy.flags, ROLLCALL_AUDIT_ONLY_REFUSED, "rollcall_audit_filter.flags"));
  return copy;
}

std::string_view slug_of(JobStep step) noexcept
{
  static constexpr std::array<std::string_view, 4> words = {"judges", "looks", "applies", "tells"};
  return words[static_cast<std::size_t>(step)];
}

Result<void> write_details(const JobDetails& of, Sink& sink)
{
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 4096}));
  writer.begin_object();
  writer.name("artifacts").begin_list();
  for (const JobDetails::Artifact& artifact : of.artifacts) {
    writer.begin_object();
    writer.name("name").text(artifact.name);
    writer.name("bytes").natural(artifact.bytes);
    writer.end_object();
  }
  writer.end_list();
  writer.name("progress").begin_object();
  writer.name("step").text(slug_of(of.progress.step));
  writer.name("rows").natural(of.progress.rows);
  writer.name("bytes").natural(of.progress.bytes);
  writer.name("groups").natural(of.progress.groups);
  writer.name("groups_planned").natural(of.progress.groups_planned);
  writer.end_object();
  writer.name("is_to_stop").boolean(of.is_to_stop);
  writer.name("effects_waiting").natural(of.effects_waiting);
  writer.name("secrets_made").natural(of.secrets_made);
  writer.name("secrets_waiting").natural(of.secrets_waiting);
  writer.name("secrets_taken_ms").integer(of.secrets_taken_ms);
  writer.name("purged_ms").integer(of.purged_ms);
  writer.end_object();
  writer.end_line();
  return writer.finish();
}

Result<JobRecord> record_of(StoreBody& store, JobId job)
{
  ROLLCALL_TRY(auto record, store.jobs().job(job));
  if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(job)};
  return std::move(*record);
}

rollcall_status purge_all_but(const Retention& kept, rollcall_store* store, rollcall_purged* gone,
                              rollcall_error** err) noexcept
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_CHECK(check_room(gone));
    ROLLCALL_TRY(const Purged purged, body.service().purge_expired(kept));
    return say(purged, body.engine(), gone);
  });
}

} // namespace

rollcall_status rollcall_store_jobs(rollcall_store* store, const rollcall_job_filter* filter,
                                    rollcall_table** out, rollcall_error** err)
{
  return make_of_store(store, out, err, [&](StoreBody& body) -> Result<Table> {
    ROLLCALL_TRY(const JobFilter asked, filter_of(filter));
    JobsTable jobs{body.engine()};
    ROLLCALL_CHECK(body.service().find_jobs(asked, jobs));
    return jobs.table.finish();
  });
}

rollcall_status rollcall_store_job(rollcall_store* store, uint64_t job, rollcall_output* output,
                                   rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_TRY(const JobRecord record, record_of(body, job));
    return write_into(output, [&](Sink& sink) { return write_job(record, sink); });
  });
}

rollcall_status rollcall_store_job_details(rollcall_store* store, uint64_t job,
                                           rollcall_output* output, rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    ROLLCALL_TRY(const JobDetails details, body.service().details(job));
    return write_into(output, [&](Sink& sink) { return write_details(details, sink); });
  });
}

rollcall_status rollcall_store_job_page(rollcall_store* store, uint64_t job,
                                        const rollcall_schema* schema, rollcall_table** out,
                                        rollcall_error** err)
{
  return make_of_store(store, out, err, [&](StoreBody& body) -> Result<Table> {
    ROLLCALL_TRY(const JobRecord record, record_of(body, job));
    ROLLCALL_TRY(const auto known, schema_of_job(body, job, schema));
    ROLLCALL_TRY(const std::vector<PageCell> cells, page_of(known->schema, record));
    TableBuilder table{body.engine(), {{"header"}, {"text"}}};
    for (const PageCell& cell : cells) {
      table[0].text(cell.header);
      table[1].text(cell.text);
    }
    return table.finish();
  });
}

rollcall_status rollcall_store_purge_expired(rollcall_store* store, uint64_t days, uint64_t jobs,
                                             rollcall_purged* gone, rollcall_error** err)
{
  Retention retention;
  if (days != 0) retention.days = days;
  if (jobs != 0) retention.jobs = jobs;
  return purge_all_but(retention, store, gone, err);
}

rollcall_status rollcall_store_purge_ended(rollcall_store* store, rollcall_purged* gone,
                                           rollcall_error** err)
{
  return purge_all_but({.days = 0, .jobs = 0}, store, gone, err);
}

rollcall_status rollcall_store_effects(rollcall_store* store, rollcall_table** out,
                                       rollcall_error** err)
{
  return make_of_store(store, out, err, [&](StoreBody& body) -> Result<Table> {
    EffectsTable effects{body.engine()};
    ROLLCALL_CHECK(body.service().effects(effects));
    return effects.table.finish();
  });
}

rollcall_status rollcall_store_effect_done(rollcall_store* store, uint64_t effect,
                                           rollcall_error** err)
{
  return with_store(store, err,
                    [&](StoreBody& body) { return body.service().effect_done(effect); });
}

rollcall_status rollcall_store_audit(rollcall_store* store, const rollcall_audit_filter* filter,
                                     rollcall_table** out, rollcall_error** err)
{
  return make_of_store(store, out, err, [&](StoreBody& body) -> Result<Table> {
    ROLLCALL_TRY(const rollcall_audit_filter asked, checked(filter));
    AuditTable records{body.engine()};
    ROLLCALL_CHECK(body.service().audit({.kind = std::string{text_of(asked.kind)},
                                         .key = std::string{text_of(asked.key)},
                                         .field = std::string{text_of(asked.field)},
                                         .actor = std::string{text_of(asked.actor)},
                                         .job = asked.job,
                                         .since_ms = asked.since_ms,
                                         .until_ms = asked.until_ms,
                                         .before = asked.before,
                                         .most = asked.most},
                                        records));
    return records.table.finish();
  });
}

rollcall_status rollcall_store_accesses(rollcall_store* store, const rollcall_audit_filter* filter,
                                        rollcall_table** out, rollcall_error** err)
{
  return make_of_store(store, out, err, [&](StoreBody& body) -> Result<Table> {
    ROLLCALL_TRY(const rollcall_audit_filter asked, checked(filter));
    AccessTable records{body.engine()};
    ROLLCALL_CHECK(
        body.service().accesses({.actor = std::string{text_of(asked.actor)},
                                 .job = asked.job,
                                 .only_refused = (asked.flags & ROLLCALL_AUDIT_ONLY_REFUSED) != 0,
                                 .since_ms = asked.since_ms,
                                 .until_ms = asked.until_ms,
                                 .before = asked.before,
                                 .most = asked.most},
                                records));
    return records.table.finish();
  });
}

rollcall_status rollcall_store_note(rollcall_store* store, const char* actor, size_t actor_len,
                                    const char* what, size_t what_len, uint64_t job,
                                    const char* refusal, size_t refusal_len, rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) {
    return body.service().note({.actor = std::string{text_of(actor, actor_len)},
                                .what = std::string{text_of(what, what_len)},
                                .job = job,
                                .refusal = std::string{text_of(refusal, refusal_len)}});
  });
}

rollcall_status rollcall_store_note_by(rollcall_store* store, const rollcall_context* who,
                                       const char* what, size_t what_len, uint64_t job,
                                       const char* refusal, size_t refusal_len,
                                       rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) {
    const Context& by = who != nullptr ? who->context : Context{};
    return body.service().note({.actor = by.name,
                                .role = by.role,
                                .what = std::string{text_of(what, what_len)},
                                .job = job,
                                .refusal = std::string{text_of(refusal, refusal_len)}});
  });
}
