// Mends texts, against a host in memory, and keeps all that comes of it.
#ifndef ROLLCALL_TESTS_JOB_MENDED_HPP
#define ROLLCALL_TESTS_JOB_MENDED_HPP

#include <array>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "job/running.hpp"
#include "rollcall/fix.hpp"

namespace rollcall::tests {

struct Mended {
  std::string text, lineage, preview;
  struct Step {
    std::uint64_t row = 0;
    std::size_t cell = 0;
    std::string before, after, rule;
    bool is_certain = true;
  };
  std::vector<Step> steps;
  FixSummary done;
};

class StepsKept final : public FixSink {
 public:
  explicit StepsKept(std::vector<Mended::Step>& steps) : steps_{&steps} {}
  void add(const CellFix& fix) override
  {
    steps_->push_back({fix.row, fix.cell, std::string{fix.before}, std::string{fix.after},
                       std::string{fix.rule}, fix.is_certain});
  }

 private:
  std::vector<Mended::Step>* steps_;
};

inline Mended mended(Running& job, std::string_view text, bool unsafe)
{
  Mended made;
  std::array<std::pmr::string, 3> texts;
  TextSink file{texts[0]};
  TextSink lineage{texts[1]};
  TextSink preview{texts[2]};
  StepsKept steps{made.steps};
  MemorySource source{text};
  FixOptions options{.unsafe = unsafe, .file_name = job.options.file_name};
  options.dialect = job.options.dialect;
  const FixOutputs outputs{
      .file = &file, .lineage = &lineage, .preview = &preview, .fixes = &steps};
  made.done =
      must(fix(job.schema, source, job.directory, job.context, options, outputs, job.seams()));
  made.text = texts[0];
  made.lineage = texts[1];
  made.preview = texts[2];
  return made;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_MENDED_HPP
