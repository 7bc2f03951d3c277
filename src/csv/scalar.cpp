// scalar.cpp: the state machine of CSV, written for being right.
#include "csv/scalar.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "csv/cell.hpp"

namespace rollcall::csv {
namespace {

enum class Stop : std::uint8_t { delimiter, line_end, row_limit, text_end };

bool is_line_end(char c) noexcept
{
  return c == '\n' || c == '\r';
}

class Machine {
 public:
  Machine(std::string_view text, bool end, const ScalarOptions& options, Structure& found)
      : text_{text}, end_{end}, options_{options}, dialect_{options.dialect}, found_{found}
  {
  }

  void read()
  {
    while (at_ != text_.size() && has_room()) {
      if (!row()) return;
      found_.bytes = at_;
      if (found_.cut) return;
    }
  }

 private:
  [[nodiscard]] bool has_room() const
  {
    return found_.rows.size() < options_.rows_max && found_.ends.size() < options_.cells_max &&
           found_.flaws.size() < flaws_max;
  }

  // False: the row is not whole, and is taken back.
  bool row()
  {
    flaws_before_ = found_.flaws.size();
    row_ = {at_, static_cast<std::uint32_t>(found_.ends.size()), 0};
    limit_ = std::min<std::uint64_t>(at_ + options_.row_bytes_max, text_.size());
    is_limited_ = at_ + options_.row_bytes_max < text_.size();
    is_rest_blank_ = true;
    hidden_opener_.reset();
    for (cell_ = 0;; ++cell_) {
      const std::uint32_t begin = at_;
      const Stop stop = cell();
      if (stop == Stop::text_end && !end_) {
        found_.ends.resize(row_.first_cell);
        found_.flaws.resize(flaws_before_);
        return false;
      }
      if (cell_ < options_.columns_max) {
        found_.ends.push_back(at_);
      } else {
        const bool is_crlf =
            stop == Stop::line_end && text_[at_] == '\n' && at_ != begin && text_[at_ - 1] == '\r';
        is_rest_blank_ = is_rest_blank_ && is_blank(begin, is_crlf ? at_ - 1 : at_);
      }
      if (stop == Stop::delimiter) {
        ++at_;
        continue;
      }
      row_.cell_count = static_cast<std::uint32_t>(found_.ends.size()) - row_.first_cell;
      end_row(stop);
      return true;
    }
  }

  void end_row(Stop stop)
  {
    if (stop == Stop::line_end) ++at_;
    found_.cut = stop == Stop::row_limit;
    const bool is_open = found_.flaws.size() != flaws_before_ &&
                         found_.flaws.back().code == Code::csv_unclosed_quote;
    if (hidden_opener_) {
      note_row(Code::csv_unclosed_quote, *hidden_opener_);
    } else if (found_.cut && !is_open) {
      note_row(Code::csv_row_too_large, row_.begin);
    } else if (cell_ >= options_.columns_max && !has_unreadable_cell() && !is_blank_row()) {
      note_row(Code::row_extra_cells, row_.begin);
    }
    found_.rows.push_back(row_);
  }

  // What is wrong with a row as a whole is all that there is to say of it.
  void note_row(Code code, std::uint32_t place)
  {
    found_.flaws.resize(flaws_before_);
    found_.flaws.push_back({code, static_cast<std::uint32_t>(found_.rows.size()), -1, place});
  }

  [[nodiscard]] bool has_unreadable_cell() const
  {
    const auto begin = found_.flaws.begin() + static_cast<std::ptrdiff_t>(flaws_before_);
    return std::any_of(begin, found_.flaws.end(),
                       [](const Flaw& flaw) { return flaw.code != Code::csv_repaired; });
  }

  [[nodiscard]] bool is_blank(std::uint32_t begin, std::uint32_t end) const
  {
    return is_blank_cell(text_.substr(begin, end - begin), dialect_);
  }

  // Of a row with more cells than are kept.
  [[nodiscard]] bool is_blank_row() const
  {
    if (!is_rest_blank_ || found_.flaws.size() != flaws_before_) return false;
    std::uint32_t begin = row_.begin;
    for (std::uint32_t i = 0; i != row_.cell_count; ++i) {
      const std::uint32_t end = found_.ends[row_.first_cell + i];
      if (!is_blank(begin, end)) return false;
      begin = end + 1;
    }
    return true;
  }

  // Reads to what ends the cell; that stands at `at_` then, or the LF if it is a CRLF.
  Stop cell() { return at_ < limit_ && text_[at_] == dialect_.quote ? quoted() : bare(false); }

