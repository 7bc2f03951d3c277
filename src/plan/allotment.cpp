// allotment.cpp: row after row, each all or nothing.
#include "plan/allotment.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "plan/claim_sources.hpp"
#include "plan/holders.hpp"

namespace rollcall::plan {
namespace {

constexpr std::uint64_t asked_at_once = 256; // of a pool

} // namespace

Allotment::Allotment(const schema::CompiledSchema& schema, check::KnownObjects& known,
                     std::pmr::memory_resource& memory)
    : schema_{schema}, known_{known}, rows_{&memory}, sizes_{&memory}
{
  for (std::size_t i = 0; i != schema.columns.size(); ++i) {
    if (schema.columns[i].pool == schema::none) continue;
    const auto column = static_cast<std::uint16_t>(i);
    pools_.push_back({.column = column, .claims = claims_about(schema, column)});
  }
  for (const schema::CompiledLimit& limit : schema.limits)
    limits_.push_back({.limit = &limit, .kind = limit.kind});
}

Result<void> Allotment::start(check::Facts& facts, std::optional<std::uint64_t> next_id)
{
  for (Pool& pool : pools_) {
    expr::Slot slot{.space = expr::Space::fact, .index = schema_.columns[pool.column].pool};
    const expr::Value first = facts.value(slot, 0);
    slot.field = 1;
    const expr::Value last = facts.value(slot, 0);
    if (first.what != expr::What::text || last.what != expr::What::text) continue;
    pool.first = first.text;
    pool.last = last.text;
    pool.numbers = check::ExtensionRange::between(pool.first, pool.last).count;
  }
  for (Limit& limit : limits_) {
    ROLLCALL_TRY(const expr::Value most, facts.evaluate(limit.limit->most));
    if (most.what != expr::What::integer) continue;
    limit.most = static_cast<std::uint64_t>(std::max<std::int64_t>(most.integer, 0));
    ROLLCALL_TRY(limit.was, known_.directory().count(limit.kind));
  }
  std::erase_if(limits_, [](const Limit& limit) { return !limit.most; });
  // No file has so many rows that it could use up more ids than these.
  if (next_id && no_id_left - *next_id <= std::numeric_limits<RowNumber>::max())
    limits_.push_back({.kind = schema_.own_kind(), .most = no_id_left - *next_id});
  take_back();
  return success();
}

void Allotment::take_back()
{
  for (Pool& pool : pools_) pool.at = 0;
  for (Limit& limit : limits_) limit.now = limit.was;
}

// ---- What rows ask for -------------------------------------------------------------------------

Result<void> Allotment::take(check::Checker& checker, RowNumber first)
{
  draws_ = false;
  const check::JudgedBatch& judged = checker.judged();
  check::RowMask making{judged.is_new};
  making -= judged.rejected;
  if (!is_any()) return success();
  rows_.resize(first - 1 + judged.rows());
  for (const Limit& limit : limits_)
    for (const schema::CompiledObject& object : schema_.objects)
      if (object.kind == limit.kind && object.create)
        ROLLCALL_CHECK(checker.look_up(*object.create, making));
  Result<void> result = success();
  making.for_each([&](std::size_t row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    Row& noted = rows_[number - 1];
    for (std::size_t i = 0; i != pools_.size(); ++i) {
      const bool draws =
          pools_[i].numbers != 0 &&
          checker.frame().fresh(pools_[i].column, row).is == check::Fresh::Is::from_pool;
      if (!draws) continue;
      noted.asks |= static_cast<std::uint8_t>(1U << i);
      draws_ = true;
    }
    for (std::size_t i = 0; i != limits_.size() && result.has_value(); ++i) {
      auto count = count_made(checker, limits_[i].kind, row);
      if (!count.has_value()) {
        result = std::move(count).as_failure();
        return;
      }
      const std::uint64_t made = count.assume_value();
      if (made == 0) continue;
      noted.asks |= static_cast<std::uint8_t>(1U << (pools_.size() + i));
      if (made != 1)
        sizes_.push_back({.row = number, .limit = static_cast<std::uint8_t>(i), .count = made});
    }
  });
  checker.evaluator().forget();
  return result;
}

Result<std::uint64_t> Allotment::count_made(check::Checker& checker, std::uint16_t kind,
                                            std::size_t row)
{
  const auto made_now = [&] {
    return static_cast<std::uint64_t>(std::count_if(
        schema_.objects.begin(), schema_.objects.end(), [&](const schema::CompiledObject& object) {
          return object.kind == kind && object.create &&
                 checker.evaluator().condition(*object.create, checker.frame(), row);
        }));
  };
  if (!checker.is_range(row)) return made_now();
  // Nothing that makes an object hangs on its number, mostly.
  const std::uint64_t numbers = checker.numbers(row);
  if (schema_.range_lookups.empty()) return numbers * made_now();
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i != numbers; ++i) {
    ROLLCALL_CHECK(checker.stand_for(row, i));
    count += made_now();
  }
  checker.stand_for_cells();
  return count;
}

