// retry.cpp: what is read again of a job's file, and with what.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "job/export_again.hpp"
#include "job/import_job.hpp"
#include "job/kept_plan.hpp"
#include "job/remaining_rows.hpp"
#include "rollcall/follow_up.hpp"

namespace rollcall {
namespace {

using job::JournalSeen;
using job::RowState;
using plan::RowNumber;

// Which groups the host has not done, of those of which nobody knew.
class Probed final : public AnswerSink {
 public:
  explicit Probed(std::size_t asked) : is_undone_(asked, false) {}
  void answer(std::size_t group, Answer answer, std::span<const std::string_view> /*keys*/,
              std::string_view /*why*/) override
  {
    if (group < is_undone_.size()) is_undone_[group] = answer == Answer::refused;
  }
  [[nodiscard]] bool is_undone(std::size_t group) const { return is_undone_[group]; }

 private:
  std::vector<bool> is_undone_;
};

Result<void> probe_unknown(Directory& directory, JournalSeen& journal)
{
  std::vector<JournalSeen::Exception*> unknown;
  for (auto& [row, exception] : journal.exceptions)
    if (exception.fate == Fate::unknown) unknown.push_back(&exception);
  if (unknown.empty()) return success();
  std::sort(unknown.begin(), unknown.end(),
            [](const auto* left, const auto* right) { return left->operation < right->operation; });
  std::vector<std::string_view> operations;
  for (const JournalSeen::Exception* const each : unknown) operations.emplace_back(each->operation);
  Probed probed{operations.size()};
  ROLLCALL_CHECK(directory.probe(operations, probed));
  for (std::size_t i = 0; i != unknown.size(); ++i)
    if (probed.is_undone(i)) unknown[i]->fate = Fate::failed;
  return success();
}

// An import, a validation, an export, or none of these.
enum class Kind : std::uint8_t { import, validation, exports };

// Whoever wants the file of an export can fetch it from the store.
class Nowhere final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { return success(); }
};

Error was_undo(const JobRecord& record)
{
  return Error{ErrorCode::wrong_use,
               job::the_job(record.id).append("was an undo: undo job " +
                                              std::to_string(record.from) + " again")};
}

// The plan of an undo that somebody has kept is carried out as any other.
Result<bool> carried_out_undo(JobStore& store, const JobRecord& record, const Seams& seams)
{
  if (record.summary.action != "apply" || record.from == 0) return false;
  auto plan = store.read_artifact(record.id, "plan");
  if (!plan.has_value() && plan.assume_error().code() == ErrorCode::not_found) return false;
  ROLLCALL_TRY(const auto source, std::move(plan));
  ROLLCALL_TRY(const auto reader, plan::PlanReader::open(*source, seams.memory));
  return reader.header().undoes.has_value();
}

Result<Kind> kind_of(const JobRecord& record)
{
  const std::string& action = record.summary.action;
  const auto wrong = [&](std::string_view why) {
    return Error{ErrorCode::wrong_use, job::the_job(record.id).append(why)};
  };
  if (action == "undo") return was_undo(record);
  const bool is_import = action == "execute" || action == "apply";
  const bool exports = action == "export";
  if (!is_import && !exports && action != "validate" && action != "plan")
    return wrong("read no file: there is nothing to read again");
  if (record.state == JobState::queued || record.state == JobState::running ||
      record.state == JobState::interrupted)
    return wrong("has not ended: resume it first");
  if (exports) return Kind::exports;
  return is_import ? Kind::import : Kind::validation;
}

// A job of the store that is tried again.
struct Retry {
  JobStore& store;
  const JobRecord& record;
  const schema::CompiledSchema& compiled;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;

