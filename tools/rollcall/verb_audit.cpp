// `rollcall audit`: every change that jobs have made, and every time that somebody looked at jobs,
// fetched something of them, or was refused.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "stored_jobs.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// A record with texts of its own: who may see it is asked when the store is not being read.
struct Change {
  AuditRecord record;
  std::string actor, op, kind, key, fields;
};

class Changes final : public AuditSink {
 public:
  std::vector<Change> all;
  void change(const AuditRecord& record) override
  {
    all.push_back({record, std::string{record.actor}, std::string{record.op},
                   std::string{record.kind}, std::string{record.key}, std::string{record.fields}});
  }
};

class Accesses final : public AccessSink {
 public:
  std::vector<AccessRecord> all;
  void access(const AccessRecord& access) override { all.push_back(access); }
};

class Audit final : public Command {
 public:
  void declare(Options& options) override
  {
    declare_store(options, store_);
    options.add_option("--kind", filter_.kind, "only of objects of this kind")->type_name("KIND");
    options.add_option("--key", filter_.key, "only of objects with this key")->type_name("KEY");
    options.add_option("--field", filter_.field, "only where this field changed")
        ->type_name("FIELD");
    options.add_option("--by", filter_.actor, "only by this actor")->type_name("NAME");
    options.add_option("--job", filter_.job, "only of this job")->type_name("JOB");
    options.add_option("--since", since_, "then or later: 2026-11-21, 2026-11-21T08:30")
        ->type_name("TIME");
    options.add_option("--until", until_, "before")->type_name("TIME");
    options.add_option("--before", filter_.before, "older than this record: the next page")
        ->type_name("ID");
    options.add_option("--most", filter_.most, "at most so many, the newest")->type_name("N");
    options.add_flag("--access", is_access_, "who looked, fetched and asked, in place of changes");
    options.add_flag("--refused", is_refused_, "of these only who was refused");
    options.add_flag("--json", is_json_, "a JSON line a record");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(filter_.since_ms, moment_of(since_));
    ROLLCALL_TRY(filter_.until_ms, moment_of(until_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, StoreHost::Wants::to_look));
    Rights rights{console, host, store_};
    ROLLCALL_CHECK(learn(host, rights));
    std::string text;
    if (is_access_ || is_refused_) {
      ROLLCALL_CHECK(list_accesses(host, rights, text));
    } else {
      ROLLCALL_CHECK(list_changes(host, rights, text));
    }
    const bool is_refused = shown_ == 0 && rights.refusal();
    ROLLCALL_CHECK(rights.note("audit", filter_.job, !is_refused));
    if (is_refused) return refuse(console, *rights.refusal());
    ROLLCALL_CHECK(console.out.write(text));
    return Exit::succeeded;
  }

 private:
  // What the actor may see of the newest job of each format.
  Result<void> learn(StoreHost& host, Rights& rights)
  {
    class Newest final : public JobSink {
     public:
      std::vector<std::pair<std::string, JobId>> of_format;
      void job(const JobRecord& record) override
      {
        for (const auto& [format, id] : of_format)
          if (format == record.summary.format) return;
        of_format.emplace_back(record.summary.format, record.id);
      }
    } newest;
    ROLLCALL_CHECK(host.service().find_jobs({}, newest));
    for (const auto& [format, id] : newest.of_format) {
      ROLLCALL_TRY(const bool may_see, rights.allow(id, schema::Action::jobs));
      may_see_any_ = may_see_any_ || may_see;
    }
    return success();
  }

  Result<void> list_changes(StoreHost& host, Rights& rights, std::string& text)
  {
    Changes changes;
    ROLLCALL_CHECK(host.service().audit(filter_, changes));
    JobId last = 0;
    bool may_see = false;
    for (const Change& change : changes.all) {
      if (change.record.job != last) {
        last = change.record.job;
        ROLLCALL_TRY(may_see, rights.allow(last, schema::Action::jobs));
      }
      if (!may_see) continue;
      ++shown_;
      if (is_json_) {
        ROLLCALL_TRY(const std::string line, line_of(change));
        text += line;
      } else {
        text += fmt::format("{:>6}  {}  job {}, row {}  {}  {} {} {}  {}\n", change.record.id,
                            moment(change.record.at_ms), change.record.job, change.record.row,
                            shown(change.actor), change.op, change.kind, shown(change.key),
                            shown(change.fields));
      }
    }
    return success();
  }

  // Of no job in particular: whoever may see any job may see it.
  Result<void> list_accesses(StoreHost& host, Rights& rights, std::string& text)
  {
    const AccessFilter filter{.actor = filter_.actor,
                              .job = filter_.job,
                              .only_refused = is_refused_,
                              .since_ms = filter_.since_ms,
                              .until_ms = filter_.until_ms,
                              .before = filter_.before,
                              .most = filter_.most};
    Accesses accesses;
    ROLLCALL_CHECK(host.service().accesses(filter, accesses));
    for (const AccessRecord& access : accesses.all) {
      bool may_see = may_see_any_;
      if (access.job != 0) {
        ROLLCALL_TRY(may_see, rights.allow(access.job, schema::Action::jobs));
      }
      if (!may_see) continue;
      ++shown_;
      if (is_json_) {
        ROLLCALL_TRY(const std::string line, line_of(access));
        text += line;
      } else {
        const std::string of = access.job == 0 ? "" : fmt::format(" job {}", access.job);
        const std::string why =
            access.refusal.empty() ? "" : fmt::format("  refused: {}", shown(access.refusal));
        text += fmt::format("{:>6}  {}  {}  {}{}{}\n", access.id, moment(access.at_ms),
                            shown(access.actor), access.what, of, why);
      }
    }
    return success();
  }

  static Result<std::string> line_of(const Change& change)
  {
    AuditRecord record = change.record;
    record.actor = change.actor;
    record.op = change.op;
    record.kind = change.kind;
    record.key = change.key;
    record.fields = change.fields;
    return written(record);
  }
  static Result<std::string> line_of(const AccessRecord& access) { return written(access); }

  template <class Record>
  static Result<std::string> written(const Record& record)
  {
    std::pmr::string line;
    TextSink sink{line};
    ROLLCALL_CHECK(write_record(record, sink));
    return std::string{line};
  }

  StoreOptions store_;
  AuditFilter filter_;
  std::string since_, until_;
  bool is_access_ = false, is_refused_ = false, is_json_ = false;
  bool may_see_any_ = false;
  std::size_t shown_ = 0;
};

} // namespace

std::unique_ptr<Command> make_audit()
{
  return std::make_unique<Audit>();
}

} // namespace rollcall::tools
