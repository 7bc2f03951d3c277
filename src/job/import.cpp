// import.cpp: the two readings of a file.
#include "job/import.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"
#include "job/not_yet.hpp"
#include "job/row_outputs.hpp"
#include "job/settle.hpp"
#include "report/found_counts.hpp"
#include "report/unreadable.hpp"

namespace rollcall::job {
namespace {

using plan::Outcome;
using plan::RowNumber;

constexpr std::size_t header_shown_max = 4096; // of one that is refused

bool ends_with_without_case(std::string_view name, std::string_view suffix)
{
  return name.size() >= suffix.size() &&
         is_same_without_case(name.substr(name.size() - suffix.size()), suffix);
}

std::uint64_t& count_of(JobSummary& job, Outcome outcome)
{
  switch (outcome) {
    case Outcome::created:
      return job.created;
    case Outcome::updated:
      return job.updated;
    case Outcome::unchanged:
      return job.unchanged;
    case Outcome::rejected:
      return job.rejected;
    case Outcome::withheld:
      return job.withheld;
    case Outcome::stale:
      return job.stale;
    case Outcome::failed:
      return job.failed;
    case Outcome::unknown:
      break;
  }
  return job.unknown;
}

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
      claims_{schema, known_, key, *seams.memory},
      notes_{seams.memory}
{
}

Result<void> Import::run(schema::Action action, JobSummary& job, plan::GroupSpool* groups)
{
  job_ = &job;
  ROLLCALL_TRY(const bool is_refused, is_refused_unread(action));
  if (is_refused) return success();
  if (const std::string_view what = not_yet_done(schema_.schema()); !what.empty())
    return Error{ErrorCode::unsupported, std::string{what} + " cannot be judged by this version"};
  ROLLCALL_CHECK(read_once());
  if (job.refusal != Refusal::none) return success();
  ROLLCALL_CHECK(claims_.settle());
  count();
  return read_again(groups);
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
  const std::string& name = options_.file_name;
  const auto& suffixes = file.suffixes;
  const bool is_of_type =
      suffixes.empty() || name.empty() ||
      std::any_of(suffixes.begin(), suffixes.end(),
                  [&](const std::string& suffix) { return ends_with_without_case(name, suffix); });
  if (!is_of_type) {
    std::string endings;
    for (const std::string& suffix : suffixes) endings += (endings.empty() ? "" : ", ") + suffix;
    Finding made = finding(Code::file_type);
    made.facts.push_back(fact("file", name));
    made.facts.push_back(fact("endings", endings));
    refuse(std::move(made));
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
  auto opened = open_reader(true);
  if (!opened.has_value()) return refuse_unreadable(std::move(opened).assume_error());
  csv::Reader& reader = opened.assume_value();
  if (!options_.dialect.delimiter) reader.use_delimiter(check::choose_delimiter(schema_, reader));
  job_->dialect = reader.dialect();

  ROLLCALL_TRY(const bool has_header, next(reader));
  if (job_->refusal != Refusal::none) return success();
  if (has_header) {
    header_ = check::read_header(schema_, columns_, reader.batch(), limits_);
    header_text_ = reader.batch().raw(0).substr(0, header_shown_max);
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
  job_->findings = std::move(header_.findings);
  const bool is_header_undecodable =
      std::any_of(job_->findings.begin(), job_->findings.end(),
                  [](const Finding& f) { return f.code == Code::text_encoding; });
  if (job_->refusal == Refusal::none || is_header_undecodable) note_undecodable(reader);
  if (job_->refusal != Refusal::none) return success();

  checker_.emplace(schema_, columns_, header_, limits_, facts_, known_, *seams_.memory);
  changes_.emplace(schema_, *checker_, *seams_.memory);
  if (has_rows) {
    ROLLCALL_CHECK(known_.count());
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
    if (notes_.empty()) {
      const std::uint64_t bytes = source_->size().value_or(0);
      const std::uint64_t rows = bytes / (batch.text().size() / batch.size() + 1);
      claims_.expect(std::min<std::uint64_t>(rows, limits_.rows));
    }
    ROLLCALL_CHECK(checker_->check(batch));
    checker_->settle();
    ROLLCALL_CHECK(claims_.take(*checker_, batch, static_cast<RowNumber>(batch.number(0))));
    note_rows(batch);
    ROLLCALL_TRY(more, next(reader));
  }
  return success();
}

void Import::note_rows(const csv::RowBatch& batch)
{
  const check::JudgedBatch& judged = checker_->judged();
  const std::size_t first = notes_.size();
  notes_.resize(first + batch.size());
  for (std::size_t row = 0; row != batch.size(); ++row) {
    RowNote& note = notes_[first + row];
    if (judged.rejected.has(row)) {
      note.was = RowNote::Was::rejected;
    } else if (judged.is_new.has(row)) {
      note.was = RowNote::Was::creates;
    } else if (changes_->has_any(row)) {
      note.was = RowNote::Was::updates;
    }
  }
  for (const check::Found& found : judged.found) {
    notes_[first + found.row].is_said = true;
    job_->warnings += found.severity == Severity::warning ? 1U : 0U;
  }
}

Outcome Import::outcome_of(RowNumber row) const noexcept
{
  const RowNote& note = notes_[row - 1];
  if (note.was == RowNote::Was::rejected || claims_.has_fallen(row)) return Outcome::rejected;
  if (note.was == RowNote::Was::unchanged) return Outcome::unchanged;
  if (withholds_) return Outcome::withheld;
  return note.was == RowNote::Was::creates ? Outcome::created : Outcome::updated;
}

void Import::count()
{
  const auto rows = static_cast<RowNumber>(notes_.size());
  for (RowNumber row = 1; row <= rows && options_.atomic && !withholds_; ++row)
    withholds_ = outcome_of(row) == Outcome::rejected;
  for (RowNumber row = 1; row <= rows; ++row) ++count_of(*job_, outcome_of(row));
  job_->rows = rows;
}

Result<void> Import::read_again(plan::GroupSpool* groups)
{
  const report::Messages messages{schema_, header_};
  ROLLCALL_TRY(auto outputs, RowOutputs::open(outputs_, schema_, header_, job_->dialect, *checker_,
                                              messages, options_.file_name, seams_.memory));
  report::FoundCounts counts{messages};
  if (schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host) {
    ROLLCALL_TRY(next_id_, known_.directory().next_id(schema_.own_kind()));
  }
  ROLLCALL_CHECK(source_->rewind());
  ROLLCALL_TRY(csv::Reader reader, open_reader(false));
  reader.use_delimiter(*job_->dialect.delimiter);
  ROLLCALL_TRY(bool more, reader.next());
  if (more) outputs.put_header(reader.batch());
  std::size_t seen = 0;
  for (;;) {
    ROLLCALL_TRY(more, reader.next());
    if (!more) break;
    seen += reader.batch().size();
    if (seen > notes_.size()) break;
    ROLLCALL_CHECK(tell_batch(reader.batch(), outputs, counts, groups));
    if (outputs.has_failed()) break;
  }
  if (!outputs.has_failed() && (reader.refusal() || seen != notes_.size()))
    return Error{ErrorCode::corrupt, "the file changed while it was read"};
  counts.add_to(job_->counts);
  for (const Finding& finding : job_->findings) job_->counts.count(finding);
  settle(*job_);
  return outputs.finish(*job_);
}

Result<void> Import::tell_batch(const csv::RowBatch& batch, RowOutputs& outputs,
                                report::FoundCounts& counts, plan::GroupSpool* groups)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  const bool need_changes = RowOutputs::need_changes(outputs_) || groups != nullptr;
  check::RowMask rows{seams_.memory};
  rows.assign(batch.size(), need_changes || RowOutputs::need_all_rows(outputs_, schema_));
  for (std::size_t row = 0; row != batch.size(); ++row)
    if (notes_[first + row - 1].is_said || claims_.has_fallen(first + static_cast<RowNumber>(row)))
      rows.set(row);
  if (rows.is_empty()) {
    checker_->skip(batch.size());
  } else {
    ROLLCALL_CHECK(checker_->check(batch, &rows));
  }
  ROLLCALL_CHECK(claims_.say(*checker_, batch, first));
  checker_->settle();
  if (need_changes) {
    check::RowMask standing{checker_->judged().is_new};
    standing |= checker_->judged().is_update;
    for (std::size_t row = 0; row != batch.size(); ++row) {
      const Outcome outcome = outcome_of(first + static_cast<RowNumber>(row));
      if (outcome != Outcome::created && outcome != Outcome::updated) standing.clear(row);
    }
    ROLLCALL_CHECK(changes_->start(standing));
  }

  const auto& found = checker_->judged().found;
  counts.add(found);
  const bool need_lines = RowOutputs::need_lines(outputs_, schema_);
  auto begin = found.begin();
  csv::Lines lines{batch};
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    auto end = begin;
    while (end != found.end() && end->row == row) ++end;
    plan::RowResult result{
        .number = number, .row = row, .outcome = outcome_of(number), .findings = {begin, end}};
    begin = end;
    if (need_lines || !result.findings.empty()) result.line = lines.of(row);
    if (need_changes) {
      result.key = key_of(row, result.outcome);
      if (result.outcome == Outcome::created || result.outcome == Outcome::updated) {
        changes_->make(row, result.key);
        result.changes = changes_->changes();
        result.effects = changes_->effects();
        if (groups != nullptr)
          ROLLCALL_CHECK(groups->put(number, claims_.group_of(number), result.changes));
      }
    } else if (checker_->judged().looked_at.has(row)) {
      result.key = key_of(row, result.outcome);
    }
    outputs.put_row(result, batch);
  }
  return success();
}

// What a report shows as the row's key (spec F3).
std::optional<std::string_view> Import::key_of(std::size_t row, Outcome outcome)
{
  const check::JudgedBatch& judged = checker_->judged();
  if (!judged.looked_at.has(row)) return {};
  if (!schema_.schema().key.empty()) {
    const check::Cell& cell = judged.cell(schema_.key_column, row);
    return cell.is_good() ? std::optional{cell.text()} : std::nullopt;
  }
  if (const check::Known* const object = judged.object(row)) return object->key;
  if (!judged.is_new.has(row)) return {};
  const schema::CompiledObject& own = schema_.objects.front();
  if (schema_.kinds[own.kind].keys == schema::Keys::from_file) {
    const bool is_bad = own.key_column != schema::none && judged.bad(own.key_column).has(row);
    if (is_bad || !own.key) return {};
    const expr::Value key = checker_->evaluator().value(*own.key, checker_->frame(), row);
    if (key.what != expr::What::text) return {};
    return checker_->judged().keep(key.text);
  }
  if (outcome != Outcome::created || !next_id_) return {};
  id_ = std::to_string(*next_id_);
  if (++*next_id_ == 0) next_id_.reset();
  return id_;
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
