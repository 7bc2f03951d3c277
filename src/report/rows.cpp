// rows.cpp: reads a CSV to its end and writes what was read, row by row.
//
// Nothing is kept of a row once it is written but what is counted, so memory does not grow with the
// file.
#include "rollcall/rows.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "base/utf8.hpp"
#include "csv/cell.hpp"
#include "csv/decoder.hpp"
#include "csv/fault_finding.hpp"
#include "json/writer.hpp"
#include "report/rows_json.hpp"
#include "report/unreadable.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

// The row as CSV, with U+FFFD for what could not be decoded.
void put_csv_row(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row, bool is_decoded,
                 std::string& scratch)
{
  std::string mended;
  for (std::size_t cell = 0; cell != batch.cells(row); ++cell) {
    const std::string_view value = batch.value(row, cell, scratch);
    if (is_decoded) {
      writer.cell(value);
    } else {
      mended.clear();
      append_replacing(mended, value);
      writer.cell(mended);
    }
  }
  writer.end_row();
}

// Where rows begin in the source. Asked for rows in order, all of them cost one pass.
class Bytes {
 public:
  explicit Bytes(const csv::RowBatch& batch)
      : batch_{&batch}, at_{batch.row_begin(0)}, byte_{batch.byte(0)}
  {
  }

  std::uint64_t of(std::size_t row)
  {
    const std::size_t begin = batch_->row_begin(row);
    const std::string_view passed = batch_->text().substr(at_, begin - at_);
    byte_ += csv::source_bytes_of(passed, batch_->dialect().encoding);
    at_ = begin;
    return byte_;
  }

 private:
  const csv::RowBatch* batch_;
  std::size_t at_;
  std::uint64_t byte_;
};

// What is wrong with a row: what the reader says of it, and its width.
struct Wrong {
  std::span<const csv::Fault> faults;
  std::optional<Code> width;
};

bool is_repaired(const csv::Fault& fault) noexcept
{
  return fault.code == Code::csv_repaired;
}

class Pass {
 public:
  explicit Pass(const RowsOptions& options) : options_{options}
  {
    summary_.file_name = options.file_name;
  }

  Result<void> open(Sink& sink);
  Result<void> read(Source& source);
  void refuse(Finding&& why);
  Result<RowsSummary> finish();

 private:
  Result<void> read_batches(csv::Reader& reader);
  void take(const csv::RowBatch& batch);
  void take_header(const csv::RowBatch& batch);
  void count(const csv::RowBatch& batch);
  void write(const csv::RowBatch& batch);
  void find(const csv::RowBatch& batch, std::size_t row, const Place& place);
  [[nodiscard]] Wrong next_wrong(const csv::RowBatch& batch, std::size_t row);
  [[nodiscard]] std::optional<Code> wrong_width(const csv::RowBatch& batch, std::size_t row) const;
  [[nodiscard]] Finding made_of(const csv::Fault& fault, const csv::RowBatch& batch);
  [[nodiscard]] Finding made_of(Code width, std::size_t cells, const Place& place) const;
  void note_undecodable(const csv::Fault& fault);
  void sum_up(csv::Reader& reader);

  const RowsOptions& options_;
  RowsSummary summary_;
  std::optional<json::Writer> json_;
  std::optional<csv::Writer> csv_;
  std::vector<std::string> header_;
  bool is_header_read_ = false;       // well enough to say how many cells a row should have
  std::vector<Finding> row_findings_; // of the row at hand
  std::size_t next_fault_ = 0;        // of the batch at hand
  std::optional<Place> undecodable_;  // the first
  std::string scratch_;
};

Result<void> Pass::open(Sink& sink)
{
  if (options_.form == RowsForm::csv) {
    ROLLCALL_TRY(auto writer, csv::Writer::open(sink, {.buffer_bytes = buffer_bytes,
                                                       .memory = options_.reader.memory}));
    csv_.emplace(std::move(writer));
  } else {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = buffer_bytes,
                                                        .memory = options_.reader.memory}));
    json_.emplace(std::move(writer));
  }
  return success();
}

