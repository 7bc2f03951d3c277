// validate.cpp: a file, judged from its header to its last row, and the report of it.
//
// The lines of rows go to a spool file first: a job that is refused on the way reports nothing but
// that it was refused (spec M3).
#include "rollcall/validate.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "check/checker.hpp"
#include "check/header.hpp"
#include "plan/diff.hpp"
#include "report/report_jsonl.hpp"
#include "report/unreadable.hpp"

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
    job_.bytes = source_.size().value_or(0);
    auto opened = csv::Reader::open(source_, {.dialect = options_.dialect,
                                              .limits = options_.limits,
                                              .memory = seams_.memory,
                                              .kernel = options_.kernel,
                                              .digest = true});
    if (!opened.has_value()) return refuse_unreadable(std::move(opened).assume_error());
    csv::Reader& reader = opened.assume_value();
    if (!options_.dialect.delimiter) reader.use_delimiter(check::choose_delimiter(schema_, reader));
    job_.dialect = reader.dialect();
    ROLLCALL_CHECK(read_header(reader));
    if (job_.refusal == Refusal::none) ROLLCALL_CHECK(read_rows(reader, rows));
    finish(reader);
    return success();
  }

 private:
  // False at the end of the rows, and when the file is refused.
  Result<bool> next(csv::Reader& reader)
  {
    Result<bool> more = reader.next();
    if (!more.has_value()) {
      ROLLCALL_CHECK(refuse_unreadable(std::move(more).assume_error()));
      return false;
    }
    if (reader.refusal()) refuse(Finding{*reader.refusal()});
    return job_.refusal == Refusal::none && more.assume_value();
  }

  Result<void> read_header(csv::Reader& reader)
  {
    ROLLCALL_TRY(const bool has_header, next(reader));
    if (!has_header) {
      if (job_.refusal == Refusal::none) refuse(check::header_missing());
      return success();
    }
    header_ = check::read_header(schema_, reader.batch(), options_.limits);
    const auto is_error = [](const Finding& f) { return f.severity == Severity::error; };
    if (std::any_of(header_.findings.begin(), header_.findings.end(), is_error))
      job_.refusal = Refusal::file;
    job_.findings = std::move(header_.findings);
    note_undecodable(reader);
    return success();
  }

  Result<void> read_rows(csv::Reader& reader, Sink& rows)
  {
    check::Checker checker{schema_, header_, options_.limits, directory_};
    if (schema_.own_kind().keys == schema::Keys::from_host) {
      ROLLCALL_TRY(next_id_, directory_.next_id(0));
    }
    ROLLCALL_TRY(auto writer, json::Writer::open(rows, {.memory = seams_.memory}));
    for (;;) {
      ROLLCALL_TRY(const bool more, next(reader));
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
    std::string id = std::to_string(*next_id_);
    if (++*next_id_ == 0) next_id_.reset();
    return id;
  }

  // What was found before is of a later stage, and is not told (spec E43).
  void refuse(Finding&& finding)
  {
    job_.refusal = Refusal::file;
    job_.findings.clear();
    job_.findings.push_back(std::move(finding));
  }

  // An error that says nothing about the file stays one.
  Result<void> refuse_unreadable(Error&& why)
  {
    if (!report::is_about_file(why.code())) return std::move(why);
    refuse(report::unreadable(why, options_.file_name));
    return success();
  }

  // Only of a file that was not refused for something else (spec E1).
  void note_undecodable(const csv::Reader& reader)
  {
    const auto byte = reader.first_undecodable();
    if (is_noted_ || !byte || reader.dialect().encoding != csv::Encoding::utf_8) return;
    is_noted_ = true;
    job_.findings.push_back(finding(Code::file_encoding_hint, {.byte = *byte}));
  }

  void finish(csv::Reader& reader)
  {
    if (!source_.size()) job_.bytes = reader.source_bytes();
    if (job_.refusal != Refusal::none) return;
    job_.blank_rows = reader.blank_rows();
    job_.sha256 = reader.digest();
    note_undecodable(reader);
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
  bool is_noted_ = false; // that bytes could not be decoded
};

// By severity, then column of the file, then code (spec/files.md).
void put_in_order(std::vector<Finding>& findings)
{
  const auto rank = [](const Finding& f) {
    return std::tuple{f.severity, f.place.column, slug(f)};
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
}

void settle(JobSummary& job)
{
  put_in_order(job.findings);
  for (const Finding& finding : job.findings)
    job.warnings += finding.severity == Severity::warning ? 1U : 0U;
  if (job.refusal != Refusal::none) return;
  const std::uint64_t not_applied = job.rejected + job.withheld + job.stale + job.failed;
  job.state = not_applied == 0                 ? JobState::succeeded
              : job.created + job.updated != 0 ? JobState::partial
                                               : JobState::failed;
}

// Counts nothing but warnings, and its report is the line of the job alone (spec F6).
Result<JobSummary> refused(JobSummary&& job, Sink& report)
{
  JobSummary made = {.format = std::move(job.format),
                     .action = std::move(job.action),
                     .refusal = job.refusal,
                     .file = std::move(job.file),
                     .bytes = job.bytes,
                     .dialect = job.dialect,
                     .findings = std::move(job.findings)};
  settle(made);
  ROLLCALL_CHECK(write_job(made, report));
  return made;
}

Finding not_allowed(const CompiledSchema& schema, const Actor& actor)
{
  Finding made = finding(Code::actor_not_allowed);
  std::string known;
  std::string allowed;
  const auto add = [](std::string& list, const std::string& name) {
    list += (list.empty() ? "" : ", ") + name;
  };
  for (const schema::Role& role : schema.schema().roles) {
    add(known, role.name);
    if (schema.allows(role.name, schema::Action::validate)) add(allowed, role.name);
  }
  if (actor.role.empty()) {
    made.facts.push_back(fact("known", known)); // spec M13
    return made;
  }
  made.facts.push_back(fact("role", actor.role));
  made.facts.push_back(fact("action", "validate"));
  if (!allowed.empty()) made.facts.push_back(fact("allowed", allowed));
  return made;
}

// Refused already, if the actor may not ask for it.
JobSummary begin_job(const CompiledSchema& schema, const Actor& actor, const JobOptions& options)
{
  JobSummary job{.format = schema.schema().id, .action = "validate", .file = options.file_name};
  job.dialect = options.dialect;
  if (schema.allows(actor.role, schema::Action::validate)) return job;
  job.refusal = Refusal::actor;
  job.findings.push_back(not_allowed(schema, actor));
  return job;
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

Result<JobSummary> validate(const schema::Schema& schema, Source& source, Directory& directory,
                            const Actor& actor, const JobOptions& options, Sink& report,
                            Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    JobSummary job = begin_job(compiled, actor, options);
    if (job.refusal != Refusal::none) return refused(std::move(job), report);
    ROLLCALL_TRY(const auto spool, seams.files->create_unnamed(options.spool_folder));
    FileSink rows{*spool};
    Validation validation{compiled, source, directory, options, seams, job};
    ROLLCALL_CHECK(validation.run(rows));
    if (job.refusal != Refusal::none) return refused(std::move(job), report);
    settle(job);
    ROLLCALL_CHECK(copy(*spool, report));
    ROLLCALL_CHECK(write_job(job, report));
    return job;
  });
}

Result<JobSummary> refuse_unreadable(const schema::Schema& schema, const Error& why,
                                     const Actor& actor, const JobOptions& options, Sink& report)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    JobSummary job = begin_job(compiled, actor, options);
    if (job.refusal == Refusal::none) {
      job.refusal = Refusal::file;
      job.findings.push_back(report::unreadable(why, options.file_name));
    }
    return refused(std::move(job), report);
  });
}

} // namespace rollcall
