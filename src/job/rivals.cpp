// rivals.cpp: asks the store for jobs that came of the same one.
#include "job/rivals.hpp"

#include <string>
#include <utility>

#include "job/in_force.hpp"
#include "job/kept_plan.hpp"
#include "job/tries.hpp"

namespace rollcall::job {
namespace {

Finding is_being(std::string_view done, JobId job, JobId by)
{
  Finding made = finding(Code::plan_stale);
  made.facts.push_back(fact(
      "reason",
      the_job(job).append("is being ").append(done).append(" by job ").append(std::to_string(by))));
  return made;
}

} // namespace

Result<std::optional<Finding>> find_rival_undo(const Remembered& kept, JobId job)
{
  ROLLCALL_TRY(const auto undone, kept.store()->job(job));
  if (undone && !has_ended(undone->state)) {
    Finding made = finding(Code::plan_stale);
    made.facts.push_back(fact("reason", the_job(job).append("has not ended, and may do more")));
    return std::optional{std::move(made)};
  }
  ROLLCALL_TRY(const auto other, find_other_undo(*kept.store(), job, kept.id(), Among::all));
  return other ? std::optional{is_being("undone", job, *other)} : std::nullopt;
}

Result<std::optional<Finding>> find_rival_import(const Remembered& kept, std::string_view plan)
{
  const JobRecord& self = kept.record();
  ROLLCALL_TRY(const Tries tries, Tries::find(*kept.store(), self, self.id));
  const JobId of = self.from != 0 ? self.from : tries.first();
  if (const auto other = tries.open_one_beside(plan))
    return std::optional{is_being("imported", of, *other)};
  ROLLCALL_TRY(const auto done, tries.find_done_beside(plan));
  if (!done) return std::optional<Finding>{};
  Finding made = finding(Code::plan_used);
  made.facts.push_back(fact("job", *done));
  made.facts.push_back(fact("reason",
                            "it has imported the same file, and what it has left is for "
                            "a retry of it"));
  return std::optional{std::move(made)};
}

} // namespace rollcall::job
