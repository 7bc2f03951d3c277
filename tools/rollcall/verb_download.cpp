// `rollcall download`, `rollcall purge` and `rollcall cancel`: what jobs have left behind, and its
// end.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "next_command.hpp"
#include "rollcall/download.hpp"
#include "rollcall/numbers.hpp"
#include "rollcall/plan.hpp"
#include "stored_jobs.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

std::vector<std::string> artifacts()
{
  std::vector<std::string> names;
  for (std::size_t i = 0; i != artifact_count; ++i)
    names.emplace_back(slug(static_cast<Artifact>(i)));
  return names;
}

class Download final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    options.add_option("ARTIFACT", artifact_, "what of it; secrets can be fetched once")
        ->required()
        ->choices(artifacts());
    options.add_option("-o,--output", output_, "where to; standard output otherwise")
        ->type_name("FILE");
    declare_store(options, store_);
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{database_stream(store_.db), Stream{"--context", store_.context}};
    const std::array outputs{Stream{"-o", output_}};
    ROLLCALL_CHECK(check_streams(inputs, outputs));
    const auto artifact = artifact_of(artifact_);
    const auto wants = *artifact == Artifact::secrets ? Wants::to_write : Wants::to_look;
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, wants));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Seen found, look(console, host, std::move(record), *artifact));
    if (found.refusal) return refuse(console, *found.refusal);
    const bool is_secret = *artifact == Artifact::source || *artifact == Artifact::error_rows ||
                           *artifact == Artifact::secrets;
    if (output_ == "-")
      console.out.when_unread(*artifact == Artifact::secrets ? Unread::is_failure
                                                             : Unread::ends_all);
    ROLLCALL_TRY(auto output, Output::open(console, output_,
                                           is_secret ? Readers::owner_only : Readers::as_usual));
    if (*artifact == Artifact::secrets) {
      ROLLCALL_TRY(const auto count, download_secrets(
                                         host.service(), found.record.id, output.sink(),
                                         [&] { return output.commit(); }, console.seams));
      static_cast<void>(count);
      return Exit::succeeded;
    }
    ROLLCALL_TRY(const bool was_kept, download_kept(host.jobs(), host.service(), found.record.id,
                                                    *artifact, output.sink()));
    if (!was_kept) {
      ROLLCALL_TRY(const schema::Schema schema, schema_of(found.record));
      ROLLCALL_TRY(const auto directory, host.directory(schema));
      ROLLCALL_CHECK(download(host.jobs(), host.service(), found.record.id, *artifact, *directory,
                              output.sink(), console.seams));
    }
    ROLLCALL_CHECK(output.commit());
    return Exit::succeeded;
  }

 private:
  // Secrets are for who may make and set them; a file of one's own one has seen.
  Result<Seen> look(Console& console, StoreHost& host, JobRecord record, Artifact artifact) const
  {
    using schema::Action;
    ROLLCALL_TRY(const Context context, who_asks(console, store_));
    const bool is_own = !context.name.empty() && context.name == record.actor;
    Result<schema::Schema> schema = schema_of(record);
    const bool shows = schema.has_value() ? shows_secrets(artifact, schema.assume_value())
                                          : shows_secrets(artifact);
    const std::string what = fmt::format("download {}", slug(artifact));
    if (shows && (artifact == Artifact::secrets || !is_own))
      return look_at(console, host, store_, std::move(record), {Action::jobs, Action::execute},
                     what);
    return look_at(console, host, store_, std::move(record), {Action::jobs}, what);
  }

  StoreOptions store_;
  std::string job_, artifact_, output_ = "-";
};

