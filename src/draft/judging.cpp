// judging.cpp: rows are read as a file of their own, judged, and told with their places in the
// draft.
#include "draft/judging.hpp"

#include <algorithm>
#include <utility>

#include "formats/likely_format.hpp"
#include "job/job_run.hpp"
#include "job/settle.hpp"
#include "plan/holders.hpp"

namespace rollcall::draft {
namespace {

using plan::RowNumber;
using Was = plan::RowNote::Was;

// As many as a job judges at once where rows act in turn.
constexpr std::size_t batch_rows_in_turn = 1024;
// Bytes of rows that are read in one piece.
constexpr std::size_t whole_max = 256 * 1024;

bool is_error(const Finding& finding) noexcept
{
  return finding.severity == Severity::error;
}

} // namespace

// The rows as a file, batch by batch, from the beginning as often as need be.
class Judging::Reading {
 public:
  Reading(const Table& table, const Rows& rows, std::pmr::vector<Verdict>& verdicts, bool in_turn,
          JobWatcher* watcher, std::pmr::memory_resource& memory)
      : rows_{rows},
        verdicts_{verdicts},
        table_{table},
        watcher_{watcher},
        text_{&memory},
        pieces_{table, rows.ids},
        lines_{memory}
  {
    options_ = table.reader_options();
    if (in_turn) options_.batch_rows = batch_rows_in_turn;
    // Few rows are put into one piece, which needs no large window.
    std::size_t bytes = table.head().size();
    for (std::size_t i = 0; i != rows.ids.size() && bytes <= whole_max; ++i)
      bytes += table.text(rows.ids[i]).size();
    if (bytes > whole_max) return;
    text_.reserve(bytes);
    text_ += table.head();
    for (const RowId row : rows.ids) text_ += table.text(row);
    whole_.emplace(std::string_view{text_});
    options_.window_bytes = std::min(options_.window_bytes, bytes);
  }

  // Where each row begins. Those of a whole draft come in one after the other.
  void note_lines()
  {
    const auto& ids = rows_.ids;
    if (ids.empty()) return;
    if (ids.size() < table_.order().size() / 64) {
      for (std::size_t i = 0; i != ids.size(); ++i)
        lines_.put(static_cast<RowNumber>(i + 1), table_.where(ids[i]).line);
      return;
    }
    RowNumber number = 1;
    std::uint64_t line = table_.head_lines() + 1;
    table_.order().for_each([&](RowId row) {
      if (number <= ids.size() && ids[number - 1] == row) lines_.put(number++, line);
      line += table_.lines(row);
    });
  }

  [[nodiscard]] Result<void> begin()
  {
    Source& source = whole_ ? static_cast<Source&>(*whole_) : pieces_;
    ROLLCALL_CHECK(source.rewind());
    ROLLCALL_TRY(auto reader, csv::Reader::open(source, options_));
    reader_.emplace(std::move(reader));
    done_ = 0;
    ROLLCALL_TRY(const bool more, reader_->next());
    return more ? success() : changed();
  }

  // The next batch; false if all rows have been there.
  [[nodiscard]] Result<bool> next()
  {
    if (done_ == rows_.ids.size()) return false;
    ROLLCALL_CHECK(job::ask(watcher_, {.rows = done_}));
    ROLLCALL_TRY(const bool more, reader_->next());
    if (!more || reader_->batch().number(0) != done_ + 1 ||
        reader_->batch().size() > rows_.ids.size() - done_) {
      ROLLCALL_CHECK(changed());
    }
    done_ += reader_->batch().size();
    return true;
  }
  [[nodiscard]] bool is_one_batch() const noexcept
  {
    return reader_->batch().size() == rows_.ids.size();
  }

  [[nodiscard]] const csv::RowBatch& batch() const noexcept { return reader_->batch(); }
  [[nodiscard]] RowId id(RowNumber row) const noexcept { return rows_.ids[row - 1]; }
  [[nodiscard]] Verdict& verdict(RowNumber row) noexcept { return verdicts_[row - 1]; }
  [[nodiscard]] const Rows& rows() const noexcept { return rows_; }
  [[nodiscard]] const plan::LineBook& lines() const noexcept { return lines_; }
  [[nodiscard]] plan::OnTouch on_touch() const
  {
    if (!rows_.on_touch) return {};
    return [this](RowNumber row, std::uint64_t thing) { rows_.on_touch(id(row), thing); };
  }

 private:
  [[nodiscard]] static Result<void> changed()
  {
    return Error{ErrorCode::internal, "rows of a draft are read otherwise than they were written"};
  }

