// preconditions.hpp: is the directory still as it was when the plan was made, as far as a group
// hangs on it?
//
//   questions.add(group);            // of each group of a batch
//   ROLLCALL_CHECK(questions.ask()); // one question a kind and field
//   if (auto stale = questions.check(group)) ...
//
// What a group hangs on: the objects that it changes are there as they were, those that it creates
// are not, what its rows have read is the same, and values that only one may hold are free, or held
// by whom the group takes them from.
//
// Who applies asks about a group when those that it hangs on are applied. Who only looks asks about
// all of them, and what an earlier group changes is left to that one: if it fits, it will be so.
#ifndef ROLLCALL_APPLY_PRECONDITIONS_HPP
#define ROLLCALL_APPLY_PRECONDITIONS_HPP

#include <cstdint>
#include <map>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "apply/conflicts.hpp"
#include "apply/planned_group.hpp"
#include "apply/rooms.hpp"
#include "base/siphash.hpp"
#include "check/facts.hpp"
#include "directory/compared.hpp"
#include "expr/evaluator.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_store.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

class Preconditions {
 public:
  // All outlive it; the key is a fresh one.
  Preconditions(const schema::CompiledSchema& schema, const check::Facts& facts,
                Directory& directory, const SipKey& key, std::pmr::memory_resource& memory);

  // Does the group hang on what one that was added before it changes? Then that one is applied
  // first, and questions begin anew.
  [[nodiscard]] bool hangs_on_others(const PlannedGroup& group) const;
  // Groups live until `clear`.
  void add(const PlannedGroup& group);
  // The same of one about which nothing is asked.
  void note_changes(const PlannedGroup& group);
  [[nodiscard]] Result<void> ask();
  // What is not as it was.
  [[nodiscard]] std::optional<Finding> check(const PlannedGroup& group);
  void clear();

  // Where no store knows which plans were used: the next id is not the planned one, so somebody has
  // made objects since. New ones that hold no value that only one may hold cannot be told from
  // those that the plan would make.
  void has_moved(std::uint64_t planned, std::uint64_t now)
  {
    planned_id_ = std::to_string(planned);
    next_id_ = std::to_string(now);
  }

  // The plan is one of an undo of `job`: what is not as that left it was changed by somebody since.
  // Of secrets the store tells, if there is one; `self` is the undo.
  void undoes(JobStore* store, JobId job, JobId self) noexcept
  {
    undoes_ = true;
    store_ = store;
    undone_ = job;
    self_ = self;
  }

  // For who only looks, at groups in their order.
  void foresee() noexcept { foresees_ = true; }

 private:
  using Texts = std::pmr::unordered_map<std::string_view, std::uint32_t, KeyedHash>;
  // An object as the directory showed it.
  struct Shown {
    std::string_view key = {};
    std::span<const std::optional<std::string_view>> fields = {};
    std::uint32_t next = 0; // another one with the same value; 0: none
  };
  // All values that were asked for of a kind by one field.
  struct Question {
    schema::FieldRef by;
    Texts number_of;
    std::pmr::vector<std::string_view> values;
    std::pmr::vector<std::uint32_t> first; // of each value: in shown_, counted from 1; 0: none
  };
  class Taking;
  // A secret that a job has set, and the job that has set it anew.
  struct Left {
    KindId kind = 0;
    FieldId field = 0;
    std::string_view key = {};
    friend auto operator<=>(const Left&, const Left&) = default; // NOLINT: `< 0` is meant
  };

  Question& question(schema::FieldRef by);
  void add_question(schema::FieldRef by, std::string_view value);
  [[nodiscard]] const Shown* find(schema::FieldRef by, std::string_view value);
  template <class Visit>
  void each_wanted(const Change& change, Visit visit) const;
  [[nodiscard]] bool is_sought(KindId kind, FieldId field) const noexcept;
  [[nodiscard]] std::uint64_t print(KindId kind, FieldId field, std::string_view value) const;