Result<void> Pass::read(Source& source)
{
  auto opened = csv::Reader::open(source, options_.reader);
  Result<void> result = success();
  if (opened.has_value()) {
    csv::Reader& reader = opened.assume_value();
    result = read_batches(reader);
    sum_up(reader);
    if (result.has_value() && !reader.refusal()) {
      summary_.sha256 = reader.digest();
      summary_.bytes = reader.source_bytes();
    }
  } else {
    result = std::move(opened).as_failure();
  }
  if (result.has_value() || !is_about_file(result.assume_error().code())) return result;
  refuse(unreadable(result.assume_error(), summary_.file_name));
  return success();
}

// Stops where nothing can be written any more: finish says why.
Result<void> Pass::read_batches(csv::Reader& reader)
{
  for (;;) {
    ROLLCALL_TRY(const bool more, reader.next());
    if (!more) return success();
    take(reader.batch());
    if (csv_ ? csv_->has_failed() : json_->has_failed()) return success();
    if (options_.watcher != nullptr &&
        !options_.watcher->goes_on({.rows = reader.rows(), .bytes = reader.source_bytes()}))
      return Error{ErrorCode::cancelled, "the reading was stopped"};
  }
}

void Pass::take(const csv::RowBatch& batch)
{
  if (batch.number(0) == 0) take_header(batch);
  next_fault_ = 0;
  if (options_.form == RowsForm::count && options_.findings == nullptr)
    count(batch);
  else
    write(batch);
}

// Blank cells at the end of a header are no columns (spec E11).
void Pass::take_header(const csv::RowBatch& batch)
{
  for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
    header_.emplace_back(csv::trimmed(batch.value(0, cell, scratch_)));
  while (!header_.empty() && header_.back().empty()) header_.pop_back();
  summary_.columns = header_.size();
  is_header_read_ = std::ranges::all_of(batch.faults(), is_repaired);
}

// Where nobody wants to read the findings, they are not made; those of one code mostly come
// together.
void Pass::count(const csv::RowBatch& batch)
{
  // A batch of uneven rows has the width 0, which a header that was repaired can have, too.
  const bool is_even = batch.width() != 0 && batch.width() == header_.size();
  if (is_even && batch.faults().empty()) return;
  Code code = Code::rule;
  std::uint64_t times = 0;
  const auto add = [&](Code next) {
    if (next != code && times != 0) summary_.counts.count(finding(code), std::exchange(times, 0));
    code = next;
    ++times;
  };
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const Wrong wrong = next_wrong(batch, row);
    for (const csv::Fault& fault : wrong.faults) {
      add(fault.code);
      note_undecodable(fault);
    }
    if (wrong.width) add(*wrong.width);
  }
  if (times != 0) summary_.counts.count(finding(code), times);
}

void Pass::write(const csv::RowBatch& batch)
{
  csv::Lines lines{batch};
  Bytes bytes{batch};
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const std::uint64_t line = lines.of(row);
    find(batch, row, {.row = batch.number(row), .line = line, .byte = bytes.of(row)});
    if (options_.form == RowsForm::json_lines) {
      put_row(*json_, batch, row, line, row_findings_, scratch_);
    } else if (options_.form == RowsForm::csv) {
      const auto is_encoding = [](const Finding& f) { return f.code == Code::text_encoding; };
      put_csv_row(*csv_, batch, row, std::ranges::none_of(row_findings_, is_encoding), scratch_);
    }
    if (options_.findings != nullptr)
      for (Finding& each : row_findings_) options_.findings->add(std::move(each));
  }
}

void Pass::find(const csv::RowBatch& batch, std::size_t row, const Place& place)
{
  row_findings_.clear();
  const Wrong wrong = next_wrong(batch, row);
  for (const csv::Fault& fault : wrong.faults) {
    row_findings_.push_back(made_of(fault, batch));
    note_undecodable(fault);
  }
  if (wrong.width) row_findings_.push_back(made_of(*wrong.width, batch.cells(row), place));
  for (const Finding& each : row_findings_) summary_.counts.count(each);
}

