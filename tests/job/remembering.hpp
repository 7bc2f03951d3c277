// Jobs in a store: files are executed, and what follows is done with the jobs.
#ifndef ROLLCALL_TESTS_JOB_REMEMBERING_HPP
#define ROLLCALL_TESTS_JOB_REMEMBERING_HPP

#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/catalogue.hpp"
#include "json/document.hpp"
#include "rollcall/follow_up.hpp"
#include "store/hosts.hpp"
#include "support/planning.hpp"

namespace rollcall::tests {

class Remembering {
 public:
  schema::Schema schema;
  Context context;
  Host host;
  SqliteStore store;
  std::unique_ptr<Directory> directory;
  ApplyOptions how = {};
  // Of the last run.
  JobSummary job;
  std::pmr::string report;

  Remembering(schema::Schema of, std::string_view json, Context who)
      : schema{std::move(of)}, context{std::move(who)}, host{json}, store{host.open()}
  {
    directory = must(store.directory(schema));
  }

  JobSummary& execute(std::string_view file, bool atomic = false)
  {
    MemorySource source{file};
    return end(rollcall::execute(schema, source, *directory, context, options(atomic), outputs(),
                                 host.seams()));
  }
  JobSummary& validate(std::string_view file)
  {
    MemorySource source{file};
    return end(rollcall::validate(schema, source, *directory, context, options(false), outputs(),
                                  host.seams()));
  }

  [[nodiscard]] Result<JobSummary> try_to_undo(JobId id)
  {
    return rollcall::undo(store, id, schema, *directory, context, how, outputs(), host.seams());
  }
  JobSummary& undo(JobId id) { return end(try_to_undo(id)); }
  [[nodiscard]] std::string undo_plan(JobId id)
  {
    std::pmr::string made;
    TextSink sink{made};
    job = must(make_undo_plan(store, id, schema, *directory, context, how, sink, host.seams()));
    return std::string{made};
  }
  JobSummary& apply(std::string_view plan)
  {
    MemorySource source{plan};
    ApplyOptions options = how;
    options.store = &store;
    return end(apply_plan(schema, source, *directory, context, options, outputs(), host.seams()));
  }
  [[nodiscard]] Result<JobSummary> try_to_retry(JobId id)
  {
    return rollcall::retry(store, id, schema, *directory, context, how, outputs(), host.seams());
  }
  JobSummary& retry(JobId id) { return end(try_to_retry(id)); }
  [[nodiscard]] Result<JobSummary> try_to_execute_job(JobId id)
  {
    return rollcall::execute_job(store, id, schema, *directory, context, how, outputs(),
                                 host.seams());
  }
  JobSummary& execute_job(JobId id) { return end(try_to_execute_job(id)); }

  [[nodiscard]] std::string objects() { return dump_of(store); }
  [[nodiscard]] JobRecord record(JobId id) { return *must(store.job(id)); }
  [[nodiscard]] std::string artifact(JobId id, std::string_view name)
  {
    const auto source = must(store.read_artifact(id, name));
    std::string text;
    std::array<std::byte, 4096> piece{};
    while (const std::size_t size = must(source->read(piece)))
      text.append(reinterpret_cast<const char*>(piece.data()), size);
    return text;
  }

  // "line 3 updated, line 2 stale [extension of user 1 ...]": lines with what became of them, and
  // of those that were not done, why.
  [[nodiscard]] std::string outcomes() const
  {
    std::string told;
    for (const std::string& line : lines_of(report)) {
      json::Document document{{}};
      must(document.read(line));
      const auto outcome = document.root().find("outcome").text();
      if (!outcome) continue;
      told.append(told.empty() ? "line " : ", line ")
          .append(std::to_string(document.root().find("line").natural().value_or(0)))
          .append(" ")
          .append(*outcome);
      for (const json::Value each : document.root().find("findings"))
        told.append(" [").append(each.find("message").text().value_or("")).append("]");
    }
    return told;
  }

  // Why it was refused: "plan.used: ..."; empty if it was not.
  [[nodiscard]] std::string refusal() const
  {
    if (job.refusal == Refusal::none) return {};
    REQUIRE(job.findings.size() == 1);
    return std::string{slug(job.findings.front())} + ": " + render_message(job.findings.front());
  }

 private:
  [[nodiscard]] JobOptions options(bool atomic)
  {
    return {.atomic = atomic, .file_name = "users.csv", .store = &store};
  }
  [[nodiscard]] Outputs outputs()
  {
    report.clear();
    sink_.emplace(report);
    return {.report = &*sink_};
  }
  JobSummary& end(Result<JobSummary>&& done)
  {
    job = must(std::move(done));
    return job;
  }

  std::optional<TextSink> sink_;
};

// What is wrong with it, in words.
inline std::string fault_of(const auto& result)
{
  REQUIRE_FALSE(result.has_value());
  return std::string{result.assume_error().detail()};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_REMEMBERING_HPP
