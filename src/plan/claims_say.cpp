// claims_say.cpp: what is said of rows that cannot have what they want. Whose it is was not kept,
// so it is asked for again, of the few rows that are told.
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "plan/claims.hpp"
#include "plan/holder_names.hpp"

namespace rollcall::plan {

using check::RowMask;

// What is said of a row under one code and column, whichever of its values, claims and objects it
// is about (spec E19).
struct Claims::Said {
  std::vector<std::uint32_t> numbers = {}; // of a range: those that it cannot have
  // The rows that have them, or that would have had to give them up: of a range, with the numbers.
  std::map<RowNumber, std::vector<std::uint32_t>> others = {};
  HolderNames holders = {};
  std::string_view value = {}; // the first, if its column has no good cell
};

namespace {

// "200, 203-205".
std::string in_words(std::vector<std::uint32_t> numbers, std::string_view cell)
{
  const check::ExtensionRange range = check::range_of(cell);
  std::string number(range.first.size(), '0');
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string words;
  for (auto at = numbers.cbegin(); at != numbers.cend(); ++at) {
    words.append(words.empty() ? "" : ", ").append(check::extension_in(range, *at, number));
    auto last = at;
    while (last + 1 != numbers.cend() && *(last + 1) == *last + 1) ++last;
    if (last - at < 2) continue;
    words.append("-").append(check::extension_in(range, *last, number));
    at = last;
  }
  return words;
}

} // namespace

// All that is said of the rows of a batch.
class Claims::Sayings {
 public:
  Sayings(const schema::CompiledSchema& schema, check::Checker& checker, const LineBook& lines)
      : schema_{schema}, checker_{checker}, lines_{lines}
  {
  }

  Said& of(std::size_t row, Code code, std::uint16_t blame) { return all_[{row, code, blame}]; }

  void tell()
  {
    for (const auto& [about, said] : all_) {
      const auto [row, code, blame] = about;
      tell(row, code, blame, said);
    }
  }

 private:
  void tell(std::size_t row, Code code, std::uint16_t blame, const Said& said)
  {
    check::JudgedBatch& judged = checker_.judged();
    check::Found& found = checker_.add(row, code, blame, Severity::error);
    const bool has_cell = blame != check::no_column && judged.cell(blame, row).is_good();
    found.value = has_cell ? judged.cell(blame, row).text() : said.value;
    if (blame != check::no_column && schema_.columns[blame].is_secret) found.value = {};
    std::string_view range;
    if (checker_.is_range(row)) range = judged.cell(schema_.range_column, row).text();
    const auto& first =
        said.others.empty() ? said.numbers : said.others.begin()->second; // of the line named first
    if (!range.empty()) found.add(check::FactName::taken, judged.keep(in_words(first, range)));
    said.holders.tell(schema_, judged, found);
    if (said.others.empty()) return;
    found.add(check::FactName::other_line, lines_.of(said.others.begin()->first));
    if (said.others.size() > 1)
      found.add(check::FactName::more_lines, judged.keep(more_lines(said, range)));
  }

  // "5, 9"; of a range "5 (300, 301), 9 (303)".
  [[nodiscard]] std::string more_lines(const Said& said, std::string_view range) const
  {
    std::string words;
    std::size_t named = 1;
    for (auto other = std::next(said.others.begin()); other != said.others.end(); ++other) {
      if (named++ == LineBook::named_max) return words.append(" and more");
      words.append(words.empty() ? "" : ", ").append(std::to_string(lines_.of(other->first)));
      if (!range.empty()) words.append(" (").append(in_words(other->second, range)).append(")");
    }
    return words;
  }

