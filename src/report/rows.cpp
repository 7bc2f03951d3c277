// rows.cpp: reads a CSV to its end and writes what was read, row by row.
//
// Nothing is kept of a row once it is written but what is counted, so memory does not grow with the
// file.
#include "rollcall/rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "csv/cell.hpp"
#include "csv/fault_finding.hpp"
#include "json/writer.hpp"
#include "report/rows_json.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

// Errors that say something about the file, and nothing about us.
bool is_about_file(ErrorCode code) noexcept
{
  return code == ErrorCode::file_failed || code == ErrorCode::not_found ||
         code == ErrorCode::not_permitted;
}

Finding unreadable(const Error& why, const std::string& file_name)
{
  Finding made = finding(Code::file_unreadable);
  made.facts.push_back(fact("file", file_name.empty() ? "the file" : file_name));
  const std::string_view reason = why.detail().empty() && why.os_error() != 0
                                      ? describe_os_error(why.os_error())
                                      : why.detail();
  made.facts.push_back(fact("reason", reason.empty() ? slug(why.code()) : reason));
  return made;
}

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
  void count_widths(const csv::RowBatch& batch);
  void count_faults(const csv::RowBatch& batch);
  void write(const csv::RowBatch& batch);
  void find(const csv::RowBatch& batch, std::size_t row);
  void note_undecodable(const csv::Fault& fault);
  void sum_up(csv::Reader& reader);
  [[nodiscard]] Finding made_of(const csv::Fault& fault, const csv::RowBatch& batch);

  const RowsOptions& options_;
  RowsSummary summary_;
  std::optional<json::Writer> json_;
  std::optional<csv::Writer> csv_;
  std::vector<std::string> header_;
  std::size_t header_cells_ = 0;      // with blank ones at its end
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
    if (result.has_value() && !reader.refusal()) summary_.sha256 = reader.digest();
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
  }
}

void Pass::take(const csv::RowBatch& batch)
{
  if (batch.number(0) == 0) {
    take_header(batch);
  } else {
    count_widths(batch);
  }
  if (options_.form == RowsForm::count && options_.findings == nullptr)
    count_faults(batch);
  else
    write(batch);
}

// Blank cells at the end of a header are no columns (spec E11).
void Pass::take_header(const csv::RowBatch& batch)
{
  header_cells_ = batch.cells(0);
  for (std::size_t cell = 0; cell != header_cells_; ++cell)
    header_.emplace_back(csv::trimmed(batch.value(0, cell, scratch_)));
  while (!header_.empty() && header_.back().empty()) header_.pop_back();
  summary_.columns = header_.size();
}

// Rows that could not be read well have as many cells as their fault made of them.
void Pass::count_widths(const csv::RowBatch& batch)
{
  const std::size_t columns = header_.size();
  if (batch.width() == columns) return;
  auto fault = batch.faults().begin();
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const bool is_faulty = fault != batch.faults().end() && fault->row == row;
    while (fault != batch.faults().end() && fault->row == row) ++fault;
    if (is_faulty) continue;
    std::size_t cells = batch.cells(row);
    if (cells < columns) ++summary_.short_rows;
    while (cells > columns && csv::is_blank_cell(batch.cell(row, cells - 1), batch.dialect()))
      --cells;
    if (cells > columns) ++summary_.long_rows;
  }
}

// Where nobody wants to read the findings, they are not made; those of one code mostly come
// together.
void Pass::count_faults(const csv::RowBatch& batch)
{
  const auto faults = batch.faults();
  for (std::size_t at = 0; at != faults.size();) {
    const std::size_t first = at;
    while (at != faults.size() && faults[at].code == faults[first].code) ++at;
    summary_.counts.count(finding(faults[first].code), at - first);
    note_undecodable(faults[first]);
  }
}

void Pass::write(const csv::RowBatch& batch)
{
  csv::Lines lines{batch};
  next_fault_ = 0;
  for (std::size_t row = 0; row != batch.size(); ++row) {
    find(batch, row);
    if (options_.form == RowsForm::json_lines) {
      put_row(*json_, batch, row, lines.of(row), row_findings_, scratch_);
    } else if (options_.form == RowsForm::csv) {
      const auto is_encoding = [](const Finding& f) { return f.code == Code::text_encoding; };
      put_csv_row(*csv_, batch, row, std::ranges::none_of(row_findings_, is_encoding), scratch_);
    }
    if (options_.findings != nullptr)
      for (Finding& each : row_findings_) options_.findings->add(std::move(each));
  }
}

// What is wrong with this row.
void Pass::find(const csv::RowBatch& batch, std::size_t row)
{
  row_findings_.clear();
  const auto faults = batch.faults();
  for (; next_fault_ != faults.size() && faults[next_fault_].row == row; ++next_fault_) {
    row_findings_.push_back(made_of(faults[next_fault_], batch));
    summary_.counts.count(row_findings_.back());
    note_undecodable(faults[next_fault_]);
  }
}

Finding Pass::made_of(const csv::Fault& fault, const csv::RowBatch& batch)
{
  const auto cell = static_cast<std::size_t>(fault.cell);
  const bool has_column = fault.cell >= 0 && cell < header_.size();
  Finding made = csv::finding_of(fault, batch, options_.reader.limits,
                                 has_column ? std::string_view{header_[cell]} : "");
  if (fault.code == Code::row_extra_cells)
    made.facts.push_back(fact("columns", std::uint64_t{header_.size()}));
  if (fault.code == Code::csv_repaired) made.value = batch.value(fault.row, cell, scratch_);
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
  summary_.bytes = reader.source_bytes();
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
