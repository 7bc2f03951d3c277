// carry_out.cpp: a plan is looked at, carried out, and told.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "apply/applier.hpp"
#include "apply/settled_texts.hpp"
#include "base/sha256.hpp"
#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "job/job_run.hpp"
#include "job/plan_telling.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::job {

using schema::Action;
using schema::Keys;

namespace {

bool has_any(const Outputs& outputs) noexcept
{
  const auto sinks = outputs.all();
  return std::any_of(sinks.begin(), sinks.end(), [](const Sink* sink) { return sink != nullptr; });
}

void refuse(JobSummary& job, Refusal refusal, Finding&& finding)
{
  job.refusal = refusal;
  job.findings.clear();
  job.findings.push_back(std::move(finding));
}

Finding invalid(std::string_view reason)
{
  Finding made = finding(Code::plan_invalid);
  made.facts.push_back(fact("reason", reason));
  return made;
}

Finding stale(std::string_view reason)
{
  Finding made = finding(Code::plan_stale);
  made.facts.push_back(fact("reason", reason));
  return made;
}

// What is no longer as it was of the tenant's settings, if anything.
std::optional<std::string> changed_setting(const plan::PlanHeader& header,
                                           const check::Facts& facts)
{
  using Settings = std::vector<std::pair<std::string, std::string>>;
  const Settings now = facts.settings();
  const auto find = [](const Settings& in, const std::string& name) -> std::string {
    for (const auto& [known, value] : in)
      if (known == name) return value;
    return "not set";
  };
  const auto differs = [&](const Settings& all) -> std::optional<std::string> {
    for (const auto& [name, value] : all)
      if (find(header.settings, name) != find(now, name))
        return "tenant." + name + " was " + find(header.settings, name) + " when planned and is " +
               find(now, name);
    return {};
  };
  if (auto found = differs(header.settings)) return found;
  return differs(now);
}

// Is this the file that was planned?
Result<bool> is_planned(Source& file, const plan::PlanEnd& end)
{
  Sha256 digest;
  std::vector<std::byte> piece(std::size_t{64} * 1024);
  std::uint64_t bytes = 0;
  for (;;) {
    ROLLCALL_TRY(const std::size_t size, file.read(piece));
    if (size == 0) break;
    digest.update(std::span{piece}.first(size));
    bytes += size;
  }
  return bytes == end.bytes && to_hex(digest.finish()) == end.sha256;
}

// Reads a plan of strangers to its end, and counts the groups that no longer fit.
class Looking {
 public:
  Looking(const Carrying& carrying, const check::Facts& facts)
      : row_texts_{carrying.seams.memory},
        texts_{carrying.seams.memory},
        preconditions_{carrying.schema, facts, carrying.directory, carrying.key,
                       *carrying.seams.memory}
  {
    preconditions_.keep_changes();
  }

  [[nodiscard]] Result<void> look(plan::PlanReader& plan, bool asks)
  {
    std::map<plan::RowNumber, apply::PlannedGroup> open;
    for (plan::PlanRow row;;) {
      row_texts_.release();
      ROLLCALL_TRY(const bool is_row, plan.next(row, row_texts_));
      if (!is_row) break;
      if (row.result.changes.empty() && row.result.effects.empty()) continue;
      apply::PlannedGroup group{.number = plan.groups()};
      if (row.group != 0) {
        auto& rows = open[row.group].rows;
        rows.push_back(apply::keep_row(row, texts_));
        if (!row.is_last) continue;
        group.rows = std::move(rows);
        open.erase(row.group);
      } else {
        group.rows.push_back(apply::keep_row(row, texts_));
      }
      // One that hangs on others fits if they do.
      if (!asks || preconditions_.hangs_on_others(group)) {
        if (asks) preconditions_.note_changes(group);
      } else {
        preconditions_.add(group);
        pending_.push_back(std::move(group));
      }
      if (pending_.size() == batch_groups_max) ROLLCALL_CHECK(ask());
      if (pending_.empty() && open.empty()) texts_.release();
    }
    return ask();
  }

  void has_moved(std::uint64_t planned, std::uint64_t now)
  {
    preconditions_.has_moved(planned, now);
  }
  [[nodiscard]] std::uint64_t stale() const noexcept { return stale_; }
  [[nodiscard]] const Finding& first() const { return *first_; }
  [[nodiscard]] std::uint64_t first_line() const noexcept { return first_line_; }

 private:
  static constexpr std::size_t batch_groups_max = 256;

  [[nodiscard]] Result<void> ask()
  {
    ROLLCALL_CHECK(preconditions_.ask());
    for (const apply::PlannedGroup& group : pending_) {
      auto found = preconditions_.check(group);
      if (!found) continue;
      if (stale_++ != 0) continue;
      first_ = std::move(found);
      first_line_ = group.rows.front().result.line;
    }
    preconditions_.clear();
    pending_.clear();
    return success();
  }

