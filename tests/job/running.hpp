// Runs jobs on texts, against a host and a disk that can fail.
#ifndef ROLLCALL_TESTS_JOB_RUNNING_HPP
#define ROLLCALL_TESTS_JOB_RUNNING_HPP

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.hpp"
#include "rollcall/job.hpp"
#include "support/fake_directory.hpp"
#include "support/fake_files.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

namespace rollcall::tests {

// A sink that takes so many writes, and has no room for the next one; and perhaps takes them back.
class SmallDisk final : public Sink {
 public:
  std::string text;
  std::size_t writes_max = FakeDirectory::never;
  bool takes_back = false;
  std::size_t restarts = 0;

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    if (writes_max == 0) return Error{ErrorCode::disk_full};
    --writes_max;
    text += bytes;
    return success();
  }
  [[nodiscard]] bool can_restart() const noexcept override { return takes_back; }
  [[nodiscard]] Result<void> restart() override
  {
    ++restarts;
    text.clear();
    return success();
  }
};

// Three users of the format for tests, who are all alike.
inline constexpr std::string_view three_adas = R"({"user": [
  {"id": "1", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true,
   "password": true},
  {"id": "2", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true,
   "password": true},
  {"id": "User-3", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true,
   "password": true}]})";

class Running {
 public:
  schema::Schema schema;
  Context context = {.name = "ada", .role = "writer"};
  JobOptions options = {.file_name = "users.csv"};
  FakeDirectory directory;
  FakeFiles files;
  std::pmr::memory_resource* memory = std::pmr::new_delete_resource();
  // Of the last run.
  SmallDisk report;
  SmallDisk result;
  SmallDisk error_rows;
  bool wants_result = false; // and error rows
  bool takes_back = false;   // what was written, so that rows may be told at once

  // The format for tests.
  Running() : Running(staff(), three_adas) { directory.next_is = 100; }
  Running(schema::Schema of, std::string_view json) : schema{std::move(of)}, directory{schema, json}
  {
  }

  [[nodiscard]] Result<JobSummary> try_to_validate(Source& source)
  {
    return validate(schema, source, directory, context, options, outputs(), seams());
  }
  [[nodiscard]] Result<JobSummary> try_to_validate(std::string_view text)
  {
    MemorySource source{text};
    return try_to_validate(source);
  }
  JobSummary validated(std::string_view text) { return must(try_to_validate(text)); }

  [[nodiscard]] Result<JobSummary> try_to_execute(Source& source)
  {
    return execute(schema, source, directory, context, options, outputs(), seams());
  }
  [[nodiscard]] Result<JobSummary> try_to_execute(std::string_view text)
  {
    MemorySource source{text};
    return try_to_execute(source);
  }
  JobSummary executed(std::string_view text) { return must(try_to_execute(text)); }

  [[nodiscard]] Seams seams()
  {
    Seams made = system_.seams();
    made.files = &files;
    made.memory = memory;
    return made;
  }
  [[nodiscard]] Outputs outputs()
  {
    for (SmallDisk* const disk : {&report, &result, &error_rows}) {
      disk->text.clear();
      disk->restarts = 0;
      disk->takes_back = takes_back;
    }
    Outputs made{.report = &report};
    if (wants_result) {
      made.result = &result;
      made.error_rows = &error_rows;
    }
    return made;
  }

  // Those of the report.
  [[nodiscard]] std::vector<std::string> lines() const
  {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < report.text.size();) {
      const std::size_t end = report.text.find('\n', at);
      REQUIRE(end != std::string::npos);
      found.push_back(report.text.substr(at, end - at));
      at = end + 1;
    }
    return found;
  }

  // "created 100, rejected 17, unchanged -": outcome and key of each row.
  [[nodiscard]] std::string outcomes() const
  {
    std::string told;
    for (const std::string& line : lines()) {
      json::Document document{{}};
      must(document.read(line));
      const json::Value outcome = document.root().find("outcome");
      if (!outcome) continue;
      const auto key = document.root().find("key").text();
      told.append(told.empty() ? "" : ", ").append(*outcome.text());
      told.append(" ").append(key.value_or("-"));
    }
    return told;
  }

 private:
  SystemSeams system_;
};

// "file.too_large, header.unknown_column X" about the file.
inline std::string findings_of(const JobSummary& job)
{
  std::string found;
  for (const Finding& each : job.findings) {
    found += (found.empty() ? "" : ", ") + std::string{slug(each)};
    if (!each.column.empty()) found += " " + each.column;
    CHECK(render_message(each).find('{') == std::string::npos);
  }
  return found;
}

// A refused job counts nothing, and its report is one line.
inline void check_refused(const JobSummary& job, const Running& running)
{
  CHECK(job.refusal != Refusal::none);
  CHECK(job.state == JobState::failed);
  CHECK(job.rows + job.blank_rows + job.created + job.updated + job.unchanged + job.rejected == 0);
  CHECK(job.withheld + job.stale + job.failed + job.unknown == 0);
  CHECK(job.sha256.empty());
  CHECK(running.result.text.empty());
  CHECK(running.error_rows.text.empty());
  REQUIRE(running.lines().size() == 1);
  CHECK(running.lines().front().starts_with("{\"job\": "));
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_RUNNING_HPP
