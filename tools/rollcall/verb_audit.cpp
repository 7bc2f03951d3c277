// `rollcall audit`: every change that jobs have made, and every time that somebody looked at jobs,
// fetched something of them, or was refused.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "moments.hpp"
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
    options.add_flag("--json", is_json_, "a JSON line a record");
    const Options::Group group{options, "Which"};
    options.add_option("--kind", filter_.kind, "only of objects of this kind")->type_name("KIND");
    options.add_option("--key", filter_.key, "only of objects with this key")->type_name("KEY");
    options.add_option("--field", filter_.field, "only where this field changed")
        ->type_name("FIELD");
    options.add_option("--by", filter_.actor, "only by this actor")->type_name("NAME");
    options.add_option("--job", filter_.job, "only of this job")->type_name("JOB");
    options.add_option("--since", since_, "then or later: 2026-11-21, 2026-11-21T08:30:15.250")
        ->type_name("TIME");
    options.add_option("--until", until_, "before")->type_name("TIME");
    options.add_option("--before", filter_.before, "older than this record: the next page")
        ->type_name("ID");
    options.add_option("--most", most_, "at most so many, the newest; 0: all")
        ->type_name("N")
        ->setting();
    options.add_flag("--access", is_access_, "who looked, fetched and asked, in place of changes");
    options.add_flag("--refused", is_refused_, "of these only who was refused");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_words());
    ROLLCALL_TRY(filter_.since_ms, moment_of(since_));
    ROLLCALL_TRY(filter_.until_ms, moment_of(until_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, Wants::to_look));
    ROLLCALL_TRY(const Rights rights, Rights::learn(console, host, store_, schema::Action::jobs));
    ROLLCALL_CHECK(rights.check_readable());
    if (!rights.allows_any() && rights.refusal()) {
      ROLLCALL_CHECK(rights.note(host, "audit", filter_.job, false));
      return refuse(console, *rights.refusal());
    }
    const Shown shown{console, host, rights};
    const bool is_about_some = asks_for_some();
    ROLLCALL_TRY(const std::uint64_t end, end_of_accesses(host));
    // Nobody sees anything before it is noted that he does.
    ROLLCALL_CHECK(rights.note(host, "audit", filter_.job, true));
    if (shows_accesses()) {
      filter_.before = filter_.before == 0 ? end : std::min(filter_.before, end);
      ROLLCALL_CHECK(list_accesses(shown));
    } else {
      ROLLCALL_CHECK(list_changes(shown));
    }
    if (count_ == 0 && !is_json_) ROLLCALL_CHECK(console.out.write(says_none(is_about_some)));
    return Exit::succeeded;
  }

 private:
  [[nodiscard]] bool shows_accesses() const noexcept { return is_access_ || is_refused_; }

  [[nodiscard]] bool asks_for_some() const noexcept
  {
    return !filter_.kind.empty() || !filter_.key.empty() || !filter_.field.empty() ||
           !filter_.actor.empty() || filter_.job != 0 || filter_.since_ms != 0 ||
           filter_.until_ms != 0 || filter_.before != 0 || is_refused_;
  }
  [[nodiscard]] std::string_view says_none(bool of_some) const noexcept
  {
    if (shows_accesses())
      return of_some ? "no access is as asked\n" : "there are no accesses to be seen\n";
    return of_some ? "no change is as asked\n" : "there are no changes to be seen\n";
  }

  // What asks for changes says nothing of who looked.
  [[nodiscard]] Result<void> check_words() const
  {
    if (!shows_accesses()) return success();
    for (const auto& [name, value] :
         {std::pair{"--kind", &filter_.kind}, std::pair{"--key", &filter_.key},
          std::pair{"--field", &filter_.field}})
      if (!value->empty())
        return Error{ErrorCode::wrong_use,
                     fmt::format("{} is asked of changes, and {} shows none", name,
                                 is_access_ ? "--access" : "--refused")};
    return success();
  }

  // Behind the newest that there is, for this one is none of those that are asked for.
  static Result<std::uint64_t> end_of_accesses(StoreHost& host)
  {
    Accesses newest;
    ROLLCALL_CHECK(host.service().accesses({.most = 1}, newest));
    return newest.all.empty() ? 1 : newest.all.front().id + 1;
  }

  // To whom, and what he may see.
  struct Shown {
    Console& console;
    StoreHost& host;
    const Rights& rights;
  };

  // How many to ask for next; 0: as many as were asked for are shown.
  [[nodiscard]] std::uint64_t next_page() const noexcept
  {
    constexpr std::uint64_t page_most = 1000;
    return most_ == 0 ? page_most : std::min(page_most, most_ - count_);
  }

  Result<void> list_changes(const Shown& shown)
  {
    for (;;) {
      filter_.most = next_page();
      if (filter_.most == 0) return success();
      Changes page;
      ROLLCALL_CHECK(shown.host.service().audit(filter_, page));
      std::string text;
      for (const Change& change : page.all) {
        filter_.before = change.record.id;
        if (!shown.rights.allows(change.record.schema_id)) continue;
        ++count_;
        ROLLCALL_TRY(const std::string line, is_json_ ? json_of(change) : text_of(change));
        text += line;
      }
      ROLLCALL_CHECK(shown.console.out.write(text));
      if (page.all.size() < filter_.most) return success();
    }
  }

  // Of no job in particular: whoever may see any job may see it.
  Result<void> list_accesses(const Shown& shown)
  {
    AccessFilter filter{.actor = filter_.actor,
                        .job = filter_.job,
                        .only_refused = is_refused_,
                        .since_ms = filter_.since_ms,
                        .until_ms = filter_.until_ms,
                        .before = filter_.before};
    for (;;) {
      filter.most = next_page();
      if (filter.most == 0) return success();
      Accesses page;
      ROLLCALL_CHECK(shown.host.service().accesses(filter, page));
      std::string text;
      for (const AccessRecord& access : page.all) {
        filter.before = access.id;
        if (!shown.rights.allows(access.schema_id)) continue;
        ++count_;
        ROLLCALL_TRY(const std::string line, is_json_ ? written(access) : text_of(access));
        text += line;
      }
      ROLLCALL_CHECK(shown.console.out.write(text));
      if (page.all.size() < filter.most) return success();
    }
  }

  static Result<std::string> text_of(const Change& change)
  {
    return fmt::format("{:>6}  {}  job {}, row {}  {}  {} {} {}  {}\n", change.record.id,
                       moment(change.record.at_ms), change.record.job, change.record.row,
                       tools::shown(change.actor), change.op, change.kind, tools::shown(change.key),
                       tools::shown(change.fields));
  }

  static Result<std::string> text_of(const AccessRecord& access)
  {
    const std::string of = access.job == 0 ? "" : fmt::format(" job {}", access.job);
    const std::string why =
        access.refusal.empty() ? "" : fmt::format("  refused: {}", tools::shown(access.refusal));
    std::string who = tools::shown(access.actor);
    if (!access.role.empty())
      who += fmt::format("{}({})", who.empty() ? "" : " ", tools::shown(access.role));
    return fmt::format("{:>6}  {}  {}  {}{}{}\n", access.id, moment(access.at_ms), who, access.what,
                       of, why);
  }

  static Result<std::string> json_of(const Change& change)
  {
    AuditRecord record = change.record;
    record.actor = change.actor;
    record.op = change.op;
    record.kind = change.kind;
    record.key = change.key;
    record.fields = change.fields;
    return written(record);
  }

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
  std::uint64_t most_ = 0, count_ = 0;
};

} // namespace

std::unique_ptr<Command> make_audit()
{
  return std::make_unique<Audit>();
}

} // namespace rollcall::tools