  const Rows& rows_;
  std::pmr::vector<Verdict>& verdicts_;
  const Table& table_;
  JobWatcher* watcher_;
  std::pmr::string text_;
  std::optional<MemorySource> whole_;
  TableSource pieces_;
  csv::ReaderOptions options_;
  std::optional<csv::Reader> reader_;
  plan::LineBook lines_;
  std::size_t done_ = 0;
};

Judging::Judging(const schema::CompiledSchema& schema, const Table& table, Directory& directory,
                 const Context& context, const Seams& seams, const SipKey& key, JobWatcher* watcher)
    : schema_{schema},
      table_{table},
      context_{context},
      seams_{seams},
      key_{key},
      watcher_{watcher},
      known_{schema, directory, key, *seams.memory},
      facts_{schema, known_, *seams.memory},
      asking_{schema, known_, *seams.memory},
      allotment_{schema, known_, *seams.memory},
      prints_{key, *seams.memory}
{
}

Result<void> Judging::start()
{
  is_refused_ = true;
  ROLLCALL_CHECK(facts_.read(context_));
  ROLLCALL_TRY(const bool is_allowed, facts_.allows(schema::Action::validate));
  if (!is_allowed) {
    findings_.assign(1, facts_.not_allowed(schema::Action::validate));
    return success();
  }
  ROLLCALL_TRY(findings_, facts_.check());
  if (!findings_.empty()) return success();
  ROLLCALL_TRY(columns_, check::ready_columns(schema_, facts_));
  if (table_.has_header()) {
    std::string text{table_.head()};
    table_.order().for_each(0, std::min(table_.order().size(), formats::rows_under_title_max),
                            [&](RowId row) { text += table_.text(row); });
    MemorySource source{text};
    ROLLCALL_TRY(csv::Reader reader, csv::Reader::open(source, table_.reader_options()));
    ROLLCALL_TRY(const bool more, reader.next());
    if (more) {
      header_ = check::read_header(schema_, columns_, reader.batch(), table_.limits());
      ROLLCALL_CHECK(formats::add_likely(schema_, reader, header_.findings));
    }
    job::sort(header_.findings);
    findings_ = header_.findings;
  } else {
    findings_.assign(1, check::header_missing());
  }
  if (table_.refusal()) findings_.assign(1, *table_.refusal());
  if (std::any_of(findings_.begin(), findings_.end(), is_error)) return success();
  is_refused_ = false;
  ROLLCALL_CHECK(known_.count());
  checker_.emplace(schema_, columns_, header_, table_.limits(), facts_, known_, *seams_.memory);
  changes_.emplace(schema_, *checker_, *seams_.memory);
  messages_.emplace(schema_, header_);
  std::optional<std::uint64_t> next_id;
  if (schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host &&
      schema_.schema().rows != schema::Rows::in_turn) {
    ROLLCALL_TRY(next_id, directory().next_id(schema_.own_kind()));
  }
  ROLLCALL_CHECK(asking_.start(facts_, next_id));
  ROLLCALL_CHECK(allotment_.start(facts_, next_id));
  return ask_ahead();
}

// A host that is asked for the first time who holds a value may have to look through all that it
// has, and make itself an index: before somebody waits for what an edit comes to.
Result<void> Judging::ask_ahead()
{
  const plan::Want nothing{.row = plan::no_row, .value = "0"};
  for (std::size_t claim = 0; claim != schema_.claims.size(); ++claim)
    ROLLCALL_CHECK(plan::find_holders(schema_, known_, *checker_, static_cast<std::uint16_t>(claim),
                                      {&nothing, 1}, [](const plan::Holding&) {}));
  return success();
}

std::uint64_t Judging::thing_of(std::uint16_t claim, std::string_view value)
{
  return plan::value_thing(prints_.print(claim, value));
}

Result<void> Judging::judge(const Rows& rows, std::pmr::vector<Verdict>& verdicts)
{
  verdicts.assign(rows.ids.size(), Verdict{});
  if (rows.ids.empty()) return success();
  const bool in_turn = schema_.schema().rows == schema::Rows::in_turn;
  Reading reading{table_, rows, verdicts, in_turn, watcher_, *seams_.memory};
  reading.note_lines();
  return in_turn ? judge_in_turn(reading) : judge_together(reading);
}

// Once for what they come to, and once more for what is said, if that is asked for and they are too
// many to be had at once.
Result<void> Judging::judge_together(Reading& reading)
{
  plan::Claims claims{schema_, known_, reading.lines(), key_, *seams_.memory};
  claims.note_touches(reading.on_touch());
  asking_.clear();
  ROLLCALL_CHECK(reading.begin());
  for (;;) {
    ROLLCALL_TRY(const bool more, reading.next());
    if (!more) break;
    ROLLCALL_CHECK(checker_->check(reading.batch()));
    ROLLCALL_CHECK(changes_->start_own(checker_->judged().is_update));
    checker_->settle();
    const auto first = static_cast<RowNumber>(reading.batch().number(0));
    ROLLCALL_CHECK(claims.take(*checker_, first));
    ROLLCALL_CHECK(asking_.take(*checker_, first));
    note(reading, first, nullptr);
  }
  claims.settle();
  const auto count = static_cast<RowNumber>(reading.rows().ids.size());
  for (RowNumber row = 1; row <= count; ++row) {
    Verdict& verdict = reading.verdict(row);
    if (claims.has_fallen(row)) verdict.was = Was::rejected;
    verdict.is_said = verdict.is_said || claims.has_fallen(row) || claims.is_said_of(row);
  }
  if (!reading.rows().on_told) return success();
  const auto say = [&](RowNumber first) -> Result<void> {
    ROLLCALL_CHECK(claims.say(*checker_, first));
    tell(reading, first);
    return success();
  };
  if (reading.is_one_batch()) return say(1);
  ROLLCALL_CHECK(reading.begin());
  for (;;) {
    ROLLCALL_TRY(const bool more, reading.next());
    if (!more) return success();
    ROLLCALL_CHECK(checker_->check(reading.batch()));
    ROLLCALL_CHECK(say(static_cast<RowNumber>(reading.batch().number(0))));
  }
}

// What a row is told of may hang on rows after it, and is known when all have acted.
Result<void> Judging::judge_in_turn(Reading& reading)
{
  plan::Turns turns{schema_, known_, reading.lines(), key_, seams_};
  turns.note_touches(reading.on_touch());
  for (const bool is_again : {false, true}) {
    ROLLCALL_CHECK(turns.start());
    ROLLCALL_CHECK(reading.begin());
    for (;;) {
      ROLLCALL_TRY(const bool more, reading.next());
      if (!more) break;
      ROLLCALL_CHECK(turns.judge(*checker_, *changes_, reading.batch()));
      const bool is_whole = is_again || reading.is_one_batch();
      const auto first = static_cast<RowNumber>(reading.batch().number(0));
      if (is_whole) turns.say(*checker_, first);
      checker_->settle();
      note(reading, first, &turns);
      if (is_whole && reading.rows().on_told) tell(reading, first);
    }
    const bool is_told = !turns.has_contests() && !reading.rows().on_told;
    if (reading.is_one_batch() || is_told) return success();
    turns.note_touches({});
  }
  return success();
}

void Judging::note(Reading& reading, RowNumber first, const plan::Turns* turns)
{
  const check::JudgedBatch& judged = checker_->judged();
  std::vector<plan::Allotment::Count> counts;
  for (std::size_t row = 0; row != judged.rows(); ++row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    Verdict& verdict = reading.verdict(number);
    verdict = {.was = plan::judged_as(judged, row, *changes_, turns),
               .asks = turns != nullptr ? std::uint8_t{0} : asking_.asks_of(number)};
    if (verdict.asks == 0 || !reading.rows().on_counts) continue;
    counts.clear();
    asking_.counts_of(number, counts);
    if (!counts.empty()) reading.rows().on_counts(reading.id(number), counts);
  }
  for (const check::Found& found : judged.found) {
    Verdict& verdict = reading.verdict(first + found.row);
    verdict.is_said = true;
    verdict.is_warned = verdict.is_warned || found.severity == Severity::warning;
  }
}

void Judging::tell(Reading& reading, RowNumber first)
{
  check::JudgedBatch& judged = checker_->judged();
  const Rows& rows = reading.rows();
  if (rows.say)
    for (std::size_t row = 0; row != judged.rows(); ++row)
      if (judged.looked_at.has(row))
        rows.say(*checker_, row, reading.id(first + static_cast<RowNumber>(row)));
  checker_->settle();
  csv::Lines lines{reading.batch()};
  auto found = judged.found.begin();
  for (std::size_t row = 0; row != judged.rows(); ++row) {
    const RowId id = reading.id(first + static_cast<RowNumber>(row));
    if (found == judged.found.end()) break;
    if (found->row != row) continue;
    if (!rows.is_told(id)) {
      while (found != judged.found.end() && found->row == row) ++found;
      continue;
    }
    const Where where = table_.where(id);
    const std::uint64_t line = lines.of(row);
    const std::uint64_t byte = reading.batch().byte(row);
    const plan::RowResult result{.number = where.number, .line = where.line, .row = row};
    std::vector<Finding> told;
    for (; found != judged.found.end() && found->row == row; ++found) {
      told.push_back(messages_->finding_of(*found, result, reading.batch(), judged.readings));
      Place& place = told.back().place;
      place.byte += where.byte - byte;
      if (found->reading != check::no_reading) {
        place.row = where.number;
        place.line += where.line - line;
      }
    }
    rows.on_told(id, std::move(told));
  }
}

} // namespace rollcall::draft
