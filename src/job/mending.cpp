// mending.cpp: takes the fixes that findings offer, and judges what they have made.
#include "job/mending.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "csv/cell.hpp"
#include "csv/encoding.hpp"
#include "csv/replaced_cell.hpp"
#include "rollcall/fixes.hpp"

namespace rollcall::job {
namespace {

// A cell is written well, then is the name of something, then has its zeros. Nothing takes more.
constexpr std::size_t rounds_max = 8;

std::vector<std::string> cells_of(const csv::RowBatch& batch, std::size_t row)
{
  std::vector<std::string> cells;
  for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
    cells.emplace_back(batch.cell(row, cell));
  return cells;
}

} // namespace

std::optional<std::string> writable_cell(std::string_view cell, std::string_view value,
                                         const csv::Dialect& dialect)
{
  auto made = csv::replaced_cell(cell, value, dialect);
  if (made && !csv::encode(dialect.encoding, *made)) made.reset();
  return made;
}

std::string text_of(const MendedRow& row, const csv::Dialect& dialect)
{
  std::string text;
  for (std::size_t cell = 0; cell != row.cells.size(); ++cell) {
    if (cell != 0) text.push_back(dialect.separator());
    text.append(row.cells[cell]);
  }
  return text;
}

Result<void> Mending::mend(const csv::RowBatch& batch)
{
  rows_.clear();
  ROLLCALL_CHECK(checker_.check(batch));
  checker_.settle();
  const check::RowMask& rejected = checker_.judged().rejected;
  counts_.bad_before += rejected.count();
  counts_.bad_after += rejected.count();
  std::vector<std::size_t> open;
  for_each_row([&](std::size_t row, std::span<const check::Found> found) {
    MendedRow made{.row = row, .cells = cells_of(batch, row)};
    const std::vector<Offer> chosen = choose(found, made.cells);
    if (chosen.empty()) return;
    made.is_mended.resize(made.cells.size());
    counts_.bad_after -= rejected.has(row) ? 1U : 0U;
    open.push_back(rows_.size());
    rows_.push_back(std::move(made));
    make(chosen, rows_.back());
  });
  for (std::size_t round = 1; !open.empty() && round != rounds_max; ++round)
    ROLLCALL_CHECK(judge_again(open));
  for (MendedRow& row : rows_)
    std::stable_sort(row.steps.begin(), row.steps.end(),
                     [](const FixStep& a, const FixStep& b) { return a.cell < b.cell; });
  return success();
}

// The rows that were mended last; then `open` is those of them that were mended once more.
Result<void> Mending::judge_again(std::vector<std::size_t>& open)
{
  std::string text{how_.header_text};
  for (const std::size_t index : open)
    text.append("\n").append(text_of(rows_[index], how_.dialect));
  MemorySource source{text};
  csv::ReaderOptions options{.dialect = how_.dialect, .limits = how_.limits, .memory = memory_};
  options.dialect.encoding = csv::Encoding::utf_8;
  options.limits.file_bytes = std::numeric_limits<std::uint64_t>::max(); // it is a part of one
  ROLLCALL_TRY(auto reader, csv::Reader::open(source, options));
  ROLLCALL_TRY(bool more, reader.next());
  std::vector<std::size_t> changed;
  std::size_t next = 0;
  while (more) {
    ROLLCALL_TRY(more, reader.next());
    if (!more) break;
    ROLLCALL_CHECK(checker_.check(reader.batch()));
    checker_.settle();
    const check::RowMask& rejected = checker_.judged().rejected;
    counts_.bad_after += rejected.count();
    for_each_row([&](std::size_t row, std::span<const check::Found> found) {
      if (next + row >= open.size()) return;
      MendedRow& mended = rows_[open[next + row]];
      const std::vector<Offer> chosen = choose(found, mended.cells);
      if (chosen.empty()) return;
      counts_.bad_after -= rejected.has(row) ? 1U : 0U;
      changed.push_back(open[next + row]);
      make(chosen, mended);
    });
    next += reader.batch().size();
  }
  if (next != open.size())
    return Error{ErrorCode::corrupt, "rows that were mended are read as other ones"};
  open = std::move(changed);
  return success();
}

template <class Visit>
void Mending::for_each_row(Visit visit) const
{
  const std::span<const check::Found> found{checker_.judged().found};
  for (std::size_t begin = 0; begin != found.size();) {
    std::size_t end = begin + 1;
    while (end != found.size() && found[end].row == found[begin].row) ++end;
    visit(found[begin].row, found.subspan(begin, end - begin));
    begin = end;
  }
}

void Mending::make(std::span<const Offer> chosen, MendedRow& row)
{
  for (const Offer& offer : chosen) {
    row.steps.push_back(offer.step);
    row.cells[offer.step.cell] = offer.text;
    row.is_mended[offer.step.cell] = true;
  }
}

// The fixes of a row that are made, one a cell, certain ones before guesses. A row that cannot be
// read is left as it is, unless all that is wrong with its reading is mended.
std::vector<Mending::Offer> Mending::choose(std::span<const check::Found> found,
                                            std::span<const std::string> cells)
{
  std::vector<Offer> chosen;
  std::uint64_t guesses_left = 0;
  std::uint64_t unwritable = 0;
  bool is_unreadable = false;
  for (const bool certain : {true, false}) {
    for (const check::Found& each : found) {
      const bool is_fault = each.reading != check::no_reading && each.severity == Severity::error;
      auto offer = offer_of(each);
      if (!offer || offer->step.cell >= cells.size()) {
        is_unreadable = is_unreadable || is_fault;
        continue;
      }
      if (offer->step.is_certain != certain) continue;
      const std::size_t cell = offer->step.cell;
      const bool is_chosen = std::any_of(chosen.begin(), chosen.end(), [&](const Offer& other) {
        return other.step.cell == cell;
      });
      if (is_chosen) continue;
      if (!certain && !how_.unsafe) {
        ++guesses_left;
        is_unreadable = is_unreadable || is_fault;
        continue;
      }
      auto text = writable_cell(cells[cell], offer->step.after, how_.dialect);
      if (!text) {
        ++unwritable;
        is_unreadable = is_unreadable || is_fault;
      } else if (*text != cells[cell]) {
        std::string scratch;
        offer->step.before = csv::is_well_formed(cells[cell], how_.dialect)
                                 ? csv::value_of(cells[cell], how_.dialect, scratch)
                                 : std::string_view{cells[cell]};
        offer->text = std::move(*text);
        chosen.push_back(std::move(*offer));
      }
    }
  }
  for (std::size_t cell = 0; cell != cells.size() && !is_unreadable && !chosen.empty(); ++cell) {
    const bool is_chosen = std::any_of(chosen.begin(), chosen.end(),
                                       [&](const Offer& other) { return other.step.cell == cell; });
    is_unreadable = !is_chosen && !csv::is_well_formed(cells[cell], how_.dialect);
  }
  if (is_unreadable) chosen.clear();
  if (chosen.empty()) {
    counts_.guesses_left += guesses_left;
    counts_.unwritable += unwritable;
  }
  return chosen;
}

std::optional<Mending::Offer> Mending::offer_of(const check::Found& found) const
{
  if (found.cell < 0) return {};
  Offer offer;
  offer.step.cell = static_cast<std::size_t>(found.cell);
  offer.step.rule = messages_.slug(found);
  const auto& readings = checker_.judged().readings;
  if (found.reading < readings.size()) {
    const Finding& reading = readings[found.reading];
    const std::optional<Fix> guess = unsafe_fix(reading);
    const std::optional<Fix>& fix = reading.fix ? reading.fix : guess;
    if (!fix || !is_one_place(found.cell)) return {};
    offer.step.rule = slug(reading);
    offer.step.is_certain = reading.fix.has_value();
    offer.step.after = fix->replace;
    return offer;
  }
  const bool is_secret =
      found.column < how_.schema.columns.size() && how_.schema.columns[found.column].is_secret;
  if (is_secret || found.column == check::no_column) return {};
  const check::FoundFact* near = nullptr;
  const check::FoundFact* replace = nullptr;
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    if (found.facts[i].name == check::FactName::near) near = &found.facts[i];
    if (found.facts[i].name == check::FactName::replace) replace = &found.facts[i];
  }
  if (near != nullptr && !is_unsafe_fix(found.code, near->text)) near = nullptr;
  if (replace == nullptr && near == nullptr) return {};
  offer.step.is_certain = replace != nullptr;
  offer.step.after = (replace != nullptr ? replace : near)->text;
  return offer;
}

// Cells under the same name are one place in findings, and nobody knows which of them is meant.
bool Mending::is_one_place(std::int32_t cell) const noexcept
{
  const auto& firsts = how_.header.first_of_name;
  return std::count(firsts.begin(), firsts.end(), cell) == 1;
}

} // namespace rollcall::job
