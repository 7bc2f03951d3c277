// check_cells.cpp: the cells of a batch, a column at a time: what is blank, what is good, and how
// it is kept (spec section 3, step 1).
#include <algorithm>
#include <array>
#include <span>
#include <variant>

#include "base/nearest.hpp"
#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/cell_text.hpp"
#include "check/checker.hpp"
#include "check/column_cells.hpp"
#include "check/read_cell.hpp"
#include "check/value_guess.hpp"
#include "check/value_plain.hpp"
#include "csv/cell.hpp"
#include "csv/fault_finding.hpp"
#include "csv/replaced_cell.hpp"

namespace rollcall::check {
namespace {

// White space by name: nobody sees it between quotes.
std::string_view name_of_blank(std::string_view character) noexcept
{
  if (character == " ") return "a blank";
  if (character == "\t") return "a tab";
  if (character == "\r" || character == "\n") return "a line end";
  return is_white_space(decode_next(character).code_point) ? "this sort of blank"
                                                           : std::string_view{};
}

std::string without_controls(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!next.is_valid) return {};
    const bool may_stay = text.front() == '\t' || text.front() == '\n' || text.front() == '\r';
    if (may_stay || !is_control(next.code_point)) out.append(text.substr(0, next.bytes));
    text.remove_prefix(next.bytes);
  }
  return out;
}

// What a cell was meant to say whose quotes are in the wrong places: what is read of it, or, if it
// is in good quotes but for the blanks around them, what is within, as of ="0201". Nothing of a
// cell that has more quotes than that at its ends: it may be a piece of one that was split.
std::string meant_by(std::string_view raw, const csv::Dialect& dialect, Scratch& scratch)
{
  const char quote = dialect.quote.value_or('"');
  const std::string_view bare = csv::trimmed(raw);
  if (const std::string_view text = text_of_formula(bare); !text.empty()) return std::string{text};
  const bool is_enclosed = bare.size() > 1 && bare.starts_with(quote) && bare.ends_with(quote);
  if (is_enclosed && !csv::is_well_formed(bare, dialect)) return {};
  if (!is_enclosed && bare.starts_with(quote) && !raw.starts_with(quote)) return {};
  return std::string{cell_text(is_enclosed ? bare : raw, dialect, scratch)};
}

// Of a row that does not have the header's cells nobody knows where they begin.
void add_meant(Finding& finding, const csv::Fault& fault, const csv::RowBatch& batch,
               std::size_t columns, Scratch& scratch)
{
  const std::string_view raw = batch.cell(fault.row, static_cast<std::size_t>(fault.cell));
  const bool is_whole = batch.cells(fault.row) == columns;
  std::string meant;
  if (fault.code == Code::csv_repaired || fault.code == Code::csv_quote)
    meant = meant_by(raw, batch.dialect(), scratch);
  if (fault.code == Code::text_control_character)
    meant = without_controls(cell_text(raw, batch.dialect(), scratch));
  if (fault.code == Code::csv_repaired) finding.value = cell_text(raw, batch.dialect(), scratch);
  if (!is_whole || meant.empty() || finding.column.empty()) return;
  if (fault.code == Code::csv_repaired && meant == finding.value)
    finding.fix = Fix{.column = finding.column, .replace = std::move(meant)};
  else
    finding.facts.push_back(fact("near", meant));
}

} // namespace

// A row with an error in its reading is not looked at any further (spec E10); one whose quotes were
// repaired is.
void Checker::take_faults(const csv::RowBatch& batch)
{
  for (const csv::Fault& fault : batch.faults()) {
    if (!judged_.looked_at.has(fault.row) && !judged_.rejected.has(fault.row)) continue;
    Finding made = csv::finding_of(fault, batch, limits_, header_.name_of_cell(fault.cell));
    made.place.column = header_.place_of(fault.cell);
    if (fault.cell >= 0 && !may_be_secret(fault.cell))
      add_meant(made, fault, batch, header_.names.size(), scratch_);
    if (fault.code == Code::row_extra_cells)
      made.facts.push_back(fact("columns", header_.names.size()));
    const bool is_error = made.severity == Severity::error;
    add_reading(fault.row, std::move(made));
    if (is_error) judged_.looked_at.clear(fault.row);
  }
}

