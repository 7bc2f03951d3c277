// What holds for whole jobs of the vendors' formats, whatever the file: what one job makes is put
// into the next one.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include "job/running.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/formats.hpp"
#include "support/csv_reading.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::made_file;
using rollcall::tests::MadeHow;
using rollcall::tests::must;
using rollcall::tests::Running;
using rollcall::tests::Vendor;

namespace {

Running running_of(const Vendor& vendor)
{
  Running job{vendor.schema, vendor.directory};
  job.context = vendor.context;
  job.wants_result = true;
  return job;
}

// Files of all formats, each with a job of its own that has not run yet.
using Show = std::function<void(const Vendor&, const std::string&, Running&)>;
void for_files(std::uint32_t seed, const MadeHow& how, const Show& show)
{
  for (const Vendor& vendor : tests::all_vendors()) {
    Chance chance{seed};
    for (int i = 0; i != tests::rounds(200); ++i) {
      const std::string file = made_file(vendor, chance, how);
      CAPTURE(vendor.schema.id);
      CAPTURE(tests::shown(file));
      Running job = running_of(vendor);
      show(vendor, file, job);
    }
  }
}

// The lines of the rows, without that of the job.
std::vector<std::string> rows_of(const Running& job)
{
  auto lines = job.lines();
  if (!lines.empty()) lines.pop_back();
  return lines;
}

// How many rows of the last report came to this; `test` sees each of them.
using SeeRow = std::function<void(json::Value)>;
std::size_t each_row(const Running& job, std::string_view outcome, const SeeRow& see)
{
  std::size_t count = 0;
  for (const std::string& line : rows_of(job)) {
    json::Document document{{}};
    must(document.read(line));
    if (document.root().find("outcome").text() != outcome) continue;
    ++count;
    see(document.root());
  }
  return count;
}

// Of a text without line ends in its cells.
std::vector<std::string> lines_of(const std::string& text)
{
  std::vector<std::string> lines;
  std::istringstream rest{text};
  for (std::string line; std::getline(rest, line);) lines.push_back(line);
  return lines;
}

std::size_t rows_with(const Running& job, std::string_view code)
{
  std::size_t count = 0;
  for (const std::string& line : rows_of(job))
    count += line.find("\"code\": \"" + std::string{code} + "\"") != std::string::npos ? 1U : 0U;
  return count;
}

bool creates_nameless(const Running& job)
{
  const auto lines = rows_of(job);
  return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("\"outcome\": \"created\"") != line.npos &&
           line.find("\"extension\": [") == line.npos &&
           line.find("\"incoming_did\": [") == line.npos;
  });
}

} // namespace

TEST_CASE("made-up files are worth something: every outcome and most codes come up")
{
  std::map<std::string, int, std::less<>> seen;
  for_files(1, {}, [&](const Vendor&, const std::string& file, Running& job) {
    const JobSummary done = job.executed(file);
    for (const auto& [slug, count] : done.counts.by_slug()) seen[slug] += static_cast<int>(count);
    seen["created"] += static_cast<int>(done.created);
    seen["updated"] += static_cast<int>(done.updated);
    seen["unchanged"] += static_cast<int>(done.unchanged);
    seen["refused"] += done.refusal == Refusal::none ? 0 : 1;
  });
  CHECK(seen.size() > 30);
  const int fewest = tests::rounds(9) == 9 ? 9 : 1; // the rarest is not in every quarter
  for (const char* const word : {"created",
                                 "updated",
                                 "claim.taken",
                                 "claim.duplicate_in_file",
                                 "row.repeats_key",
                                 "reference.unknown",
                                 "secret.policy",
                                 "provisioning.incomplete",
                                 "value.leading_zero_lost",
                                 "claim.moved",
                                 "claim.contested",
                                 "extension.limit",
                                 "extension.range",
                                 "range.single_value_column",
                                 "location.no_login",
                                 "authority.column",
                                 "email.required",
                                 "location.without_number",
                                 "number.same_for_both",
                                 "did.created",
                                 "csv.quote",
                                 "row.short",
                                 "row.extra_cells",
                                 "text.encoding",
                                 "unchanged"})
    CHECK_MESSAGE(seen[word] > fewest, std::string{word});
}

TEST_CASE("a line end at the end of the file changes nothing")
{
  for_files(2, {}, [](const Vendor&, const std::string& file, Running& job) {
    if (file.ends_with('\n')) return; // its last row is blank
    const JobSummary bare = job.validated(file);
    const auto rows = rows_of(job);
    const std::string result = job.result.text;
    const std::string error_rows = job.error_rows.text;
    const JobSummary ended = job.validated(file + "\n");
    CHECK(rows_of(job) == rows);
    CHECK(job.result.text == result);
    CHECK(job.error_rows.text == error_rows);
    CHECK(ended.state == bare.state);
    CHECK(ended.findings == bare.findings);
    CHECK(ended.blank_rows == bare.blank_rows);
    CHECK(ended.counts.by_slug() == bare.counts.by_slug());
  });
}