class Purge final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number");
    declare_store(options, store_);
    options.add_flag("--expired", is_expired_, "all that are older than they may be, in its place");
    of_expired_ = {
        options
            .add_option("--days", retention_.days, "so many days after it ended, a job may go (90)")
            ->type_name("N"),
        options
            .add_option("--jobs", retention_.jobs,
                        "the newest so many stay, if not too old (10000)")
            ->type_name("N")};
  }

  Result<Exit> run(Console& console) override
  {
    if (is_expired_ == !job_.empty())
      return Error{ErrorCode::wrong_use, "either a job is purged, or those that are --expired"};
    for (const Option* const each : of_expired_)
      if (each->is_given() && !is_expired_)
        return Error{ErrorCode::wrong_use,
                     fmt::format("{} needs --expired", typed_name(each->row()))};
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    if (is_expired_) return purge_expired(console, host);
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Seen found, look_at(console, host, store_, std::move(record),
                                           {schema::Action::undo}, "purge"));
    if (found.refusal) return refuse(console, *found.refusal);
    ROLLCALL_TRY(const Purged gone, host.service().purge(found.record.id));
    std::string text = fmt::format("the files and secrets of job {} are gone; its record stays\n",
                                   found.record.id);
    if (gone.jobs != 0) text += not_any_more(found.record.summary, gone);
    if (gone.effects == 1) text += "  1 effect that waits has lost its secrets\n";
    if (gone.effects > 1)
      text +=
          fmt::format("  {} effects that wait have lost their secrets\n", grouped(gone.effects));
    ROLLCALL_CHECK(console.out.write(text + unfetched(gone) + kept_by(gone.others)));
    return Exit::succeeded;
  }

 private:
  // What its files were for.
  static std::string not_any_more(const JobSummary& job, const Purged& gone)
  {
    if (job.undoes != 0)
      return fmt::format("  it cannot be undone any more, nor what it has left of job {}\n",
                         job.undoes);
    if (job.action == "validate") return "  it cannot be carried out any more\n";
    if (job.action != "execute" && job.action != "apply") return {};
    // A retry takes the file where it finds it.
    return gone.others.empty() ? "  it can be neither undone nor retried any more\n"
                               : "  it cannot be undone any more\n";
  }

  // Who wants the file gone, and not the job, purges these as well.
  static std::string kept_by(const std::vector<JobId>& others)
  {
    constexpr std::size_t most = 20;
    if (others.empty()) return {};
    std::string list;
    for (std::size_t i = 0; i != std::min(others.size(), most); ++i)
      list += fmt::format("{}{}", i == 0 ? "" : ", ", others[i]);
    if (others.size() > most) list += fmt::format(" and {} more", grouped(others.size() - most));
    return fmt::format("  its file, or rows of it, are still kept by {} {}\n",
                       others.size() == 1 ? "job" : "jobs", list);
  }

  // Jobs of formats of which he may purge none stay.
  Result<Exit> purge_expired(Console& console, StoreHost& host)
  {
    ROLLCALL_TRY(const Rights rights, Rights::learn(console, host, store_, schema::Action::undo));
    ROLLCALL_CHECK(rights.check_readable());
    const bool may = rights.allows_any() || !rights.refusal();
    ROLLCALL_CHECK(rights.note(host, "purge expired", 0, may));
    if (!may) return refuse(console, *rights.refusal());
    Retention retention = retention_;
    retention.schemas = rights.allowed();
    ROLLCALL_TRY(const Purged gone, host.service().purge_expired(retention));
    std::string text =
        gone.jobs == 1 ? std::string{"1 job is gone, with its files\n"}
                       : fmt::format("{} jobs are gone, with their files\n", grouped(gone.jobs));
    if (gone.effects == 1) text += "  1 effect that waited will not be done\n";
    if (gone.effects > 1)
      text += fmt::format("  {} effects that waited will not be done\n", grouped(gone.effects));
    text += unfetched(gone);
    if (gone.left != 0)
      text += gone.left == 1 ? "  1 more stays: who asks may not undo jobs of its format\n"
                             : fmt::format(
                                   "  {} more stay: who asks may not undo jobs of their "
                                   "formats\n",
                                   grouped(gone.left));
    ROLLCALL_CHECK(console.out.write(text));
    return Exit::succeeded;
  }

  static std::string unfetched(const Purged& gone)
  {
    if (gone.secrets == 0) return {};
    return gone.secrets == 1
               ? std::string{"  1 secret was never fetched\n"}
               : fmt::format("  {} secrets were never fetched\n", grouped(gone.secrets));
  }

  StoreOptions store_;
  std::string job_;
  bool is_expired_ = false;
  Retention retention_;
  std::array<Option*, 2> of_expired_ = {};
};

class Cancel final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    declare_store(options, store_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    // Who might have begun a job may stop it.
    ROLLCALL_TRY(const auto rights, rights_to_begin(host.jobs(), record, console.seams));
    ROLLCALL_TRY(const Seen found,
                 look_at(console, host, store_, std::move(record), rights, "cancel"));
    if (found.refusal) return refuse(console, *found.refusal);
    ROLLCALL_CHECK(host.service().cancel(found.record.id));
    ROLLCALL_TRY(const auto now, host.jobs().job(found.record.id));
    ROLLCALL_CHECK(console.out.write(text_of(*now)));
    return Exit::succeeded;
  }

 private:
  [[nodiscard]] std::string text_of(const JobRecord& job) const
  {
    if (job.state == JobState::cancelled) return fmt::format("job {} is cancelled\n", job.id);
    if (job.state == JobState::interrupted)
      return fmt::format(
          "job {} broke off after it had applied something; to end it, and be told what: "
          "{}\n",
          job.id, resuming(job.id, store_));
    return fmt::format("job {} is asked to stop; what it has applied stays\n", job.id);
  }

  StoreOptions store_;
  std::string job_;
};

} // namespace

std::unique_ptr<Command> make_download()
{
  return std::make_unique<Download>();
}

std::unique_ptr<Command> make_purge()
{
  return std::make_unique<Purge>();
}

std::unique_ptr<Command> make_cancel()
{
  return std::make_unique<Cancel>();
}

} // namespace rollcall::tools
