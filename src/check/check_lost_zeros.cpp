// check_lost_zeros.cpp: extensions of new objects that a spreadsheet may have robbed of their
// zeros.
#include <algorithm>
#include <array>

#include "check/checker.hpp"

namespace rollcall::check {

// Extensions with the zeros in front that they may have lost, to be asked for.
class Checker::LostZeros {
 public:
  LostZeros(Checker& checker, std::uint16_t column, schema::FieldRef from,
            std::pmr::memory_resource& memory)
      : checker_{checker},
        column_{column},
        from_{from},
        texts_{&memory},
        asked_{&memory},
        rows_{&memory},
        is_held_(&memory)
  {
  }

  [[nodiscard]] Result<void> add(std::size_t row, std::string_view extension)
  {
    for (const std::string_view number : with_zeros(extension, room_)) {
      if (number.empty()) continue;
      auto* const at = static_cast<char*>(texts_.allocate(number.size(), 1));
      std::copy(number.begin(), number.end(), at);
      asked_.push_back({at, number.size()});
      rows_.push_back(row);
    }
    return asked_.size() < asked_max ? success() : ask();
  }

  // What was added since. A row is told once, of the first one.
  [[nodiscard]] Result<void> ask()
  {
    if (asked_.empty()) return success();
    is_held_.assign(asked_.size(), false);
    Holding holding{is_held_};
    ROLLCALL_CHECK(checker_.known_.directory().find(from_.kind, from_.field, asked_, holding));
    for (std::size_t i = 0; i != asked_.size(); ++i) {
      if (!is_held_[i] || rows_[i] == told_) continue;
      told_ = rows_[i];
      Found& made = checker_.add(told_, Code::value_leading_zero_lost, column_);
      made.value = checker_.judged_.cell(column_, told_).text();
      made.add(FactName::near, checker_.judged_.keep(asked_[i]));
    }
    asked_.clear();
    rows_.clear();
    texts_.release();
    return success();
  }

 private:
  static constexpr std::size_t asked_max = 4096;

  // Takes note of the values that some object has.
  class Holding final : public ObjectSink {
   public:
    explicit Holding(std::pmr::vector<bool>& is_held) : is_held_{is_held} {}
    void object(std::size_t asked, const ObjectView& /*object*/) override
    {
      if (asked < is_held_.size()) is_held_[asked] = true;
    }

   private:
    std::pmr::vector<bool>& is_held_;
  };

  Checker& checker_;
  std::uint16_t column_;
  schema::FieldRef from_;
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::vector<std::string_view> asked_;
  std::pmr::vector<std::size_t> rows_; // of each
  std::pmr::vector<bool> is_held_;     // likewise
  std::array<char, zeros_lost_room> room_ = {};
  std::size_t told_ = static_cast<std::size_t>(-1);
};

// An extension of a new object that would be one that exists if it had its zeros (spec E26). Ranges
// are expanded and asked about a few at a time: their numbers are more than the file is long.
Result<void> Checker::notice_lost_zeros(std::size_t column)
{
  const schema::FieldRef from = schema_.columns[column].zeros_lost_from;
  if (!from.is_any() || is_absent(column) || !known_.has_objects(from.kind)) return success();
  LostZeros lost{*this, static_cast<std::uint16_t>(column), from, *judged_.memory()};
  rows_ = judged_.good(column);
  rows_ &= judged_.is_new;
  rows_ &= judged_.now;
  Result<void> result = success();
  rows_.for_each([&](std::size_t row) {
    const Cell& cell = judged_.cell(column, row);
    if (!cell.is_range) {
      if (result.has_value()) result = lost.add(row, cell.text());
      return;
    }
    const ExtensionRange range = range_of(cell.text());
    number_.resize(range.first.size());
    for (std::uint64_t i = 0; i != range.count && result.has_value(); ++i)
      result = lost.add(row, extension_in(range, i, number_));
  });
  ROLLCALL_CHECK(std::move(result));
  return lost.ask();
}

} // namespace rollcall::check
