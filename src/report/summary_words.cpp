// summary_words.cpp: what was only tried is said as what would be.
#include "report/summary_words.hpp"

#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

bool is_undo(const JobSummary& job)
{
  return job.undoes != 0 || job.action == "undo";
}

// An undo that has no number was only planned: one that is done is a job of a store.
bool is_dry(const JobSummary& job)
{
  return job.action == "validate" || job.action == "plan" || (is_undo(job) && job.id == 0);
}

// What came of all rows, of some, of none.
struct Verdicts {
  std::string_view all = {}, some = {}, none = {};
};

Verdicts verdicts_of(const JobSummary& job)
{
  if (is_undo(job) && is_dry(job))
    return {"can be taken back", "can be taken back in part", "nothing of it can be taken back"};
  if (is_undo(job)) return {"taken back", "taken back in part", "nothing of it was taken back"};
  if (is_dry(job))
    return {"can be imported", "can be imported in part", "nothing of it can be imported"};
  return {"imported", "imported in part", "nothing of it was imported"};
}

} // namespace

bool is_about_rows(const JobSummary& job)
{
  if (is_undo(job)) return false;
  return is_dry(job) || job.action == "execute" || job.action == "apply";
}

bool is_nothing_done(const JobSummary& job)
{
  return job.rows == 0 && (job.state == JobState::cancelled || job.state == JobState::failed);
}

std::string_view headline(Refusal refusal)
{
  if (refusal == Refusal::actor) return "not allowed";
  if (refusal == Refusal::stale) return "refused, nothing of it was done";
  return "refused, no row was looked at";
}

std::string why_refused(const std::vector<Finding>& findings)
{
  std::string lines;
  for (const Finding& each : findings)
    lines.append("  ").append(slug(each)).append(": ").append(render_message(each)).append("\n");
  return lines;
}

std::string_view headline(const JobSummary& job)
{
  if (job.refusal != Refusal::none) return headline(job.refusal);
  if (!is_about_rows(job) && !is_undo(job))
    return job.state == JobState::succeeded   ? "done"
           : job.state == JobState::cancelled ? "stopped before its end"
                                              : "failed";
  if (is_nothing_done(job))
    return job.state == JobState::cancelled ? "stopped before anything was done"
                                            : "nothing was done";
  if (job.rows == 0) return "there is no row in it";
  if (job.rows == job.unchanged) return "nothing to change";
  switch (job.state) {
    case JobState::succeeded:
      return verdicts_of(job).all;
    case JobState::partial:
      return verdicts_of(job).some;
    case JobState::cancelled:
      return "stopped before its end";
    case JobState::interrupted:
      return "broke off, and can be resumed";
    case JobState::queued:
      return "waits";
    case JobState::running:
      return "is being done";
    case JobState::failed:
      break;
  }
  return verdicts_of(job).none;
}

Tone tone_of(const JobSummary& job) noexcept
{
  if (job.refusal != Refusal::none || job.state == JobState::failed) return Tone::bad;
  return job.state == JobState::partial ? Tone::warning : Tone::good;
}

std::string rows_in_words(std::uint64_t rows, std::uint64_t blank_rows)
{
  std::string words = grouped(rows) + (rows == 1 ? " row" : " rows");
  if (blank_rows != 0)
    words += " and " + grouped(blank_rows) + (blank_rows == 1 ? " blank one" : " blank ones");
  return words;
}

std::array<CountInWords, 8> counts_in_words(const JobSummary& job)
{
  const bool dry = is_dry(job);
  if (is_undo(job))
    return {{{job.updated, dry ? "would be taken back" : "taken back"},
             {job.created, dry ? "would be made again" : "made again"},
             {job.unchanged, "of which nothing can be taken back"},
             {job.rejected, "rejected"},
             {job.withheld, dry ? "would be withheld" : "withheld"},
             {job.stale, dry ? "would be kept: changed since" : "kept: changed since"},
             {job.failed, "refused by the phone system"},
             {job.unknown, "without an answer of the phone system"}}};
  return {{{job.created, dry ? "would be created" : "created"},
           {job.updated, dry ? "would be updated" : "updated"},
           {job.unchanged, "unchanged"},
           {job.rejected, "rejected"},
           {job.withheld, dry ? "would be withheld" : "withheld"},
           {job.stale, "changed by somebody else meanwhile"},
           {job.failed, "refused by the phone system"},
           {job.unknown, "without an answer of the phone system"}}};
}

} // namespace rollcall::report