// Nobody knows whether what stands behind a secret's place in a row of broken quotes is not part of
// the secret, nor what stands in a column that has no name here.
bool Checker::may_be_secret(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  if (index < holds_.size() && holds_[index] == Holds::anything) return true;
  const auto begin = holds_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(index + 1, holds_.size()));
  return std::find(begin, end, Holds::secrets) != end;
}

Found& Checker::add_reading(std::size_t row, Finding&& finding)
{
  Found made{.row = static_cast<std::uint32_t>(row),
             .cell = finding.place.column,
             .code = finding.code,
             .severity = finding.severity,
             .reading = static_cast<std::uint32_t>(judged_.readings.size())};
  if (made.severity == Severity::error) judged_.rejected.set(row);
  judged_.readings.push_back(std::move(finding));
  judged_.found.push_back(made);
  return judged_.found.back();
}

void Checker::check_widths(const csv::RowBatch& batch)
{
  const std::size_t width = header_.names.size();
  if (width != 0 && batch.width() == width) return;
  judged_.looked_at.for_each([&](std::size_t row) {
    const std::size_t cells = batch.cells(row);
    std::size_t filled = cells;
    while (filled > width && csv::is_blank_cell(batch.cell(row, filled - 1), batch.dialect()))
      --filled;
    if (cells >= width && filled <= width) return;
    const bool is_short = cells < width;
    Found& made = add(row, is_short ? Code::row_short : Code::row_extra_cells, no_column);
    made.add(FactName::cells, cells);
    made.add(FactName::columns, width);
    if (!is_short) judged_.looked_at.clear(row);
    has_short_ = has_short_ || is_short;
  });
}

Result<void> Checker::check_cells(const csv::RowBatch& batch, std::size_t column)
{
  if (is_absent(column)) {
    judged_.clear_cells(column);
    return success();
  }
  pending_.clear();
  plusless_.clear();
  std::visit([&](const auto& ready) { read_cells(batch, column, ready); }, columns_[column].type);
  if (!plusless_.empty()) ROLLCALL_CHECK(guess_plus(column));
  return pending_.empty() ? success() : restore_plus(column);
}

template <class Ready>
void Checker::read_cells(const csv::RowBatch& batch, std::size_t column, const Ready& ready)
{
  const std::size_t place = *header_.cell_of[column];
  if (batch.width() > place) {
    read_cells(batch, column, ready, EvenCells{batch, place});
  } else {
    read_cells(batch, column, ready, UnevenCells{batch, place});
  }
}

template <class Ready, class Cells>
void Checker::read_cells(const csv::RowBatch& batch, std::size_t column, const Ready& ready,
                         const Cells& raw_cells)
{
  const ReadyWords* const words =
      columns_[column].words.is_empty() ? nullptr : &columns_[column].words;
  const CellsOf cells{batch.dialect()};
  Cell* const column_cells = judged_.column(column);
  std::array<std::string_view, 64> raws;
  for (std::size_t i = 0; i != judged_.looked_at.words(); ++i) {
    const std::uint64_t asked = judged_.looked_at.word(i);
    const std::size_t first = 64 * i;
    const std::size_t count = std::min(raws.size(), judged_.rows() - first);
    const std::uint64_t filled = raw_cells.raws(first, std::span{raws}.first(count));
    std::fill_n(column_cells + first, count, Cell{.state = CellState::blank});
    if (~asked != 0) clear_others(column, i);
    std::uint64_t others = 0; // for the long way
    for (std::uint64_t left = asked & filled; left != 0; left &= left - 1) {
      const auto at = static_cast<std::size_t>(std::countr_zero(left));
      Reading reading;
      if (!read_quickly(ready, words, raws[at], cells, scratch_, reading)) {
        others |= left & (~left + 1);
        continue;
      }
      const std::string_view kept = reading.is_made ? judged_.keep(reading.text()) : reading.text();
      column_cells[first + at] = {.data = kept.data(),
                                  .size = static_cast<std::uint32_t>(kept.size()),
                                  .state = CellState::good};
    }
    judged_.good(column).word(i) |= asked & filled & ~others;
    for (; others != 0; others &= others - 1) {
      const auto at = static_cast<std::size_t>(std::countr_zero(others));
      const Reading reading = read_on(ready, words, raws[at], cells, scratch_);
      take_reading(column, first + at, reading, raws[at], batch);
    }
  }
}

