// claims.hpp: judges who gets what only one may have, on the state that the whole file leads to
// (spec section 4, `reject`).
//
// First every batch is taken, in the order of the file; then `settle` decides; then findings can be
// had for each row. Rows can be told before that as long as nothing has come that depends on rows
// to come (`settle_so_far`), if it is taken back when such a row does come (`has_kept_word`).
// Invariants of the time between:
//   1. Rows that took part passed everything before claims, and are about different objects.
//   2. The first row that wants a value has it, whatever becomes of that row.
//   3. A row stands if each value that it wants is first wanted by it, and held by nobody or only
//      by objects whose own rows stand and give it up.
#ifndef ROLLCALL_PLAN_CLAIMS_HPP
#define ROLLCALL_PLAN_CLAIMS_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "check/checker.hpp"
#include "plan/claim_index.hpp"
#include "plan/claim_sources.hpp"
#include "plan/holders.hpp"
#include "plan/line_book.hpp"
#include "plan/standing.hpp"
#include "plan/touches.hpp"
#include "rollcall/directory.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class Claims {
 public:
  // All outlive it; the key is a fresh one, and the lines are those of all rows that were taken.
  Claims(const schema::CompiledSchema& schema, check::KnownObjects& known, const LineBook& lines,
         const SipKey& key, std::pmr::memory_resource& memory);

  // About how many rows there will be in all, who want as much as those so many that were taken.
  void expect(std::uint64_t rows, std::uint64_t taken);

  // From now on it is told what rows have to do with that are taken: the values that they want,
  // their objects, and those that hold the values. (Of a row that repeats another one's object,
  // only that; it wants nothing.)
  void note_touches(OnTouch on_touch) { on_touch_ = std::move(on_touch); }

  // Takes the rows of a batch that was judged; `first` is the number of its first row.
  [[nodiscard]] Result<void> take(check::Checker& checker, RowNumber first);

  // Decides on the rows of a batch that was just taken as if no other came; false from the first
  // one on that hangs on other rows.
  [[nodiscard]] bool settle_so_far(RowNumber first);
  // At the end: would all rows still be told the same?
  [[nodiscard]] bool has_kept_word() const;

  void settle();

  // ---- When it is settled, perhaps so far ----

  // Does the row lose something that it wants, or repeat another one's object?
  [[nodiscard]] bool has_fallen(RowNumber row) const noexcept { return standing_.has_fallen(row); }
  // Is there anything to say about it?
  [[nodiscard]] bool is_said_of(RowNumber row) const noexcept;
  // Rows that exchange values stand or fall together, as one group: its first row, or 0 if the row
  // is tied to no other.
  [[nodiscard]] RowNumber group_of(RowNumber row) const noexcept { return standing_.group_of(row); }
  [[nodiscard]] bool has_groups() const noexcept { return standing_.has_groups(); }

  // The first row that wants a value.
  [[nodiscard]] std::optional<RowNumber> wanting(std::uint16_t claim, std::string_view value);

  // Says what there is to say of the rows of a batch.
  [[nodiscard]] Result<void> say(check::Checker& checker, RowNumber first);

 private:
  enum class About : std::uint8_t { repeats, duplicate, held };
  // Something that a row may not have.
  struct Loss {
    RowNumber row = 0;
    About about = About::duplicate;
    std::uint16_t source = 0;
    RowNumber other = 0; // the row that has it, or that would have had to give it up; 0: none
  };
  struct Held {
    RowNumber row = 0;
    std::uint16_t source = 0;
    Fingerprint release = {};
    RowNumber told = 0; // what was told as Loss::other before it was settled
  };

  // Rows whose wants are gone through together: few if they are ranges.
  struct Slice {
    check::RowMask rows;
    check::RowMask taking_part; // those of them that passed everything before claims
  };
  struct Said;
  class Sayings;

  [[nodiscard]] Result<void> take_slice(check::Checker& checker, RowNumber first,
                                        const Slice& slice);
  [[nodiscard]] Result<void> take_claim(check::Checker& checker, RowNumber first,
                                        const Slice& slice, std::size_t begin, std::size_t end);
  void note_duplicates(RowNumber first, std::size_t begin, std::size_t end);
  [[nodiscard]] Result<void> add_wants(check::Checker& checker, std::size_t source,
                                       const check::RowMask& rows);
  [[nodiscard]] bool keeps(check::Checker& checker, std::uint16_t claim, std::size_t row,
                           std::string_view value) const;
  [[nodiscard]] bool is_lost(RowNumber row, std::uint16_t source) const noexcept;
  [[nodiscard]] static Fingerprint cell_print(const Fingerprint& value,
                                              std::size_t source) noexcept;
  void take_keys(check::Checker& checker, RowNumber first, check::RowMask& taking_part);
  void take_releases(check::Checker& checker, RowNumber first, const check::RowMask& taking_part);
  void note_failed(check::Checker& checker, RowNumber first);
  template <class Visit>
  void each_given_up(check::Checker& checker, std::size_t row, Visit visit);
  void touch_objects(const check::JudgedBatch& judged, RowNumber first);
  void say_others(check::Checker& checker, RowNumber first, std::span<const Loss> losses,
                  Sayings& sayings) const;
  [[nodiscard]] Result<void> say_held(check::Checker& checker, RowNumber first,
                                      std::span<const Loss> losses, Sayings& sayings);
  [[nodiscard]] Result<void> say_ranges(check::Checker& checker, RowNumber first,
                                        std::span<const Loss> losses, Sayings& sayings);
  [[nodiscard]] Result<void> say_range(check::Checker& checker, RowNumber first, std::size_t source,
                                       const check::RowMask& row, Sayings& sayings);
  void sort_losses(std::size_t begin);

  const schema::CompiledSchema& schema_;
  check::KnownObjects& known_;
  const LineBook& lines_;
  OnTouch on_touch_; // none: nobody asked
  std::pmr::memory_resource* memory_;
  std::vector<ClaimSource> sources_;
  std::pmr::vector<Want> wants_;              // of one claim and slice
  std::pmr::monotonic_buffer_resource texts_; // of theirs
  ClaimIndex wanted_;
  ClaimIndex targets_;  // keys of objects that rows are about
  ClaimIndex releases_; // values that rows give up, joined with their object's key
  ClaimIndex failed_;   // likewise, of rows that failed before claims
  // Where rows that share a value are all told, by cell: who wants it first, and what was told.
  ClaimIndex wanted_in_cell_;
  ClaimIndex shared_;
  std::pmr::vector<Held> held_;
  std::pmr::vector<Loss> losses_; // ordered by row, once settled
  Standing standing_;
  std::size_t held_told_ = 0; // of held_, and of losses_: what was settled so far
  std::size_t losses_told_ = 0;
  bool is_open_ = false; // rows hang on each other
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CLAIMS_HPP
