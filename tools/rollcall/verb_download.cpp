// `rollcall download`, `rollcall purge` and `rollcall cancel`: what jobs have left behind, and its
// end.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "rollcall/download.hpp"
#include "stored_jobs.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Download final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    options
        .add_option("ARTIFACT", artifact_,
                    "source, report, result, error_rows, error_log, plan or secrets (once)")
        ->required();
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
    if (!artifact)
      return Error{ErrorCode::wrong_use,
                   fmt::format("a job has no '{}': it has a source, report, result, error_rows, "
                               "error_log, plan, secrets",
                               artifact_)};
    const auto wants =
        *artifact == Artifact::secrets ? StoreHost::Wants::to_write : StoreHost::Wants::to_look;
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, wants));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Found found, find(console, host, store_, std::move(record),
                                         schema::Action::jobs, "download " + artifact_));
    if (found.refusal) return refuse(console, *found.refusal);
    const bool is_secret = *artifact == Artifact::source || *artifact == Artifact::error_rows ||
                           *artifact == Artifact::secrets;
    ROLLCALL_TRY(auto output, Output::open(console, output_,
                                           is_secret ? Readers::owner_only : Readers::as_usual));
    if (*artifact == Artifact::secrets) {
      ROLLCALL_TRY(const auto count, download_secrets(
                                         host.service(), found.record.id, output.sink(),
                                         [&] { return output.commit(); }, console.seams));
      static_cast<void>(count);
      return Exit::succeeded;
    }
    ROLLCALL_TRY(const auto directory, host.directory(found.schema));
    ROLLCALL_CHECK(download(host.jobs(), host.service(), found.record.id, *artifact, *directory,
                            output.sink(), console.seams));
    ROLLCALL_CHECK(output.commit());
    return Exit::succeeded;
  }

 private:
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
    options.add_option("--days", retention_.days, "so many days after it ended, a job may go (90)")
        ->type_name("N");
    options
        .add_option("--jobs", retention_.jobs, "the newest so many stay, if not too old (10000)")
        ->type_name("N");
  }

  Result<Exit> run(Console& console) override
  {
    if (is_expired_ == !job_.empty())
      return Error{ErrorCode::wrong_use, "either a job is purged, or those that are --expired"};
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    if (is_expired_) return purge_expired(console, host);
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Found found,
                 find(console, host, store_, std::move(record), schema::Action::undo, "purge"));
    if (found.refusal) return refuse(console, *found.refusal);
    ROLLCALL_CHECK(host.service().purge(found.record.id));
    ROLLCALL_CHECK(console.out.write(fmt::format(
        "the files and secrets of job {} are gone; its record stays\n", found.record.id)));
    return Exit::succeeded;
  }

 private:
  // Whoever may do it with every job that is there.
  Result<Exit> purge_expired(Console& console, StoreHost& host)
  {
    class Ids final : public JobSink {
     public:
      std::vector<JobId> all;
      void job(const JobRecord& record) override { all.push_back(record.id); }
    } ids;
    ROLLCALL_CHECK(host.service().find_jobs({}, ids));
    Rights rights{console, host, store_};
    for (const JobId id : ids.all) {
      ROLLCALL_TRY(const bool may_purge, rights.allow(id, schema::Action::undo));
      if (may_purge) continue;
      ROLLCALL_CHECK(rights.note("purge expired", 0, false));
      return refuse(console, *rights.refusal());
    }
    ROLLCALL_CHECK(rights.note("purge expired", 0, true));
    ROLLCALL_TRY(const std::uint64_t count, host.service().purge_expired(retention_));
    ROLLCALL_CHECK(console.out.write(fmt::format("{} jobs are gone, with their files\n", count)));
    return Exit::succeeded;
  }

  StoreOptions store_;
  std::string job_;
  bool is_expired_ = false;
  Retention retention_;
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
    ROLLCALL_TRY(const Found found,
                 find(console, host, store_, std::move(record), schema::Action::execute, "cancel"));
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
          "rollcall resume {} --db {}\n",
          job.id, job.id, shown(store_.db));
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