// Of rows that are not looked at nothing is known.
void Checker::clear_others(std::size_t column, std::size_t word)
{
  const std::size_t end = std::min(judged_.rows(), 64 * (word + 1));
  for (std::size_t row = 64 * word; row != end; ++row)
    if (!judged_.looked_at.has(row)) judged_.cell(column, row) = {};
}

// What was not seen to be good at first sight.
void Checker::take_reading(std::size_t column, std::size_t row, const Reading& reading,
                           std::string_view raw, const csv::RowBatch& batch)
{
  Cell& cell = judged_.cell(column, row);
  const auto keep = [&](std::string_view value, CellState state) {
    const std::string_view kept = reading.is_made ? judged_.keep(value) : value;
    cell.data = kept.data();
    cell.size = static_cast<std::uint32_t>(kept.size());
    cell.state = state;
    if (state == CellState::good) judged_.good(column).set(row);
  };
  switch (reading.verdict) {
    case Verdict::blank:
      return;
    case Verdict::good:
      return keep(reading.text(), CellState::good);
    case Verdict::nothing:
      cell.is_word = true;
      cell.state = CellState::nothing;
      return;
    case Verdict::word:
      cell.is_word = true;
      return keep(reading.text(), CellState::good);
    case Verdict::range:
      cell.is_range = true;
      return keep(reading.text(), CellState::good);
    case Verdict::bare_digits:
      pending_.push_back(static_cast<std::uint32_t>(row));
      return keep(reading.text(), CellState::blank);
    case Verdict::bad:
      break;
  }
  const bool is_secret = schema_.columns[column].is_secret;
  const Code code = reading.code;
  const std::string_view about = judged_.keep(reading.text());
  Found& made = add(row, code, static_cast<std::uint16_t>(column));
  if (!is_secret) made.value = judged_.keep(cell_text(raw, batch.dialect(), scratch_));
  if (!is_secret)
    if (const auto fix = certain_fix(columns_[column].type, code, made.value, scratch_))
      made.add(FactName::replace, judged_.keep(*fix));
  const bool is_fixed = made.fact_count != 0;
  if (!is_secret && !is_fixed)
    if (const auto guess = likely_fix(columns_[column].type, code, made.value, scratch_))
      made.add(FactName::near, judged_.keep(*guess));
  const bool is_guessed = !is_fixed && made.fact_count != 0;
  if (made.severity != Severity::error) return; // an address that is none is read as blank
  cell.state = CellState::bad;
  judged_.bad(column).set(row);
  if (code == Code::value_too_short || code == Code::value_too_long) {
    add_wanted(made, columns_[column].type);
    made.add(FactName::length, count_code_points(about));
  } else if (code == Code::value_range || code == Code::value_boolean ||
             code == Code::value_choice) {
    add_wanted(made, columns_[column].type);
  } else if (code == Code::value_characters) {
    const std::string_view name = name_of_blank(about);
    made.add(name.empty() ? FactName::character : FactName::reason, name.empty() ? about : name);
  } else if (!is_secret && !(is_guessed && code == Code::value_spreadsheet_damage)) {
    const std::string reason = reason_of(columns_[column].type, code, made.value);
    if (!reason.empty()) made.add(FactName::reason, judged_.keep(reason));
    if (code == Code::value_phone && made.fact_count <= 1)
      plusless_.push_back(judged_.found.size() - 1);
  }
}

// What the type would have taken.
void Checker::add_wanted(Found& found, const ReadyType& type)
{
  // With the words that stand for one of them, or for none.
  const auto add_names = [&](const NameList& names) {
    std::string known{names.text()};
    const ReadyWords& words = columns_[found.column].words;
    for (const schema::Word& word : schema_.columns[found.column].column->words)
      if (words.read(word.word, scratch_.folded).verdict != Verdict::bad)
        known.append(known.empty() ? "" : ", ").append(word.word);
    found.add(FactName::known, judged_.keep(known));
    if (const std::string_view near = names.nearest(found.value); !near.empty())
      found.add(FactName::near, near);
  };
  const auto add_bound = [&](FactName name, auto bound) {
    if (bound < 0)
      found.add(name, judged_.keep(std::to_string(bound)));
    else
      found.add(name, static_cast<std::uint64_t>(bound));
  };
  // A bound that nobody set is not named.
  const auto add_integers = [&](const ReadyInteger& integer) {
    const bool has_least = integer.min != ReadyInteger{}.min;
    const bool has_most = integer.max != ReadyInteger{}.max;
    if (has_least) add_bound(FactName::least, integer.min);
    if (has_most) add_bound(FactName::most, integer.max);
    if (has_least && has_most) return;
    found.add(FactName::known,
              judged_.keep(has_least  ? std::to_string(integer.min) + " or more"
                           : has_most ? std::to_string(integer.max) + " or less"
                                      : std::string{"a number of 18 digits or less"}));
  };
  std::visit(
      [&](const auto& ready) {
        if constexpr (std::is_same_v<std::decay_t<decltype(ready)>, ReadyInteger>) {
          add_integers(ready);
        } else if constexpr (requires { ready.min; }) {
          add_bound(FactName::least, ready.min);
          add_bound(FactName::most, ready.max);
        } else if constexpr (requires { ready.names; }) {
          add_names(ready.names);
        }
      },
      type);
}

