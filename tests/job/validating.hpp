// Validates texts by the format for tests, against a host and a disk that can fail.
#ifndef ROLLCALL_TESTS_JOB_VALIDATING_HPP
#define ROLLCALL_TESTS_JOB_VALIDATING_HPP

#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "rollcall/validate.hpp"
#include "support/fake_directory.hpp"
#include "support/fake_files.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

namespace rollcall::tests {

// A sink that takes so many writes, and has no room for the next one.
class SmallDisk final : public Sink {
 public:
  std::string text;
  std::size_t writes_max = FakeDirectory::never;

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    if (writes_max == 0) return Error{ErrorCode::disk_full};
    --writes_max;
    text += bytes;
    return success();
  }
};

class Validating {
 public:
  schema::Schema schema = staff();
  Actor actor = {.name = "ada", .role = "writer"};
  JobOptions options = {.file_name = "users.csv"};
  FakeDirectory directory;
  FakeFiles files;
  std::pmr::memory_resource* memory = std::pmr::new_delete_resource();
  SmallDisk report; // of the last run

  Validating()
  {
    for (const char* const key : {"1", "2", "User-3"})
      directory.users.push_back({key, {"Ada", "ada@b.de", "201", {}, "true", {}, {}, "true"}});
    directory.first_id = 100;
  }

  [[nodiscard]] Result<JobSummary> try_to_run(Source& source)
  {
    report.text.clear();
    Seams seams = system_.seams();
    seams.files = &files;
    seams.memory = memory;
    return validate(schema, source, directory, actor, options, report, seams);
  }
  [[nodiscard]] Result<JobSummary> try_to_run(std::string_view text)
  {
    MemorySource source{text};
    return try_to_run(source);
  }
  JobSummary run(std::string_view text) { return must(try_to_run(text)); }

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
inline void check_refused(const JobSummary& job, const Validating& validating)
{
  CHECK(job.refusal != Refusal::none);
  CHECK(job.state == JobState::failed);
  CHECK(job.rows + job.blank_rows + job.created + job.updated + job.unchanged + job.rejected == 0);
  CHECK(job.sha256.empty());
  REQUIRE(validating.lines().size() == 1);
  CHECK(validating.lines().front().starts_with("{\"job\": "));
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_VALIDATING_HPP
