// scalar.cpp: the state machine of CSV, written for being right.
#include "csv/scalar.hpp"

#include <algorithm>

namespace rollcall::csv {
namespace {

enum class Stop : std::uint8_t { delimiter, line_end, row_limit, text_end };

class Machine {
 public:
  Machine(std::string_view text, bool end, const ScalarOptions& options, Structure& found)
      : text_{text}, end_{end}, options_{options}, found_{found}
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
    return found_.rows.size() < options_.rows_max && found_.ends.size() < options_.cells_max;
  }

  // False: the row is not whole, and is taken back.
  bool row()
  {
    const std::size_t flaws_before = found_.flaws.size();
    RowPlace place{at_, static_cast<std::uint32_t>(found_.ends.size()), 0};
    limit_ = std::min<std::uint64_t>(at_ + options_.row_bytes_max, text_.size());
    is_limited_ = at_ + options_.row_bytes_max < text_.size();
    std::uint64_t cells = 0;
    for (;;) {
      const Stop stop = cell(static_cast<std::int32_t>(cells));
      if (stop == Stop::text_end && !end_) {
        found_.ends.resize(place.first_cell);
        found_.flaws.resize(flaws_before);
        return false;
      }
      if (++cells <= options_.columns_max) found_.ends.push_back(at_);
      if (stop == Stop::delimiter) {
        ++at_;
        continue;
      }
      place.cell_count = static_cast<std::uint32_t>(std::min(cells, options_.columns_max));
      end_row(stop, place, cells, flaws_before);
      return true;
    }
  }

  void end_row(Stop stop, const RowPlace& place, std::uint64_t cells, std::size_t flaws_before)
  {
    const auto row = static_cast<std::uint32_t>(found_.rows.size());
    if (stop == Stop::line_end) ++at_;
    if (stop == Stop::row_limit) {
      found_.cut = true;
      const bool open = found_.flaws.size() != flaws_before &&
                        found_.flaws.back().code == Code::csv_unclosed_quote;
      if (!open) { // then its size is all that there is to say
        found_.flaws.resize(flaws_before);
        found_.flaws.push_back({Code::csv_row_too_large, row, -1, place.begin});
      }
    }
    if (cells > options_.columns_max && !found_.cut) {
      found_.flaws.resize(flaws_before);
      found_.flaws.push_back({Code::row_extra_cells, row, -1, place.begin});
    }
    found_.rows.push_back(place);
  }

  // Reads to what ends the cell; that stands at `at_` then, or the LF if it is a CRLF.
  Stop cell(std::int32_t number)
  {
    cell_ = number;
    const Marks& marks = options_.marks;
    if (marks.quoting && at_ < text_.size() && text_[at_] == marks.quote) return quoted();
    return bare(false);
  }

  // A cell without quotes, or what follows one that should have ended.
  Stop bare(bool is_flawed)
  {
    const Marks& marks = options_.marks;
    for (; at_ < limit_; ++at_) {
      const char c = text_[at_];
      if (c == marks.delimiter) return Stop::delimiter;
      if (c == '\n') return Stop::line_end;
      if (c == '\r') return carriage_return();
      if (options_.escaping && c == options_.escape) {
        if (at_ + 1 < limit_) ++at_;
      } else if (marks.quoting && c == marks.quote && !is_flawed) {
        note(misplaced(), at_);
        is_flawed = true;
      }
    }
    return past_limit();
  }

  // From an opening quote on.
  Stop quoted()
  {
    const Marks& marks = options_.marks;
    const std::uint32_t opener = at_++;
    for (; at_ < limit_; ++at_) {
      const char c = text_[at_];
      if (options_.escaping && c == options_.escape && c != marks.quote) {
        if (at_ + 1 < limit_) ++at_;
        continue;
      }
      if (c != marks.quote) continue;
      if (at_ + 1 < text_.size() && text_[at_ + 1] == marks.quote) {
        ++at_;
        continue;
      }
      ++at_;
      return after_closer();
    }
    at_ = static_cast<std::uint32_t>(limit_);
    if (!is_limited_ && !end_) return Stop::text_end;
    note(Code::csv_unclosed_quote, opener);
    return is_limited_ ? Stop::row_limit : Stop::text_end;
  }

  Stop after_closer()
  {
    if (at_ >= limit_) return past_limit();
    const char c = text_[at_];
    if (c != options_.marks.delimiter && c != '\n' && c != '\r') {
      note(misplaced(), at_);
      return bare(true);
    }
    return bare(false);
  }

  // Where the row may go no further: it ends there if that is the end of the text or of a line.
  Stop past_limit()
  {
    if (!is_limited_) return Stop::text_end;
    const char c = text_[at_];
    if (c == '\n') return Stop::line_end;
    if (c == '\r') return carriage_return();
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
    return options_.lenient ? Code::csv_repaired : Code::csv_quote;
  }

  void note(Code code, std::uint32_t place)
  {
    if (static_cast<std::uint64_t>(cell_) >= options_.columns_max) return;
    found_.flaws.push_back({code, static_cast<std::uint32_t>(found_.rows.size()), cell_, place});
  }

  std::string_view text_;
  bool end_;
  const ScalarOptions& options_;
  Structure& found_;
  std::uint32_t at_ = 0;
  std::uint64_t limit_ = 0; // where the row or the text ends at the latest
  bool is_limited_ = false; // it is the row's limit
  std::int32_t cell_ = 0;
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
