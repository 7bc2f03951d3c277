// later_changes.cpp: the last record that sets the field is the job's own, or somebody else's.
#include "store/later_changes.hpp"

#include "store/history.hpp"

namespace rollcall::store {

Result<void> LaterChanges::start(JobId job, JobId self)
{
  if (job == job_ && self == self_) return success();
  ROLLCALL_TRY(Statement began, database_->prepare("SELECT audit_before FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, began.bind(job).step());
  began_ = seen_ = is_there ? began.natural(0) : 0;
  has_others_ = false;
  job_ = job;
  self_ = self;
  return success();
}

Result<bool> LaterChanges::has_others()
{
  if (has_others_) return true;
  ROLLCALL_TRY(const std::int64_t last, database_->integer_of("SELECT max(id) FROM audit"));
  ROLLCALL_TRY(Statement other,
               database_->prepare("SELECT 1 FROM audit WHERE id > ? AND job != ? AND job != ? "
                                  "LIMIT 1"));
  ROLLCALL_TRY(has_others_, other.bind(seen_).bind(job_).bind(self_).step());
  if (!has_others_) seen_ = static_cast<std::uint64_t>(last);
  return has_others_;
}

Result<void> LaterChanges::find(JobId job, JobId self, std::span<const FieldOfObject> asked,
                                LaterSink& sink)
{
  if (asked.empty()) return success();
  ROLLCALL_CHECK(start(job, self));
  ROLLCALL_TRY(const bool is_to_look, has_others());
  if (!is_to_look) return success();
  ROLLCALL_CHECK(complete_audit_of_object(*database_));
  ROLLCALL_TRY(Statement last,
               database_->prepare(
                   "SELECT a.job FROM audit_of_object o CROSS JOIN audit a ON a.id = o.audit "
                   "WHERE o.kind = ?1 AND o.key = ?2 AND o.audit > ?3 AND a.job != ?4 AND EXISTS ("
                   "SELECT 1 FROM json_each(a.fields) f WHERE f.key = ?5 AND "
                   "json_type(f.value, '$[1]') != 'null') ORDER BY o.audit DESC LIMIT 1"));
  for (std::size_t i = 0; i != asked.size(); ++i) {
    last.bind(asked[i].kind).bind(asked[i].key).bind(began_).bind(self).bind(asked[i].field);
    ROLLCALL_TRY(const bool is_there, last.step());
    if (is_there && last.natural(0) != job) sink.changed(i, last.natural(0));
    last.reset();
  }
  return success();
}

} // namespace rollcall::store
