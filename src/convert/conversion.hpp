// conversion.hpp: one run of a conversion: rows are read, carried over, judged, written and told, a
// batch at a time.
#ifndef ROLLCALL_CONVERT_CONVERSION_HPP
#define ROLLCALL_CONVERT_CONVERSION_HPP

#include <cstdint>
#include <optional>
#include <vector>

#include "base/siphash.hpp"
#include "check/checker.hpp"
#include "convert/carrying.hpp"
#include "convert/loss_book.hpp"
#include "convert/row_maker.hpp"
#include "convert/target_file.hpp"
#include "json/writer.hpp"
#include "rollcall/memory_directory.hpp"

namespace rollcall::convert {

// A format with what is known before its file is opened. Of the source that is nothing: who
// converts need not have its host any more.
class Ready {
 public:
  // All outlive it; the key is a fresh one.
  Ready(const schema::CompiledSchema& schema, Directory& directory, const SipKey& key,
        std::pmr::memory_resource& memory)
      : schema_{schema},
        known_{schema, directory, key, memory},
        facts_{schema, known_, memory},
        format_{schema, columns_}
  {
  }
  Ready(const Ready&) = delete;
  Ready& operator=(const Ready&) = delete;

  [[nodiscard]] Result<void> read_columns();
  // What hangs on settings is not asked of cells: whatever they are, they were good where they come
  // from.
  void forgive_settings();

  [[nodiscard]] const Format& format() const noexcept { return format_; }
  [[nodiscard]] check::Facts& facts() noexcept { return facts_; }
  [[nodiscard]] check::KnownObjects& known() noexcept { return known_; }

 private:
  const schema::CompiledSchema& schema_;
  check::KnownObjects known_;
  check::Facts facts_;
  std::vector<check::ReadyColumn> columns_;
  Format format_;
};

class Conversion {
 public:
  // All outlive it.
  Conversion(Ready& from, Ready& to, const ValueMap& map, const Options& options,
             const Outputs& outputs, const Seams& seams, Loss& loss);

  // Fills in the loss but for its state. Settings and the actor were looked at before.
  [[nodiscard]] Result<void> run(Source& source);

 private:
  // A row of the source in the piece at hand, once for each row that it was made into.
  struct Told {
    std::uint64_t row = 0, line = 0;
    std::uint64_t written = 0; // its number in the result; 0: it is not there
    std::vector<std::pair<Side, Finding>> findings = {};
  };

  [[nodiscard]] Result<bool> next(csv::Reader& reader);
  [[nodiscard]] Result<bool> read_header(csv::Reader& reader);
  [[nodiscard]] Result<void> read_rows(csv::Reader& reader);
  [[nodiscard]] Result<void> take(const csv::RowBatch& batch);
  [[nodiscard]] Result<void> take_row(const csv::RowBatch& batch, std::size_t row,
                                      std::uint64_t line);
  void write_row(const Told& origin);
  void add_checks(Told& told) const;
  void add_source_findings(const csv::RowBatch& batch, std::size_t row, Told& told);
  [[nodiscard]] Result<void> flush_if_full();
  [[nodiscard]] Result<void> flush();
  void tell(const Told& told);
  void judge_file();
  void refuse(Finding&& finding);
  [[nodiscard]] bool is_refused() const noexcept { return loss_.refusal != Refusal::none; }

  // What is said of rows is kept until their piece is judged.
  static constexpr std::size_t piece_rows_max = 2048;

  Ready& from_;
  Ready& to_;
  const ValueMap& map_;
  const Options& options_;
  const Outputs& outputs_;
  const Seams& seams_;
  Loss& loss_;
  LossBook book_;
  check::Header header_;
  std::optional<report::Messages> messages_;
  std::optional<check::Checker> checker_;
  std::optional<Carrying> carrying_;
  std::optional<RowMaker> maker_;
  std::optional<TargetFile> file_;
  std::optional<json::Writer> report_;
  std::vector<Told> piece_;             // rows of the source, in order
  std::vector<std::size_t> written_in_; // of each row of the piece that is written: its place
  std::size_t next_found_ = 0;          // of the batch at hand
  std::uint64_t numbers_ = 0;           // rows, and numbers of ranges
};

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_CONVERSION_HPP