std::pmr::vector<Allotment::Size>::const_iterator Allotment::first_size(RowNumber row) const
{
  return std::lower_bound(sizes_.begin(), sizes_.end(), row,
                          [](const Size& s, RowNumber r) { return s.row < r; });
}

std::uint64_t Allotment::count_of(RowNumber row, std::size_t limit) const noexcept
{
  for (auto size = first_size(row); size != sizes_.end() && size->row == row; ++size)
    if (size->limit == limit) return size->count;
  return 1;
}

void Allotment::counts_of(RowNumber row, std::vector<Count>& into) const
{
  for (auto size = first_size(row); size != sizes_.end() && size->row == row; ++size)
    into.push_back({.limit = size->limit, .objects = size->count});
}

void Allotment::put(RowNumber row, std::uint8_t asks, std::span<const Count> counts)
{
  rows_.resize(row);
  rows_.back().asks = asks;
  for (const Count& count : counts)
    sizes_.push_back({.row = row, .limit = count.limit, .count = count.objects});
}

void Allotment::clear()
{
  rows_.clear();
  sizes_.clear();
  full_.clear();
}

// ---- What they get -----------------------------------------------------------------------------

Result<void> Allotment::give(check::Checker& checker, RowNumber first, RowNumber end,
                             const Stands& stands, const IsWanted& is_wanted, bool fills)
{
  full_.clear();
  for (RowNumber row = first; row != end && row <= rows_.size(); ++row) {
    Row& noted = rows_[row - 1];
    noted.left_out_by = 0;
    if (noted.asks == 0 || !stands(row)) continue;
    ROLLCALL_CHECK(decide(checker, row, is_wanted));
    if (noted.left_out_by > pools_.size() && fills)
      full_.push_back({.row = row, .now = limits_[noted.left_out_by - 1 - pools_.size()].now});
    if (noted.left_out_by != 0) continue;
    for (std::size_t i = 0; i != pools_.size(); ++i) {
      if (!noted.asks_for(i)) continue;
      const std::string& number = pools_[i].free[pools_[i].at++];
      if (on_drawn_) on_drawn_(row, pools_[i].column, number);
      const std::size_t in_batch = row - first;
      if (!fills || !checker.judged().looked_at.has(in_batch)) continue;
      check::Cell& cell = checker.judged().cell(pools_[i].column, in_batch);
      const std::string_view text = checker.judged().keep(number);
      cell = {.data = text.data(),
              .size = static_cast<std::uint32_t>(text.size()),
              .state = check::CellState::good};
      checker.judged().good(pools_[i].column).set(in_batch);
    }
    for (std::size_t i = 0; i != limits_.size(); ++i)
      if (noted.asks_for(pools_.size() + i)) limits_[i].now += count_of(row, i);
  }
  return success();
}

Result<void> Allotment::decide(check::Checker& checker, RowNumber row, const IsWanted& is_wanted)
{
  Row& noted = rows_[row - 1];
  for (std::size_t i = 0; i != pools_.size(); ++i) {
    if (!noted.asks_for(i)) continue;
    ROLLCALL_TRY(const bool has_one, has_next(checker, pools_[i], is_wanted));
    if (has_one) continue;
    noted.left_out_by = static_cast<std::uint8_t>(1 + i);
    return success();
  }
  for (std::size_t i = 0; i != limits_.size(); ++i) {
    if (!noted.asks_for(pools_.size() + i)) continue;
    const Limit& limit = limits_[i];
    const std::uint64_t room = *limit.most - std::min(limit.now, *limit.most);
    if (count_of(row, i) <= room) continue;
    noted.left_out_by = static_cast<std::uint8_t>(1 + pools_.size() + i);
    return success();
  }
  return success();
}