  // Of what an earlier group of the plan does, for who looks.
  void note_foreseen(const PlannedGroup& group);
  void foresee(std::uint64_t print);
  [[nodiscard]] bool is_foreseen(std::uint64_t print) const;
  [[nodiscard]] std::uint64_t print_of_life(KindId kind, std::string_view key) const;
  [[nodiscard]] std::uint64_t print_of_field(KindId kind, FieldId field,
                                             std::string_view key) const;
  [[nodiscard]] bool is_made_or_gone(KindId kind, std::string_view key) const;
  [[nodiscard]] bool is_changed(KindId kind, FieldId field, std::string_view key) const;
  [[nodiscard]] bool is_foreseen(const schema::CompiledHolder& holder, const Shown& shown) const;
  [[nodiscard]] bool is_moved(schema::FieldRef by, std::string_view value) const;

  void check(const Change& change, Conflicts& found);
  void check(const Change& change, FieldId field, std::optional<std::string_view> before,
             const Shown& shown, Conflicts& found) const;
  void check_others(const Change& change, const Shown& shown, Conflicts& found) const;
  void check(const plan::Read& read, Conflicts& found);
  void check_fields(const plan::Read& read, const Shown& shown, Conflicts& found) const;
  void check_claims(const PlannedGroup& group, const Change& change, Conflicts& found);
  [[nodiscard]] const Shown* next(const Shown& shown) const noexcept;
  [[nodiscard]] bool holds(const schema::CompiledHolder& holder, const Shown& shown);
  [[nodiscard]] bool holds_already(const Change& wants, std::string_view value,
                                   const schema::CompiledClaim& claim);
  [[nodiscard]] bool is_given_up(const PlannedGroup& group, const Change& wants,
                                 const schema::CompiledHolder& holder, const Shown& shown) const;
  void add_left(const PlannedGroup& group);
  [[nodiscard]] Result<void> ask_left();
  void check_left(const Left& secret, Conflicts& found) const;
  void index(const PlannedGroup& group);
  template <class Visit>
  void each_change_of(const PlannedGroup& group, KindId kind, std::string_view key,
                      Visit visit) const;
  [[nodiscard]] Finding stale(KindId kind, FieldId field, std::string_view key,
                              std::optional<std::string_view> planned,
                              std::optional<std::string_view> now) const;
  [[nodiscard]] Finding stale(std::string_view field, std::string_view key,
                              std::string_view planned, std::string_view now) const;

  const schema::CompiledSchema& schema_;
  const check::Facts& facts_;
  Directory& directory_;
  SipKey key_;
  std::pmr::memory_resource* memory_;
  std::vector<std::vector<std::vector<std::uint16_t>>> claims_of_; // of each kind and field
  std::vector<std::vector<bool>> sought_; // of each kind: fields that are asked by
  expr::Evaluator evaluator_;
  mutable directory::Compared compared_;
  std::pmr::monotonic_buffer_resource texts_;
  std::vector<Question> questions_;
  std::pmr::vector<Shown> shown_;
  // Those of the group at hand, by print of their object, if it is a large one.
  std::pmr::unordered_multimap<std::uint64_t, const Change*> of_group_;
  std::pmr::unordered_set<std::uint64_t> changed_; // prints of what groups change
  // The same for who looks, with the first group that does; and the group at hand.
  std::pmr::unordered_map<std::uint64_t, std::uint64_t> foreseen_;
  std::uint64_t group_ = 0;
  Rooms rooms_;
  bool foresees_ = false;
  bool undoes_ = false;
  JobStore* store_ = nullptr;
  JobId undone_ = 0, self_ = 0;
  std::vector<Left> left_; // of the groups that were added; they own the keys
  std::map<Left, JobId> set_anew_;
  std::string planned_id_, next_id_; // empty: as planned
};

// The values that a change gives to claims.
template <class Visit>
void Preconditions::each_wanted(const Change& change, Visit visit) const
{
  for (const FieldChange& field : change.fields) {
    if (!field.after || field.is_given_key) continue;
    for (const std::uint16_t claim : claims_of_[change.kind][field.field])
      visit(*field.after, schema_.claims[claim]);
  }
}

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_PRECONDITIONS_HPP
