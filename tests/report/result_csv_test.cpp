// Result files and error rows: what comes back of a source, and what never does.
#include "report/result_csv.hpp"

#include <doctest/doctest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"
#include "report/error_rows.hpp"
#include "report/reporting.hpp"
#include "support/must.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Written {
  std::string result, error_rows;
};

std::vector<report::ResultValue> result_values(std::span<const std::string_view> texts)
{
  std::vector<report::ResultValue> values;
  for (const std::string_view text : texts) values.push_back({.text = text});
  return values;
}

// Every row with the same values of its own: of the result, and as errors.
Written write(std::string_view text, const csv::ReaderOptions& options = {},
              std::string_view status = "created", std::string_view notes = "")
{
  std::pmr::string result;
  std::pmr::string error_rows;
  TextSink result_sink{result};
  TextSink error_sink{error_rows};
  std::optional<report::ResultCsv> results;
  std::optional<report::ErrorRows> errors;
  const std::string_view values[] = {status, notes};
  read_batches(text, options, [&](const csv::RowBatch& batch) {
    if (!results) {
      const check::Header header = header_of(batch);
      auto* const memory = std::pmr::new_delete_resource();
      results.emplace(
          must(report::ResultCsv::open(result_sink, people(), header, batch.dialect(), memory)));
      errors.emplace(
          must(report::ErrorRows::open(error_sink, people(), header, batch.dialect(), memory)));
      results->put_header(batch);
      errors->put_header(batch);
      return;
    }
    for (std::size_t row = 0; row != batch.size(); ++row) {
      results->put_row(batch, row, result_values(values));
      errors->put_row(batch, row, notes);
    }
  });
  must(results->finish());
  must(errors->finish());
  return {std::string{result}, std::string{error_rows}};
}

csv::ReaderOptions with(char delimiter)
{
  return {.dialect = {.delimiter = delimiter}};
}

std::string joined(const std::vector<std::string>& cells, std::string_view end = "\r\n")
{
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
  return line.append(end);
}

} // namespace

TEST_CASE("a result has the columns of the source as they were read, then those of the format")
{
  const Written written = write(
      " Name ,Email,Nobody\n\" Ada \",'=1+1,\"x\"\"y\"\n\"Eve, the\nsecond\",+44 20 ,\xC2\xA0\n",
      {}, "created", "No change");
  CHECK(written.result ==
        " Name ,Email,Nobody,Status,Notes\r\n"
        "\" Ada \",'=1+1,\"x\"\"y\",created,No change\r\n"
        "\"Eve, the\nsecond\",+44 20 ,\xC2\xA0,created,No change\r\n");
}

TEST_CASE("secret cells are blank in a result, and as given in error rows")
{
  const Written written =
      write("Password,Name,PIN,Email\nhunter2,Ada,\"12,34\",a\n  s3 ,,\"\",\n", {}, "s", "e");
  CHECK(written.result == "Password,Name,PIN,Email,Status,Notes\r\n,Ada,,a,s,e\r\n,,,,s,e\r\n");
  CHECK(written.error_rows ==
        "Password,Name,PIN,Email,Errors\r\nhunter2,Ada,\"12,34\",a,e\r\n  s3 ,,\"\",,e\r\n");
}

TEST_CASE("columns that the file gets anyway are replaced, not repeated")
{
  const Written written =
      write("STATUS,Name,Errors,notes,Change OK\na,Ada,b,c,TRUE\nx\n", {}, "s", "n");
  CHECK(written.result == "Name,Status,Notes\r\nAda,s,n\r\n,s,n\r\n");
  CHECK(written.error_rows == "Name,Errors\r\nAda,n\r\n,n\r\n");
}

TEST_CASE("short rows are filled up, and what lies beyond the header is left out")
{
  const Written written = write("Name,Email,\nAda\nEve,e,,,\nBob,b,x,y\n", with(','), "s", "n");
  CHECK(written.result == "Name,Email,Status,Notes\r\nAda,,s,n\r\nEve,e,s,n\r\nBob,b,s,n\r\n");
  CHECK(written.error_rows == "Name,Email,Errors\r\nAda,,n\r\nEve,e,n\r\nBob,b,n\r\n");
}

TEST_CASE("the delimiter is the source's, and own values are quoted and guarded")
{
  const Written written = write("Name;Email\nAda;a,b\n", with(';'), "a;b", "=1+1; \"x\"\n");
  CHECK(written.result == "Name;Email;Status;Notes\r\nAda;a,b;\"a;b\";\"'=1+1; \"\"x\"\"\n\"\r\n");
  CHECK(write("Name\tEmail\nAda\ta\n", with('\t'), "+4420", "-1").result ==
        "Name\tEmail\tStatus\tNotes\r\nAda\ta\t+4420\t-1\r\n");
}

