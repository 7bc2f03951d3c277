// given_out.hpp: who of the rows of a draft is left out of what is given out in their order:
// numbers of pools, and room under limits (plan/allotment.hpp).
//
// As there, a row gets all that it asks for or nothing, and one that is left out takes nothing.
// Only rows that draw or make something ask, and mostly all of a piece of the order get it or
// nobody does, which the sums of the piece say. So few rows are looked at, however many there are.
#ifndef ROLLCALL_DRAFT_GIVEN_OUT_HPP
#define ROLLCALL_DRAFT_GIVEN_OUT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <vector>

#include "draft/row_order.hpp"

namespace rollcall::draft {

class GivenOut {
 public:
  static constexpr std::size_t kinds_max = 8; // of what is given out: bits of what a row asks for

  using Amounts = std::array<std::uint64_t, kinds_max>;
  // A bit for each kind, and how much of it; a row that has no say in it asks for nothing.
  struct Ask {
    std::uint8_t asks = 0;
    Amounts amounts = {};
  };
  using AskOf = std::function<Ask(RowId)>;

  struct LeftOut {
    std::uint8_t by = 0;      // the kind, counted from 1; 0: it is not
    std::uint64_t asked = 0;  // for so much of it,
    std::uint64_t before = 0; // of which rows before it have so much
  };

  // The order outlives it; `ask_of` says of any row in it what it asks for.
  GivenOut(const RowOrder& order, AskOf ask_of, std::pmr::memory_resource& memory);

  // What this row asks for may be another thing now. (Rows that come, go or move need not be said.)
  void changed(RowId row) noexcept;
  // Of all rows.
  void changed() noexcept;

  // There is so much of each kind. Throws bad_alloc.
  void settle(const Amounts& there);

  // ---- After `settle`, as long as nothing changes

  [[nodiscard]] std::uint64_t left_out() const noexcept { return left_out_; }
  [[nodiscard]] LeftOut find(RowId row) const;
  // Calls `visit(row, is_left_out)` for each row, in their order.
  void for_each(const std::function<void(RowId, bool)>& visit) const;

 private:
  // Of a piece of the order.
  struct Sum {
    std::uint64_t stamp = 0; // of the piece when it was summed up; 0: it has to be
    Amounts asked = {};
    Amounts least = {}; // of a row that asks for it
    std::uint64_t askers = 0;
    std::uint8_t common = 0; // what all of them ask for
    // As it was settled:
    Amounts before = {};
  };

  void sum_up(Sum& sum, std::size_t piece) const;
  // Gives to a row, or says which kind leaves it out, counted from 1.
  [[nodiscard]] std::uint8_t give(const Ask& ask, Amounts& given) const noexcept;
  [[nodiscard]] bool fits(const Sum& sum, const Amounts& given) const noexcept;
  [[nodiscard]] bool fits_nobody(const Sum& sum, const Amounts& given) const noexcept;

  const RowOrder& order_;
  AskOf ask_of_;
  std::pmr::vector<Sum> sums_; // by piece
  Amounts there_ = {};
  std::uint64_t left_out_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_GIVEN_OUT_HPP
