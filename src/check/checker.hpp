// checker.hpp: judges a batch of rows as the vendor's page would: cells a column at a time, then
// the objects that rows are about, then the rules of each stage (spec section 3).
//
// It asks the directory a few questions a batch, never one a row, and changes nothing. Claims are
// not its business: they are judged on the whole file.
#ifndef ROLLCALL_CHECK_CHECKER_HPP
#define ROLLCALL_CHECK_CHECKER_HPP

#include <cstddef>
#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "check/batch_frame.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "check/judged_batch.hpp"
#include "check/known_objects.hpp"
#include "check/lookups.hpp"
#include "check/values.hpp"
#include "expr/evaluator.hpp"

namespace rollcall::check {

class Checker {
 public:
  // All but the limits, those that the batches are read with, outlive the checker.
  Checker(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
          const Header& header, const Limits& limits, const Facts& facts, KnownObjects& known,
          std::pmr::memory_resource& memory);

  // Judges these rows, or all. The batch stays as long as what was judged is read.
  [[nodiscard]] Result<void> check(const csv::RowBatch& batch, const RowMask* rows = nullptr);

  // The same in two steps, for rows that act in turn: first all cells, which hang on no other row,
  // then the rows, those of each turn on the state that the turns before it have left.
  [[nodiscard]] Result<void> read(const csv::RowBatch& batch, const RowMask* rows = nullptr);
  [[nodiscard]] Result<void> judge(const RowMask& rows);
  [[nodiscard]] Result<void> judge();

  // A batch of which no row is judged.
  void skip(std::size_t rows)
  {
    batch_ = nullptr;
    start(rows);
    judged_.clear_cells();
  }

  [[nodiscard]] JudgedBatch& judged() noexcept { return judged_; }
  [[nodiscard]] const JudgedBatch& judged() const noexcept { return judged_; }
  // The rows as expressions see them.
  [[nodiscard]] const BatchFrame& frame() const noexcept { return frame_; }
  [[nodiscard]] expr::Evaluator& evaluator() noexcept { return evaluator_; }
  [[nodiscard]] KnownObjects& known() noexcept { return known_; }
  // An object of the directory, as long as the batch lives.
  [[nodiscard]] Known kept_object(std::uint16_t kind, const ObjectView& object)
  {
    return check::kept_object(schema_.kinds[kind], object, judged_, scratch_);
  }
  // How many numbers the row stands for: the size of its range, or 1.
  [[nodiscard]] std::uint64_t numbers(std::size_t row) const;
  // Those of all rows that are looked at, once the cells are read.
  [[nodiscard]] std::uint64_t numbers() const;
  // From now on expressions see a row of a range with this one of its numbers, until the next one;
  // then with the cell as it is again.
  [[nodiscard]] Result<void> stand_for(std::size_t row, std::uint64_t index);
  void stand_for_cells();
  [[nodiscard]] bool is_range(std::size_t row) const noexcept
  {
    return schema_.range_column != schema::none && judged_.cell(schema_.range_column, row).is_range;
  }

  // From now on it is noted for which rows each rule is judged: what was read of their objects is
  // what a plan hangs on.
  void note_reads();
  // Only with note_reads: rows of the batch for which the rule was asked whether it holds.
  [[nodiscard]] bool was_judged(std::size_t rule, std::size_t row) const noexcept
  {
    return judged_for_[rule].has(row);
  }
  [[nodiscard]] const Lookups& lookups() const noexcept { return lookups_; }

  // Looks up what a program needs that no rule has needed, for who evaluates it (sets, effects).
  [[nodiscard]] Result<void> look_up(expr::ProgramId program, const RowMask& rows);

  // A finding about a column and row, for who judges further (claims). Sorted in by `settle`.
  Found& add(std::size_t row, Code code, std::uint16_t column, Severity severity);
  Found& add(std::size_t row, Code code, std::uint16_t column)
  {
    return add(row, code, column, severity(code));
  }
  // The cell as it was typed, for who quotes it; empty of a secret, and if the row has no such
  // cell. Lives as long as the batch.
  [[nodiscard]] std::string_view typed(std::uint16_t column, std::size_t row);
  // Puts what was found in order, and joins what is one finding (spec E19). What may be a secret
  // that has moved is not quoted by then.
  void settle();
  // From now on what may be a secret that has moved counts as never looked at, for who quotes
  // cells: once the rows of the batch are judged.
  void hide_moved_cells();