// Goes on to the next number that nobody holds and no row that stands asks for.
Result<bool> Allotment::has_next(check::Checker& checker, Pool& pool, const IsWanted& is_wanted)
{
  for (;;) {
    for (; pool.at != pool.free.size(); ++pool.at) {
      const bool is_taken =
          std::any_of(pool.claims.begin(), pool.claims.end(),
                      [&](std::uint16_t claim) { return is_wanted(claim, pool.free[pool.at]); });
      if (!is_taken) return true;
    }
    if (pool.asked == pool.numbers) return false;
    ROLLCALL_CHECK(ask_more(checker, pool));
  }
}

Result<void> Allotment::ask_more(check::Checker& checker, Pool& pool)
{
  const auto range = check::ExtensionRange::between(pool.first, pool.last);
  const std::uint64_t end = std::min(pool.numbers, pool.asked + asked_at_once);
  std::vector<std::string> numbers;
  std::vector<Want> wants;
  for (; pool.asked != end; ++pool.asked) {
    std::string number(pool.first.size(), '0');
    numbers.emplace_back(check::extension_in(range, pool.asked, number));
  }
  wants.reserve(numbers.size());
  for (const std::string& number : numbers) wants.push_back({.row = no_row, .value = number});
  std::vector<bool> is_held(numbers.size(), false);
  const auto note = [&](const Holding& held) { is_held[held.want] = true; };
  for (const std::uint16_t claim : pool.claims)
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, claim, wants, note));
  for (std::size_t i = 0; i != numbers.size(); ++i)
    if (!is_held[i]) pool.free.push_back(std::move(numbers[i]));
  return success();
}

Result<bool> Allotment::find_more(check::Checker& checker, std::size_t pool)
{
  Pool& of = pools_[pool];
  const std::size_t before = of.free.size();
  while (of.free.size() == before) {
    if (of.asked == of.numbers) return false;
    ROLLCALL_CHECK(ask_more(checker, of));
  }
  return true;
}

void Allotment::say(check::Checker& checker, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  for (std::size_t in_batch = 0; in_batch != judged.rows() && !rows_.empty(); ++in_batch) {
    const RowNumber row = first + static_cast<RowNumber>(in_batch);
    if (!judged.looked_at.has(in_batch) || !is_left_out(row)) continue;
    const std::size_t bit = rows_[row - 1].left_out_by - 1U;
    const auto full = std::lower_bound(full_.begin(), full_.end(), row,
                                       [](const Full& f, RowNumber r) { return f.row < r; });
    const std::uint64_t now = full != full_.end() && full->row == row ? full->now : 0;
    say(checker, in_batch, bit, now, bit < pools_.size() ? 1 : count_of(row, bit - pools_.size()));
  }
}

void Allotment::say(check::Checker& checker, std::size_t in_batch, std::size_t bit,
                    std::uint64_t now, std::uint64_t asked)
{
  check::JudgedBatch& judged = checker.judged();
  if (bit < pools_.size()) {
    const Pool& pool = pools_[bit];
    check::Found& made = checker.add(in_batch, Code::extension_pool_empty, pool.column);
    made.add(check::FactName::known, judged.keep(pool.first + "-" + pool.last));
    return;
  }
  const Limit& limit = limits_[bit - pools_.size()];
  if (limit.limit == nullptr) {
    check::Found& made = checker.add(in_batch, Code::host_refused, check::no_column);
    // It need not be asked, so it has not refused anything.
    made.says = judged.keep("no id is left for another " + schema_.kinds[limit.kind].name);
    return made.add(check::FactName::reason, made.says);
  }
  const std::uint16_t blame =
      limit.limit->blame == schema::none ? check::no_column : limit.limit->blame;
  check::Found& made =
      checker.add(in_batch, limit.limit->code.value_or(Code::rule), blame, Severity::error);
  made.rule = schema_.rule_of(*limit.limit);
  if (blame != check::no_column && !schema_.columns[blame].is_secret)
    made.value = judged.cell(blame, in_batch).text();
  made.add(check::FactName::most, *limit.most);
  made.add(check::FactName::now, now);
  if (asked > 1) made.add(check::FactName::asked, asked);
}

} // namespace rollcall::plan
