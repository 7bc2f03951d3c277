// What a torture trial works at: a verb, a format, a made-up host and a made-up file for it, all
// known by one name.
//
// "sqlite/execute/clusterpbx/7/40": where the objects are, what is done, the format, the seed, and
// how many rows; 0 rows are a file of a few that get into each other's way.
#ifndef ROLLCALL_TESTS_TORTURE_WORKLOAD_HPP
#define ROLLCALL_TESTS_TORTURE_WORKLOAD_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rollcall/context.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::torture {

enum class Verb : std::uint8_t {
  execute,
  atomic,       // the same, all or nothing
  apply,        // a plan that was kept
  unsealed,     // one that another store, or nobody, has made
  stale_row,    // one of which some rows no longer fit
  stale_refuse, // and which is refused for that
  validate,
  plan,
  undo,        // of a job that was executed
  undo_edited, // of whose objects somebody has changed some
  undo_again,  // an undo is undone
  retry,       // of a job that was stopped
  execute_job, // of a validation
  cancel,      // of a job that broke off, which is resumed to its end then
  export_,
  init,        // a store is made with its objects, and gets the indexes of the format
  purge,       // of a job that was executed
  expire,      // of all jobs
  fetch,       // of secrets that were made
  effects_done // each that waits is given its secrets, and done
};

struct Workload {
  std::string name = {};
  bool is_outside = false; // objects are kept by a host outside of the store
  Verb verb = Verb::execute;
  std::uint32_t seed = 0;
  schema::Schema schema = {};
  std::string directory = {}; // directory.json
  std::string file = {};
  Context context = {};

  [[nodiscard]] bool applies_a_plan() const noexcept
  {
    return verb == Verb::apply || verb == Verb::unsealed || is_stale();
  }
  // How many jobs there are before it is begun: it is about the last of them.
  [[nodiscard]] std::uint64_t jobs_before() const noexcept
  {
    if (verb == Verb::undo_again) return 2;
    const bool follows = undoes() || verb == Verb::retry || verb == Verb::execute_job ||
                         verb == Verb::cancel || is_service();
    return follows ? 1 : 0;
  }
  // Something is done with a job that has ended, and no other job is begun.
  [[nodiscard]] bool is_service() const noexcept
  {
    return verb == Verb::purge || verb == Verb::expire || verb == Verb::fetch ||
           verb == Verb::effects_done;
  }
  [[nodiscard]] bool undoes() const noexcept
  {
    return verb == Verb::undo || verb == Verb::undo_edited || verb == Verb::undo_again;
  }
  [[nodiscard]] bool is_stale() const noexcept
  {
    return verb == Verb::stale_row || verb == Verb::stale_refuse;
  }
  // The file with its first rows only: executed between plan and apply, it makes the plan stale.
  [[nodiscard]] std::string first_rows() const;
};

// Nothing if no workload has this name.
[[nodiscard]] std::optional<Workload> workload(std::string_view name);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_WORKLOAD_HPP
