// not_yet.hpp: what a schema may ask for and jobs cannot do yet: better no job than one that leaves
// it out.
#ifndef ROLLCALL_JOB_NOT_YET_HPP
#define ROLLCALL_JOB_NOT_YET_HPP

#include <string_view>

#include "rollcall/schema.hpp"

namespace rollcall::job {

// "pools of extensions"; empty if all of it can be done.
[[nodiscard]] std::string_view not_yet_done(const schema::Schema& schema);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_NOT_YET_HPP
