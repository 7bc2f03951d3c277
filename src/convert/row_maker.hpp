// row_maker.hpp: a row of the source as a row of the target.
//
// Of a range it is made once for each of its numbers. Texts live until the next row is begun.
#ifndef ROLLCALL_CONVERT_ROW_MAKER_HPP
#define ROLLCALL_CONVERT_ROW_MAKER_HPP

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "convert/carrying.hpp"

namespace rollcall::convert {

enum class CellFrom : std::uint8_t { nowhere, source, filling };

struct MadeCell {
  std::string_view text = {};
  CellFrom from = CellFrom::nowhere;
  // Why somebody should look at it; empty: nobody needs to.
  std::string_view check = {};
};

class RowMaker {
 public:
  // All outlive it.
  RowMaker(const Format& from, const check::Header& header, const Format& to,
           const Carrying& carrying, const ValueMap& map);

  // Looks at a row that the checker has read.
  void begin(check::Checker& checker, const csv::RowBatch& batch, std::size_t row);

  // Its cells in the order of Carrying::written, for one of the numbers that it stands for. False
  // if nothing of the row is in them.
  [[nodiscard]] bool make(std::uint64_t index);
  [[nodiscard]] const std::vector<MadeCell>& cells() const noexcept { return cells_; }

  // Of each column of the source, once the row is made: what stands in it, and whether it went
  // anywhere.
  [[nodiscard]] std::string_view given(std::size_t column) const noexcept { return given_[column]; }
  [[nodiscard]] bool is_secret(std::size_t column) const noexcept
  {
    return from_.schema.columns[column].is_secret;
  }
  [[nodiscard]] bool is_used(std::size_t column) const noexcept { return used_[column]; }

 private:
  struct Names {
    std::string_view first = {}, last = {};
  };

  [[nodiscard]] std::string_view given(check::Checker& checker, const csv::RowBatch& batch,
                                       std::size_t column, std::size_t row);
  [[nodiscard]] MadeCell from(const Origin& origin, const schema::Column& to);
  [[nodiscard]] MadeCell joined(const Origin& origin, const schema::Column& to);
  [[nodiscard]] MadeCell part(const Origin& origin);
  [[nodiscard]] MadeCell translated(const Origin& origin, std::string_view text,
                                    const schema::Column& to);
  [[nodiscard]] Names taken_apart(std::string_view name) const noexcept;
  void use(const Origin& origin);
  [[nodiscard]] std::string_view keep(std::string text)
  {
    return made_.emplace_back(std::move(text));
  }

  const Format& from_;
  const check::Header& header_;
  const Format& to_;
  const Carrying& carrying_;
  const ValueMap& map_;
  std::vector<std::string_view> given_; // of each column of the source
  std::vector<bool> used_;
  std::vector<MadeCell> cells_;
  std::deque<std::string> made_;
  check::ExtensionRange range_ = {};
  std::string number_;
  std::string_view ranged_ = {}; // the number that the row stands for; empty: it is no range
  std::string folded_;
  check::Scratch scratch_;
};

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_ROW_MAKER_HPP
