// How a CSV was read: what stands in the lines, and what becomes of files that break off.
#include "rollcall/rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/memory.hpp"
#include "support/must.hpp"

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

TEST_CASE("rows that are shorter or longer than the header are counted, and are no findings")
{
  const Told told = read("a,b,c,,\n1\n1,2,3\n1,2,3,,,\n1,2,3,4\n1,2,3,,,6\n1,2\n");
  CHECK(told.summary.columns == 3);
  CHECK(told.summary.short_rows == 2);
  CHECK(told.summary.long_rows == 2);
  CHECK(told.summary.counts.total() == 0);
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

TEST_CASE("a count is the last line, with the same findings in it")
{
  constexpr std::string_view file = "a,b\n\"1\"x,\xE9\n\x01,2\n3\n";
  const Told whole = read(file);
  const Told count = read(file, {.form = RowsForm::count});
  CHECK(count.text == line(whole.text, 5) + "\n");
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
  CHECK(holds(told.text, R"("sha256": null)"));
  CHECK(told.summary.counts.of(Code::file_too_many_rows) == 1);
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
