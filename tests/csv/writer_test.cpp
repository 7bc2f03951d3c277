// The CSV writer, held against a slow writer and a slow reader that are easy to believe.
#include "rollcall/csv_writer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/csv.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::csv;
using namespace std::string_view_literals;
using rollcall::tests::must;

namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

std::string written(const Rows& rows, const WriterOptions& options = {.buffer_bytes = 512})
{
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink, options));
  for (const Row& row : rows) {
    for (const std::string& cell : row) writer.cell(cell);
    writer.end_row();
  }
  must(writer.finish());
  CHECK(writer.bytes() == text.size());
  return std::string{text};
}

std::string slowly_written(const Rows& rows, char delimiter, std::string_view line_end)
{
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) line += delimiter;
      if (row[i].find_first_of(std::string{"\"\r\n"} + delimiter) == std::string::npos) {
        line += row[i];
        continue;
      }
      line += '"';
      for (const char sign : row[i]) line += sign == '"' ? std::string{"\"\""} : std::string{sign};
      line += '"';
    }
    if (row.size() == 1 && line.empty()) line = "\"\"";
    text += line;
    text += line_end;
  }
  return text;
}

// One sign at a time; knows only well-written files.
Rows slowly_read(std::string_view text, char delimiter)
{
  Rows rows;
  while (!text.empty()) {
    Row row = {""};
    bool quoted = false;
    for (bool ended = false; !ended && !text.empty();) {
      const char sign = text.front();
      text.remove_prefix(1);
      if (quoted) {
        if (sign != '"' || text.starts_with('"')) row.back() += sign;
        if (sign == '"' && !text.starts_with('"')) quoted = false;
        if (sign == '"' && text.starts_with('"')) text.remove_prefix(1);
      } else if (sign == '"') {
        quoted = true;
      } else if (sign == delimiter) {
        row.emplace_back();
      } else if (sign == '\n' || sign == '\r') {
        if (sign == '\r' && text.starts_with('\n')) text.remove_prefix(1);
        ended = true;
      } else {
        row.back() += sign;
      }
    }
    rows.push_back(row);
  }
  return rows;
}

// With the library's own reader.
Rows read(std::string_view text, char delimiter)
{
  MemorySource source{text};
  Reader reader = must(Reader::open(source, {.dialect = {.delimiter = delimiter}}));
  Rows rows;
  std::string scratch;
  while (must(reader.next())) {
    CHECK(reader.batch().faults().empty());
    for (std::size_t row = 0; row < reader.batch().size(); ++row) {
      Row& cells = rows.emplace_back();
      for (std::size_t cell = 0; cell < reader.batch().cells(row); ++cell) {
        cells.emplace_back(reader.batch().value(row, cell, scratch));
      }
    }
  }
  return rows;
}

// Our reader skips rows of which nothing is left after trimming.
Rows without_blank(Rows rows)
{
  std::erase_if(rows, [](const Row& row) {
    return std::ranges::all_of(row, [](const std::string& cell) {
      return cell.find_first_not_of(" \t") == std::string::npos;
    });
  });
  return rows;
}

Rows random_rows(std::mt19937& random,
                 std::string_view signs = "abcdefghijklmnopqrstuvwxyz,;|\t\"\r\n '=\xC3\xBC")
{
  Rows rows(1 + random() % 8);
  for (Row& row : rows) {
    row.resize(1 + random() % 5);
    for (std::string& cell : row) {
      const bool plain = random() % 2 == 0;
      for (std::size_t left = random() % (random() % 8 == 0 ? 80 : 12); left != 0; --left) {
        cell += signs[random() % (plain ? 26 : signs.size())];
      }
    }
  }
  return rows;
}

// Has room for so many bytes, then is full.
class NarrowSink final : public Sink {
 public:
  explicit NarrowSink(std::size_t room) : room_{room} {}

  Result<void> write(std::string_view bytes) override
  {
    ++calls;
    if (bytes.size() > room_) return Error{ErrorCode::disk_full, "no space left on device", 28};
    room_ -= bytes.size();
    return success();
  }

  int calls = 0;

 private:
  std::size_t room_;
};

} // namespace

