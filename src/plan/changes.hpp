// changes.hpp: what a row that stands does: to its own object, to others, and outside the
// directory.
//
// Made a row at a time and only for who asks: a validation that nobody wants a report of makes
// none.
#ifndef ROLLCALL_PLAN_CHANGES_HPP
#define ROLLCALL_PLAN_CHANGES_HPP

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "plan/row_result.hpp"
#include "rollcall/directory.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// A value that a row takes from an object that holds it; that object's field is cleared.
struct Taking {
  std::uint16_t kind = 0;
  const check::Known* holder = nullptr;
  std::uint16_t field = 0;
};

// What a row does.
struct Work {
  std::span<const Change> changes = {}; // the row's own object first
  std::span<const EffectView> effects = {};
};

class Changes {
 public:
  // All outlive it.
  Changes(const schema::CompiledSchema& schema, check::Checker& checker,
          std::pmr::memory_resource& memory);

  // Does the row give its object, which was found, another value? What that hangs on has to be
  // looked up first.
  [[nodiscard]] Result<void> start_own(const check::RowMask& rows);
  [[nodiscard]] bool has_any(std::size_t row);

  // Looks up what the rows of a batch need, and finds the other objects that they change.
  [[nodiscard]] Result<void> start(const check::RowMask& rows);

  // The key of the row's own object: of one that was found, or as the row says it. None if the host
  // gives it, or if it cannot be known. Lives as long as the batch.
  [[nodiscard]] std::optional<std::string_view> own_key(std::size_t row) const;

  // What the row does; `given` is the key of an object to which the host gives one (absent: nobody
  // knows it yet). A row of a range does it for each of its numbers. Lives until the next row.
  [[nodiscard]] Result<Work> make(std::size_t row, std::optional<std::string_view> given,
                                  std::span<const Taking> takings = {});
  // The same for longer, as far as the batch lives.
  [[nodiscard]] static Work keep(const Work& work, std::pmr::memory_resource& memory);

 private:
  // What rows do to an object that is not their own.
  struct Other {
    check::RowMask creates;
    check::RowMask updates;
    std::vector<std::string_view> keys; // by row
    std::vector<const check::Known*> found;
  };
  // The same of one row, or one of its numbers.
  struct Deed {
    bool creates = false;
    std::string_view key = {};
    const check::Known* found = nullptr; // what it updates
  };
  // The key of the row's own object, as far as it is known.
  struct OwnKey {
    std::optional<std::string_view> text = {};
    bool is_given = false; // by the host, once the object is made: the text is a guess
  };
  class Remains;

  [[nodiscard]] std::size_t rows_of() const;
  [[nodiscard]] std::optional<std::string_view> key_of(expr::ProgramId key, std::size_t row) const;
  [[nodiscard]] bool leaves(const schema::CompiledSet& set, std::size_t row) const
  {
    return set.column != schema::none && checker_.frame().leaves(set.column, set.field, row);
  }
  [[nodiscard]] bool is_changed(const schema::CompiledSet& set, std::size_t row,
                                const check::Known& object, const check::Fresh& now) const;
  void add_own(std::size_t row, const OwnKey& key);
  void add_other(std::size_t object, std::size_t row, const Deed& deed, const OwnKey& own_key);
  [[nodiscard]] Deed deed_of(std::size_t other, std::size_t row) const;
  [[nodiscard]] Result<Deed> ask_deed(std::size_t other, std::size_t row);
  [[nodiscard]] Result<void> add_range(std::size_t row);
  void add_field(const schema::CompiledField& field, std::uint16_t number,
                 std::optional<std::string_view> before, const check::Fresh& after,
                 bool is_given_key = false);
  [[nodiscard]] bool is_given_key(expr::ProgramId value, const OwnKey& own_key) const;
  [[nodiscard]] check::Fresh value_of(const schema::CompiledSet& set, std::size_t row,
                                      std::optional<std::string_view> own_key);
  void add_taken(std::span<const Taking> takings);
  void add_effects(std::size_t row, const OwnKey& own_key);
  [[nodiscard]] std::string_view keep(std::string_view text) const;
  void close(Change change, std::size_t first_field);

  const schema::CompiledSchema& schema_;
  check::Checker& checker_;
  mutable std::pmr::monotonic_buffer_resource texts_; // of a range
  bool is_in_range_ = false;
  std::vector<Other> others_;             // of each object but the first
  std::vector<check::RowMask> effective_; // of each effect: the rows that have it
  std::pmr::vector<FieldChange> fields_;
  std::pmr::vector<Change> changes_;
  std::vector<std::size_t> first_fields_; // of each change
  std::pmr::vector<EffectPart> parts_;
  std::vector<std::size_t> first_parts_; // of each effect
  std::pmr::vector<EffectView> effects_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CHANGES_HPP