// After all cells: whether a row asks for a new object decides what its blanks stand for.
void Checker::check_blanks(std::size_t column)
{
  const schema::Column& about = *schema_.columns[column].column;
  const bool create = about.on_create == schema::Blank::required;
  const bool update = about.on_update == schema::Blank::required && !is_absent(column);
  if (!create && !update) return;
  for (std::size_t i = 0; i != judged_.now.words(); ++i) {
    std::uint64_t asked = 0;
    if (create) asked |= judged_.is_new.word(i);
    if (update) asked |= ~judged_.is_new.word(i);
    asked &= judged_.now.word(i) & ~judged_.good(column).word(i) & ~judged_.bad(column).word(i);
    for (; asked != 0; asked &= asked - 1) {
      const std::size_t row = i * 64 + static_cast<std::size_t>(std::countr_zero(asked));
      Cell& cell = judged_.cell(column, row);
      if (cell.state == CellState::nothing) continue;
      cell.state = CellState::bad;
      judged_.bad(column).set(row);
      add(row, Code::value_required, static_cast<std::uint16_t>(column));
    }
  }
}

// A number without its plus is probably the one that the inventory has: what else is wrong with it
// was not to be guessed.
Result<void> Checker::guess_plus(std::size_t column)
{
  const schema::FieldRef refers = schema_.columns[column].refers;
  if (!refers.is_any() || !known_.lists(refers.kind)) return success();
  const auto* const phone = std::get_if<ReadyPhone>(&columns_[column].type);
  if (phone == nullptr) return success();
  std::vector<std::string_view> numbers;
  std::vector<std::size_t> places;
  for (const std::size_t place : plusless_) {
    const std::string_view cell = judged_.found[place].value;
    const Reading reading =
        read_value(ReadyPhone{.ext = phone->ext, .restores_plus = true}, cell, scratch_);
    if (reading.verdict != Verdict::bare_digits) continue;
    numbers.push_back(judged_.keep(reading.text()));
    places.push_back(place);
  }
  if (numbers.empty()) return success();
  std::vector<const Known*> objects(numbers.size(), nullptr);
  ROLLCALL_CHECK(find_named(column, numbers, objects));
  for (std::size_t i = 0; i != numbers.size(); ++i)
    if (objects[i] != nullptr) judged_.found[places[i]].add(FactName::near, numbers[i]);
  return success();
}

// Digits that lack their plus are a number if the inventory has it; without one nobody can say.
Result<void> Checker::restore_plus(std::size_t column)
{
  const schema::FieldRef refers = schema_.columns[column].refers;
  std::vector<std::string_view> numbers;
  for (const std::uint32_t row : pending_) numbers.push_back(judged_.cell(column, row).text());
  std::vector<const Known*> objects(numbers.size(), nullptr);
  if (refers.is_any() && known_.lists(refers.kind))
    ROLLCALL_CHECK(find_named(column, numbers, objects));
  for (std::size_t i = 0; i != numbers.size(); ++i) {
    const std::size_t row = pending_[i];
    Cell& cell = judged_.cell(column, row);
    const bool is_known = objects[i] != nullptr;
    Found& made = add(row, is_known ? Code::value_plus_restored : Code::value_phone,
                      static_cast<std::uint16_t>(column));
    made.value = cell.text().substr(1);
    if (!is_known) made.add(FactName::reason, "the + is missing");
    cell.state = is_known ? CellState::good : CellState::bad;
    (is_known ? judged_.good(column) : judged_.bad(column)).set(row);
    if (is_known) made.add(FactName::replace, cell.text());
  }
  return success();
}

} // namespace rollcall::check