TEST_CASE("where the source quotes with another sign, cells are written anew")
{
  csv::ReaderOptions options = with(',');
  options.dialect.quote = '\'';
  CHECK(write("Name,Email\n'A,d''a',\"x\"\n", options).result ==
        "Name,Email,Status,Notes\r\n\"A,d'a\",\"\"\"x\"\"\",created,\r\n");
  options.dialect.quote.reset();
  CHECK(write("Name,Email\n\"A,x\n", options).result ==
        "Name,Email,Status,Notes\r\n\"\"\"A\",x,created,\r\n");
}

TEST_CASE("a result is UTF-8 whatever the source was")
{
  csv::ReaderOptions options = with(',');
  options.dialect.encoding = csv::Encoding::windows_1252;
  CHECK(write("Name\nRen\xE9\n", options).result == "Name,Status,Notes\r\nRen\u00E9,created,\r\n");
}

TEST_CASE("undecodable bytes show U+FFFD in a result, and as they were in error rows")
{
  const Written written = write("Name,Email\nRen\xE9,\"a\xFF\"\n");
  CHECK(written.result == "Name,Email,Status,Notes\r\nRen\uFFFD,\"a\uFFFD\",created,\r\n");
  CHECK(written.error_rows == "Name,Email,Errors\r\nRen\xE9,\"a\xFF\",\r\n");
}

TEST_CASE("badly quoted cells stay as they were, and stay wrong")
{
  const Written written = write("Name,Email\n\"Ada\" x,a\"b\n", {}, "s", "n");
  CHECK(written.result == "Name,Email,Status,Notes\r\n\"Ada\" x,a\"b,s,n\r\n");
  CHECK(written.error_rows == "Name,Email,Errors\r\n\"Ada\" x,a\"b,n\r\n");
}

TEST_CASE("a cell whose quote is never closed does not swallow what is written behind it")
{
  const Written written = write("Name,Email\nEve,e\nAda,\"a \"\"b\nBob,b\n", {}, "s", "n");
  CHECK(written.error_rows == "Name,Email,Errors\r\nEve,e,n\r\nAda,\"a \"\"b\nBob,b\n\" ,n\r\n");
  CHECK(written.result ==
        "Name,Email,Status,Notes\r\nEve,e,s,n\r\nAda,\"a \"\"b\nBob,b\n\" ,s,n\r\n");
  int quote_faults = 0;
  read_batches(written.error_rows, {}, [&](const csv::RowBatch& batch) {
    for (const csv::Fault& fault : batch.faults()) quote_faults += fault.code == Code::csv_quote;
  });
  CHECK(quote_faults == 1); // it is not imported as it is
}

TEST_CASE("a row that a limit has cut is not taken for whole when it comes back")
{
  csv::ReaderOptions options = with(',');
  options.limits.row_bytes = 64;
  options.limits.field_bytes = 64;
  const Written written = write("Name,Email\n" + std::string(80, 'x') + ",e\nEve,e\n", options);
  bool has_fault = false;
  read_batches(written.error_rows, {}, [&](const csv::RowBatch& batch) {
    for (const csv::Fault& fault : batch.faults())
      has_fault = has_fault || fault.code == Code::csv_quote;
  });
  CHECK(has_fault);
  CHECK(read_table(written.error_rows).size() == 3);
}

TEST_CASE("a password that a delimiter too much has moved is not shown in a result")
{
  const std::string header = "Name,Password,Devices,Team\n";
  CHECK(write(header + "Byron, Ada,hunter2,1,x\n", {}, "s", "n").result ==
        "Name,Password,Devices,Team,Status,Notes\r\nByron,,,1,s,n\r\n");
  CHECK(write(header + "\"Ada,\"Byron,hunter2,1\n", {}, "s", "n").result.find("hunter2") ==
        std::string::npos);
}

TEST_CASE("what stands before a broken quote is shown in a result, however much the quote took")
{
  const Written written =
      write("Name,Email,Extension,Password\nAda,e,\"2,0,1,5\"x,s3cret\n", {}, "s", "n");
  CHECK(written.result == "Name,Email,Extension,Password,Status,Notes\r\nAda,e,,,s,n\r\n");
}

TEST_CASE("passwords in rows that an open quote has swallowed are not shown in a result")
{
  const std::string header = "Name,Password,Team\n";
  CHECK(write(header + "\"Ada,hunter1,x\nEve,hunter2,y\n", {}, "s", "n").result.find("hunter") ==
        std::string::npos);
  CHECK(write(header + "\"Ada,hunter1,x\nEve,\"hunter2,y\n", {}, "s", "n").result.find("hunter1") ==
        std::string::npos);
}

TEST_CASE("read back, a result has the cells that were read, and error rows all of them")
{
  const std::vector<std::string> pieces = {"",      "a",        " ",        "\xC2\xA0", "'=1",
                                           "\"x\"", "\"\"\"\"", "\"a,b\"",  "\"\n\"",   "\u00E9",
                                           "+44",   "=x",       "\"\r\n\"", "'"};
  const std::vector<std::string> headers = {"ID", "Name", "Password", "Team", "Other", "PIN"};
  for (std::uint64_t seed = 1; seed != 300; ++seed) {
    Dice dice{seed};
    std::string text = joined(headers, "\n");
    const std::size_t rows = 1 + dice.roll(6);
    for (std::size_t row = 0; row != rows; ++row) {
      std::vector<std::string> cells = {"1"};
      const std::size_t width = dice.roll(4) == 0 ? 1 + dice.roll(6) : headers.size();
      while (cells.size() != width) {
        cells.push_back(pieces[dice.roll(pieces.size())]);
        if (dice.roll(3) == 0 && cells.back().find('"') == std::string::npos)
          cells.back() += pieces[dice.roll(2)];
      }
      text += joined(cells, dice.roll(2) == 0 ? "\n" : "\r\n");
    }
    CAPTURE(text);
    Table table = read_table(text);
    const Written written = write(text, {}, "s", "n");
    for (auto& row : table) row.resize(headers.size());
    Table results = table;
    Table errors = table;
    for (std::size_t row = 0; row != table.size(); ++row) {
      if (row != 0) results[row][2] = results[row][5] = "";
      results[row].insert(results[row].end(),
                          {row == 0 ? "Status" : "s", row == 0 ? "Notes" : "n"});
      errors[row].emplace_back(row == 0 ? "Errors" : "n");
    }
    REQUIRE(read_table(written.result) == results);
    REQUIRE(read_table(written.error_rows) == errors);
  }
}

TEST_CASE("whatever happens to the rows of a file, no secret gets into its result")
{
  const std::string header = "Name,Email,Password,PIN,Team\n";
  const std::vector<std::string> damage = {"\"", ",", "\"\"", "\xFF", ",,", "\"x", "x\""};
  for (std::uint64_t seed = 1; seed != std::uint64_t{tests::rounds(10'000)}; ++seed) {
    Dice dice{seed};
    std::string text = header;
    const std::size_t rows = 1 + dice.roll(4);
    for (std::size_t row = 0; row != rows; ++row) {
      std::string line =
          "Ada,a@b.example,s3cret" + std::to_string(dice.roll(1000)) + ",s3cret1,x\n";
      // A delimiter too much or a quote; what it leads to has to be a fault, else it is no damage.
      if (dice.roll(2) == 0) insert_beside_secrets(line, dice, damage[dice.roll(damage.size())]);
      text += line;
    }
    CAPTURE(text);
    // Quotes that are in order make one cell of several rows, and nobody can know better.
    bool is_in_order = false;
    read_batches(text, {}, [&](const csv::RowBatch& batch) {
      for (std::size_t row = 0; row != batch.size(); ++row)
        is_in_order = is_in_order || (report::faults_of(batch, row).empty() &&
                                      batch.raw(row).find('\n') != std::string_view::npos);
    });
    if (is_in_order) continue;
    REQUIRE(write(text, with(',')).result.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("every write that fails is told at the end")
{
  std::string text = "Name,Password\n";
  for (int row = 0; row != 40'000; ++row) text += "Ada Byron,hunter2\n";
  const std::string_view values[] = {"created", "and a note"};
  std::size_t failures = 0;
  for (std::size_t fail_at = 0;; ++fail_at) {
    FailingSink result_sink{fail_at};
    FailingSink error_sink{fail_at};
    std::optional<report::ResultCsv> results;
    std::optional<report::ErrorRows> errors;
    read_batches(text, {}, [&](const csv::RowBatch& batch) {
      if (!results) {
        const check::Header header = header_of(batch);
        auto* const memory = std::pmr::new_delete_resource();
        results.emplace(
            must(report::ResultCsv::open(result_sink, people(), header, batch.dialect(), memory)));
        errors.emplace(
            must(report::ErrorRows::open(error_sink, people(), header, batch.dialect(), memory)));
        return;
      }
      for (std::size_t row = 0; row != batch.size(); ++row) {
        results->put_row(batch, row, result_values(values));
        errors->put_row(batch, row, values[1]);
      }
    });
    const bool has_results = results->finish().has_value();
    const bool has_errors = errors->finish().has_value();
    CHECK(has_results == !result_sink.has_failed());
    CHECK(has_errors == !error_sink.has_failed());
    if (!result_sink.has_failed() && !error_sink.has_failed()) break;
    ++failures;
  }
  CHECK(failures >= 3);
}
