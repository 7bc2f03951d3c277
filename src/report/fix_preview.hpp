// fix_preview.hpp: what mending a file would do, for people: rows as they are and as they would be.
//
//   users.csv:14, row 13
//     - 17,Ada,Byron,tel:+442071838750,201
//     + 17,Ada,Byron,+442071838750,201
//     D Phone  tel:+442071838750 -> +442071838750  value.phone
//
// Of each code, column and sort of fix the first few are shown; behind them all are counted.
#ifndef ROLLCALL_REPORT_FIX_PREVIEW_HPP
#define ROLLCALL_REPORT_FIX_PREVIEW_HPP

#include <cstdint>
#include <map>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "check/header.hpp"
#include "report/secret_cells.hpp"
#include "rollcall/fix.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

class FixPreview {
 public:
  // All outlive it.
  FixPreview(Sink& sink, const FixOptions& options, std::pmr::memory_resource& memory);

  // What the header is by now, and which of its cells hold secrets.
  void begin(const schema::CompiledSchema& schema, const check::Header& header);

  // A row of the batch with all of its steps; `after` is how it will stand in the file.
  void put(const csv::RowBatch& batch, std::size_t row, std::string_view after,
           std::span<const CellFix> steps);

  [[nodiscard]] bool has_failed() const noexcept { return out_.has_failed(); }
  [[nodiscard]] Result<void> finish();

 private:
  enum class Ink : std::uint8_t { before, after, strong };
  struct Kind {
    std::uint64_t count = 0;
    std::vector<std::string> examples = {};
  };
  using KindName = std::tuple<std::size_t, std::string, bool>; // cell, code, is certain

  [[nodiscard]] bool is_to_be_shown(std::span<const CellFix> steps);
  void put_line(Ink ink, std::string_view sign, std::string_view text);
  void put_in(Ink ink, std::string_view text);
  void put_rows(const csv::RowBatch& batch, std::size_t row, std::string_view after,
                std::size_t cell);
  void put_step(const CellFix& step);
  void put(std::string_view text) { out_.put(text); }
  void put_kinds();

  FixOptions options_;
  SinkBuffer out_;
  std::pmr::memory_resource* memory_;
  SecretCells secrets_;
  SecretCells none_; // of the header
  bool shows_header_ = true;
  std::vector<std::string> names_;
  std::map<KindName, Kind> kinds_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FIX_PREVIEW_HPP