 private:
  void start(std::size_t rows);

  // check_cells.cpp
  void take_faults(const csv::RowBatch& batch);
  void check_widths(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> check_cells(const csv::RowBatch& batch, std::size_t column);
  template <class Ready>
  void read_cells(const csv::RowBatch& batch, std::size_t column, const Ready& ready);
  template <class Ready, class Cells>
  void read_cells(const csv::RowBatch& batch, std::size_t column, const Ready& ready,
                  const Cells& raw_cells);
  void clear_others(std::size_t column, std::size_t word);
  void take_reading(std::size_t column, std::size_t row, const Reading& reading,
                    std::string_view raw, const csv::RowBatch& batch);
  void add_wanted(Found& found, const ReadyType& type);
  void check_blanks(std::size_t column);
  [[nodiscard]] Result<void> guess_plus(std::size_t column);
  [[nodiscard]] Result<void> restore_plus(std::size_t column);

  // check_lost_zeros.cpp
  class LostZeros;
  [[nodiscard]] Result<void> notice_lost_zeros(std::size_t column);

  // check_objects.cpp
  [[nodiscard]] Result<void> find_objects();
  [[nodiscard]] Result<void> check_references();
  [[nodiscard]] Result<void> check_reference(std::size_t column);
  [[nodiscard]] Result<void> find_named(std::size_t column, std::span<const std::string_view> names,
                                        std::span<const Known*> into);

  // check_rules.cpp
  void note_changes();
  [[nodiscard]] Result<void> judge(schema::Stage stage);
  void drop_unasked();
  [[nodiscard]] Result<void> judge(std::size_t rule);
  void drop(const schema::CompiledRule& rule, std::size_t index, const RowMask& rows);
  void say(const schema::CompiledRule& rule, std::size_t index, const RowMask& rows);
  [[nodiscard]] Result<void> ask(expr::ProgramId condition, const RowMask& among, RowMask& into);

  Found& add_reading(std::size_t row, Finding&& finding);
  [[nodiscard]] bool may_be_secret(std::int32_t cell) const noexcept;

  // check_moved.cpp
  // In a row that lacks cells and is rejected: what stands so far left of a secret that it may be
  // that one. Does a text quote one?
  [[nodiscard]] bool may_have_moved(std::size_t row, std::size_t cell) const noexcept;
  [[nodiscard]] bool may_quote_secret(std::size_t row, std::string_view text);
  void hide_moved();
  [[nodiscard]] bool is_absent(std::size_t column) const noexcept
  {
    return !header_.cell_of[column].has_value();
  }

  const schema::CompiledSchema& schema_;
  std::span<const ReadyColumn> columns_;
  const Header& header_;
  Limits limits_;
  const Facts& facts_;
  KnownObjects& known_;
  const csv::RowBatch* batch_ = nullptr;
  Lookups lookups_;
  JudgedBatch judged_;
  BatchFrame frame_;
  expr::Evaluator evaluator_;
  Scratch scratch_;
  std::string number_;
  std::vector<Holds> holds_;              // of each cell of the header
  bool has_short_ = false;                // a row of the batch lacks cells
  std::vector<schema::ColumnId> watched_; // columns of which rules ask whether they change
  std::vector<RowMask> changed_;          // of each column, if watched
  std::vector<RowMask> judged_for_;       // of each rule, if noted
  RowMask rows_;
  RowMask failed_;
  RowMask asked_;
  std::pmr::vector<std::uint32_t> pending_; // rows whose bare digits the inventory decides on
  std::pmr::vector<std::size_t> plusless_;  // findings of numbers that may lack no more than a plus
  std::pmr::vector<std::uint32_t> begins_;  // of rows, among findings that are put in order
  std::pmr::vector<std::uint32_t> order_;   // of findings
  std::pmr::vector<Found> sorted_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_CHECKER_HPP
