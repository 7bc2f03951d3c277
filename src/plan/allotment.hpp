// allotment.hpp: what is given out in the order of the file, once it is known which rows stand:
// free numbers of pools, and room under limits (spec S5, X3); ids of the host are one more limit
// where they are about to run out.
//
// A row gets all that it asks for or nothing: one that is left out takes no number and no room, so
// that a smaller one after it may still fit.
#ifndef ROLLCALL_PLAN_ALLOTMENT_HPP
#define ROLLCALL_PLAN_ALLOTMENT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/checker.hpp"
#include "plan/claim_index.hpp"

namespace rollcall::plan {

class Allotment {
 public:
  // Is this row good so far, claims included?
  using Stands = std::function<bool(RowNumber)>;
  // Does a row that stands want this value of a claim?
  using IsWanted = std::function<bool(std::uint16_t claim, std::string_view value)>;
  // Told of a number that a row draws for a column, as long as it is told.
  using OnDrawn = std::function<void(RowNumber row, std::uint16_t column, std::string_view number)>;

  // What a row asks for: a bit each, pools first, then limits; and where it makes another number of
  // objects than one, how many, by limit.
  struct Count {
    std::uint8_t limit = 0;
    std::uint64_t objects = 0;
    friend bool operator==(const Count&, const Count&) = default;
  };

  // All outlive it.
  Allotment(const schema::CompiledSchema& schema, check::KnownObjects& known,
            std::pmr::memory_resource& memory);

  // What the tenant's settings say, and what is there already; `next_id` is the one that the
  // directory tells for the rows' own objects, if it gives them their keys and can tell.
  [[nodiscard]] Result<void> start(check::Facts& facts, std::optional<std::uint64_t> next_id);

  // Notes what rows of a batch that was judged ask for; `first` is the number of its first row.
  [[nodiscard]] Result<void> take(check::Checker& checker, RowNumber first);

  // For who keeps what rows ask for, to give to them in another order: what a row that was taken
  // asks for, and to take it from him instead. Rows come in order.
  [[nodiscard]] std::uint8_t asks_of(RowNumber row) const noexcept
  {
    return row <= rows_.size() ? rows_[row - 1].asks : std::uint8_t{0};
  }
  void counts_of(RowNumber row, std::vector<Count>& into) const;
  void put(RowNumber row, std::uint8_t asks, std::span<const Count> counts);
  // Forgets all rows.
  void clear();
  // Which of the bits of what a row asks for a count is about.
  [[nodiscard]] std::size_t bit_of(const Count& count) const noexcept
  {
    return pools_.size() + count.limit;
  }
  // From now on somebody is told what is drawn; none: nobody is.
  void tell_drawn(OnDrawn on_drawn) { on_drawn_ = std::move(on_drawn); }

  // Does any row of the last batch draw from a pool? Then it hangs on rows to come, which may want
  // the same number.
  [[nodiscard]] bool draws() const noexcept { return draws_; }

  // Gives to those of the rows from `first` to before `end` that stand. Rows come in order. With
  // `fills`, the rows are those of the batch that was judged, and what they draw becomes their
  // cell.
  [[nodiscard]] Result<void> give(check::Checker& checker, RowNumber first, RowNumber end,
                                  const Stands& stands, const IsWanted& is_wanted, bool fills);
  // Takes all back that was given. Who was left out is remembered.
  void take_back();

  [[nodiscard]] bool is_left_out(RowNumber row) const noexcept
  {
    return row <= rows_.size() && rows_[row - 1].left_out_by != 0;
  }
  // Says it of the rows of a batch, or of one of them, where others know of it: left out by this
  // bit of what it asks for, of which there was so much by then, and it wants so much.
  void say(check::Checker& checker, RowNumber first);
  void say(check::Checker& checker, std::size_t in_batch, std::size_t bit, std::uint64_t now,
           std::uint64_t asked);

