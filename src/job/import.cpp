// import.cpp: the file is read and judged.
#include "job/import.hpp"

#include <algorithm>
#include <utility>

#include "formats/likely_format.hpp"
#include "job/file_name.hpp"
#include "job/job_run.hpp"
#include "job/settle.hpp"
#include "report/unreadable.hpp"

namespace rollcall::job {
namespace {

using plan::RowNumber;

// A turn looks at the sets of all rows of its batch, and in a bad file each row is a turn.
constexpr std::size_t batch_rows_in_turn = 1024;
constexpr std::size_t header_shown_max = 4096; // of one that is refused

bool is_error(const Finding& finding) noexcept
{
  return finding.severity == Severity::error;
}

} // namespace

Import::Import(const schema::CompiledSchema& schema, Source& source, Directory& directory,
               const Context& context, const JobOptions& options, const Outputs& outputs,
               Seams seams, const SipKey& key)
    : schema_{schema},
      source_{&source},
      context_{context},
      options_{options},
      outputs_{outputs},
      seams_{seams},
      limits_{options.limits},
      known_{schema, directory, key, *seams.memory},
      facts_{schema, known_, *seams.memory},
      lines_{*seams.memory},
      claims_{schema, known_, lines_, key, *seams.memory},
      allotment_{schema, known_, *seams.memory},
      notes_{seams.memory}
{
  if (schema.schema().rows == schema::Rows::in_turn)
    turns_.emplace(schema, known_, lines_, key, seams_);
}

Result<void> Import::run(schema::Action action, JobSummary& job, Sink* plan,
                         const plan::PlanHeader& header)
{
  job_ = &job;
  plan_ = plan;
  plan_header_ = header;
  needs_ = RowOutputs::needs(outputs_, schema_);
  if (plan != nullptr) needs_ = {.changes = true, .lines = true, .keys = true, .cells = true};
  ROLLCALL_TRY(const bool is_refused, is_refused_unread(action));
  if (is_refused) return success();
  ROLLCALL_CHECK(read_once());
  const bool has_kept_word = turns_ ? !turns_->has_contests() : claims_.has_kept_word();
  const bool is_told = telling_ && job.refusal == Refusal::none && has_kept_word;
  if (telling_ && !is_told) ROLLCALL_CHECK(take_back());
  if (job.refusal != Refusal::none) return success();
  if (!is_told) {
    claims_.settle();
    ROLLCALL_CHECK(allot());
  }
  count();
  if (is_told) return finish_telling();
  note_groups();
  return read_again();
}

// Who may not, settings that are no good, and what the file's name and size say already (spec E43).
Result<bool> Import::is_refused_unread(schema::Action action)
{
  ROLLCALL_CHECK(facts_.read(context_));
  ROLLCALL_TRY(const bool is_allowed, facts_.allows(action));
  if (!is_allowed) {
    refuse(facts_.not_allowed(action));
    job_->refusal = Refusal::actor;
    return true;
  }
  ROLLCALL_TRY(std::vector<Finding> faults, facts_.check());
  if (!faults.empty()) {
    job_->findings = std::move(faults);
    job_->refusal = Refusal::file;
    return true;
  }
  ROLLCALL_TRY(columns_, check::ready_columns(schema_, facts_));

  const schema::FileChecks& file = schema_.schema().file;
  if (auto fault = fault_of_name(file, options_.file_name)) {
    refuse(std::move(*fault));
    return true;
  }
  if (file.bytes_max != 0) limits_.file_bytes = std::min(limits_.file_bytes, file.bytes_max);
  return false;
}

Result<csv::Reader> Import::open_reader(bool digest)
{
  csv::ReaderOptions options{.dialect = options_.dialect,
                             .limits = limits_,
                             .memory = seams_.memory,
                             .kernel = options_.kernel,
                             .digest = digest};
  if (turns_) options.batch_rows = batch_rows_in_turn;
  return csv::Reader::open(*source_, options);
}

// False at the end of the rows, and when the file is refused.
Result<bool> Import::next(csv::Reader& reader)
{
  Result<bool> more = reader.next();
  if (!more.has_value()) {
    ROLLCALL_CHECK(refuse_unreadable(std::move(more).assume_error()));
    return false;
  }
  if (reader.refusal()) refuse(Finding{*reader.refusal()});
  return job_->refusal == Refusal::none && more.assume_value();
}

Result<void> Import::read_once()
{
  job_->bytes = source_->size().value_or(0);
  auto opened = open_reader(options_.digest || outputs_.report != nullptr || plan_ != nullptr);
  if (!opened.has_value()) return refuse_unreadable(std::move(opened).assume_error());
  csv::Reader& reader = opened.assume_value();
  if (!options_.dialect.delimiter) reader.use_delimiter(check::choose_delimiter(schema_, reader));
  job_->dialect = reader.dialect();

  ROLLCALL_TRY(const bool has_header, next(reader));
  if (job_->refusal != Refusal::none) return success();
  if (has_header) {
    header_ = check::read_header(schema_, columns_, reader.batch(), limits_);
    ROLLCALL_CHECK(formats::add_likely(schema_, reader, header_.findings));
    sort(header_.findings);
    if (header_.may_be_shown()) header_text_ = reader.batch().raw(0).substr(0, header_shown_max);
    if (std::none_of(header_.findings.begin(), header_.findings.end(), is_error))
      ROLLCALL_CHECK(begin_telling(reader.batch()));
  }
  // A file without an entry is no file, whatever its header (spec T1, E43).
  ROLLCALL_TRY(const bool has_rows, next(reader));
  if (job_->refusal != Refusal::none) return success();
  if (!has_rows && schema_.schema().file.needs_entries) {
    refuse(finding(Code::file_no_entries));
    return success();
  }
  if (!has_header) {
    refuse(check::header_missing());
    return success();
  }
  if (std::any_of(header_.findings.begin(), header_.findings.end(), is_error))
    job_->refusal = Refusal::file;
  job_->findings = header_.findings;
  const bool is_header_undecodable =
      std::any_of(job_->findings.begin(), job_->findings.end(),
                  [](const Finding& f) { return f.code == Code::text_encoding; });
  if (job_->refusal == Refusal::none || is_header_undecodable) note_undecodable(reader);
  if (job_->refusal != Refusal::none) return success();

  if (has_rows) {
    ROLLCALL_CHECK(known_.count());
    ROLLCALL_CHECK(ask_next_id());
    if (turns_) ROLLCALL_CHECK(turns_->start());
    ROLLCALL_CHECK(allotment_.start(facts_, turns_ ? std::nullopt : first_id_));
    ROLLCALL_CHECK(judge_rows(reader));
  }
  if (!source_->size()) job_->bytes = reader.source_bytes();
  if (job_->refusal != Refusal::none) return success();
  job_->blank_rows = reader.blank_rows();
  job_->sha256 = reader.digest();
  note_undecodable(reader);
  return success();
}

Result<void> Import::judge_rows(csv::Reader& reader)
{
  for (bool more = true; more;) {
    const csv::RowBatch& batch = reader.batch();
    lines_.take(batch);
    const bool is_first = notes_.empty();
    ROLLCALL_CHECK(judge(batch));
    if (job_->refusal != Refusal::none) return success();
    note_rows(batch);
    if (is_first) {
      const std::uint64_t bytes = source_->size().value_or(0);
      const std::uint64_t rows = bytes / (batch.text().size() / batch.size() + 1);
      claims_.expect(std::min<std::uint64_t>(rows, limits_.rows), batch.size());
    }
    if (telling_) ROLLCALL_CHECK(tell_at_once(batch));
    ROLLCALL_CHECK(ask(batch.number(batch.size() - 1), reader.source_bytes()));
    ROLLCALL_TRY(more, next(reader));
  }
  return success();
}

Result<void> Import::ask(std::uint64_t rows, std::uint64_t bytes) const
{
  return job::ask(options_.watcher, {.id = job_->id, .rows = rows, .bytes = bytes});
}

Result<void> Import::judge(const csv::RowBatch& batch)
{
  if (turns_) {
    ROLLCALL_CHECK(turns_->judge(*checker_, *changes_, batch));
    place_faults();
    checker_->settle();
    return success();
  }
  ROLLCALL_CHECK(checker_->read(batch));
  if (has_too_many_numbers()) return success();
  ROLLCALL_CHECK(checker_->judge());
  ROLLCALL_CHECK(changes_->start_own(checker_->judged().is_update));
  place_faults();
  checker_->settle();
  const auto first = static_cast<RowNumber>(batch.number(0));
  ROLLCALL_CHECK(claims_.take(*checker_, first));
  return allotment_.take(*checker_, first);
}

// Each number of a range is a row as far as the limit goes (the reader counts the rows themselves).
// They are counted before anything is made of them.
bool Import::has_too_many_numbers()
{
  if (schema_.range_column == schema::none) return false;
  numbers_ += checker_->numbers();
  if (numbers_ <= limits_.rows) return false;
  Finding made = finding(Code::file_too_many_rows);
  made.facts.push_back(fact("limit", limits_.rows));
  refuse(std::move(made));
  return true;
}

// What the reader found stands where it was read; of a retry, people look for it elsewhere.
void Import::place_faults()
{
  if (first_ == nullptr) return;
  for (Finding& reading : checker_->judged().readings) {
    const auto row = static_cast<RowNumber>(reading.place.row);
    if (reading.place.line != 0) reading.place.line += lines_.of(row) - lines_.read(row);
    reading.place.row = first_->of(row).row;
  }
}

void Import::note_rows(const csv::RowBatch& batch)
{
  const check::JudgedBatch& judged = checker_->judged();
  const std::size_t first = notes_.size();
  notes_.resize(first + batch.size());
  const plan::Turns* const turns = turns_ ? &*turns_ : nullptr;
  for (std::size_t row = 0; row != batch.size(); ++row)
    notes_[first + row].was = plan::judged_as(judged, row, *changes_, turns);
  for (const check::Found& found : judged.found) notes_[first + found.row].is_said = true;
}

// What was found before is of a later stage, and is not told (spec E43).
void Import::refuse(Finding&& finding)
{
  job_->refusal = Refusal::file;
  job_->findings.clear();
  job_->findings.push_back(std::move(finding));
}

// An error that says nothing about the file stays one.
Result<void> Import::refuse_unreadable(Error&& why)
{
  if (!report::is_about_file(why.code())) return std::move(why);
  refuse(report::unreadable(why, options_.file_name));
  return success();
}

// Only of a file that was not refused for something else (spec E1).
void Import::note_undecodable(const csv::Reader& reader)
{
  const auto byte = reader.first_undecodable();
  if (is_noted_ || !byte || reader.dialect().encoding != csv::Encoding::utf_8) return;
  is_noted_ = true;
  job_->findings.push_back(finding(Code::file_encoding_hint, {.byte = *byte}));
}

} // namespace rollcall::job
