// inverse.hpp: what a row has done, the other way round: the row of an undo.
//
// Each change is guarded by what the row wrote: what was created is deleted if all of its fields
// are still as it was created, what was updated is given back what it had if it still has what it
// got. What cannot be brought back is left out, and said.
#ifndef ROLLCALL_PLAN_INVERSE_HPP
#define ROLLCALL_PLAN_INVERSE_HPP

#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/facts.hpp"
#include "plan/plan_row.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// What a field has once the change was made; of a secret, that there is one.
[[nodiscard]] std::optional<std::string_view> left_by(const FieldChange& field);

class Inverse {
 public:
  // All outlive it. The facts have been read and checked.
  Inverse(const schema::CompiledSchema& schema, check::Facts& facts,
          std::pmr::memory_resource& memory)
      : schema_{schema}, facts_{facts}, texts_{&memory}
  {
  }

  // Of a row that was applied, with the keys that its objects have. Number, group and whether it is
  // the last of that are the caller's. `waiting` are those of its effects that nobody has done yet.
  // One that is in force `again` was taken back before, and then made anew: without the secrets
  // that went. Lives until the next one, and no longer than `done`.
  [[nodiscard]] Result<PlanRow> of(const PlanRow& done, std::span<const std::string> waiting,
                                   bool is_again);

 private:
  [[nodiscard]] Result<void> add(const Change& done);
  // What a field has now, if nobody has touched it since.
  [[nodiscard]] std::optional<std::string_view> left(const Change& done,
                                                     const FieldChange& field) const;
  void give_back(const Change& done);
  void delete_created(const Change& done);
  [[nodiscard]] Result<void> retire_created(const Change& done);
  void create_deleted(const Change& done);
  void close(Change change, std::vector<FieldChange>&& fields);
  [[nodiscard]] Result<std::optional<std::string_view>> value_of(const schema::CompiledSet& set);
  void take_effects(const PlanRow& done, std::span<const std::string> waiting);
  void say_lost(const PlanRow& done);

  const schema::CompiledSchema& schema_;
  check::Facts& facts_;
  std::pmr::monotonic_buffer_resource texts_; // of the row
  std::vector<Change> changes_;
  std::vector<Read> reads_;
  std::vector<Finding> findings_;
  std::vector<std::string_view> withdraws_;
  bool is_again_ = false;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_INVERSE_HPP
