// Naughty strings: what the writer writes, the reader reads back as it was.
#include <doctest/doctest.h>

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv/guard.hpp"
#include "rollcall/csv_writer.hpp"
#include "support/csv_reading.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using namespace std::string_literals;

namespace {

const std::vector<std::string> naughty = {
    // What means something to CSV.
    "",
    " ",
    "\t",
    "\"",
    "\"\"",
    "\"\"\"",
    ",",
    ";",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\n\r",
    "\r\r",
    "\",\"",
    "\"\n\"",
    "a\"b",
    "a,b",
    " \"a\" ",
    "\"a\"b",
    ",,,",
    "\\",
    "\\\"",
    "\\n",
    "'",
    "''",
    "'\"'",
    "#",
    "sep=;",
    "a\nb\nc",
    "\n,\n",
    "ends in a quote\"",
    "\"begins with one",
    "a\r",
    "\ra",
    // What means something to a spreadsheet.
    "=1+1",
    "+442071838750",
    "-1",
    "@SUM(A1:A9)",
    "'=1",
    "''=1",
    "=cmd|'/C calc'!A0",
    "\t=1",
    "\r=1",
    " =1",
    "\xEF\xBC\x9D"
    "1",
    "-",
    "1E+10",
    "0012",
    "1/2",
    "12-May",
    // What means something to some program or other.
    "NULL",
    "null",
    "undefined",
    "nil",
    "None",
    "NaN",
    "-Infinity",
    "true",
    "FALSE",
    "0",
    "-0",
    "1e309",
    "0x0",
    "1_000",
    "1,000.5",
    "1.000,5",
    "../../etc/passwd",
    "C:\\",
    "%s%s%s%n",
    "{0}",
    "${HOME}",
    "$(ls)",
    "`ls`",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "&lt;",
    "%00",
    "\\0",
    "\\u0000",
    "[]",
    "{}",
    "//",
    "/* */",
    "--",
    "CON",
    "PRN",
    "aux.csv",
    "\\\\server\\share",
    "http://a.example/?b=c&d=\"e\"",
    "mailto:",
    "O'Neill",
    "Smith, Jr.",
    "Anne \"Annie\" Smith",
    // Text of all kinds.
    "\xC3\xA9",
    "e\xCC\x81",
    "\xC3\x9F",
    "\xC4\xB0",
    "\xC4\xB1",
    "\xEF\xAC\x81",
    "\xE2\x84\xAB",
    "\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A",
    "\xD7\xA2\xD7\x91\xD7\xA8\xD7\x99\xD7\xAA",
    "\xE4\xB8\xAD\xE6\x96\x87",
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
    "\xED\x95\x9C\xEA\xB8\x80",
    "\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8\xA2",
    "\xE0\xA4\xB9\xE0\xA4\xBF",
    "\xF0\x9F\x98\x80",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
    "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
    "\xF0\x9D\x94\x98",
    "Z\xCD\x91\xCD\xAB\xCC\x93\xCD\xAA\xCC\x82",
    "\xC2\xA0",
    "\xC2\xA0"
    "a\xC2\xA0",
    "\xE2\x80\x83",
    "\xE2\x80\xA8",
    "\xE2\x80\xA9",
    "\xE3\x80\x80",
    "\xE2\x80\x8B",
    "\xE2\x81\xA0",
    "\xEF\xBB\xBF",
    "\xEF\xBB\xBF"
    "a",
    "a\xEF\xBB\xBF",
    "\xE2\x80\xAE"
    "abc",
    "\xE2\x80\x8F",
    "\xEF\xBF\xBD",
    "\xEF\xBF\xBE",
    "\xEF\xBF\xBF",
    "\xF4\x8F\xBF\xBF",
    "\xEE\x80\x80",
    "\xC2\xAD",
    "\xCB\x99\xC9\x90\xE2\x84\xA2\xE2\x82\xAC\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\x9E\xC2\xAB\xC2\xBB",
    // What a reader names as bad, and hands out all the same.
    "\0"s,
    "a\0b"s,
    "\x01",
    "\x1B[31m",
    "\x7F",
    "\xC2\x85",
    "\xC2\x9F",
    "\x0B",
    "\x0C",
    "\x1C",
    "\x1E",
    "\x1A",
    "\xFF",
    "\xFE\xFF",
    "\xC3",
    "\x80",
    "\xED\xA0\x80",
    "\xC0\x80",
    "\xF8\x88\x80\x80\x80",
    // Long ones.
    std::string(64 * 1024, '"').substr(0, 30'000),
    std::string(65'536, 'x'),
    std::string(5000, '\n'),
};

std::string written(const csv::WriterOptions& options, std::size_t columns)
{
  std::pmr::string text;
  TextSink sink{text};
  csv::Writer writer = must(csv::Writer::open(sink, options));
  std::size_t cells = 0;
  writer.cell("header");
  for (std::size_t i = 1; i != columns; ++i) writer.cell("h");
  writer.end_row();
  for (const std::string& value : naughty) {
    // No row is blank: that would be no row.
    if (cells == 0) writer.cell("row");
    writer.cell(value);
    if (++cells + 1 < columns) continue;
    writer.end_row();
    cells = 0;
  }
  if (cells != 0) writer.end_row();
  must(writer.finish());
  return std::string{text};
}

} // namespace

TEST_CASE("naughty strings survive being written and read, in every dialect and by every kernel")
{
  for (const char delimiter : {',', ';', '\t', '|'}) {
    for (const csv::LineEnd line_end : {csv::LineEnd::lf, csv::LineEnd::crlf, csv::LineEnd::cr}) {
      for (const csv::Guard guard : {csv::Guard::off, csv::Guard::text, csv::Guard::all}) {
        const std::size_t columns = 2 + static_cast<std::size_t>(delimiter) % 5;
        const std::string text =
            written({.delimiter = delimiter, .line_end = line_end, .guard = guard}, columns);
        for (const csv::Kernel kernel : kernels()) {
          const Read read = read_all(text, {.dialect = {.delimiter = delimiter}, .kernel = kernel});
          REQUIRE(read.fault == "");
          CHECK(read.reading.blank_rows == 0);
          std::vector<std::string> back;
          for (const RowSeen& row : read.reading.rows) {
            for (std::size_t cell = 1; row.number != 0 && cell != row.values.size(); ++cell) {
              const std::string& value = row.values[cell];
              back.emplace_back(guard == csv::Guard::off ? value : csv::without_guard(value));
            }
            for (const FaultSeen& fault : row.faults) {
              const bool is_of_text =
                  fault.code == Code::text_encoding || fault.code == Code::text_control_character;
              CHECK(is_of_text);
            }
          }
          REQUIRE(back.size() == naughty.size());
          for (std::size_t i = 0; i != back.size(); ++i) {
            if (back[i] != naughty[i]) FAIL_CHECK(shown(naughty[i]), " became ", shown(back[i]));
          }
        }
      }
    }
  }
}

TEST_CASE("rows are copied as they stand, byte for byte")
{
  const std::string text = "a,\"b\"\"\", c \r\n\"1\n2\",,\r\nx\"y,z\r\n\"open\r\n";
  MemorySource source{text};
  csv::Reader reader = must(csv::Reader::open(source, {.dialect = {.delimiter = ','}}));
  std::string copied;
  while (must(reader.next())) {
    for (std::size_t row = 0; row != reader.batch().size(); ++row)
      copied += std::string{reader.batch().raw(row)} + "\r\n";
  }
  CHECK(copied == text + "\r\n"); // the open quote took the last line end for its own
}
