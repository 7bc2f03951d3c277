// Trials: a workload is attempted again and again, each attempt with its fault, until one may end
// in peace; then everything must be as if there had been no fault.
#ifndef ROLLCALL_TESTS_TORTURE_TRIAL_HPP
#define ROLLCALL_TESTS_TORTURE_TRIAL_HPP

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "torture/attempt.hpp"
#include "torture/fault.hpp"
#include "torture/workload.hpp"

namespace rollcall::torture {

// All that a job leaves behind, by what it is.
using Outcome = std::map<std::string, std::string>;

// Asked of a host outside: how many groups it has done.
inline constexpr const char* done_outside = "SELECT count(*) FROM exception WHERE fate <> 'failed'";

// What became of a trial.
struct Verdict {
  std::string wrong = {};        // empty: nothing
  std::uint64_t struck = 0;      // faults that came about
  std::uint64_t begun_again = 0; // jobs that broke off before their file was kept
  std::map<std::string, std::uint64_t> errors = {}; // by slug: what faults came to
  Faults faults = {}; // that say the same again: kills at a time are kills at a point
};

// A workload that is ready for trials.
class Stage {
 public:
  // `folder` is there and empty. Fails if the undisturbed run does. `of_stopped` is for an attempt
  // that is stopped while another one takes over.
  Stage(Workload workload, std::string folder, Shared& shared, Shared& of_stopped);
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage();

  [[nodiscard]] const std::string& wrong() const noexcept { return wrong_; } // of that run
  [[nodiscard]] const Workload& workload() const noexcept { return workload_; }
  // Points that it passes, by their names.
  [[nodiscard]] const std::vector<const char*>& points() const noexcept { return points_; }
  [[nodiscard]] std::uint64_t microseconds() const noexcept { return microseconds_; }
  // How many calls such a fault could strike.
  [[nodiscard]] std::uint64_t fallible(Fault::Kind kind);
  // And how many of them come before anything is applied.
  [[nodiscard]] std::uint64_t fallible_before_begin(Fault::Kind kind);

  [[nodiscard]] Verdict run(const Faults& faults);

 private:
  [[nodiscard]] std::string begin(); // a folder with what is there before the first attempt
  // What was wrong with it, if anything.
  [[nodiscard]] std::string attempt_once(const Fault& fault);
  [[nodiscard]] std::string judge(const Fault& fault, int status, bool took_over) const;
  [[nodiscard]] std::string wake();
  [[nodiscard]] std::string look();
  [[nodiscard]] std::string look_at_fetched();
  [[nodiscard]] Result<Outcome> outcome();
  [[nodiscard]] std::string compare_with_host();

  Workload workload_;
  std::string folder_;
  Folder work_;
  Shared& shared_;
  Shared& of_stopped_;
  Shared* at_; // of the attempt that was the last
  pid_t stopped_ = 0;
  std::string wrong_;
  std::vector<std::string> made_before_; // secrets
  std::uint64_t done_before_ = 0;        // by a host outside
  Outcome undisturbed_;
  std::vector<const char*> points_;
  std::uint64_t microseconds_ = 0;
  std::map<Fault::Kind, std::pair<std::uint64_t, std::uint64_t>> fallible_;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_TRIAL_HPP
