// given_out.cpp: piece after piece by their sums, and row after row only where these do not say it.
#include "draft/given_out.hpp"

#include <algorithm>
#include <utility>

namespace rollcall::draft {
namespace {

// Calls `visit(kind)` for each kind that is asked for.
template <class Visit>
void for_each_kind(std::uint8_t asks, Visit visit)
{
  for (std::size_t kind = 0; asks >> kind != 0; ++kind)
    if ((unsigned{asks} >> kind & 1U) != 0) visit(kind);
}

} // namespace

GivenOut::GivenOut(const RowOrder& order, AskOf ask_of, std::pmr::memory_resource& memory)
    : order_{order}, ask_of_{std::move(ask_of)}, sums_{&memory}
{
}

void GivenOut::changed(RowId row) noexcept
{
  if (!order_.has(row)) return;
  const std::size_t piece = order_.piece_of(row);
  if (piece < sums_.size()) sums_[piece].stamp = 0;
}

void GivenOut::changed() noexcept
{
  for (Sum& sum : sums_) sum.stamp = 0;
}

void GivenOut::sum_up(Sum& sum, std::size_t piece) const
{
  sum = {.stamp = order_.stamp(piece), .common = 0xFF};
  for (const RowId row : order_.rows_of(piece)) {
    const Ask ask = ask_of_(row);
    if (ask.asks == 0) continue;
    ++sum.askers;
    sum.common = static_cast<std::uint8_t>(sum.common & ask.asks);
    for_each_kind(ask.asks, [&](std::size_t kind) {
      const std::uint64_t amount = ask.amounts[kind];
      sum.least[kind] = sum.asked[kind] == 0 ? amount : std::min(sum.least[kind], amount);
      sum.asked[kind] += amount;
    });
  }
}

bool GivenOut::fits(const Sum& sum, const Amounts& given) const noexcept
{
  for (std::size_t kind = 0; kind != kinds_max; ++kind)
    if (sum.asked[kind] > there_[kind] - given[kind]) return false;
  return true;
}

bool GivenOut::fits_nobody(const Sum& sum, const Amounts& given) const noexcept
{
  bool is_any = false;
  for_each_kind(sum.common, [&](std::size_t kind) {
    is_any = is_any || sum.least[kind] > there_[kind] - given[kind];
  });
  return is_any;
}

std::uint8_t GivenOut::give(const Ask& ask, Amounts& given) const noexcept
{
  for (std::size_t kind = 0; kind != kinds_max; ++kind)
    if ((unsigned{ask.asks} >> kind & 1U) != 0 && ask.amounts[kind] > there_[kind] - given[kind])
      return static_cast<std::uint8_t>(kind + 1);
  for_each_kind(ask.asks, [&](std::size_t kind) { given[kind] += ask.amounts[kind]; });
  return 0;
}

void GivenOut::settle(const Amounts& there)
{
  there_ = there;
  left_out_ = 0;
  if (sums_.size() < order_.pieces()) sums_.resize(order_.pieces());
  Amounts given = {};
  order_.for_each_piece([&](std::size_t piece) {
    Sum& sum = sums_[piece];
    if (sum.stamp != order_.stamp(piece)) sum_up(sum, piece);
    sum.before = given;
    if (sum.askers == 0) return;
    if (fits(sum, given)) {
      for (std::size_t kind = 0; kind != kinds_max; ++kind) given[kind] += sum.asked[kind];
    } else if (fits_nobody(sum, given)) {
      left_out_ += sum.askers;
    } else {
      for (const RowId row : order_.rows_of(piece))
        left_out_ += give(ask_of_(row), given) != 0 ? 1U : 0U;
    }
  });
}

GivenOut::LeftOut GivenOut::find(RowId row) const
{
  const std::size_t piece = order_.piece_of(row);
  const Sum& sum = sums_[piece];
  if (fits(sum, sum.before)) return {};
  Amounts given = sum.before;
  if (!fits_nobody(sum, given)) {
    for (const RowId other : order_.rows_of(piece)) {
      if (other == row) break;
      static_cast<void>(give(ask_of_(other), given));
    }
  }
  const Amounts before = given;
  const Ask ask = ask_of_(row);
  const std::uint8_t by = give(ask, given);
  if (by == 0) return {};
  return {.by = by, .asked = ask.amounts[by - 1U], .before = before[by - 1U]};
}

void GivenOut::for_each(const std::function<void(RowId, bool)>& visit) const
{
  Amounts given = {};
  order_.for_each([&](RowId row) { visit(row, give(ask_of_(row), given) != 0); });
}

} // namespace rollcall::draft
