// verdicts_asked.cpp: what rows are told, and what they would be given.
#include <utility>

#include "draft/verdicts.hpp"

namespace rollcall::draft {
namespace {

using plan::RowNumber;
using Was = plan::RowNote::Was;

} // namespace

bool Verdicts::is_left_out(RowId row) const
{
  return lacks_room_ && verdicts_[row].asks != 0 && given_out_.find(row).by != 0;
}

GivenOut::Ask Verdicts::ask_of(RowId row) const
{
  const Verdict& verdict = verdicts_[row];
  if (is_judged_[row] == 0 || verdict.asks == 0 || verdict.was == Was::rejected) return {};
  GivenOut::Ask ask{.asks = verdict.asks};
  ask.amounts.fill(1);
  for (const auto& count : counts_of(row))
    ask.amounts[judging_.allotment().bit_of(count)] = count.objects;
  return ask;
}

bool Verdicts::is_wanted(std::uint64_t thing) const
{
  bool is_found = false;
  touches_.for_each_row(thing, [&](RowId row) {
    is_found = verdicts_[row].was != Was::rejected;
    return !is_found;
  });
  return is_found;
}

void Verdicts::note_wants(std::uint64_t thing)
{
  for (PoolNumbers& pool : numbers_) pool.changed(thing);
}

// So many numbers that rows may draw, or all that there are.
Result<std::uint64_t> Verdicts::find_numbers(std::size_t pool, std::uint64_t wanted)
{
  plan::Allotment& allotment = judging_.allotment();
  PoolNumbers& numbers = numbers_[pool];
  std::vector<std::uint64_t> things;
  for (;;) {
    for (const auto free = allotment.free_numbers(pool); numbers.size() != free.size();) {
      things.clear();
      for (const std::uint16_t claim : allotment.claims_of(pool))
        things.push_back(judging_.thing_of(claim, free[numbers.size()]));
      numbers.add(things);
    }
    const std::uint64_t open =
        numbers.count_open([this](std::uint64_t thing) { return is_wanted(thing); });
    if (open >= wanted) return open;
    ROLLCALL_TRY(const bool is_more, allotment.find_more(judging_.checker(), pool));
    if (!is_more) return open;
  }
}

Result<void> Verdicts::settle()
{
  ROLLCALL_CHECK(check());
  if (is_given_ || judging_.is_refused()) return success();
  const plan::Allotment& allotment = judging_.allotment();
  GivenOut::Amounts there = {};
  lacks_room_ = false;
  for (std::size_t bit = 0; bit != allotment.kinds(); ++bit) {
    const std::uint64_t asked = tally_.asked[bit];
    if (bit >= allotment.pools()) {
      there[bit] = allotment.room(bit);
    } else if (asked != 0) {
      ROLLCALL_TRY(there[bit], find_numbers(bit, asked));
    }
    lacks_room_ = lacks_room_ || asked > there[bit];
  }
  if (lacks_room_) given_out_.settle(there);
  is_given_ = true;
  return success();
}

Result<void> Verdicts::tell(std::span<const RowId> rows, const OnTold& on_told)
{
  ROLLCALL_CHECK(settle());
  if (judging_.is_refused()) return success();
  if (++mark_ == 0) std::fill(marks_.begin(), marks_.end(), mark_++);
  members_.clear();
  for (const RowId row : rows) {
    if (table_.is_blank(row) || (!verdicts_[row].is_said && !is_left_out(row))) continue;
    marks_[row] = mark_;
    members_.push_back(row);
  }
  if (members_.empty()) return success();
  std::pmr::vector<RowId> asked{members_, memory_};
  std::sort(asked.begin(), asked.end());
  touches_.close(members_, marks_, mark_);
  if (is_too_many(members_.size())) {
    members_ = all_rows();
  } else {
    order(members_);
  }
  const Rows judged{
      .ids = members_,
      .is_told = [&](RowId row) { return std::binary_search(asked.begin(), asked.end(), row); },
      .on_told = on_told,
      .say =
          [&](check::Checker& checker, std::size_t in_batch, RowId row) {
            if (!is_left_out(row)) return;
            const GivenOut::LeftOut left = given_out_.find(row);
            const std::size_t bit = left.by - 1U;
            judging_.allotment().say(checker, in_batch, bit,
                                     judging_.allotment().was(bit) + left.before, left.asked);
          }};
  return judging_.judge(judged, judged_);
}

Result<std::optional<std::uint64_t>> Verdicts::given_key(RowId row)
{
  using Key = std::optional<std::uint64_t>;
  ROLLCALL_CHECK(settle());
  const bool is_given = schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host;
  if (judging_.is_refused() || !is_given || table_.is_blank(row)) return Key{};
  if (verdicts_[row].was != Was::creates || is_left_out(row)) return Key{};
  ROLLCALL_TRY(Key next, judging_.directory().next_id(schema_.own_kind()));
  if (!next) return Key{};
  bool is_before = true;
  std::uint64_t before = 0;
  const auto count = [&](RowId other, bool is_left_out) {
    is_before = is_before && other != row;
    const bool is_made = !table_.is_blank(other) && verdicts_[other].was == Was::creates;
    if (is_before && is_made && !is_left_out) ++before;
  };
  if (lacks_room_)
    given_out_.for_each(count);
  else
    table_.order().for_each([&](RowId other) { count(other, false); });
  return *next + before < *next ? Key{} : Key{*next + before};
}

// Who gets which number hangs on all rows before, so all are gone through.
Result<std::optional<std::string>> Verdicts::drawn(RowId row, std::uint16_t column)
{
  std::optional<std::string> number;
  ROLLCALL_CHECK(check());
  if (judging_.is_refused() || table_.is_blank(row) || verdicts_[row].asks == 0) return number;
  plan::Allotment& allotment = judging_.allotment();
  const std::pmr::vector<RowId> rows = all_rows();
  allotment.clear();
  const auto count = static_cast<RowNumber>(rows.size());
  for (RowNumber each = 1; each <= count; ++each)
    if (const RowId asks = rows[each - 1]; verdicts_[asks].asks != 0)
      allotment.put(each, verdicts_[asks].asks, counts_of(asks));
  const auto stands = [&](RowNumber each) {
    return verdicts_[rows[each - 1]].was != Was::rejected;
  };
  const auto is_wanted_by_row = [&](std::uint16_t claim, std::string_view value) {
    return is_wanted(judging_.thing_of(claim, value));
  };
  allotment.tell_drawn([&](RowNumber drawing, std::uint16_t from, std::string_view text) {
    if (rows[drawing - 1] == row && from == column) number = text;
  });
  allotment.take_back();
  Result<void> given =
      allotment.give(judging_.checker(), 1, count + 1, stands, is_wanted_by_row, false);
  allotment.tell_drawn({});
  allotment.take_back();
  ROLLCALL_CHECK(std::move(given));
  return number;
}

} // namespace rollcall::draft
