// read_cell.hpp: from the bytes of a cell in a batch to what it says: the quick way where that can
// be gone, else the whole one.
#ifndef ROLLCALL_CHECK_READ_CELL_HPP
#define ROLLCALL_CHECK_READ_CELL_HPP

#include "check/cell_text.hpp"
#include "check/value_quick.hpp"
#include "check/values.hpp"

namespace rollcall::check {

// How a file writes its cells, as far as it decides whether the quick way can be gone.
struct CellsOf {
  explicit CellsOf(const csv::Dialect& of) noexcept
      : dialect{of},
        is_plain{!of.escape && of.quote.value_or('"') == '"'},
        has_quotes{of.quote.has_value()}
  {
  }
  const csv::Dialect& dialect;
  bool is_plain;
  bool has_quotes;

  // What is left of a cell that is quoted from end to end and has no other quote; else the cell.
  // It is plain.
  [[nodiscard]] std::string_view inside(std::string_view raw) const noexcept
  {
    return raw.front() == '"' ? unquoted(raw) : raw;
  }

 private:
  [[nodiscard]] std::string_view unquoted(std::string_view raw) const noexcept
  {
    if (raw.size() < 3 || raw.back() != '"' || !has_quotes) return raw;
    const std::string_view cell = raw.substr(1, raw.size() - 2);
    return quick::has_any(cell, [](Block bytes) -> BlockMask { return bytes == '"'; }) ? raw : cell;
  }
};

// The whole way of a cell, from its bytes in the batch.
template <class Ready>
[[gnu::noinline]] Reading read_cell_slowly(const Ready& type, const ReadyWords* words,
                                           std::string_view raw, const CellsOf& cells,
                                           Scratch& scratch)
{
  const std::string_view text = std::is_same_v<Ready, ReadySecret>
                                    ? secret_text(raw, cells.dialect, scratch)
                                    : cell_text(raw, cells.dialect, scratch);
  if (text.empty()) return {.verdict = Verdict::blank};
  if (words != nullptr) {
    const Reading word = words->read(text, scratch.folded);
    if (word.verdict != Verdict::bad) return word;
  }
  Reading reading = read_value(type, text, scratch);
  if (!is_piece_of(text, raw) && is_piece_of(reading.text(), text)) reading.is_made = true;
  return reading;
}

// Is a cell, which is not empty, seen to be good at first sight? `words` may be null. What is read
// lives as long as the batch, the type and the words, unless it is made.
template <class Ready>
[[nodiscard]] inline bool read_quickly(const Ready& type, const ReadyWords* words,
                                       std::string_view raw, const CellsOf& cells, Scratch& scratch,
                                       Reading& into)
{
  if (!cells.is_plain) return false;
  const std::string_view cell = cells.inside(raw);
  if (words != nullptr && words->may_have(cell)) return false;
  return quick::read(type, cell, scratch, into);
}

// A cell of which that is not seen. Words are looked for quickly all the same.
template <class Ready>
[[nodiscard]] inline Reading read_on(const Ready& type, const ReadyWords* words,
                                     std::string_view raw, const CellsOf& cells, Scratch& scratch)
{
  if (cells.is_plain && words != nullptr) {
    Reading reading;
    const std::string_view cell = cells.inside(raw);
    switch (quick::find(*words, cell, reading)) {
      case quick::Found::yes:
        return reading;
      case quick::Found::no:
        if (words->may_have(cell) && quick::read(type, cell, scratch, reading)) return reading;
        break;
      case quick::Found::perhaps:
        break;
    }
  }
  return read_cell_slowly(type, words, raw, cells, scratch);
}

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_READ_CELL_HPP
