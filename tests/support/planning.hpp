// Makes plans and carries them out, on texts, against a host that can fail.
#ifndef ROLLCALL_TESTS_SUPPORT_PLANNING_HPP
#define ROLLCALL_TESTS_SUPPORT_PLANNING_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "json/document.hpp"
#include "plan/plan_digest.hpp"
#include "rollcall/plan.hpp"
#include "support/fake_directory.hpp"
#include "support/fake_files.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

// The lines of a text, without their ends.
[[nodiscard]] inline std::vector<std::string> lines_of(std::string_view text)
{
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// Lines as a plan, with a digest that fits: what somebody may write who knows how it is done.
[[nodiscard]] inline std::string signed_plan(const std::vector<std::string>& lines)
{
  plan::PlanDigest digest;
  std::string text;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    digest.add_line(lines[i]);
    text.append(lines[i]).append("\n");
  }
  if (lines.empty()) return text;
  std::string end = lines.back();
  const std::size_t at = end.rfind(",\"digest\":");
  if (at != std::string::npos) end.erase(at).append("}}");
  return text.append(digest.sign(end)).append("\n");
}

// Likewise, with a piece of it in place of another, which stands there once.
[[nodiscard]] inline std::string with(const std::string& plan, std::string_view from,
                                      std::string_view to)
{
  const std::size_t at = plan.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, std::string{from});
  std::string changed = plan;
  return signed_plan(lines_of(changed.replace(at, from.size(), to)));
}

class Planning {
 public:
  schema::Schema schema;
  Context context;
  FakeDirectory directory;
  JobOptions options = {.file_name = "users.csv"};
  ApplyOptions how = {};
  FakeFiles files;
  std::uint64_t seed = 1;
  std::pmr::memory_resource* memory = std::pmr::new_delete_resource();
  Directory* host = nullptr; // in the place of `directory`, to apply
  std::string file = {};     // that was planned last
  bool has_file = true;      // whether it is still there when the plan is carried out
  // Of the last run.
  JobSummary job;
  std::pmr::string report;

  Planning(schema::Schema of, std::string_view json,
           Context who = {.name = "ada", .role = "writer"})
      : schema{std::move(of)}, context{std::move(who)}, directory{schema, json}
  {
  }

  // Empty if the file is refused.
  [[nodiscard]] std::string plan_of(std::string_view text)
  {
    MemorySource source{text};
    file = text;
    std::pmr::string made;
    TextSink sink{made};
    begin();
    TextSink told{report};
    job = must(make_plan(schema, source, directory, context, options, {}, sink, {.report = &told},
                         seams()));
    return std::string{made};
  }

  [[nodiscard]] Result<JobSummary> try_to_apply(std::string_view plan)
  {
    MemorySource source{plan};
    MemorySource planned{std::string_view{file}};
    ApplyOptions with = how;
    if (with.source == nullptr && has_file && !file.empty()) with.source = &planned;
    begin();
    TextSink told{report};
    Directory& to = host != nullptr ? *host : directory;
    return apply_plan(schema, source, to, context, with, {.report = &told}, seams());
  }
  JobSummary& apply(std::string_view plan)
  {
    job = must(try_to_apply(plan));
    return job;
  }

  JobSummary& execute(std::string_view text)
  {
    MemorySource source{text};
    begin();
    TextSink told{report};
    job = must(
        rollcall::execute(schema, source, directory, context, options, {.report = &told}, seams()));
    return job;
  }

  // "updated, stale [email of user 1 was a@b.de when planned and is nothing]": outcomes of rows,
  // and of those that were not done, why.
  [[nodiscard]] std::string outcomes() const
  {
    std::string told;
    for (const std::string& line : lines_of(report)) {
      json::Document document{{}};
      must(document.read(line));
      const auto outcome = document.root().find("outcome").text();
      if (!outcome) continue;
      told.append(told.empty() ? "" : ", ").append(*outcome);
      if (*outcome != "stale" && *outcome != "failed" && *outcome != "unknown") continue;
      for (const json::Value each : document.root().find("findings")) {
        const auto severity = each.find("severity").text();
        if (severity == "error")
          told.append(" [").append(each.find("message").text().value_or("")).append("]");
      }
    }
    return told;
  }

  // Why it was refused: "plan.invalid: ..."; empty if it was not.
  [[nodiscard]] std::string refusal() const
  {
    if (job.refusal == Refusal::none) return {};
    REQUIRE(job.findings.size() == 1);
    return std::string{slug(job.findings.front())} + ": " + render_message(job.findings.front());
  }

  [[nodiscard]] Seams seams()
  {
    Seams made = system_.seams();
    made.memory = memory;
    made.files = &files;
    made.random = &random_;
    return made;
  }

 private:
  void begin()
  {
    random_ = SeededRandom{seed};
    report.clear();
  }

  SystemSeams system_;
  SeededRandom random_{1};
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_PLANNING_HPP