TEST_CASE("cells are quoted only where a reader needs it")
{
  CHECK(written({{"a", "b c", "", " d ", "'e", "f;g", "h|i", "j\tk"}}) ==
        "a,b c,, d ,'e,f;g,h|i,j\tk\r\n");
  CHECK(written({{"a,b", "\"", "c\"d", "e\nf", "g\rh", "\r\n"}}) ==
        "\"a,b\",\"\"\"\",\"c\"\"d\",\"e\nf\",\"g\rh\",\"\r\n\"\r\n");
  CHECK(written({{"a,b", "c;d"}}, {.delimiter = ';'}) == "a,b;\"c;d\"\r\n");
  CHECK(written({{"a\tb", "c"}}, {.delimiter = '\t'}) == "\"a\tb\"\tc\r\n");
  CHECK(written({{"a|b", "c"}}, {.delimiter = '|'}) == "\"a|b\"|c\r\n");
}

TEST_CASE("a sign that needs quotes is found at every place of cells of every length")
{
  for (std::size_t size = 1; size < 70; ++size) {
    CHECK(written({{std::string(size, 'x')}}) == std::string(size, 'x') + "\r\n");
    for (std::size_t at = 0; at < size; ++at) {
      for (const char sign : {',', '"', '\r', '\n'}) {
        std::string cell(size, 'x');
        cell[at] = sign;
        if (written({{cell}}) != slowly_written({{cell}}, ',', "\r\n")) {
          FAIL_CHECK("missed in ", size, " at ", at);
        }
      }
    }
  }
}

TEST_CASE("line ends are as asked for, and a single one can be given")
{
  CHECK(written({{"a"}, {"b"}}, {.line_end = LineEnd::lf}) == "a\nb\n");
  CHECK(written({{"a"}, {"b"}}, {.line_end = LineEnd::cr}) == "a\rb\r");
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink, {}));
  writer.cell("a");
  writer.end_row(LineEnd::lf);
  writer.cell("b");
  writer.end_row();
  writer.cell("c");
  must(writer.finish());
  CHECK(text == "a\nb\r\nc");
}

TEST_CASE("a row that is one empty cell is no empty line")
{
  CHECK(written({{""}, {"", ""}, {"a"}, {}}) == "\"\"\r\n,\r\na\r\n\r\n");
}

TEST_CASE("a byte order mark that begins the file as data is quoted")
{
  CHECK(written({{"\xEF\xBB\xBFID"}, {"\xEF\xBB\xBFID"}}) ==
        "\"\xEF\xBB\xBFID\"\r\n\xEF\xBB\xBFID\r\n");
  CHECK(written({{"\xFF\xFE"}}) == "\"\xFF\xFE\"\r\n");
  CHECK(written({{"", "\xFE\xFF"}}) == ",\xFE\xFF\r\n");
}

TEST_CASE("guarded cells are quoted as well where need be")
{
  CHECK(written({{"=1,2", "+44", "-x", "'=1", "a"}}, {.guard = Guard::text}) ==
        "\"'=1,2\",+44,'-x,''=1,a\r\n");
  CHECK(written({{"+44"}}, {.guard = Guard::all}) == "'+44\r\n");
}

TEST_CASE("a row of a source is copied byte for byte and can be added to")
{
  std::pmr::string text;
  TextSink sink{text};
  Writer writer = must(Writer::open(sink, {.guard = Guard::all}));
  writer.raw_cells("a, =1 ,\"b\"\"c\",\"d\",\"e\" f");
  writer.cell("TRUE");
  writer.cell("x, y");
  writer.end_row();
  writer.raw_cells("");
  writer.end_row();
  writer.raw_cells("");
  writer.cell("");
  writer.end_row();
  must(writer.finish());
  CHECK(text == "a, =1 ,\"b\"\"c\",\"d\",\"e\" f,TRUE,\"x, y\"\r\n\"\"\r\n,\r\n");
}

TEST_CASE("pieces of rows are put one behind the other, whatever the size of the buffer")
{
  const std::string source = "1,Ada,secret,x" + std::string(60, 'y') + std::string(32, '?');
  const std::string_view all = source;
  const std::string delimiters(40, ',');
  const std::string_view pieces[] = {all.substr(0, 5), std::string_view{delimiters}.substr(0, 1),
                                     all.substr(12, 62)};
  const std::string ending = ",created" + std::string(32, '?');
  const std::string row = "1,Ada,,x" + std::string(60, 'y');
  for (std::size_t buffer_bytes = 1; buffer_bytes != 300; ++buffer_bytes) {
    std::pmr::string text;
    TextSink sink{text};
    Writer writer = must(Writer::open(sink, {.buffer_bytes = buffer_bytes}));
    std::string expected;
    for (int i = 0; i != 5; ++i) {
      writer.raw_cells_in_pieces(pieces);
      expected += row;
      if (i % 2 == 0) {
        const std::string_view end[] = {std::string_view{ending}.substr(1, 7)};
        writer.raw_cells_in_pieces(end);
        expected += ",created";
      }
      writer.end_row();
      expected += "\r\n";
    }
    must(writer.finish());
    CHECK(std::string_view{text} == expected);
  }
}

