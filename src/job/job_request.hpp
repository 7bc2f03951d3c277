// job_request.hpp: what a store keeps of a job so that somebody can go on with it: the texts
// JobRecord::request and JobRecord::schema.
#ifndef ROLLCALL_JOB_JOB_REQUEST_HPP
#define ROLLCALL_JOB_JOB_REQUEST_HPP

#include <cstdint>
#include <optional>
#include <string>

#include "rollcall/context.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/plan.hpp"
#include "rollcall/schema.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct JobRequest {
  schema::Schema schema = {};
  Context context = {};
  csv::Dialect dialect = {};
  Limits limits = {};
  bool atomic = false;
  Stale stale = Stale::row;
  bool is_plan_given = false;  // its plan was there before it: what it says is not believed
  bool takes_unsealed = false; // then: that plan is carried out without a seal as well
  std::string path = {};       // of the file that is planned, for its plan
  // The number that the host was expected to give to the first new object of the rows' own kind.
  std::optional<std::uint64_t> first_id = {};
  std::uint64_t groups = 0; // of the plan; 0: not known yet
  friend bool operator==(const JobRequest&, const JobRequest&) = default;
};

// Without its format, which is kept whole and once: another version of rollcall may know another
// one by its name.
[[nodiscard]] Result<std::string> text_of(const JobRequest& request);
[[nodiscard]] Result<std::string> schema_text_of(const JobRequest& request);
[[nodiscard]] Result<JobRequest> request_of(const JobRecord& record);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_JOB_REQUEST_HPP
