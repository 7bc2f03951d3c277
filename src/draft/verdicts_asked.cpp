// verdicts_asked.cpp: what rows are told, and what they would be given.
#include <algorithm>

#include "draft/verdicts.hpp"

namespace rollcall::draft {
namespace {

using plan::RowNumber;
using Was = plan::RowNote::Was;

} // namespace

bool Verdicts::is_left_out(RowId row) const
{
  return has_given_ && verdicts_[row].asks != 0 &&
         judging_.allotment().is_left_out(static_cast<RowNumber>(table_.where(row).number));
}

// Who is left out is found out by going through all rows; unless there is room for everybody, which
// the sums say.
Result<void> Verdicts::settle()
{
  ROLLCALL_CHECK(check());
  if (is_given_ || judging_.is_refused()) return success();
  has_given_ = false;
  left_out_ = 0;
  if (!judging_.allotment().has_room_for(tally_.asked)) ROLLCALL_CHECK(give({}));
  is_given_ = true;
  return success();
}

Result<void> Verdicts::give(const plan::Allotment::OnDrawn& on_drawn)
{
  plan::Allotment& allotment = judging_.allotment();
  const std::pmr::vector<RowId> rows = all_rows();
  allotment.clear();
  const auto count = static_cast<RowNumber>(rows.size());
  for (RowNumber number = 1; number <= count; ++number) {
    const RowId row = rows[number - 1];
    if (verdicts_[row].asks != 0) allotment.put(number, verdicts_[row].asks, counts_of(row));
  }
  const auto stands = [&](RowNumber number) {
    return verdicts_[rows[number - 1]].was != Was::rejected;
  };
  const auto is_wanted = [&](std::uint16_t claim, std::string_view value) {
    bool is_found = false;
    touches_.for_each_row(judging_.thing_of(claim, value), [&](RowId row) {
      is_found = verdicts_[row].was != Was::rejected;
      return !is_found;
    });
    return is_found;
  };
  allotment.take_back();
  allotment.note_all(on_drawn);
  ROLLCALL_CHECK(allotment.give(judging_.checker(), 1, count + 1, stands, is_wanted, false));
  allotment.note_all({});
  allotment.take_back();
  has_given_ = true;
  left_out_ = 0;
  for (RowNumber number = 1; number <= count; ++number)
    left_out_ += allotment.is_left_out(number) ? 1U : 0U;
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
            if (is_left_out(row))
              judging_.allotment().say(checker, in_batch,
                                       static_cast<RowNumber>(table_.where(row).number));
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
  table_.order().for_each([&](RowId other) {
    is_before = is_before && other != row;
    if (is_before && !table_.is_blank(other) && verdicts_[other].was == Was::creates &&
        !is_left_out(other))
      ++before;
  });
  return *next + before < *next ? Key{} : Key{*next + before};
}

Result<std::optional<std::string>> Verdicts::drawn(RowId row, std::uint16_t column)
{
  std::optional<std::string> number;
  ROLLCALL_CHECK(check());
  if (judging_.is_refused() || table_.is_blank(row) || verdicts_[row].asks == 0) return number;
  const auto wanted = static_cast<RowNumber>(table_.where(row).number);
  is_given_ = false;
  ROLLCALL_CHECK(give([&](RowNumber drawing, std::uint16_t from, std::string_view text) {
    if (drawing == wanted && from == column) number = text;
  }));
  is_given_ = true;
  return number;
}

} // namespace rollcall::draft
