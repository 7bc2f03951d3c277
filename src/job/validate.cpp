// validate.cpp: a file, judged from its header to its last row, and the report of it.
//
// The lines of rows go to a spool file first: a job that is refused on the way reports nothing but
// that it was refused (spec M3).
#include "rollcall/validate.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "check/checker.hpp"
#include "check/header.hpp"
#include "plan/diff.hpp"
#include "report/report_jsonl.hpp"

namespace rollcall {
namespace {

using schema::CompiledSchema;

constexpr std::size_t copy_bytes = 64 * 1024;

std::uint64_t& count_of(JobSummary& job, plan::Outcome outcome)
{
  switch (outcome) {
    case plan::Outcome::created:
      return job.created;
    case plan::Outcome::updated:
      return job.updated;
    case plan::Outcome::unchanged:
      return job.unchanged;
    case plan::Outcome::rejected:
      return job.rejected;
    case plan::Outcome::withheld:
      return job.withheld;
    case plan::Outcome::stale:
      return job.stale;
    case plan::Outcome::failed:
      return job.failed;
    case plan::Outcome::unknown:
      break;
  }
  return job.unknown;
}

class Validation {
 public:
  Validation(const CompiledSchema& schema, Source& source, Directory& directory,
             const JobOptions& options, Seams seams, JobSummary& job)
      : schema_{schema},
        source_{source},
        directory_{directory},
        options_{options},
        seams_{seams},
        job_{job},
        judged_{seams.memory}
  {
  }

  // The lines of the rows go to `rows`.
  Result<void> run(Sink& rows)
  {
    ROLLCALL_TRY(auto reader, csv::Reader::open(source_, {.dialect = options_.dialect,
                                                          .limits = options_.limits,
                                                          .memory = seams_.memory,
                                                          .kernel = options_.kernel,
                                                          .digest = true}));
    if (!options_.dialect.delimiter) reader.use_delimiter(check::choose_delimiter(schema_, reader));
    job_.dialect = reader.dialect();
    ROLLCALL_CHECK(read_header(reader));
    if (job_.refusal == Refusal::none) ROLLCALL_CHECK(read_rows(reader, rows));
    finish(reader);
    return success();
  }

 private:
  Result<void> read_header(csv::Reader& reader)
  {
    ROLLCALL_TRY(const bool has_header, reader.next());
    if (!has_header) {
      if (!reader.refusal()) refuse(check::header_missing());
      return success();
    }
    header_ = check::read_header(schema_, reader.batch(), options_.limits);
    const auto is_error = [](const Finding& f) { return f.severity == Severity::error; };
    if (std::any_of(header_.findings.begin(), header_.findings.end(), is_error))
      job_.refusal = Refusal::file;
    for (Finding& finding : header_.findings) job_.findings.push_back(std::move(finding));
    header_.findings.clear();
    return success();
  }

  Result<void> read_rows(csv::Reader& reader, Sink& rows)
  {
    check::Checker checker{schema_, header_, options_.limits, directory_};
    ROLLCALL_TRY(next_id_, directory_.next_id(0));
    ROLLCALL_TRY(auto writer, json::Writer::open(rows, {.memory = seams_.memory}));
    for (;;) {
      ROLLCALL_TRY(const bool more, reader.next());
      if (!more) break;
      ROLLCALL_CHECK(checker.check(reader.batch(), judged_));
      report(reader.batch(), writer);
      if (writer.has_failed()) break;
    }
    return writer.finish();
  }

  void report(const csv::RowBatch& batch, json::Writer& writer)
  {
    csv::Lines lines{batch};
    auto finding = judged_.findings.cbegin();
    for (std::size_t row = 0; row != judged_.size(); ++row) {
      const auto first = finding;
      while (finding != judged_.findings.cend() && finding->row == row) ++finding;
      const plan::RowChange change = plan::diff(schema_, judged_, row);
      const std::string new_key = change.outcome == plan::Outcome::created ? take_id() : "";
      report::RowLine about{.row = batch.number(row), .line = lines.of(row)};
      about.key = new_key.empty() ? change.key : std::optional<std::string_view>{new_key};
      about.findings = {first, finding};
      ++job_.rows;
      ++count_of(job_, change.outcome);
      for (const check::RowFinding& found : about.findings)
        job_.warnings += found.finding.severity == Severity::warning ? 1U : 0U;
      report::put_row(writer, schema_, change, about);
    }
  }

  // The id that the host would give next; empty if it cannot tell.
  std::string take_id()
  {
    if (!next_id_) return {};
    return std::to_string((*next_id_)++);
  }