  std::pmr::monotonic_buffer_resource row_texts_; // of the row at hand
  std::pmr::monotonic_buffer_resource texts_;     // of the groups that wait
  apply::Preconditions preconditions_;
  std::vector<apply::PlannedGroup> pending_;
  std::uint64_t stale_ = 0;
  std::optional<Finding> first_;
  std::uint64_t first_line_ = 0;
};

// What a journal knows of the groups that were settled before.
struct SettledGroups final : public SettledSink {
  bool has_begun = false;
  std::vector<std::string> intended = {}; // in ascending order
  std::map<std::uint64_t, apply::SettledBefore> groups = {};

  [[nodiscard]] Result<void> read(Remembered& kept, apply::Fates& fates)
  {
    if (!kept) return success();
    ROLLCALL_TRY(Progress progress, kept.store()->progress(kept.id()));
    fates.groups = progress.groups;
    intended = std::move(progress.intended);
    std::sort(intended.begin(), intended.end());
    has_begun = fates.groups != 0 || !intended.empty();
    ROLLCALL_CHECK(kept.store()->exceptions(kept.id(), *this));
    if (fault_) return std::move(*fault_);
    return success();
  }

  void settled(const Settled& group) override
  {
    apply::SettledBefore& made = groups[group.group];
    made.fate = group.fate;
    for (const std::string_view key : group.keys) made.keys.emplace_back(key);
    if (group.why.empty()) return;
    auto finding = apply::finding_of(group.why);
    if (finding.has_value())
      made.finding = std::move(finding).assume_value();
    else if (!fault_)
      fault_ = std::move(finding).assume_error();
  }

 private:
  std::optional<Error> fault_;
};

} // namespace

