// How a CSV was read: what stands in the lines, and what becomes of files that break off.
#include "rollcall/rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/memory.hpp"
#include "support/must.hpp"
#include "support/patience.hpp"

using namespace rollcall;
using namespace rollcall::report;
using rollcall::tests::must;
using namespace std::string_view_literals;

namespace {

struct Told {
  RowsSummary summary;
  std::string text;
};

Told read(Source& source, const RowsOptions& options)
{
  std::pmr::string text;
  TextSink sink{text};
  Told told{.summary = must(write_rows(source, options, sink)), .text = {}};
  told.text = text;
  return told;
}

Told read(std::string_view file, const RowsOptions& options = {})
{
  MemorySource source{file};
  return read(source, options);
}

std::string line(std::string_view text, std::size_t number)
{
  for (; number > 1; --number) text.remove_prefix(text.find('\n') + 1);
  return std::string{text.substr(0, text.find('\n'))};
}

bool holds(std::string_view text, std::string_view part)
{
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("every record is a line, the header is row 0, and the file comes last")
{
  const Told told = read("ID,Name\r\n1,\"O'Neil, jr.\"\r\n\r\n2,\"two\r\nlines\"\n3,Ada");
  CHECK(line(told.text, 1) == R"({"row": 0, "line": 1, "cells": ["ID", "Name"], "findings": []})");
  CHECK(line(told.text, 2) ==
        R"({"row": 1, "line": 2, "cells": ["1", "O'Neil, jr."], "findings": []})");
  CHECK(line(told.text, 3) ==
        R"({"row": 2, "line": 4, "cells": ["2", "two\r\nlines"], "findings": []})");
  CHECK(line(told.text, 4) == R"({"row": 3, "line": 6, "cells": ["3", "Ada"], "findings": []})");
  CHECK(line(told.text, 5).starts_with(R"({"file": {"name": null, "bytes": )"));
  CHECK(told.summary.rows == 3);
  CHECK(told.summary.blank_rows == 1);
}

TEST_CASE("who watches is told how far a reading is, and may stop it")
{
  std::string file = "ID\n";
  for (int i = 0; i != 50'000; ++i) file += "12345\n";
  for (std::size_t questions = 0;; ++questions) {
    tests::Patience watcher{questions};
    MemorySource source{file};
    std::pmr::string text;
    TextSink sink{text};
    const auto done = write_rows(source, {.watcher = &watcher}, sink);
    if (done.has_value()) {
      CHECK(questions > 1);
      CHECK(watcher.seen.back().rows == 50'000);
      CHECK(watcher.seen.back().bytes == file.size());
      break;
    }
    CHECK(done.assume_error().code() == ErrorCode::cancelled);
    CHECK(watcher.seen.size() == questions + 1);
  }
}

TEST_CASE("cells stand as they were read: neither trimmed nor taken out of their guard")
{
  CHECK(line(read("a,b\n  x ,'=1+1\n").text, 2) ==
        R"({"row": 1, "line": 2, "cells": ["  x ", "'=1+1"], "findings": []})");
}

TEST_CASE("a finding names its column by the header, its line and its byte")
{
  const std::string text = line(read("ID, Name \n1,A\"b\"\n").text, 2);
  CHECK(holds(text, R"("severity": "error", "code": "csv.quote", "column": "Name")"));
  CHECK(holds(text, R"("line": 2, "byte": )"));
}

TEST_CASE("a cell beyond the header has a finding without a column")
{
  CHECK(holds(line(read("a\n1,\x07\n").text, 2),
              R"("code": "text.control_character", "column": null)"));
}

TEST_CASE("bytes that cannot be decoded show as U+FFFD, and the file gets one hint")
{
  const Told told = read("a,b\nRen\xE9,1\n\xE9,\xE9\n");
  CHECK(holds(line(told.text, 2), "\"Ren\xEF\xBF\xBD\""));
  CHECK(told.summary.counts.of(Code::text_encoding) == 3);
  REQUIRE(told.summary.findings.size() == 1);
  CHECK(told.summary.findings[0].code == Code::file_encoding_hint);
  CHECK(told.summary.findings[0].place.byte == 7);
}

TEST_CASE("a file that was not read as UTF-8 gets no hint")
{
  const Told told = read("\xFF\xFE\x61\x00\x0A\x00\x00\xD8\x0A\x00"sv);
  CHECK(told.summary.counts.of(Code::text_encoding) == 1);
  CHECK(told.summary.findings.empty());
}

TEST_CASE("rows that are shorter or longer than the header have a finding (E10, E11)")
{
  constexpr std::string_view file = "a,b,c,,\n1\n1,2,3\n1,2,3,,,\n1,2,3,4\n1,2,3,,,6\n1,2\n";
  const Told told = read(file);
  CHECK(told.summary.columns == 3);
  CHECK(holds(line(told.text, 2),
              R"("code": "row.short", "column": null, "message": "the header has 3 )"
              R"(cells, the row 1; the missing ones count as blank", )"
              R"("line": 2, "byte": 8, "cells": 1, "columns": 3)"));
  CHECK(holds(line(told.text, 3), R"("findings": [])"));
  CHECK(holds(line(told.text, 4), R"("findings": [])"));
  CHECK(holds(line(told.text, 5), R"("code": "row.extra_cells", "column": null, "message": "the )"
                                  R"(row has 4 cells, the header 3", "line": 5, "byte": 25, )"));
  CHECK(told.summary.counts.of(Code::row_short) == 2);
  CHECK(told.summary.counts.of(Code::row_extra_cells) == 2);
  CHECK(told.summary.counts.total() == 4);
}

TEST_CASE("the place of a short row is one of the source, in every encoding")
{
  const Told told = read(
      "\xFF\xFE"
      "a\0,\0b\0\n\0\xE9\0\n\0"
      "1\0,\0"
      "2\0\n\0"
      "3\0\n\0"sv);
  CHECK(holds(line(told.text, 2), R"("line": 2, "byte": 10, )"));
  CHECK(holds(line(told.text, 4), R"("line": 4, "byte": 22, )"));
}

TEST_CASE("the width of a row is judged only if all its cells could be read, and alone (E10)")
{
  RowsOptions options;
  CHECK(read("a,b\n\xE9\n\"1\"x\n1,2,\x01\n").summary.counts.of(Severity::warning) == 0);
  options.reader.dialect.lenient = true;
  const FindingCounts counts = read("a,b\n\"1\"x\n\"1\"x,2,3\n", options).summary.counts;
  CHECK(counts.of(Code::row_short) == 1);
  CHECK(counts.of(Code::row_extra_cells) == 1);
  CHECK(counts.of(Code::csv_repaired) == 1);
}

TEST_CASE("a header that could not be read measures nothing")
{
  for (const std::string_view header : {"a,b\"\"", "a,\xE9", "a,\x01", "\"\" "}) {
    CAPTURE(header);
    const Told told = read(std::string{header} + "\n1\n1,2,3\n");
    CHECK(told.summary.counts.of(Code::row_short) == 0);
    CHECK(told.summary.counts.of(Code::row_extra_cells) == 0);
  }
}

TEST_CASE("a header without a name leaves no room for any filled cell")
{
  RowsOptions options;
  options.reader.dialect.lenient = true;
  for (const RowsForm form : {RowsForm::json_lines, RowsForm::count}) {
    options.form = form;
    const Told told = read("\"\" ,\n1\n1,2\n , ,\n1\n", options);
    CHECK(told.summary.columns == 0);
    CHECK(told.summary.counts.of(Code::row_extra_cells) == 3);
  }
}

TEST_CASE("a header of too many cells is a row that is too large, a row of them has extra cells")
{
  RowsOptions options;
  options.reader.limits.columns = 2;
  const Told told = read("a,b,c\n1,2\n1,2,3\n", options);
  CHECK(holds(line(told.text, 1), R"("code": "csv.row_too_large", "column": null)"));
  CHECK(holds(line(told.text, 1), "more than the 2 cells"));
  CHECK(holds(line(told.text, 3), R"("code": "row.extra_cells", "column": null)"));
}

TEST_CASE("a header that is cut at the limit of bytes is said to be, however many cells it has")
{
  RowsOptions options;
  options.reader.limits.columns = 2;
  options.reader.limits.row_bytes = 5;
  const auto header = [&](std::string_view file) { return line(read(file, options).text, 1); };
  CHECK(holds(header("a,bcdef\n1,2\n"), "more than the 5 bytes"));
  CHECK(holds(header("a,b\xF0\x9F\x98\x80\n1,2\n"), "more than the 5 bytes"));
  CHECK(holds(header("a,bc\xF0\x9F\x98\x80\n1,2\n"), "more than the 5 bytes"));
  CHECK(holds(header("a,b,c\n1,2\n"), "more than the 2 cells"));
  CHECK(holds(header("\n\na,b,c\r\n1,2\n"), "more than the 2 cells"));
  CHECK(holds(header("a,b,c\r1,2\r"), "more than the 2 cells"));
  options.reader.limits.row_bytes = 9;
  CHECK(holds(header("a,b,c"), "more than the 2 cells"));
}

TEST_CASE("a count is the last line, with the same findings in it")
{
  constexpr std::string_view file =
      "a,b\n\"1\"x,\xE9\n\x01,2\n3\n4,\"5\"x,6\n7,8\n\"9\"x\n10,,,\n11\n12,\"13\"x\n";
  RowsOptions options;
  for (const bool lenient : {false, true}) {
    options.reader.dialect.lenient = lenient;
    options.form = RowsForm::json_lines;
    const Told whole = read(file, options);
    options.form = RowsForm::count;
    CHECK(read(file, options).text == line(whole.text, 11) + "\n");
  }
}

TEST_CASE("a file that passes a limit is refused, and has no digest")
{
  RowsOptions options{.form = RowsForm::count};
  options.reader.digest = true;
  CHECK(read("a\n1\n2\n", options).summary.sha256.size() == 64);
  options.reader.limits.rows = 1;
  const Told told = read("a\n1\n2\n", options);
  CHECK(told.summary.is_refused);
  CHECK(told.summary.sha256.empty());
  CHECK(holds(told.text, R"("bytes": null, "sha256": null)"));
  CHECK(told.summary.counts.of(Code::file_too_many_rows) == 1);
}

TEST_CASE("what is said of a refused file does not depend on how it was read")
{
  std::string file = "a,b\n";
  for (int i = 0; i < 1000; ++i) file += "1,2\n";
  std::string findings;
  for (const std::size_t piece : {1U, 7U, 64U, 4096U}) {
    CAPTURE(piece);
    MemorySource all{file};
    CallbackSource source{[&](std::span<std::byte> into) {
      return all.read(into.first(std::min(into.size(), piece)));
    }};
    RowsOptions options{.form = RowsForm::count};
    options.reader.window_bytes = piece;
    options.reader.limits.rows = 300;
    const std::string by_rows = read(source, options).text;
    CHECK(holds(by_rows, R"("bytes": null, )"));
    CHECK(holds(by_rows, R"("rows": 300, )"));

    must(all.rewind());
    options.reader.limits.file_bytes = 1000;
    const std::string by_bytes = read(source, options).text;
    const std::string told = by_bytes.substr(by_bytes.find("\"findings\""));
    if (findings.empty()) findings = told;
    CHECK(told == findings);
  }
}

TEST_CASE("a source that breaks off is a file that cannot be read, and what came before it stays")
{
  std::size_t calls = 0;
  CallbackSource source{[&](std::span<std::byte> into) -> Result<std::size_t> {
    if (++calls > 4) return Error::of_system(5).while_doing("reading users.csv");
    into[0] = std::byte{calls % 2 == 0 ? static_cast<unsigned char>('\n')
                                       : static_cast<unsigned char>('x')};
    return std::size_t{1};
  }};
  RowsOptions options{.file_name = "users.csv"};
  options.reader.window_bytes = 1;
  const Told told = read(source, options);
  CHECK(told.summary.is_refused);
  REQUIRE(told.summary.findings.size() == 1);
  CHECK(told.summary.findings[0].code == Code::file_unreadable);
  CHECK(render_message(told.summary.findings[0]).starts_with("users.csv cannot be read: "));
}

TEST_CASE("a host that breaks off is an error, and so is a sink that takes nothing more")
{
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::host_failed, "the host is gone"};
  }};
  std::pmr::string text;
  TextSink sink{text};
  const auto host = write_rows(source, {}, sink);
  REQUIRE(!host.has_value());
  CHECK(host.assume_error().code() == ErrorCode::host_failed);

  class Full final : public Sink {
    Result<void> write(std::string_view) override { return Error{ErrorCode::disk_full}; }
  } full;
  MemorySource file{"a,b\n"};
  const auto written = write_rows(file, {}, full);
  REQUIRE(!written.has_value());
  CHECK(written.assume_error().code() == ErrorCode::disk_full);
}

TEST_CASE("clean CSV is UTF-8 with commas and CRLF, and a sink is told what was wrong")
{
  FindingList findings;
  const Told told = read("a;b\n\"1\";\"x,y\"\n\"2\"z;\xE9\n\n  ;\n3;' \n",
                         {.form = RowsForm::csv, .findings = &findings});
  CHECK(told.text == "a,b\r\n1,\"x,y\"\r\n2z,\xEF\xBF\xBD\r\n3,' \r\n");
  CHECK(findings.counts().of(Code::csv_quote) == 1);
  CHECK(findings.counts().of(Code::text_encoding) == 1);
  CHECK(findings.counts().of(Code::file_encoding_hint) == 1);
}

TEST_CASE("clean CSV reads back as the same cells")
{
  constexpr std::string_view file = "a|b\r\"1\"\"|\"|\"x\r\ny\"\r ,|\"\"\r";
  const std::string first = read(file).text;
  const std::string clean = read(file, {.form = RowsForm::csv}).text;
  const std::string again = read(clean).text;
  const auto cells = [](std::string_view text, std::size_t number) {
    const std::string whole = line(text, number);
    return whole.substr(whole.find("\"cells\""));
  };
  for (std::size_t number = 1; number <= 3; ++number) {
    CAPTURE(number);
    CHECK(cells(first, number) == cells(again, number));
  }
}

TEST_CASE("the size of the pieces makes no difference")
{
  constexpr std::string_view file =
      "\xEF\xBB\xBFID;Name\r\n1;\"a;b\"\"\"\r2;\"x\"y\n\n3;\xC3\xA4\xE4\n4\n5;\"open\n6;7\n";
  const std::string whole = read(file).text;
  for (std::size_t piece = 1; piece != 12; ++piece) {
    CAPTURE(piece);
    MemorySource all{file};
    CallbackSource source{[&](std::span<std::byte> into) {
      return all.read(into.first(std::min(into.size(), piece)));
    }};
    RowsOptions options;
    options.reader.window_bytes = piece;
    CHECK(read(source, options).text == whole);
  }
}

TEST_CASE("memory does not grow with the file")
{
  std::string small = "a,b\n";
  for (int i = 0; i < 20'000; ++i) small += "1,\"x\"y\n2,\xE9\n3\n";
  std::string large = small;
  for (int i = 0; i < 9; ++i) large += small;
  const auto most = [](const std::string& file) {
    tests::CountingMemory memory;
    RowsOptions options;
    options.reader.memory = &memory;
    read(file, options);
    return memory.bytes_most();
  };
  CHECK(most(large) <= most(small) + 4096);
}

TEST_CASE("a file that cannot be opened is said to be unreadable, with the reason")
{
  std::pmr::string text;
  TextSink sink{text};
  const auto why = Error::of_system(2).while_doing("opening users.csv");
  const RowsSummary summary = must(write_unreadable(why, {.file_name = "users.csv"}, sink));
  CHECK(summary.is_refused);
  CHECK(holds(text, R"("message": "users.csv cannot be read: no such file or folder")"));
  CHECK(holds(text, R"("encoding": null, "delimiter": null)"));
}
