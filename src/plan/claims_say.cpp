// claims_say.cpp: what is said of rows that cannot have what they want. Whose it is was not kept,
// so it is asked for again, of the few rows that are told.
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "plan/claims.hpp"
#include "plan/names.hpp"

namespace rollcall::plan {

using check::RowMask;

Result<void> Claims::say(check::Checker& checker, RowNumber first)
{
  const RowNumber end = first + static_cast<RowNumber>(checker.judged().rows());
  const auto loss_of = [&](RowNumber row) {
    return std::lower_bound(losses_.begin(), losses_.end(), row,
                            [](const Loss& l, RowNumber r) { return l.row < r; });
  };
  const std::span<const Loss> losses{loss_of(first), loss_of(end)};
  if (losses.empty()) return success();
  say_others(checker, first, losses);
  ROLLCALL_CHECK(say_held(checker, first, losses));
  return schema_.range_column == schema::none ? success() : say_ranges(checker, first, losses);
}

// Other rows of the file, which come first.
void Claims::say_others(check::Checker& checker, RowNumber first, std::span<const Loss> losses)
{
  for (const Loss& loss : losses) {
    const std::size_t row = loss.row - first;
    if (loss.about == About::held || !checker.judged().looked_at.has(row)) continue;
    if (checker.is_range(row)) continue;
    const bool repeats = loss.about == About::repeats;
    const std::uint16_t blame =
        repeats ? schema_.objects.front().key_column : sources_[loss.source].blame;
    check::Found& found =
        checker.add(row, repeats ? Code::row_repeats_key : Code::claim_duplicate_in_file, blame,
                    Severity::error);
    if (blame != check::no_column) found.value = checker.judged().cell(blame, row).text();
    found.add(check::FactName::other_line, lines_.of(loss.other));
  }
}

// Objects of the directory.
Result<void> Claims::say_held(check::Checker& checker, RowNumber first,
                              std::span<const Loss> losses)
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
    ROLLCALL_CHECK(add_wants(checker, s, rows));
    std::vector<Names> holders(wants_.size());
    std::vector<std::uint16_t> kinds(wants_.size());
    const auto name = [&](const Holding& held) {
      if (holders[held.want].is_empty()) kinds[held.want] = held.kind;
      holders[held.want].add(held.key);
    };
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, source.claim, wants_, name));
    for (std::size_t i = 0; i != wants_.size(); ++i) {
      const Want& want = wants_[i];
      const Loss& loss = *loss_of[want.row];
      check::Found& found = checker.add(want.row, Code::claim_taken, source.blame, Severity::error);
      found.value = judged.keep(want.value);
      if (schema_.claims[source.claim].claim->names_holder && !holders[i].is_empty()) {
        found.add(check::FactName::kind, schema_.kinds[kinds[i]].name);
        found.add(check::FactName::holder, judged.keep(holders[i].text()));
      }
      if (loss.other != 0) found.add(check::FactName::other_line, lines_.of(loss.other));
    }
  }
  return success();
}

namespace {

// What is said of a row of a range, whichever of its values are about it (spec E19).
struct SaidOfRange {
  std::vector<std::uint32_t> numbers = {};
  RowNumber other = 0;
};

using SaidOfRanges = std::map<std::tuple<std::size_t, Code, std::uint16_t>, SaidOfRange>;

// "200, 203".
std::string numbers_in_words(std::vector<std::uint32_t> numbers, std::string_view cell)
{
  const check::ExtensionRange range = check::range_of(cell);
  std::string number(range.first.size(), '0');
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string words;
  for (const std::uint32_t each : numbers)
    words.append(words.empty() ? "" : ", ").append(check::extension_in(range, each, number));
  return words;
}

} // namespace

// Rows of a range, which name the numbers that they cannot have.
Result<void> Claims::say_ranges(check::Checker& checker, RowNumber first,
                                std::span<const Loss> losses)
{
  check::JudgedBatch& judged = checker.judged();
  SaidOfRanges all;
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    const ClaimSource& source = sources_[s];
    RowMask rows{memory_};
    rows.assign(judged.rows(), false);
    for (const Loss& loss : losses) {
      const std::size_t row = loss.row - first;
      if (loss.source == s && judged.looked_at.has(row) && checker.is_range(row)) rows.set(row);
    }
    if (rows.is_empty()) continue;
    wants_.clear();
    ROLLCALL_CHECK(add_wants(checker, s, rows));
    // What an earlier row wants is said to be a duplicate, whoever holds it (spec E36).
    std::erase_if(wants_, [&](const Want& want) {
      const RowNumber has_it = wanted_.find(want.print).value_or(0);
      if (has_it == first + want.row) return false;
      SaidOfRange& said = all[{want.row, Code::claim_duplicate_in_file, source.blame}];
      said.numbers.push_back(want.number);
      if (said.other == 0) said.other = has_it;
      return true;
    });
    const auto name = [&](const Holding& held) {
      const Want& want = wants_[held.want];
      SaidOfRange& said = all[{want.row, Code::claim_taken, source.blame}];
      said.numbers.push_back(want.number);
    };
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, source.claim, wants_, name));
  }
  for (const auto& [about, said] : all) {
    const auto [row, code, blame] = about;
    check::Found& found = checker.add(row, code, blame, Severity::error);
    if (blame != check::no_column) found.value = judged.cell(blame, row).text();
    const std::string_view cell = judged.cell(schema_.range_column, row).text();
    found.add(check::FactName::taken, judged.keep(numbers_in_words(said.numbers, cell)));
    if (said.other != 0) found.add(check::FactName::other_line, lines_.of(said.other));
  }
  return success();
}

} // namespace rollcall::plan