  void refuse(Finding&& finding)
  {
    job_.refusal = Refusal::file;
    job_.findings.push_back(std::move(finding));
  }

  void finish(csv::Reader& reader)
  {
    if (reader.refusal()) {
      job_.findings.clear();
      refuse(Finding{*reader.refusal()});
    }
    job_.bytes = reader.source_bytes();
    job_.blank_rows = reader.blank_rows();
    if (job_.refusal == Refusal::none) job_.sha256 = reader.digest();
    const bool is_utf_8 = reader.dialect().encoding == csv::Encoding::utf_8;
    if (reader.first_undecodable() && is_utf_8)
      job_.findings.push_back(
          finding(Code::file_encoding_hint, {.byte = *reader.first_undecodable()}));
  }

  const CompiledSchema& schema_;
  Source& source_;
  Directory& directory_;
  const JobOptions& options_;
  Seams seams_;
  JobSummary& job_;
  check::Header header_;
  check::JudgedBatch judged_;
  std::optional<std::uint64_t> next_id_;
};

// A refused job counts nothing but warnings (spec F6).
void settle(JobSummary& job)
{
  if (job.refusal != Refusal::none) {
    const JobSummary refused = {.format = job.format,
                                .action = job.action,
                                .refusal = job.refusal,
                                .file = job.file,
                                .bytes = job.bytes,
                                .dialect = job.dialect,
                                .findings = job.findings};
    job = refused;
  }
  for (const Finding& finding : job.findings)
    job.warnings += finding.severity == Severity::warning ? 1U : 0U;
  const std::uint64_t not_applied = job.rejected + job.withheld + job.stale + job.failed;
  if (job.refusal == Refusal::none)
    job.state = not_applied == 0                 ? JobState::succeeded
                : job.created + job.updated != 0 ? JobState::partial
                                                 : JobState::failed;
}

Finding not_allowed(const schema::Schema& schema, const Actor& actor)
{
  Finding made = finding(Code::actor_not_allowed);
  std::string known;
  for (const schema::Role& role : schema.roles) known += (known.empty() ? "" : ", ") + role.name;
  if (!actor.role.empty()) made.facts.push_back(fact("role", actor.role));
  made.facts.push_back(fact("action", "validate"));
  made.facts.push_back(fact("allowed", known));
  return made;
}

Result<void> copy(File& from, Sink& to)
{
  ROLLCALL_CHECK(from.seek(0));
  std::string piece(copy_bytes, '\0');
  for (;;) {
    ROLLCALL_TRY(const std::size_t size,
                 from.read(std::as_writable_bytes(std::span{piece.data(), piece.size()})));
    if (size == 0) return success();
    ROLLCALL_CHECK(to.write(std::string_view{piece}.substr(0, size)));
  }
}

} // namespace

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

Result<JobSummary> validate(const schema::Schema& schema, Source& source, Directory& directory,
                            const Actor& actor, const JobOptions& options, Sink& report,
                            Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    JobSummary job{.format = schema.id, .action = "validate", .file = options.file_name};
    job.dialect = options.dialect;
    if (!compiled.allows(actor.role, schema::Action::validate)) {
      job.refusal = Refusal::actor;
      job.findings.push_back(not_allowed(schema, actor));
      settle(job);
      ROLLCALL_CHECK(write_job(job, report));
      return job;
    }
    ROLLCALL_TRY(const auto spool, seams.files->create_unnamed(options.spool_folder));
    FileSink rows{*spool};
    Validation validation{compiled, source, directory, options, seams, job};
    ROLLCALL_CHECK(validation.run(rows));
    settle(job);
    if (job.refusal == Refusal::none) ROLLCALL_CHECK(copy(*spool, report));
    ROLLCALL_CHECK(write_job(job, report));
    return job;
  });
}

Result<JobSummary> refuse_unreadable(const schema::Schema& schema, const Error& why,
                                     const JobOptions& options, Sink& report)
{
  return guarded([&]() -> Result<JobSummary> {
    JobSummary job{.format = schema.id, .action = "validate", .file = options.file_name};
    job.dialect = options.dialect;
    job.refusal = Refusal::file;
    Finding made = finding(Code::file_unreadable);
    made.facts.push_back(fact("file", options.file_name));
    made.facts.push_back(fact("reason", describe(why)));
    job.findings.push_back(std::move(made));
    settle(job);
    ROLLCALL_CHECK(write_job(job, report));
    return job;
  });
}

} // namespace rollcall
