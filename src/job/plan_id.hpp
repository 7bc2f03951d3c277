// plan_id.hpp: what names a plan for ever: 128 bits of chance, in hexadecimal.
#ifndef ROLLCALL_JOB_PLAN_ID_HPP
#define ROLLCALL_JOB_PLAN_ID_HPP

#include <string>

#include "base/random_text.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::job {

[[nodiscard]] inline Result<std::string> make_plan_id(Random& random)
{
  std::string id(32, '0');
  ROLLCALL_CHECK(fill_random_text(random, "0123456789abcdef", id));
  return id;
}

} // namespace rollcall::job

#endif // ROLLCALL_JOB_PLAN_ID_HPP