Result<void> carry_out(const Carrying& carrying, JobSummary& job)
{
  const schema::CompiledSchema& schema = carrying.schema;
  // The plan's own faults are findings about it, not errors.
  const auto is_refused = [&](Error& error) {
    if (!carrying.is_strange || !plan::is_about_plan(error.code())) return false;
    refuse(job, Refusal::file, invalid(error.detail()));
    return true;
  };
  auto opened = plan::PlanReader::open(carrying.plan, carrying.seams.memory);
  if (!opened.has_value()) {
    Error error = std::move(opened).assume_error();
    if (is_refused(error)) return success();
    return error;
  }
  std::optional<plan::PlanReader> plan{std::move(opened).assume_value()};
  Context context = carrying.context;
  if (context.options.empty()) context.options = plan->header().context.options;
  check::KnownObjects known{schema, carrying.directory, carrying.key, *carrying.seams.memory};
  check::Facts facts{schema, known, *carrying.seams.memory};
  ROLLCALL_CHECK(facts.read(context));
  if (carrying.is_strange) {
    ROLLCALL_TRY(const bool is_allowed, facts.allows(Action::execute));
    if (!is_allowed) {
      refuse(job, Refusal::actor, facts.not_allowed(Action::execute));
      return success();
    }
  }
  // The next id, where it is not the planned one and nobody else would see that the plan was used.
  const auto moved_id =
      [&](const plan::PlanReader& reader) -> Result<std::optional<std::uint64_t>> {
    const auto& planned = reader.header().next_id;
    if (!carrying.is_strange || carrying.kept || !planned) return std::optional<std::uint64_t>{};
    ROLLCALL_TRY(const auto now, carrying.directory.next_id(schema.own_kind()));
    return now && *now != *planned ? now : std::optional<std::uint64_t>{};
  };
  ROLLCALL_TRY(std::vector<Finding> faults, facts.check());
  if (!faults.empty()) {
    job.findings = std::move(faults);
    job.refusal = Refusal::file;
    return success();
  }
  Result<void> bound = plan->bind(schema);
  if (!bound.has_value()) {
    Error error = std::move(bound).assume_error();
    if (is_refused(error)) return success();
    return error;
  }
  // (Of a file that was just read all of this is known.)
  if (!carrying.is_told) {
    job.file = plan->header().file;
    job.dialect = plan->header().dialect;
  }
  if (carrying.is_strange) {
    ROLLCALL_TRY(const auto user, carrying.kept.user_of(plan->header().id));
    if (user) {
      Finding made = finding(Code::plan_used);
      made.facts.push_back(fact("job", *user));
      refuse(job, Refusal::stale, std::move(made));
      return success();
    }
    const bool is_of_another =
        !plan->header().store.empty() &&
        (!carrying.kept || plan->header().store != carrying.kept.store()->id());
    if (is_of_another) {
      refuse(job, Refusal::file, invalid("it was made for another store"));
      return success();
    }
    const Context& planned = plan->header().context;
    if (planned.role != context.role || planned.facts != context.facts ||
        planned.options != context.options) {
      refuse(job, Refusal::file, invalid("it was made for another actor, or with other options"));
      return success();
    }
    if (const auto changed = changed_setting(plan->header(), facts)) {
      refuse(job, Refusal::stale, stale(*changed));
      return success();
    }
    Looking looking{carrying, facts};
    ROLLCALL_TRY(const auto moved, moved_id(*plan));
    if (moved) looking.has_moved(*plan->header().next_id, *moved);
    const bool refuses = carrying.stale == Stale::refuse || plan->header().atomic;
    Result<void> looked = looking.look(*plan, refuses);
    if (!looked.has_value()) {
      Error error = std::move(looked).assume_error();
      if (is_refused(error)) return success();
      return error;
    }
    job.sha256 = plan->end().sha256;
    job.bytes = plan->end().bytes;
    if (carrying.file != nullptr) {
      ROLLCALL_TRY(const bool is_it, is_planned(*carrying.file, plan->end()));
      if (!is_it) {
        refuse(job, Refusal::file, invalid("the source is not the file that was planned"));
        return success();
      }
    } else if (PlanTelling::needs_file(carrying.outputs)) {
      return Error{ErrorCode::wrong_use,
                   "the outputs show rows of the file that was planned, and it was not given"};
    }
    if (looking.stale() != 0) {
      Finding made = finding(Code::plan_stale);
      made.place.line = looking.first_line();
      made.facts.push_back(fact("stale", looking.stale()));
      made.facts.push_back(fact("first", render_message(looking.first())));
      refuse(job, Refusal::stale, std::move(made));
      return success();
    }
  }

  const auto read_again = [&]() -> Result<void> {
    ROLLCALL_CHECK(carrying.plan.rewind());
    plan.reset();
    ROLLCALL_TRY(auto again, plan::PlanReader::open(carrying.plan, carrying.seams.memory));
    plan.emplace(std::move(again));
    return plan->bind(schema);
  };
  if (carrying.is_strange) ROLLCALL_CHECK(read_again());
  Remembered& kept = carrying.kept;
  if (carrying.is_strange) {
    ROLLCALL_TRY(const auto used, kept.use_plan(plan->header().id));
    if (used && *used != kept.id()) {
      Finding made = finding(Code::plan_used);
      made.facts.push_back(fact("job", *used));
      refuse(job, Refusal::stale, std::move(made));
      return success();
    }
  } else if (!carrying.goes_on) {
    ROLLCALL_TRY(const auto used, kept.use_plan(plan->header().id));
    static_cast<void>(used);
  }
  apply::Fates fates;
  SettledGroups settled;
  ROLLCALL_CHECK(settled.read(kept, fates));
  if (carrying.goes_on && settled.has_begun) {
    fates.first_id = kept.request().first_id;
  } else if (schema.kinds[schema.own_kind()].keys == Keys::from_host) {
    ROLLCALL_TRY(fates.first_id, carrying.directory.next_id(schema.own_kind()));
    ROLLCALL_CHECK(kept.set_first_id(fates.first_id));
  }
  apply::Applier applier{schema,
                         facts,
                         carrying.directory,
                         carrying.key,
                         carrying.seams,
                         {.journal = kept.store(),
                          .job = kept.id(),
                          .is_atomic = plan->header().atomic,
                          .intended = &settled.intended,
                          .watcher = carrying.watcher}};
  ROLLCALL_TRY(const auto moved, moved_id(*plan));
  if (moved) applier.has_moved(*plan->header().next_id, *moved);
  ROLLCALL_CHECK(applier.run(*plan, fates, settled.groups));
  if (carrying.is_told && fates.are_as_planned()) return success();
  const JobId id = job.id;
  job = JobSummary{.id = id,
                   .format = std::move(job.format),
                   .action = std::move(job.action),
                   .file = std::move(job.file),
                   .sha256 = std::move(job.sha256),
                   .bytes = job.bytes,
                   .dialect = job.dialect};
  if (!has_any(carrying.outputs) && !fates.is_cut_short()) {
    PlanTelling::sum_up(*plan, fates, job);
    return success();
  }
  if (carrying.is_told)
    for (Sink* const sink : carrying.outputs.all())
      if (sink != nullptr) ROLLCALL_CHECK(sink->restart());
  ROLLCALL_CHECK(read_again());
  if (carrying.file != nullptr) ROLLCALL_CHECK(carrying.file->rewind());
  PlanTelling telling{schema,           facts,           carrying.file, fates,
                      carrying.outputs, carrying.limits, carrying.seams};
  ROLLCALL_CHECK(telling.run(*plan, job));
  if (fates.is_cancelled) job.state = JobState::cancelled;
  return success();
}

} // namespace rollcall::job
