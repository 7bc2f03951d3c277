// See csv_reading.hpp.
#include "support/csv_reading.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace rollcall::tests {
namespace {

std::string number(std::uint64_t value)
{
  return std::to_string(value);
}

// What a batch says of one of its rows. It says some things in two ways; they must agree.
RowSeen row_of(const csv::RowBatch& batch, std::size_t row, csv::Lines& lines, std::string& fault)
{
  RowSeen seen{.number = batch.number(row),
               .line = lines.of(row),
               .byte = batch.byte(row),
               .raw = std::string{batch.raw(row)}};
  std::string scratch;
  for (std::size_t cell = 0; cell != batch.cells(row); ++cell) {
    seen.cells.emplace_back(batch.cell(row, cell));
    seen.values.emplace_back(batch.value(row, cell, scratch));
  }
  for (const csv::Fault& found : batch.faults()) {
    if (found.row == row) seen.faults.push_back({found.code, found.cell, found.byte, found.line});
  }
  std::string joined;
  for (const std::string& cell : seen.cells) {
    if (&cell != &seen.cells.front()) joined += batch.dialect().delimiter.value_or(',');
    joined += cell;
  }
  if (!seen.raw.starts_with(joined)) fault = "row " + number(seen.number) + " is not its cells";
  if (seen.cells.empty()) fault = "row " + number(seen.number) + " has no cell";
  if (batch.width() != 0 && batch.ends().size() != batch.size() * batch.width())
    fault = "a batch of one width has too few cells";
  return seen;
}

void check_order(const csv::RowBatch& batch, std::string& fault)
{
  const auto faults = batch.faults();
  for (std::size_t i = 0; i != faults.size(); ++i) {
    if (faults[i].row >= batch.size()) fault = "a fault of no row";
    if (i != 0 && std::pair{faults[i - 1].row, faults[i - 1].cell} >=
                      std::pair{faults[i].row, faults[i].cell})
      fault = "faults out of order, or two of a cell";
  }
}

std::string shown(const RowSeen& row)
{
  std::string text = "row " + number(row.number) + " line " + number(row.line) + " byte " +
                     number(row.byte) + " raw " + tests::shown(row.raw) + "\n  cells";
  for (const std::string& cell : row.cells) text += " [" + tests::shown(cell) + "]";
  text += "\n  values";
  for (const std::string& value : row.values) text += " [" + tests::shown(value) + "]";
  for (const FaultSeen& fault : row.faults) {
    text += "\n  " + std::string{slug(fault.code)} + " cell " + std::to_string(fault.cell) +
            " byte " + number(fault.byte) + " line " + number(fault.line);
  }
  return text;
}

std::string shown(const std::optional<std::uint64_t>& value)
{
  return value ? number(*value) : "none";
}

} // namespace

Read read_all(Source& source, const csv::ReaderOptions& options)
{
  Read read;
  auto opened = csv::Reader::open(source, options);
  if (!opened.has_value()) {
    read.fault = describe(opened.assume_error());
    return read;
  }
  csv::Reader reader = std::move(opened).assume_value();
  for (;;) {
    const auto more = reader.next();
    if (!more.has_value()) {
      read.fault = describe(more.assume_error());
      return read;
    }
    if (!more.assume_value()) break;
    const csv::RowBatch& batch = reader.batch();
    csv::Lines lines{batch};
    if (batch.is_empty()) read.fault = "an empty batch";
    check_order(batch, read.fault);
    for (std::size_t row = 0; row != batch.size(); ++row) {
      read.reading.rows.push_back(row_of(batch, row, lines, read.fault));
      if (read.reading.rows.back().number != read.reading.rows.size() - 1)
        read.fault = "rows are not numbered one by one";
    }
    if (batch.number(0) == 0 && batch.size() != 1) read.fault = "the header is not alone";
  }
  if (reader.next().has_value() && !reader.batch().is_empty()) read.fault = "rows after the end";
  if (reader.rows() != std::max<std::size_t>(read.reading.rows.size(), 1) - 1)
    read.fault = "the count of rows is wrong";
  read.reading.blank_rows = reader.blank_rows();
  read.reading.first_undecodable = reader.first_undecodable();
  read.reading.encoding = reader.dialect().encoding;
  read.delimiter = reader.dialect().delimiter.value_or('\0');
  read.source_bytes = reader.source_bytes();
  read.digest = reader.digest();
  if (reader.refusal()) {
    read.reading = {.refusal = reader.refusal()->code, .encoding = read.reading.encoding};
  }
  return read;
}

Read read_all(std::string_view text, const csv::ReaderOptions& options)
{
  MemorySource source{text};
  return read_all(source, options);
}

Result<std::size_t> PieceSource::read(std::span<std::byte> into)
{
  const std::size_t size = std::min({into.size(), piece_bytes_, bytes_.size() - at_});
  if (size != 0) std::memcpy(into.data(), bytes_.data() + at_, size);
  at_ += size;
  return size;
}

Result<void> PieceSource::rewind()
{
  at_ = 0;
  return success();
}

std::string difference(const Reading& a, const Reading& b)
{
  const auto say = [](const std::string& what, const std::string& x, const std::string& y) {
    return what + ":\n" + x + "\nagainst\n" + y;
  };
  if (a.refusal != b.refusal) {
    return say("refusal", std::string{a.refusal ? slug(*a.refusal) : "none"},
               std::string{b.refusal ? slug(*b.refusal) : "none"});
  }
  for (std::size_t row = 0; row != std::min(a.rows.size(), b.rows.size()); ++row) {
    if (a.rows[row] != b.rows[row]) return say("rows", shown(a.rows[row]), shown(b.rows[row]));
  }
  if (a.rows.size() != b.rows.size())
    return say("count of rows", number(a.rows.size()), number(b.rows.size()));
  if (a.blank_rows != b.blank_rows)
    return say("blank rows", number(a.blank_rows), number(b.blank_rows));
  if (a.first_undecodable != b.first_undecodable)
    return say("first undecodable", shown(a.first_undecodable), shown(b.first_undecodable));
  if (a.encoding != b.encoding)
    return say("encoding", std::string{slug(a.encoding)}, std::string{slug(b.encoding)});
  return {};
}

std::string told(const Reading& reading)
{
  const auto place = [](std::uint64_t line, std::uint64_t byte) {
    return " @" + number(line) + "+" + number(byte);
  };
  std::string text;
  for (const RowSeen& row : reading.rows) {
    text += number(row.number) + place(row.line, row.byte) + " ";
    for (const std::string& value : row.values) text += "<" + shown(value) + ">";
    for (const FaultSeen& fault : row.faults) {
      text += " " + std::string{slug(fault.code)};
      if (fault.cell >= 0) text += "[" + std::to_string(fault.cell) + "]";
      text += place(fault.line, fault.byte);
    }
    text += "\n";
  }
  if (reading.blank_rows != 0) text += number(reading.blank_rows) + " blank\n";
  if (reading.refusal) text += std::string{slug(*reading.refusal)} + "\n";
  return text;
}

std::string shown(std::string_view text)
{
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c < '\x7F') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += "\\x";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

const std::vector<csv::Kernel>& kernels()
{
  static const std::vector<csv::Kernel> supported = [] {
    std::vector<csv::Kernel> found;
    for (const csv::Kernel kernel :
         {csv::Kernel::swar, csv::Kernel::avx2, csv::Kernel::avx512, csv::Kernel::neon}) {
      if (csv::is_supported(kernel)) found.push_back(kernel);
    }
    return found;
  }();
  return supported;
}

} // namespace rollcall::tests
