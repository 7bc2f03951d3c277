// rehearsal.hpp: what makes a run come out the same each time: `--seed N` instead of chance, `--now
// TIME` instead of the clock. Every verb takes them; they are for tests, for a seed makes no
// secrets.
#ifndef ROLLCALL_TOOLS_REHEARSAL_HPP
#define ROLLCALL_TOOLS_REHEARSAL_HPP

#include <memory>
#include <string>

#include "rollcall/seams.hpp"

namespace rollcall::tools {

class Rehearsal {
 public:
  // Puts what they ask for into the seams, which this outlives. What is empty was not given.
  [[nodiscard]] Result<void> begin(const std::string& seed, const std::string& now, Seams& seams);

 private:
  std::unique_ptr<Random> random_;
  std::unique_ptr<Clock> clock_;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_REHEARSAL_HPP
