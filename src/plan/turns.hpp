// turns.hpp: rows that act in turn: each on what the rows before it have left, taking what others
// hold (spec section 4, `take`).
//
// Few rows have to do with each other, so a batch is judged in as few turns as can be: a new one
// begins where a row is about an object, or wants a value, that a row before it in the batch has to
// do with. After each turn its changes are put into an overlay, which is what the next one sees.
//
// Most batches are one turn about what no row before them had to do with. These see the directory
// as it was, and what they do waits in a backlog until somebody has to do with it.
#ifndef ROLLCALL_PLAN_TURNS_HPP
#define ROLLCALL_PLAN_TURNS_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/checker.hpp"
#include "directory/overlay.hpp"
#include "plan/backlog.hpp"
#include "plan/changes.hpp"
#include "plan/claim_index.hpp"
#include "plan/claim_sources.hpp"
#include "plan/contests.hpp"
#include "plan/holders.hpp"
#include "plan/line_book.hpp"
#include "plan/touches.hpp"

namespace rollcall::plan {

class Turns {
 public:
  // All outlive it; the key is a fresh one, and the lines are those of all rows that were judged.
  Turns(const schema::CompiledSchema& schema, check::KnownObjects& known, const LineBook& lines,
        const SipKey& key, const Seams& seams);

  // Before each reading of the file: nothing is done yet. What rows want is remembered.
  [[nodiscard]] Result<void> start();

  // From now on it is told what rows have to do with that are judged: their objects, the values
  // that they give to them, and those that hold the values in the directory.
  void note_touches(OnTouch on_touch) { on_touch_ = std::move(on_touch); }

  // Judges the rows of a batch and does what they do, in the overlay.
  [[nodiscard]] Result<void> judge(check::Checker& checker, Changes& changes,
                                   const csv::RowBatch& batch);

  // What a row of the batch does; nothing if it is rejected.
  [[nodiscard]] const Work& work(std::size_t row) const noexcept { return works_[row]; }

  // Does any value go to several objects, one after the other? All of the rows that want it are
  // told, so those that came first are told in a second reading.
  [[nodiscard]] bool has_contests() const noexcept { return contests_.is_any(); }
  // Tells them, in the batch that was judged.
  void say(check::Checker& checker, RowNumber first);

 private:
  // A value of an object that a row takes.
  struct Take {
    std::size_t want = 0;
    std::uint16_t kind = 0;
    check::Known holder = {};
    std::uint16_t field = 0;
    bool is_protected = false;
  };

  [[nodiscard]] Result<void> find_turns(check::Checker& checker, RowNumber first);
  void find_objects(check::Checker& checker, RowNumber first);
  [[nodiscard]] Result<void> find_wanted(check::Checker& checker, RowNumber first);
  [[nodiscard]] bool is_own_at_sight(const check::JudgedBatch& judged, const Holding& held,
                                     std::size_t row) const noexcept;
  [[nodiscard]] Result<void> catch_up();
  [[nodiscard]] bool is_changed_before(const Fingerprint& object, RowNumber first) const noexcept;
  [[nodiscard]] Result<void> touch_holders(check::Checker& checker, RowNumber first);
  [[nodiscard]] Result<void> act(check::Checker& checker, Changes& changes,
                                 const check::RowMask& turn, RowNumber first);
  [[nodiscard]] Result<void> find_takes(check::Checker& checker, const check::RowMask& standing);
  void judge_takes(check::Checker& checker, check::RowMask& standing);
  void say_takes(check::Checker& checker, std::span<const Take> takes, Code code);
  [[nodiscard]] Result<void> carry_out(check::Checker& checker, Changes& changes,
                                       const check::RowMask& standing, RowNumber first);
  [[nodiscard]] Result<void> carry_out(check::Checker& checker, Changes& changes, std::size_t row,
                                       std::optional<std::uint64_t>& next_id);
  void note_gifts(check::Checker& checker, const check::RowMask& standing, RowNumber first);
  [[nodiscard]] std::optional<std::string_view> given_key(
      check::Checker& checker, std::size_t row, std::optional<std::uint64_t>& next_id) const;
  [[nodiscard]] static bool gives(const ClaimSource& source) noexcept;
  template <class Visit>
  void for_each_gift(check::Checker& checker, const check::RowMask& standing, Visit visit);
  [[nodiscard]] check::RowMask standing_of(const check::JudgedBatch& judged) const;

  const schema::CompiledSchema& schema_;
  check::KnownObjects& known_;
  const LineBook& lines_;
  Seams seams_;
  std::vector<ClaimSource> sources_;
  bool is_row_by_row_ = false; // rows may hang on each other in ways that cannot be seen beforehand
  bool may_be_spelled_ = false;              // references may make other values of what rows want
  std::vector<std::uint16_t> changed_kinds_; // that expressions or references ask about
  bool may_wait_ = false;                    // what rows do, as long as nobody asks
  OnTouch on_touch_;                         // none: nobody asked
  std::optional<directory::Overlay> state_;
  Backlog backlog_; // what is not in the overlay yet

  ClaimIndex keys_;   // of the objects that rows are about: the first such row
  ClaimIndex givers_; // values that rows give to their objects: the first such row
  ClaimIndex losers_; // of objects that something is taken from: the first row that does
  std::pmr::vector<std::uint64_t> objects_; // of each row: the print of its object
  Contests contests_;                       // of the rows that were noted: those before this one
  RowNumber noted_ = 0;

  // Of the batch:
  Touches touches_;
  std::pmr::vector<Fingerprint> prints_;   // of what cells give, by source and row
  std::pmr::vector<std::uint8_t> holders_; // of each value that is wanted, as far as they count
  check::RowMask takes_from_others_;       // rows that want what another object holds,
  bool is_foreseen_ = false;               // if that is so still when they act
  bool hangs_ = false;                     // on rows of batches before it
  bool waits_ = false;                     // its work goes to the backlog
  std::pmr::monotonic_buffer_resource kept_;
  std::pmr::vector<Work> works_; // by row
  std::pmr::vector<Want> wants_; // of the turn
  std::pmr::vector<Take> takes_; // likewise, by row
  std::pmr::vector<Taking> takings_;
  std::pmr::vector<Group> groups_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_TURNS_HPP