  [[nodiscard]] Result<JobSummary> run(Kind kind);
  [[nodiscard]] Result<JobSummary> import(Source& source, std::string_view action,
                                          const csv::Dialect& dialect,
                                          const job::JobRequest& request);
  [[nodiscard]] Result<JobSummary> export_all();
};

Result<JobSummary> Retry::run(Kind kind)
{
  if (kind == Kind::exports) return export_all();
  auto kept = store.read_artifact(record.id, "source");
  if (!kept.has_value() && kept.assume_error().code() == ErrorCode::not_found)
    return Error{ErrorCode::not_found, "the file of job " + std::to_string(record.id) +
                                           " is not in the store: it was removed, or never kept"};
  ROLLCALL_TRY(const auto source, std::move(kept));
  ROLLCALL_TRY(const job::JobRequest request, job::request_of(record));
  if (kind == Kind::validation)
    return import(*source, record.summary.action, request.dialect, request);
  ROLLCALL_TRY(JournalSeen journal, JournalSeen::read(store, record.id));
  ROLLCALL_TRY(const auto plan, job::plan_of(store, record.id, journal));
  if (plan == nullptr) return import(*source, "execute", request.dialect, request); // all of it
  ROLLCALL_CHECK(probe_unknown(directory, journal));
  csv::Dialect dialect;
  {
    ROLLCALL_TRY(const auto reader, plan::PlanReader::open(*plan, seams.memory));
    dialect = reader.header().dialect; // fewer rows might look like those of another
  }
  ROLLCALL_CHECK(plan->rewind());
  ROLLCALL_TRY(const job::RowStates states,
               job::read_states(*plan, journal, compiled, *seams.memory));
  ROLLCALL_TRY(auto rows,
               job::RemainingRows::open(*source, dialect, request.limits, states, *seams.memory));
  if (rows.rows() == 0)
    return Error{ErrorCode::wrong_use,
                 job::the_job(record.id).append("has no rows left that were not applied")};
  return import(rows, "execute", dialect, request);
}

Result<JobSummary> Retry::import(Source& source, std::string_view action,
                                 const csv::Dialect& dialect, const job::JobRequest& request)
{
  Context as = context;
  if (as.options.empty()) as.options = request.context.options;
  const JobOptions how{.dialect = dialect,
                       .limits = request.limits,
                       .atomic = request.atomic,
                       .threads = options.threads,
                       .file_name = record.summary.file,
                       .spool_folder = options.spool_folder,
                       .store = &store,
                       .watcher = options.watcher};
  return job::import_file({.schema = request.schema,
                           .source = source,
                           .directory = directory,
                           .action = action,
                           .context = as,
                           .options = how,
                           .outputs = outputs,
                           .seams = seams,
                           .from = record.id});
}

Result<JobSummary> Retry::export_all()
{
  if (outputs.report != nullptr || outputs.error_rows != nullptr || outputs.error_log != nullptr ||
      outputs.findings != nullptr)
    return Error{ErrorCode::wrong_use, "an export has a result, and no other output"};
  Nowhere nowhere;
  Sink& sink = outputs.result != nullptr ? *outputs.result : static_cast<Sink&>(nowhere);
  const ExportOptions how{.store = &store, .file_name = record.summary.file};
  return job::export_again(compiled, directory, context, sink, seams, how, record.id);
}

} // namespace

Result<JobSummary> retry(JobStore& store, JobId id, const schema::Schema& schema,
                         Directory& directory, const Context& context, const ApplyOptions& options,
                         const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    ROLLCALL_TRY(const JobRecord record, job::find_job(store, id, schema));
    const auto right =
        record.summary.action == "export" ? schema::Action::export_ : schema::Action::execute;
    ROLLCALL_TRY(auto refusal, job::refuse_actor(compiled, directory, context, right, "retry",
                                                 outputs, key, seams));
    if (refusal) return job::Remembered{}.finish(std::move(*refusal), {.outputs = outputs});
    ROLLCALL_TRY(const Kind kind, kind_of(record));
    ROLLCALL_TRY(const bool is_undo, carried_out_undo(store, record, seams));
    if (is_undo) return was_undo(record);
    Retry again{store, record, compiled, directory, context, options, outputs, seams};
    return again.run(kind);
  });
}

} // namespace rollcall