TEST_CASE("executing comes to what validating has said, and validating to nothing")
{
  for_files(3, {}, [](const Vendor&, const std::string& file, Running& job) {
    const std::string before = job.directory.json();
    const JobSummary dry = job.validated(file);
    const auto rows = rows_of(job);
    const std::string result = job.result.text;
    CHECK(job.directory.json() == before);
    const JobSummary done = job.executed(file);
    CHECK(rows_of(job) == rows);
    CHECK(job.result.text == result);
    CHECK(done.state == dry.state);
    const bool is_same = job.directory.json() == before;
    if (done.created + done.updated == 0)
      CHECK(is_same);
    else if (rows_with(job, "row.repeats_key") + rows_with(job, "claim.moved") == 0)
      CHECK_FALSE(is_same); // what several rows do in turn may come to nothing
  });
}

TEST_CASE("a file that is executed twice has no change the second time")
{
  for_files(4, {.repeats_ids = false},
            [](const Vendor& vendor, const std::string& file, Running& job) {
              const JobSummary first = job.executed(file);
              // Rows that take from each other do so again, and of who has neither extension nor
              // number nothing says that he is there (spec E41).
              if (rows_with(job, "claim.moved") + rows_with(job, "row.repeats_key") != 0) return;
              if (vendor.schema.id == "subscriber_import" && creates_nameless(job)) return;
              const std::string after = job.directory.json();
              const JobSummary second = job.executed(file);
              CHECK(second.rows == first.rows);
              CHECK(second.created == 0);
              // A secret that is filled in is set again, and nobody sees a difference (spec E41).
              each_row(job, "updated", [](json::Value row) {
                for (const json::Value change : row.find("changes"))
                  for (const json::Value field : change.find("fields")) {
                    json::Value last;
                    for (const json::Value side : field) last = side;
                    CHECK(last.find("secret"));
                  }
              });
              CHECK(second.rejected >= first.rejected + first.created);
              CHECK(job.directory.json() == after);
            });
}

TEST_CASE("an export that comes back is unchanged in every row, and nothing is found in it")
{
  for_files(5, {}, [](const Vendor& vendor, const std::string& file, Running& job) {
    // (What only makes new ones finds its own taken.)
    if (!vendor.schema.exports || vendor.schema.objects.front().update.empty()) return;
    job.executed(file);
    std::pmr::string text;
    TextSink sink{text};
    const JobSummary exported =
        must(write_export(job.schema, job.directory, job.context, sink, job.seams()));
    CHECK(exported.refusal == Refusal::none);
    const JobSummary back = job.executed(text);
    CHECK(back.rows >= 4);
    CHECK(back.unchanged == back.rows);
    CHECK(back.counts.total() == 0);
    CHECK(back.state == JobState::succeeded);
  });
}

TEST_CASE("atomic, one bad row changes nothing and withholds the others")
{
  std::size_t withheld = 0;
  for_files(6, {}, [&](const Vendor&, const std::string& file, Running& job) {
    const JobSummary plain = job.validated(file);
    const std::string before = job.directory.json();
    job.options.atomic = true;
    const JobSummary done = job.executed(file);
    CHECK(done.rejected == plain.rejected);
    CHECK(done.unchanged == plain.unchanged);
    if (done.rejected == 0) {
      CHECK(done.created + done.updated == plain.created + plain.updated);
      return;
    }
    CHECK(done.withheld == plain.created + plain.updated);
    CHECK(done.created + done.updated == 0);
    if (done.refusal == Refusal::none) CHECK(done.state == JobState::failed);
    CHECK(job.directory.json() == before);
    withheld += each_row(job, "withheld", [](json::Value row) {
      CHECK(row.find("changes").size() == 0);
      CHECK(row.find("effects").size() == 0);
    });
  });
  CHECK(withheld > std::size_t{tests::rounds(150)});
}

TEST_CASE("a result that comes back has the same verdicts, where no secret is blanked")
{
  for_files(7, {.tame = true, .secrets = false},
            [](const Vendor& vendor, const std::string& file, Running& job) {
              if (vendor.schema.id == "ctu") return; // its password is mandatory
              if (!vendor.schema.result.source_columns) return;
              job.validated(file);
              const auto rows = rows_of(job);
              const std::string result = job.result.text;
              if (result.empty()) return;
              job.validated(result);
              CHECK(rows_of(job) == rows);
              CHECK(job.result.text == result);
            });
}

TEST_CASE("error rows are the rejected rows as given, and are rejected again until they are mended")
{
  std::size_t rejected = 0;
  for_files(8, {.tame = true}, [&](const Vendor&, const std::string& file, Running& job) {
    const JobSummary done = job.executed(file);
    if (done.refusal != Refusal::none) return;
    // Alone, a second row for one object is the first.
    if (rows_with(job, "row.repeats_key") != 0) return;
    // And what others have taken from it is no longer in its way.
    if (rows_with(job, "claim.moved") != 0) return;
    const auto given = lines_of(file);
    // What another run had to say of a row is left out (spec E13).
    const bool is_whole = given.front().find("Notes") == std::string::npos;
    const std::string error_rows = job.error_rows.text;
    const auto written = lines_of(error_rows);
    std::size_t count = 0;
    each_row(job, "rejected", [&](json::Value row) {
      REQUIRE(++count < written.size());
      if (is_whole) CHECK(written[count].starts_with(given[*row.find("line").natural() - 1] + ","));
    });
    CHECK(written.size() == count + 1);
    const JobSummary again = job.executed(error_rows);
    CHECK(again.rows == (again.refusal == Refusal::none ? done.rejected : 0));
    CHECK(again.rejected == again.rows);
    rejected += again.rejected;
  });
  CHECK(rejected > std::size_t{tests::rounds(250)});
}