TEST_CASE("what is written does not hang on the size of the buffer")
{
  std::mt19937 random{7}; // NOLINT: the same rows each time
  for (int round = 0; round < 300; ++round) {
    const Rows rows = random_rows(random);
    const std::string expected = slowly_written(rows, ',', "\r\n");
    for (const std::size_t size : {1U, 2U, 3U, 7U, 64U, 4096U}) {
      if (written(rows, {.buffer_bytes = size}) != expected) FAIL_CHECK("differs with ", size);
    }
  }
}

TEST_CASE("what is written reads back the same, with every delimiter and line end")
{
  std::mt19937 random{11}; // NOLINT: the same rows each time
  for (int round = 0; round < 2000; ++round) {
    const Rows rows = random_rows(random);
    for (const char delimiter : ",;\t|"sv) {
      const auto line_end = static_cast<LineEnd>(random() % 3);
      const WriterOptions options = {
          .delimiter = delimiter, .line_end = line_end, .buffer_bytes = 512};
      if (slowly_read(written(rows, options), delimiter) != rows) FAIL_CHECK("lost: ", round);
    }
  }
}

TEST_CASE("our reader finds the cells that were written, in all rows that are not blank")
{
  std::mt19937 random{13}; // NOLINT: the same rows each time
  for (int round = 0; round < 500; ++round) {
    Rows rows = random_rows(random, "abcdefghijklmnopqrstuvwxyz,;|\t\"\r\n '=");
    for (const char delimiter : ",;\t|"sv) {
      const auto line_end = static_cast<LineEnd>(random() % 3);
      const std::string text =
          written(rows, {.delimiter = delimiter, .line_end = line_end, .buffer_bytes = 512});
      if (read(text, delimiter) != without_blank(rows)) FAIL_CHECK("lost: ", text);
    }
  }
}

TEST_CASE("a sink gets full buffers, and long cells as they lie")
{
  NarrowSink sink{1'000'000};
  Writer writer = must(Writer::open(sink, {.buffer_bytes = 1000}));
  for (int i = 0; i < 1000; ++i) {
    writer.cell("12345678");
    writer.end_row();
  }
  CHECK(sink.calls == 9);
  writer.cell(std::string(50'000, 'x'));
  CHECK(sink.calls == 11);
  must(writer.finish());
  CHECK(writer.bytes() == 60'000);
}

TEST_CASE("the first failure stays and is what finish says")
{
  for (const std::size_t room : {0U, 99U, 500U, 10'000U}) {
    NarrowSink sink{room};
    Writer writer = must(Writer::open(sink, {.buffer_bytes = 100}));
    for (int i = 0; i < 2000; ++i) {
      writer.cell("12345678");
      writer.end_row();
    }
    CHECK(writer.has_failed());
    CHECK(sink.calls == static_cast<int>(room / 100) + 1);
    const Result<void> result = writer.finish();
    REQUIRE(!result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::disk_full);
    CHECK(describe(result.assume_error()).starts_with("writing CSV: "));
  }
}

TEST_CASE("a failure of the very last piece is not lost")
{
  NarrowSink sink{0};
  Writer writer = must(Writer::open(sink, {}));
  writer.cell("a");
  CHECK_FALSE(writer.has_failed());
  CHECK_FALSE(writer.finish().has_value());
}

TEST_CASE("options that make no sense are refused, and too little memory is an error")
{
  NarrowSink sink{0};
  for (const char delimiter : "\"\r\n'a \0"sv) {
    const auto result = Writer::open(sink, {.delimiter = delimiter});
    REQUIRE(!result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::wrong_use);
  }
  CHECK_FALSE(Writer::open(sink, {.buffer_bytes = 0}).has_value());
  const auto result = Writer::open(sink, {.memory = std::pmr::null_memory_resource()});
  REQUIRE(!result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
}
