// See reference_csv.hpp. Nothing here is fast, clever, or shared with the reader.
#include "support/reference_csv.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rollcall::tests {
namespace {

using csv::Dialect;
using csv::Encoding;

// UTF-8, and where in the source each of its bytes comes from. What cannot be decoded stands in it
// as bytes that are no UTF-8.
struct Text {
  std::string bytes = {};
  std::vector<std::uint64_t> from = {}; // one more than bytes: the last is the end of the source
};

std::string utf8(std::uint32_t point)
{
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80 + ((point >> shift) & 0x3F));
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 + (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 + (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 + (point >> 18)), tail(12), tail(6), tail(0)};
}

// The length of the character that stands here, or 0 if none does (RFC 3629, section 4).
std::size_t character_bytes(std::string_view text)
{
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto in = [](unsigned value, unsigned low, unsigned high) {
    return value >= low && value <= high;
  };
  const auto tail = [&](std::size_t i) { return in(byte(i), 0x80, 0xBF); };
  const unsigned first = byte(0);
  if (first <= 0x7F) return 1;
  if (in(first, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (in(first, 0xE0, 0xEF)) {
    const bool second = first == 0xE0   ? in(byte(1), 0xA0, 0xBF)
                        : first == 0xED ? in(byte(1), 0x80, 0x9F)
                                        : tail(1);
    return second && tail(2) ? 3 : 0;
  }
  if (in(first, 0xF0, 0xF4)) {
    const bool second = first == 0xF0   ? in(byte(1), 0x90, 0xBF)
                        : first == 0xF4 ? in(byte(1), 0x80, 0x8F)
                                        : tail(1);
    return second && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

constexpr std::array<std::uint32_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void add(Text& text, const std::string& bytes, std::uint64_t from)
{
  text.bytes += bytes;
  text.from.insert(text.from.end(), bytes.size(), from);
}

Text decoded(std::string_view source, std::size_t begin, Encoding encoding)
{
  Text text;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(source[i]); };
  const bool big = encoding == Encoding::utf_16be;
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    if (i + 2 > source.size()) return 0;
    return big ? byte(i) * 256U + byte(i + 1) : byte(i + 1) * 256U + byte(i);
  };
  for (std::size_t at = begin; at < source.size();) {
    const std::size_t here = at;
    if (encoding == Encoding::utf_8) {
      add(text, {source[at++]}, here);
    } else if (encoding == Encoding::latin_1) {
      add(text, utf8(byte(at++)), here);
    } else if (encoding == Encoding::windows_1252) {
      const std::uint32_t value = byte(at++);
      const bool special = value >= 0x80 && value <= 0x9F;
      const std::uint32_t point = special ? windows_1252.at(value - 0x80) : value;
      add(text, special && point == 0 ? std::string{source[here]} : utf8(point), here);
    } else if (at + 1 == source.size()) {
      add(text, "\xFF", at++);
    } else {
      const std::uint32_t high = unit(at);
      const std::uint32_t low = unit(at + 2);
      const bool pair = high >= 0xD800 && high <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF;
      add(text, utf8(pair ? 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00) : high), here);
      at += pair ? 4 : 2;
    }
  }
  text.from.push_back(source.size());
  return text;
}

struct Cell {
  std::string raw = {};
  std::string value = {};
  std::size_t begin = 0;
  std::optional<std::pair<Code, std::size_t>> fault = {}; // and where in the text
};

class ReferenceReader {
 public:
  ReferenceReader(Text text, const Dialect& dialect, const Limits& limits)
      : text_{std::move(text)}, size_{text_.bytes.size()}, dialect_{dialect}, limits_{limits}
  {
    // A line ends behind LF, and behind CR if no LF follows.
    std::uint64_t line = 1;
    for (std::size_t i = 0; i <= size_; ++i) {
      lines_.push_back(line);
      if (is(i, '\n') || (is(i, '\r') && !is(i + 1, '\n'))) ++line;
    }
  }

  void read(Reading& reading)
  {
    std::size_t at = 0;
    while (at < size_) {
      at = read_record(at);
      if (is_blank()) {
        ++reading.blank_rows;
        continue;
      }
      if (reading.rows.size() == limits_.rows + 1) {
        reading = {.refusal = Code::file_too_many_rows, .encoding = reading.encoding};
        return;
      }
      keep(reading);
    }
  }

 private:
  bool is(std::size_t at, char c) const { return at < size_ && text_.bytes[at] == c; }
  bool is(std::size_t at, std::optional<char> c) const { return c && is(at, *c); }
  bool is_line_end(std::size_t at) const { return is(at, '\n') || is(at, '\r'); }
  bool is_delimiter(std::size_t at) const { return is(at, dialect_.delimiter); }

  std::size_t behind_line_end(std::size_t at) const
  {
    return at + (is(at, '\r') && is(at + 1, '\n') ? 2 : 1);
  }

  // Reads cells into cells_, up to a line end, the end of the text, or the limit of the row; says
  // where the next record begins.
  std::size_t read_record(std::size_t begin)
  {
    begin_ = begin;
    limit_ = begin + limits_.row_bytes;
    cells_.clear();
    too_long_ = false;
    std::size_t at = begin;
    for (;;) {
      at = read_cell(at);
      if (at < limit_ && is_delimiter(at)) {
        ++at;
        continue;
      }
      if (at >= size_) return size_;
      if (!too_long_ && is_line_end(at)) return behind_line_end(at);
      while (at < size_ && !is_line_end(at)) ++at;
      return at < size_ ? behind_line_end(at) : size_;
    }
  }

  // Reads a cell and says where it ends: at a delimiter, a line end, the end of the text, or the
  // limit of the row, and then the row is too long.
  std::size_t read_cell(std::size_t at)
  {
    Cell cell{.begin = at};
    bool is_open = false;
    bool is_closed = false;
    if (at < limit_ && is(at, dialect_.quote)) {
      is_open = true;
      ++at;
    }
    for (; at < size_; ++at) {
      if (at >= limit_ && !(at == limit_ && !is_open && is_line_end(at))) {
        too_long_ = true;
        break;
      }
      const bool is_quote = is(at, dialect_.quote);
      if (!is_open && (is_delimiter(at) || is_line_end(at))) break;
      if (is(at, dialect_.escape) && !is_quote && at + 1 < size_) {
        if (!is_open) note_closed(cell, is_closed, at);
        cell.value += text_.bytes[++at];
        if (is(at, '\r') && is(at + 1, '\n')) cell.value += text_.bytes[++at];
      } else if (is_open && is_quote && is(at + 1, dialect_.quote)) {
        cell.value += text_.bytes[++at];
      } else if (is_open && is_quote) {
        is_open = false;
        is_closed = true;
      } else {
        if (!is_open) note_closed(cell, is_closed, at);
        if (!is_open && is_quote && !cell.fault) cell.fault = {misplaced(), at};
        cell.value += text_.bytes[at];
      }
    }
    // An escape or a doubled quote at the limit may have led over it.
    if (at > limit_ && !too_long_) too_long_ = true;
    if (too_long_) {
      at = cut();
      cell.value = value_up_to(cell.begin, at);
    }
    if (is_open) cell.fault = {Code::csv_unclosed_quote, cell.begin};
    cell.raw = text_.bytes.substr(cell.begin, at - cell.begin);
    cells_.push_back(std::move(cell));
    return at;
  }

  // Where a record that is too long ends: at its limit, but not within a character or a CRLF.
  std::size_t cut() const
  {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text_.bytes[at]); };
    for (std::size_t at = limit_; at > begin_ + 1 && at + 3 > limit_;) {
      if (byte(at) < 0x80 || byte(at) >= 0xC0) break;
      --at;
      const std::size_t bytes = byte(at) < 0xC0 ? 1 : byte(at) < 0xE0 ? 2 : byte(at) < 0xF0 ? 3 : 4;
      if (at + bytes > limit_) return at;
    }
    const bool splits_crlf = is(limit_ - 1, '\r') && is(limit_, '\n') && limit_ - 1 > begin_;
    return limit_ - (splits_crlf ? 1 : 0);
  }

  // What a cell says that is cut off there.
  std::string value_up_to(std::size_t begin, std::size_t end)
  {
    const std::size_t size = std::exchange(size_, end);
    const std::size_t limit = std::exchange(limit_, end + 1);
    const bool too_long = std::exchange(too_long_, false);
    read_cell(begin);
    std::string value = std::move(cells_.back().value);
    cells_.pop_back();
    size_ = size;
    limit_ = limit;
    too_long_ = too_long;
    return value;
  }

  Code misplaced() const { return dialect_.lenient ? Code::csv_repaired : Code::csv_quote; }

  // Anything behind a closing quote is one fault.
  void note_closed(Cell& cell, bool is_closed, std::size_t at) const
  {
    if (is_closed && !cell.fault) cell.fault = {misplaced(), at};
  }

  static bool is_blank(std::string_view value)
  {
    for (std::size_t at = 0; at < value.size();) {
      if (value[at] == ' ' || value[at] == '\t') {
        ++at;
      } else if (value.substr(at).starts_with("\xC2\xA0")) {
        at += 2;
      } else {
        return false;
      }
    }
    return true;
  }

  bool is_blank() const
  {
    if (too_long_) return false;
    for (const Cell& cell : cells_) {
      if (cell.fault || !is_blank(cell.value)) return false;
    }
    return true;
  }

  // What is wrong with the text of a cell; what is wrong with its quotes goes first.
  void judge(Cell& cell) const
  {
    const bool is_repaired = cell.fault && cell.fault->first == Code::csv_repaired;
    if (cell.fault && !is_repaired) return;
    const std::string_view raw = cell.raw;
    std::optional<std::size_t> control;
    for (std::size_t at = 0; at < raw.size();) {
      const std::size_t bytes = character_bytes(raw.substr(at));
      if (bytes == 0) {
        cell.fault = {Code::text_encoding, cell.begin + at};
        return;
      }
      const auto first = static_cast<unsigned char>(raw[at]);
      const bool is_c0 = first < 0x20 && first != '\t' && first != '\n' && first != '\r';
      const bool is_c1 =
          bytes == 2 && first == 0xC2 && static_cast<unsigned char>(raw[at + 1]) < 0xA0;
      if (!control && (is_c0 || is_c1 || first == 0x7F)) control = cell.begin + at;
      at += bytes;
    }
    if (cell.value.size() > limits_.field_bytes) {
      cell.fault = {Code::csv_field_too_large, cell.begin};
    } else if (control) {
      cell.fault = {Code::text_control_character, *control};
    }
  }

  void keep(Reading& reading)
  {
    RowSeen row{
        .number = reading.rows.size(), .line = lines_.at(begin_), .byte = text_.from.at(begin_)};
    const auto add_fault = [&](Code code, std::int32_t cell, std::size_t at) {
      row.faults.push_back({code, cell, text_.from.at(at), lines_.at(at)});
    };
    const Cell& last = cells_.back();
    const bool is_open = last.fault && last.fault->first == Code::csv_unclosed_quote;
    const std::size_t opener = last.begin;
    const bool has_too_many = cells_.size() > limits_.columns;
    if (has_too_many) cells_.resize(limits_.columns);
    bool is_readable = true;
    for (std::size_t i = 0; i != cells_.size(); ++i) {
      Cell& cell = cells_[i];
      row.raw += (i == 0 ? std::string{} : std::string{*dialect_.delimiter}) + cell.raw;
      row.cells.push_back(cell.raw);
      row.values.push_back(cell.value);
      judge(cell);
      if (!cell.fault) continue;
      is_readable = is_readable && cell.fault->first == Code::csv_repaired;
      add_fault(cell.fault->first, static_cast<std::int32_t>(i), cell.fault->second);
    }
    // What is wrong with a row as a whole is all that is said of it.
    if (has_too_many && is_open) {
      row.faults.clear();
      add_fault(Code::csv_unclosed_quote, -1, opener);
    } else if (too_long_ && !is_open) {
      row.faults.clear();
      add_fault(Code::csv_row_too_large, -1, begin_);
    } else if (has_too_many && is_readable) {
      row.faults.clear();
      add_fault(row.number == 0 ? Code::csv_row_too_large : Code::row_extra_cells, -1, begin_);
    }
    if (!is_readable) {
      std::erase_if(row.faults,
                    [](const FaultSeen& fault) { return fault.code == Code::csv_repaired; });
    }
    for (const FaultSeen& fault : row.faults) {
      if (fault.code == Code::text_encoding && !reading.first_undecodable)
        reading.first_undecodable = fault.byte;
    }
    reading.rows.push_back(std::move(row));
  }

  Text text_;
  std::size_t size_;
  Dialect dialect_;
  Limits limits_;
  std::vector<std::uint64_t> lines_; // of each byte of the text

  // Of the record that was read last.
  std::size_t begin_ = 0;
  std::size_t limit_ = 0;
  bool too_long_ = false;
  std::vector<Cell> cells_;
};

} // namespace

Reading read_by_reference(std::string_view bytes, const Dialect& dialect, const Limits& limits)
{
  Reading reading{.encoding = dialect.encoding};
  std::size_t mark_bytes = 0;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    reading.encoding = Encoding::utf_8;
    mark_bytes = 3;
  } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    reading.encoding = bytes[0] == '\xFF' ? Encoding::utf_16le : Encoding::utf_16be;
    mark_bytes = 2;
  }
  if (bytes.size() > limits.file_bytes) {
    reading.refusal = Code::file_too_large;
    return reading;
  }
  ReferenceReader{decoded(bytes, mark_bytes, reading.encoding), dialect, limits}.read(reading);
  return reading;
}

} // namespace rollcall::tests