  // A cell without quotes, or what follows one that should have ended.
  Stop bare(bool is_flawed)
  {
    for (; at_ < limit_; ++at_) {
      const char c = text_[at_];
      if (c == dialect_.delimiter) return Stop::delimiter;
      if (c == '\n') return Stop::line_end;
      if (c == '\r') return carriage_return();
      if (c == dialect_.escape) {
        skip_escaped();
      } else if (c == dialect_.quote && !is_flawed) {
        note(misplaced(), at_);
        is_flawed = true;
      }
    }
    return past_limit();
  }

  // From an opening quote on.
  Stop quoted()
  {
    const std::uint32_t opener = at_++;
    for (; at_ < limit_; ++at_) {
      const char c = text_[at_];
      if (c == dialect_.escape) {
        skip_escaped();
      } else if (c == dialect_.quote) {
        if (at_ + 1 == text_.size() || text_[at_ + 1] != dialect_.quote) {
          ++at_;
          return after_closer();
        }
        ++at_;
      }
    }
    if (!is_limited_ && !end_) return Stop::text_end;
    note_unclosed(opener);
    return is_limited_ ? cut() : Stop::text_end;
  }

  Stop after_closer()
  {
    if (at_ >= limit_) return past_limit();
    const char c = text_[at_];
    if (c == dialect_.delimiter || is_line_end(c)) return bare(false);
    note(misplaced(), at_);
    return bare(true);
  }

  // An escape takes the meaning of the sign after it, of both signs if that is CRLF. May pass the
  // limit, but not the text.
  void skip_escaped()
  {
    if (at_ + 1 < text_.size()) ++at_;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  }

  // Where the row may go no further: it ends there if that is the end of the text or of a line.
  Stop past_limit()
  {
    if (!is_limited_) return Stop::text_end;
    if (at_ == limit_) {
      if (text_[at_] == '\n') return Stop::line_end;
      if (text_[at_] == '\r') return carriage_return();
    }
    return cut();
  }

  // The row ends at its limit, or before the character or CRLF that stands across it.
  Stop cut()
  {
    at_ = static_cast<std::uint32_t>(limit_);
    std::uint32_t back = 0;
    while (back != 3 && (static_cast<unsigned char>(text_[at_ - back]) & 0xC0U) == 0x80 &&
           at_ - back > row_.begin + 1)
      ++back;
    const auto lead = static_cast<unsigned char>(text_[at_ - back]);
    const unsigned bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (bytes > back) at_ -= back;
    if (text_[at_] == '\n' && text_[at_ - 1] == '\r' && at_ - 1 != row_.begin) --at_;
    return Stop::row_limit;
  }

  // A CR ends the line, together with an LF after it. At the end of a text that goes on the LF may
  // be to come.
  Stop carriage_return()
  {
    if (at_ + 1 == text_.size()) return end_ ? Stop::line_end : Stop::text_end;
    if (text_[at_ + 1] == '\n') ++at_;
    return Stop::line_end;
  }

  [[nodiscard]] Code misplaced() const
  {
    return dialect_.lenient ? Code::csv_repaired : Code::csv_quote;
  }

  void note(Code code, std::uint32_t place)
  {
    if (cell_ >= options_.columns_max) return;
    found_.flaws.push_back({code, static_cast<std::uint32_t>(found_.rows.size()),
                            static_cast<std::int32_t>(cell_), place});
  }

  // Who opened a quote and swallowed what followed is told so, also where the cell is not kept.
  void note_unclosed(std::uint32_t opener)
  {
    if (cell_ >= options_.columns_max) hidden_opener_ = opener;
    note(Code::csv_unclosed_quote, opener);
  }

  std::string_view text_;
  bool end_;
  const ScalarOptions& options_;
  const Dialect& dialect_;
  Structure& found_;
  std::uint32_t at_ = 0;

  // Of the row.
  RowPlace row_;
  std::size_t flaws_before_ = 0;
  std::uint64_t limit_ = 0; // where the row or the text ends at the latest
  bool is_limited_ = false; // it is the row's limit
  std::uint64_t cell_ = 0;
  bool is_rest_blank_ = true;                  // of the cells that are not kept
  std::optional<std::uint32_t> hidden_opener_; // an open quote, in one of them
};

} // namespace

void Structure::clear() noexcept
{
  ends.clear();
  rows.clear();
  flaws.clear();
  bytes = 0;
  cut = false;
}

void read_scalar(std::string_view text, bool end, const ScalarOptions& options, Structure& found)
{
  found.clear();
  Machine{text, end, options, found}.read();
}

} // namespace rollcall::csv