  // ---- For who knows himself which rows stand

  // How many of the bits are pools; and how much room there is under limits, by bit, of which `was`
  // is taken already.
  [[nodiscard]] std::size_t pools() const noexcept { return pools_.size(); }
  [[nodiscard]] std::size_t kinds() const noexcept { return pools_.size() + limits_.size(); }
  [[nodiscard]] std::uint64_t room(std::size_t bit) const noexcept
  {
    const Limit& limit = limits_[bit - pools_.size()];
    return *limit.most - std::min(limit.was, *limit.most);
  }
  [[nodiscard]] std::uint64_t was(std::size_t bit) const noexcept
  {
    return bit < pools_.size() ? 0 : limits_[bit - pools_.size()].was;
  }
  // The numbers of a pool that nobody holds, in their order, as far as somebody has asked; false if
  // there are no more.
  [[nodiscard]] std::span<const std::string> free_numbers(std::size_t pool) const noexcept
  {
    return pools_[pool].free;
  }
  [[nodiscard]] Result<bool> find_more(check::Checker& checker, std::size_t pool);
  // The claims of which they are values.
  [[nodiscard]] std::span<const std::uint16_t> claims_of(std::size_t pool) const noexcept
  {
    return pools_[pool].claims;
  }

 private:
  struct Pool {
    std::uint16_t column = 0;
    std::vector<std::uint16_t> claims = {}; // that its numbers are values of
    std::string first = {}, last = {};
    // Those that nobody holds, as far as they were asked for.
    std::vector<std::string> free = {};
    std::size_t at = 0;        // of free: the next one
    std::uint64_t asked = 0;   // of the pool: how many were asked for
    std::uint64_t numbers = 0; // 0: there is no pool
  };
  struct Limit {
    const schema::CompiledLimit* limit = nullptr; // none: ids of the host
    std::uint16_t kind = 0;
    std::optional<std::uint64_t> most = {};
    std::uint64_t was = 0; // before the import
    std::uint64_t now = 0;
  };
  struct Row {
    std::uint8_t asks = 0;
    std::uint8_t left_out_by = 0; // which of them, counted from 1
    [[nodiscard]] bool asks_for(std::size_t number) const noexcept
    {
      return (unsigned{asks} >> number & 1U) != 0;
    }
  };
  // A row that makes another number of objects than one.
  struct Size {
    RowNumber row = 0;
    std::uint8_t limit = 0;
    std::uint64_t count = 0;
  };

  // What a limit came to when it left a row out.
  struct Full {
    RowNumber row = 0;
    std::uint64_t now = 0;
  };

  [[nodiscard]] bool is_any() const noexcept { return !pools_.empty() || !limits_.empty(); }
  [[nodiscard]] Result<std::uint64_t> count_made(check::Checker& checker, std::uint16_t kind,
                                                 std::size_t row);
  [[nodiscard]] std::pmr::vector<Size>::const_iterator first_size(RowNumber row) const;
  [[nodiscard]] std::uint64_t count_of(RowNumber row, std::size_t limit) const noexcept;
  [[nodiscard]] Result<bool> has_next(check::Checker& checker, Pool& pool,
                                      const IsWanted& is_wanted);
  [[nodiscard]] Result<void> ask_more(check::Checker& checker, Pool& pool);
  [[nodiscard]] Result<void> decide(check::Checker& checker, RowNumber row,
                                    const IsWanted& is_wanted);

  const schema::CompiledSchema& schema_;
  check::KnownObjects& known_;
  std::vector<Pool> pools_;
  std::vector<Limit> limits_;
  std::pmr::vector<Row> rows_;   // none if nothing is given out
  std::pmr::vector<Size> sizes_; // ordered by row
  std::vector<Full> full_;       // of the rows of the batch that was given to; in order
  OnDrawn on_drawn_;
  bool draws_ = false;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_ALLOTMENT_HPP
