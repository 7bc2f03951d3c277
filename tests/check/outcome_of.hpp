// What becomes of a cell of a type, as one text: its value, or the code of what is wrong with it.
//
// Every cell that a test asks about is read in both ways, the quick one and the long one, which
// must agree; and what is canonical must remain what it is when it is read again.
#ifndef ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP
#define ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "check/read_cell.hpp"

namespace rollcall::tests {

// "200", "<value.mac>", "<blank>", "<nothing>"; words, ranges and bare digits say what they are.
inline std::string text_of(const check::Reading& reading)
{
  const std::string text{reading.text()};
  switch (reading.verdict) {
    case check::Verdict::good:
      return text;
    case check::Verdict::range:
      return "range " + text;
    case check::Verdict::bare_digits:
      return "bare " + text;
    case check::Verdict::word:
      return "word " + text;
    case check::Verdict::nothing:
      return "<nothing>";
    case check::Verdict::blank:
      return "<blank>";
    case check::Verdict::bad:
      break;
  }
  return "<" + std::string{slug(reading.code)} + ">";
}

// A copy of a cell that ends where its memory does, and one that may be read beyond its end.
struct CopiesOf {
  explicit CopiesOf(std::string_view cell)
      : exact_(cell.begin(), cell.end()), padded_(cell.size() + 64, '5')
  {
    std::copy(cell.begin(), cell.end(), padded_.begin());
  }
  [[nodiscard]] std::string_view exact() const { return {exact_.data(), exact_.size()}; }
  [[nodiscard]] std::string_view padded() const { return {padded_.data(), exact_.size()}; }

 private:
  std::vector<char> exact_;
  std::vector<char> padded_;
};

inline void agree(std::string_view what, const std::string& left, const std::string& right)
{
  if (left != right) throw std::logic_error{std::string{what} + ": " + left + " and " + right};
}

// Of the bytes of a cell in the file.
template <class Ready>
std::string outcome_of(const Ready& type, std::string_view cell,
                       const check::ReadyWords* words = nullptr, const csv::Dialect& dialect = {})
{
  const CopiesOf copies{cell};
  const check::CellsOf cells{dialect};
  check::Scratch scratch;
  check::Reading quick{.verdict = check::Verdict::blank};
  const std::string_view raw = copies.padded();
  if (!raw.empty() && !check::read_quickly(type, words, raw, cells, scratch, quick))
    quick = check::read_on(type, words, raw, cells, scratch);
  const std::string outcome = text_of(quick);
  if (!quick.is_made && check::is_piece_of(quick.text(), scratch.composed))
    throw std::logic_error{"what is composed is not said to be made"};

  check::Scratch other;
  agree("quick and slow", outcome,
        text_of(check::read_cell_slowly(type, words, copies.exact(), cells, other)));
  const bool is_canonical = quick.verdict == check::Verdict::good && words == nullptr &&
                            !std::is_same_v<Ready, check::ReadyBoolean>;
  if (is_canonical) {
    const CopiesOf again{outcome};
    agree("canonical and read again", outcome,
          text_of(check::read_value(type, again.exact(), other)));
  }
  return outcome;
}

// What a fault of the cell is about: of a length, what was measured.
template <class Ready>
std::string blamed(const Ready& type, std::string_view cell)
{
  check::Scratch scratch;
  return std::string{check::read_value(type, check::cell_text(cell, {}, scratch), scratch).text()};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP
