// What holds for the report of any file: random small files of nasty pieces, and the same file read
// in every way there is.
#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>

#include "job/running.hpp"
#include "support/chance.hpp"
#include "support/csv_reading.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::must;
using rollcall::tests::PieceSource;
using rollcall::tests::Running;

namespace {

constexpr std::array<std::string_view, 14> headers = {
    "ID",          "Name", "full_name", "Email", "Extension", "Phone", "Active",
    "Mac Address", "IP",   "Password",  "X",     "",          "Notes", "\xC3\xA9"};

constexpr std::array<std::string_view, 44> cells = {"",
                                                    "",
                                                    " ",
                                                    "1",
                                                    "2",
                                                    "user-3",
                                                    "USER-3",
                                                    "77",
                                                    "no 1",
                                                    "Ada",
                                                    "Ada",
                                                    "Bob",
                                                    "ada@b.de",
                                                    "a@b",
                                                    "201",
                                                    "201",
                                                    "0201",
                                                    "2O1",
                                                    "+441234",
                                                    "4.42E+11",
                                                    "12-May",
                                                    "yes",
                                                    "NO",
                                                    "maybe",
                                                    "A0B1C2D3E4F5",
                                                    "10.0.0.1",
                                                    "::1",
                                                    "abc",
                                                    "secret",
                                                    "'=1",
                                                    "=1",
                                                    "\"Ada\"",
                                                    "\"a,b\"",
                                                    "\"a\nb\"",
                                                    "\"x\"\"y\"",
                                                    "\"a\"b",
                                                    "a\"b",
                                                    "\"",
                                                    "\x01",
                                                    "\xFF",
                                                    "\xC2\xA0",
                                                    "Rene\xCC\x81",
                                                    "longer than it may be",
                                                    "\t1 "};

constexpr std::array<std::string_view, 3> line_ends = {"\n", "\r\n", "\r"};

// A header that mostly is one, and rows that mostly fit.
std::string any_file(Chance& chance)
{
  std::string text = chance.one_in(8) ? "\n , \n" : "";
  std::string_view delimiter = chance.one_in(5) ? ";" : ",";
  std::size_t width = 2;
  text += chance.one_in(10) ? "Extension" : "Name";
  text += delimiter;
  text += chance.one_in(10) ? "X" : "ID";
  std::set<std::string_view> used;
  for (std::size_t more = chance.below(8); more != 0; --more) {
    const std::string_view header = chance.of(headers);
    if (!chance.one_in(40) && (header == "ID" || header.ends_with("ame"))) continue;
    if (!used.insert(header).second && !chance.one_in(20)) continue;
    text.append(delimiter).append(header);
    ++width;
  }
  const std::string_view line_end = chance.of(line_ends);
  for (std::size_t rows = chance.below(12); rows != 0; --rows) {
    text += line_end;
    if (chance.one_in(10)) continue;
    const std::size_t count = chance.one_in(6) ? 1 + chance.below(width + 3) : width;
    const bool is_tame = chance.one_in(2);
    for (std::size_t cell = 0; cell != count; ++cell) {
      if (cell != 0) text += delimiter;
      if (is_tame)
        text += cell == 0 ? "Ada" : cell == 1 ? (chance.one_in(2) ? "1" : "") : "201";
      else
        text += chance.of(cells);
    }
  }
  if (chance.one_in(2)) text += line_end;
  return text;
}

// What reports say of rows, counted a second time.
struct Recount {
  std::map<std::string, std::uint64_t, std::less<>> outcomes;
  std::uint64_t rows = 0;
  std::uint64_t warnings = 0;
  std::uint64_t last_line = 0;
};

void check_findings(json::Value line, bool is_rejected, Recount& recount)
{
  std::set<std::string> places;
  std::string_view last = "error";
  bool has_error = false;
  for (const json::Value finding : line.find("findings")) {
    const std::string_view severity = *finding.find("severity").text();
    has_error = has_error || severity == "error";
    recount.warnings += severity == "warning" ? 1U : 0U;
    CHECK((last == severity || last == "error" || severity == "info"));
    last = severity;
    const std::string code{*finding.find("code").text()};
    const std::string column{finding.find("column").text().value_or("\n")};
    CHECK_MESSAGE(places.insert(code + " in " + column).second, code);
    CHECK(finding.find("message").text()->find('{') == std::string_view::npos);
  }
  CHECK(has_error == is_rejected);
}

void check_changes(json::Value line, std::string_view outcome)
{
  const json::Value changes = line.find("changes");
  const bool is_change = outcome == "created" || outcome == "updated";
  CHECK(changes.size() == (is_change ? 1 : 0));
  for (const json::Value change : changes) {
    CHECK(*change.find("op").text() == (outcome == "created" ? "create" : "update"));
    CHECK(*change.find("kind").text() == "user");
    CHECK(change.find("key").text() == line.find("key").text());
    CHECK(change.find("fields").size() != 0);
    CHECK_FALSE(change.find("fields").find("id"));
    CHECK_FALSE(change.find("fields").find("ip"));
  }
}

void check_row(const std::string& text, Recount& recount)
{
  json::Document document{{}};
  must(document.read(text));
  const json::Value line = document.root();
  const std::string_view outcome = *line.find("outcome").text();
  ++recount.rows;
  ++recount.outcomes[std::string{outcome}];
  CHECK(line.find("row").natural() == recount.rows);
  CHECK(*line.find("line").natural() > recount.last_line);
  recount.last_line = *line.find("line").natural();
  CHECK(
      (line.find("key").is(json::Kind::null) == (outcome == "rejected") || outcome == "rejected"));
  check_findings(line, outcome == "rejected", recount);
  check_changes(line, outcome);
}

void check_report(const JobSummary& job, const Running& running)
{
  const auto lines = running.lines();
  REQUIRE_FALSE(lines.empty());
  if (job.refusal != Refusal::none) return check_refused(job, running);
  Recount recount;
  for (std::size_t i = 0; i + 1 != lines.size(); ++i) check_row(lines[i], recount);
  CHECK(lines.back().starts_with("{\"job\": "));
  for (const Finding& finding : job.findings)
    recount.warnings += finding.severity == Severity::warning ? 1U : 0U;
  CHECK(job.rows == recount.rows);
  CHECK(job.created == recount.outcomes["created"]);
  CHECK(job.updated == recount.outcomes["updated"]);
  CHECK(job.unchanged == recount.outcomes["unchanged"]);
  CHECK(job.rejected == recount.outcomes["rejected"]);
  CHECK(job.rows == job.created + job.updated + job.unchanged + job.rejected);
  CHECK(job.withheld + job.stale + job.failed + job.unknown == 0);
  CHECK(job.warnings == recount.warnings);
}

} // namespace

TEST_CASE("whatever the file, its counts add up and every row is reported once, in order")
{
  Chance chance{11};
  std::map<std::string, int, std::less<>> seen;
  for (int i = 0; i != tests::rounds(3000); ++i) {
    const std::string text = any_file(chance);
    CAPTURE(tests::shown(text));
    Running job;
    job.options.dialect.lenient = chance.one_in(4);
    if (chance.one_in(20)) job.options.limits.rows = 1 + chance.below(6);
    if (chance.one_in(20)) job.options.limits.file_bytes = 1 + chance.below(200);
    const JobSummary done = job.validated(text);
    check_report(done, job);
    ++seen[done.refusal == Refusal::none ? std::string{slug(done.state)} : "refused"];
    for (const std::string& line : job.lines())
      for (const char* const word : {"created", "updated", "unchanged", "rejected"})
        if (line.find("\"outcome\": \"" + std::string{word}) != std::string::npos) ++seen[word];
  }
  // The files are worth something only if all of this is among them.
  for (const char* const word :
       {"refused", "succeeded", "partial", "failed", "created", "updated", "unchanged", "rejected"})
    CHECK_MESSAGE(seen[word] > tests::rounds(100), word);
}

TEST_CASE("the same file gives the same bytes: twice, by every kernel, in pieces of any size")
{
  Chance chance{12};
  for (int i = 0; i != tests::rounds(150); ++i) {
    const std::string text = any_file(chance);
    CAPTURE(tests::shown(text));
    Running job;
    job.validated(text);
    const std::string once = job.report.text;
    for (const csv::Kernel kernel : tests::kernels()) {
      job.options.kernel = kernel;
      for (const std::size_t piece : {std::size_t{0}, std::size_t{1}, 2 + chance.below(40)}) {
        if (piece == 0) {
          job.validated(text);
        } else {
          PieceSource source{text, piece};
          must(job.try_to_validate(source));
        }
        // Of a file that is refused nobody knows the size before it was read.
        if (piece == 0 || job.lines().size() != 1) CHECK(job.report.text == once);
      }
    }
  }
}

TEST_CASE(
    "rows told at once, by one thread or two, are told as in a second reading to every output")
{
  Chance chance{15};
  std::map<std::string, int, std::less<>> seen;
  for (int i = 0; i != tests::rounds(1000); ++i) {
    const std::string text = any_file(chance);
    CAPTURE(tests::shown(text));
    Running twice;
    twice.wants_result = true;
    twice.options.dialect.lenient = chance.one_in(4);
    twice.options.atomic = chance.one_in(4);
    if (chance.one_in(20)) twice.options.limits.rows = 1 + chance.below(6);
    if (chance.one_in(20)) twice.options.limits.file_bytes = 1 + chance.below(200);
    Running once;
    once.wants_result = true;
    once.options = twice.options;
    once.options.threads = 1 + static_cast<unsigned>(chance.below(2));
    once.takes_back = true;
    const bool executes = chance.one_in(3);
    const auto run = [&](Running& job) {
      return executes ? job.executed(text) : job.validated(text);
    };
    CHECK(run(once).warnings == run(twice).warnings);
    CHECK(once.report.text == twice.report.text);
    CHECK(once.result.text == twice.result.text);
    CHECK(once.error_rows.text == twice.error_rows.text);
    CHECK(once.directory.json() == twice.directory.json());
    ++seen[once.report.restarts == 0 ? "at once" : "taken back"];
  }
  CHECK(seen["at once"] > tests::rounds(100));
  CHECK(seen["taken back"] > tests::rounds(50));
}

TEST_CASE("a file of many windows gives the same rows wherever the windows end")
{
  Chance chance{13};
  std::string rows;
  while (rows.size() < 400'000) {
    rows += chance.one_in(3) ? "1" : "";
    rows.append(",").append(chance.of(cells).find('"') == std::string_view::npos ? "Ada" : "");
    rows.append(",").append(chance.one_in(9) ? "\"2\n01\"" : "201").append(",x\n");
  }
  const auto lines_after = [&](std::size_t shift, csv::Kernel kernel) {
    Running job;
    job.options.kernel = kernel;
    job.validated("ID,Name,Extension," + std::string(1 + shift, 'X') + "\n" + rows);
    auto lines = job.lines();
    lines.pop_back();
    return lines;
  };
  const auto wanted = lines_after(0, csv::Kernel::best);
  CHECK(wanted.size() > 10'000);
  for (const csv::Kernel kernel : tests::kernels())
    for (const std::size_t shift : {std::size_t{1}, std::size_t{2}, 3 + chance.below(500)})
      CHECK(lines_after(shift, kernel) == wanted);
}

TEST_CASE("a secret never gets into a report, whatever is wrong with it and its row")
{
  Chance chance{14};
  constexpr std::array<std::string_view, 6> ends = {"", " ", "\t\xC2\xA0", "\"\"", "\n", "'="};
  constexpr std::array<std::string_view, 6> others = {"1", "2O1", "\"a\"b", "77", "", "\x01"};
  for (int i = 0; i != tests::rounds(500); ++i) {
    std::string text = "ID,Name,Extension,Password\n";
    for (std::size_t rows = 1 + chance.below(5); rows != 0; --rows) {
      text.append(chance.one_in(2) ? "1" : chance.of(others)).append(",Ada,");
      text.append(chance.one_in(2) ? "201" : chance.of(others)).append(",\"");
      text.append(chance.of(ends)).append("zq");
      text.append(chance.one_in(2) ? "" : "zqzqzqzqzqzqzq").append(chance.of(ends)).append("\"");
      if (chance.one_in(8)) text += "zq";
      if (chance.one_in(8)) text += ",zq";
      text += "\n";
    }
    CAPTURE(tests::shown(text));
    Running job;
    job.options.dialect.lenient = chance.one_in(3);
    job.validated(text);
    CHECK(job.report.text.find("zq") == std::string::npos);
  }
}
