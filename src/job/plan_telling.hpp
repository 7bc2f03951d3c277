// plan_telling.hpp: tells what became of a file whose plan was carried out: plan, fates and the
// file itself, read side by side.
//
// What comes out is what telling the same rows while they are judged would have written.
#ifndef ROLLCALL_JOB_PLAN_TELLING_HPP
#define ROLLCALL_JOB_PLAN_TELLING_HPP

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "apply/fates.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "job/row_outputs.hpp"
#include "plan/plan_reader.hpp"
#include "report/message.hpp"
#include "rollcall/job.hpp"

namespace rollcall::job {

class PlanTelling {
 public:
  // All outlive it. Without the file there are no outputs that show its rows (needs_file).
  PlanTelling(const schema::CompiledSchema& schema, check::Facts& facts, Source* file,
              const apply::Fates& fates, const Outputs& outputs, const Limits& limits,
              const Seams& seams);

  // Is told how many rows were told, of a plan of so many groups.
  void is_watched_by(JobWatcher* watcher, std::uint64_t groups) noexcept
  {
    watcher_ = watcher;
    groups_ = groups;
  }

  [[nodiscard]] static bool needs_file(const Outputs& outputs) noexcept;

  // Tells all rows, and fills in what the job came to.
  [[nodiscard]] Result<void> run(plan::PlanReader& plan, JobSummary& job);

  // What the job came to, for who has no outputs: nothing is read. `plan` was read to its end, and
  // nothing was taken back.
  static void sum_up(const plan::PlanReader& plan, const apply::Fates& fates, JobSummary& job);

 private:
  class Frame;

  [[nodiscard]] Result<void> open(const plan::PlanHeader& header, const std::string& file_name);
  [[nodiscard]] Result<void> ask(JobId id, const plan::PlanRow& row) const;
  [[nodiscard]] Result<std::size_t> find_row(std::uint64_t number);
  [[nodiscard]] Result<void> tell(plan::PlanRow& row, JobSummary& job);
  void guess_key(plan::PlanRow& row, const apply::RowFate* fate);
  void keep_withdrawn(plan::RowResult& row, const Finding& finding);
  void find(std::span<const Finding> readings, std::size_t row);
  [[nodiscard]] std::uint16_t rule_of(std::string_view code) const noexcept;

  const schema::CompiledSchema& schema_;
  check::Facts& facts_;
  Source* file_;
  const apply::Fates& fates_;
  const Outputs& outputs_;
  Limits limits_;
  Seams seams_;
  std::vector<check::ReadyColumn> columns_;
  check::Header header_;
  std::vector<expr::Slot> slots_;
  expr::Evaluator evaluator_;
  std::unique_ptr<Source> header_text_; // where there is no file: its header row, from the plan
  std::optional<csv::Reader> reader_;
  std::optional<report::Messages> messages_;
  std::optional<RowOutputs> told_;
  std::optional<std::uint64_t> next_id_;
  std::pmr::monotonic_buffer_resource texts_; // of the row
  std::vector<Finding> readings_;             // likewise
  std::vector<check::Found> found_;
  std::vector<std::string_view> withdrawn_;
  JobWatcher* watcher_ = nullptr;
  std::uint64_t groups_ = 0;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_PLAN_TELLING_HPP