// Asked for all rows of a batch in order. Only where all cells could be read their number tells
// something, and where there are too many of them nothing else is said (spec E10).
Wrong Pass::next_wrong(const csv::RowBatch& batch, std::size_t row)
{
  const auto faults = batch.faults().subspan(next_fault_);
  std::size_t own = 0;
  bool is_read = is_header_read_ && batch.number(row) != 0;
  for (; own != faults.size() && faults[own].row == row; ++own)
    is_read = is_read && is_repaired(faults[own]);
  next_fault_ += own;
  Wrong wrong{faults.first(own), is_read ? wrong_width(batch, row) : std::nullopt};
  if (wrong.width == Code::row_extra_cells) wrong.faults = {};
  return wrong;
}

std::optional<Code> Pass::wrong_width(const csv::RowBatch& batch, std::size_t row) const
{
  std::size_t cells = batch.cells(row);
  if (cells < header_.size()) return Code::row_short;
  while (cells > header_.size() && csv::is_blank_cell(batch.cell(row, cells - 1), batch.dialect()))
    --cells;
  return cells > header_.size() ? std::optional{Code::row_extra_cells} : std::nullopt;
}

Finding Pass::made_of(const csv::Fault& fault, const csv::RowBatch& batch)
{
  const auto cell = static_cast<std::size_t>(fault.cell);
  const bool has_column = fault.cell >= 0 && cell < header_.size();
  Finding made = csv::finding_of(fault, batch, options_.reader.limits,
                                 has_column ? std::string_view{header_[cell]} : "");
  if (!has_column) made.place.column = -1; // a cell beyond the header stands in none
  if (fault.code == Code::row_extra_cells)
    made.facts.push_back(fact("columns", std::uint64_t{header_.size()}));
  if (is_repaired(fault)) made.value = batch.value(fault.row, cell, scratch_);
  return made;
}

Finding Pass::made_of(Code width, std::size_t cells, const Place& place) const
{
  Finding made = finding(width, place);
  made.facts.push_back(fact("cells", std::uint64_t{cells}));
  made.facts.push_back(fact("columns", std::uint64_t{header_.size()}));
  return made;
}

void Pass::note_undecodable(const csv::Fault& fault)
{
  if (fault.code == Code::text_encoding && !undecodable_)
    undecodable_ = Place{.line = fault.line, .byte = fault.byte};
}

void Pass::sum_up(csv::Reader& reader)
{
  summary_.dialect = reader.dialect();
  summary_.rows = reader.rows();
  summary_.blank_rows = reader.blank_rows();
  if (reader.refusal()) refuse(Finding{*reader.refusal()});
  if (undecodable_ && summary_.dialect.encoding == csv::Encoding::utf_8)
    summary_.findings.push_back(finding(Code::file_encoding_hint, *undecodable_));
}

void Pass::refuse(Finding&& why)
{
  summary_.is_refused = true;
  summary_.findings.push_back(std::move(why));
}

Result<RowsSummary> Pass::finish()
{
  for (const Finding& each : summary_.findings) {
    summary_.counts.count(each);
    if (options_.findings != nullptr) options_.findings->add(Finding{each});
  }
  if (csv_) {
    ROLLCALL_CHECK(csv_->finish());
  } else {
    put_file(*json_, summary_);
    ROLLCALL_CHECK(json_->finish());
  }
  return std::move(summary_);
}

} // namespace

Result<RowsSummary> write_rows(Source& source, const RowsOptions& options, Sink& sink)
{
  return guarded([&]() -> Result<RowsSummary> {
    Pass pass{options};
    ROLLCALL_CHECK(pass.open(sink));
    ROLLCALL_CHECK(pass.read(source));
    return pass.finish();
  });
}

Result<RowsSummary> write_unreadable(const Error& why, const RowsOptions& options, Sink& sink)
{
  return guarded([&]() -> Result<RowsSummary> {
    Pass pass{options};
    ROLLCALL_CHECK(pass.open(sink));
    pass.refuse(unreadable(why, options.file_name));
    return pass.finish();
  });
}

} // namespace rollcall::report