  const schema::CompiledSchema& schema_;
  check::Checker& checker_;
  const LineBook& lines_;
  std::map<std::tuple<std::size_t, Code, std::uint16_t>, Said> all_;
};

Result<void> Claims::say(check::Checker& checker, RowNumber first)
{
  const RowNumber end = first + static_cast<RowNumber>(checker.judged().rows());
  const auto loss_of = [&](RowNumber row) {
    return std::lower_bound(losses_.begin(), losses_.end(), row,
                            [](const Loss& l, RowNumber r) { return l.row < r; });
  };
  const std::span<const Loss> losses{loss_of(first), loss_of(end)};
  if (losses.empty()) return success();
  Sayings sayings{schema_, checker, lines_};
  say_others(checker, first, losses, sayings);
  ROLLCALL_CHECK(say_held(checker, first, losses, sayings));
  if (schema_.range_column != schema::none)
    ROLLCALL_CHECK(say_ranges(checker, first, losses, sayings));
  sayings.tell();
  return success();
}

// Other rows of the file, which come first.
void Claims::say_others(check::Checker& checker, RowNumber first, std::span<const Loss> losses,
                        Sayings& sayings) const
{
  for (const Loss& loss : losses) {
    const std::size_t row = loss.row - first;
    if (loss.about == About::held || !checker.judged().looked_at.has(row)) continue;
    if (checker.is_range(row)) continue;
    const bool repeats = loss.about == About::repeats;
    const std::uint16_t blame =
        repeats ? schema_.objects.front().key_column : sources_[loss.source].blame;
    sayings.of(row, repeats ? Code::row_repeats_key : Code::claim_duplicate_in_file, blame)
        .others[loss.other];
  }
}

// Objects of the directory.
Result<void> Claims::say_held(check::Checker& checker, RowNumber first,
                              std::span<const Loss> losses, Sayings& sayings)
{
  check::JudgedBatch& judged = checker.judged();
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    RowMask rows{memory_};
    rows.assign(judged.rows(), false);
    std::vector<const Loss*> loss_of(judged.rows(), nullptr);
    for (const Loss& loss : losses) {
      const std::size_t row = loss.row - first;
      if (loss.source != s || !judged.looked_at.has(row) || checker.is_range(row)) continue;
      if (loss.about == About::duplicate) loss_of[row] = &loss; // says it all (spec E36)
      if (loss.about != About::held || loss_of[row] != nullptr) continue;
      loss_of[row] = &loss;
      rows.set(row);
    }
    if (rows.is_empty()) continue;
    const ClaimSource& source = sources_[s];
    wants_.clear();
    texts_.release();
    ROLLCALL_CHECK(add_wants(checker, s, rows));
    const auto said_of = [&](const Want& want) -> Said& {
      return sayings.of(want.row, Code::claim_taken, source.blame);
    };
    for (const Want& want : wants_) {
      Said& said = said_of(want);
      if (said.value.empty()) said.value = judged.keep(want.value);
      if (loss_of[want.row]->other != 0) said.others[loss_of[want.row]->other];
    }
    if (!schema_.claims[source.claim].claim->names_holder) continue;
    const auto name = [&](const Holding& held) {
      said_of(wants_[held.want]).holders.add(held.kind, held.key);
    };
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, source.claim, wants_, name));
  }
  return success();
}

// Rows of a range, which name the numbers that they cannot have; one at a time, since the numbers
// of all are many.
Result<void> Claims::say_ranges(check::Checker& checker, RowNumber first,
                                std::span<const Loss> losses, Sayings& sayings)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask rows{memory_};
  for (std::size_t i = 0; i != losses.size(); ++i) {
    const std::size_t row = losses[i].row - first;
    const bool is_same = i != 0 && losses[i - 1].row == losses[i].row &&
                         losses[i - 1].source == losses[i].source; // they are in this order
    if (is_same || !judged.looked_at.has(row) || !checker.is_range(row)) continue;
    rows.assign(judged.rows(), false);
    rows.set(row);
    ROLLCALL_CHECK(say_range(checker, first, losses[i].source, rows, sayings));
  }
  return success();
}

Result<void> Claims::say_range(check::Checker& checker, RowNumber first, std::size_t source,
                               const RowMask& row, Sayings& sayings)
{
  const ClaimSource& from = sources_[source];
  wants_.clear();
  texts_.release();
  ROLLCALL_CHECK(add_wants(checker, source, row));
  // What an earlier row wants is said to be a duplicate, whoever holds it (spec E36).
  std::erase_if(wants_, [&](const Want& want) {
    const RowNumber has_it = wanted_.find(want.print).value_or(0);
    if (has_it == first + want.row) return false;
    Said& said = sayings.of(want.row, Code::claim_duplicate_in_file, from.blame);
    said.others[has_it].push_back(want.number);
    return true;
  });
  const bool names_holder = schema_.claims[from.claim].claim->names_holder;
  const auto name = [&](const Holding& held) {
    const Want& want = wants_[held.want];
    Said& said = sayings.of(want.row, Code::claim_taken, from.blame);
    said.numbers.push_back(want.number);
    if (names_holder) said.holders.add(held.kind, held.key);
  };
  return find_holders(schema_, known_, checker, from.claim, wants_, name);
}

} // namespace rollcall::plan
