// mending.hpp: the fixes of a batch of rows, made until nothing is left to make.
//
//   Mending mending{how, checker, messages, memory};
//   ROLLCALL_CHECK(mending.mend(batch));
//   for (const MendedRow& row : mending.rows()) ...  // in the order of the file
//
// A row that was mended is judged again, as the file would be read then: what is written well may
// still be a name that is nearly one that there is. So a file that was mended has nothing left to
// mend, whatever its format.
#ifndef ROLLCALL_JOB_MENDING_HPP
#define ROLLCALL_JOB_MENDING_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "report/message.hpp"

namespace rollcall::job {

struct FixStep {
  std::size_t cell = 0;
  std::string before = {}, after = {}; // as values; what had its quotes wrong, as it stood
  std::string rule = {};
  bool is_certain = true;
};

struct MendedRow {
  std::size_t row = 0;                 // in the batch
  std::vector<std::string> cells = {}; // as they are to stand in the file, decoded
  std::vector<bool> is_mended = {};    // of each
  std::vector<FixStep> steps = {};     // by cell, and of a cell in their order
};

// How a row that was mended stands in the file, without its line end.
[[nodiscard]] std::string text_of(const MendedRow& row, const csv::Dialect& dialect);

struct MendHow {
  const schema::CompiledSchema& schema;
  const check::Header& header;
  std::string_view header_text; // the header row as it is to stand in the file, decoded
  csv::Dialect dialect;         // of the file, as settled
  Limits limits = {};
  bool unsafe = false; // guesses, too
};

class Mending {
 public:
  struct Counts {
    std::uint64_t guesses_left = 0;
    std::uint64_t unwritable = 0;
    std::uint64_t bad_before = 0, bad_after = 0; // rows
  };

  // All that is referred to outlives it.
  Mending(const MendHow& how, check::Checker& checker, const report::Messages& messages,
          std::pmr::memory_resource& memory)
      : how_{how}, checker_{checker}, messages_{messages}, memory_{&memory}
  {
  }

  [[nodiscard]] Result<void> mend(const csv::RowBatch& batch);
  // Those of the last batch that are mended.
  [[nodiscard]] std::span<const MendedRow> rows() const noexcept { return rows_; }
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  struct Offer {
    FixStep step = {};
    std::string text = {}; // the cell as it is to stand in the file
  };

  // Calls `visit(row, found)` for each row of the batch of which something was found.
  template <class Visit>
  void for_each_row(Visit visit) const;
  [[nodiscard]] std::optional<Offer> offer_of(const check::Found& found) const;
  [[nodiscard]] bool is_one_place(std::int32_t cell) const noexcept;
  [[nodiscard]] std::vector<Offer> choose(std::span<const check::Found> found,
                                          std::span<const std::string> cells);
  static void make(std::span<const Offer> chosen, MendedRow& row);
  [[nodiscard]] Result<void> judge_again(std::vector<std::size_t>& open);

  MendHow how_;
  check::Checker& checker_;
  const report::Messages& messages_;
  std::pmr::memory_resource* memory_;
  std::vector<MendedRow> rows_;
  Counts counts_;
};

// A cell as it would stand in the file if it had this value; none if it cannot be written there.
[[nodiscard]] std::optional<std::string> writable_cell(std::string_view cell,
                                                       std::string_view value,
                                                       const csv::Dialect& dialect);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_MENDING_HPP
