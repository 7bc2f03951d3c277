// checker.hpp: judges a batch of rows column by column, against the schema and the directory.
#ifndef ROLLCALL_CHECK_CHECKER_HPP
#define ROLLCALL_CHECK_CHECKER_HPP

#include <cstddef>
#include <string>

#include "check/header.hpp"
#include "check/judged_batch.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::check {

class Checker {
 public:
  // All but the limits, those that the batches were read with, outlive the checker.
  Checker(const schema::CompiledSchema& schema, const Header& header, const Limits& limits,
          Directory& directory) noexcept
      : schema_{schema}, header_{header}, limits_{limits}, directory_{directory}
  {
  }

  [[nodiscard]] Result<void> check(const csv::RowBatch& batch, JudgedBatch& judged);

 private:
  void take_faults(const csv::RowBatch& batch, JudgedBatch& judged);
  void check_widths(const csv::RowBatch& batch, JudgedBatch& judged);
  void check_column(const csv::RowBatch& batch, std::size_t column, JudgedBatch& judged);
  void check_blank(const csv::RowBatch& batch, std::size_t column, std::size_t row,
                   JudgedBatch& judged);
  [[nodiscard]] Result<void> find_objects(const csv::RowBatch& batch, JudgedBatch& judged);
  void add(const csv::RowBatch& batch, JudgedBatch& judged, std::size_t row, Finding&& finding);
  Finding& add_about(const csv::RowBatch& batch, JudgedBatch& judged, std::size_t row,
                     std::size_t column, Code code, std::string_view value);

  const schema::CompiledSchema& schema_;
  const Header& header_;
  Limits limits_;
  Directory& directory_;
  std::string unquoted_;
  std::string canonical_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_CHECKER_HPP
