// conversion.cpp: the way of a row, from the source's reader to the target's file and the report.
#include "convert/conversion.hpp"

#include <algorithm>
#include <utility>

#include "formats/likely_format.hpp"
#include "report/finding_json.hpp"
#include "report/unreadable.hpp"

namespace rollcall::convert {
namespace {

bool is_error(const Finding& finding) noexcept
{
  return finding.severity == Severity::error;
}

} // namespace

Result<void> Ready::read_columns()
{
  ROLLCALL_TRY(columns_, check::ready_columns(schema_, facts_));
  format_.columns = columns_;
  return success();
}

void Ready::forgive_settings()
{
  for (std::size_t i = 0; i != columns_.size(); ++i) {
    const schema::CompiledColumn& column = schema_.columns[i];
    const auto* const secret = std::get_if<schema::Secret>(&column.column->type);
    if (column.from)
      columns_[i].type = check::ReadyText{};
    else if (secret != nullptr && (column.min || column.max))
      columns_[i].type = check::ReadySecret{.digits = secret->digits};
  }
}

Conversion::Conversion(Ready& from, Ready& to, const ValueMap& map, const Options& options,
                       const Outputs& outputs, const Seams& seams, Loss& loss)
    : from_{from},
      to_{to},
      map_{map},
      options_{options},
      outputs_{outputs},
      seams_{seams},
      loss_{loss},
      book_{loss}
{
}

Result<void> Conversion::run(Source& source)
{
  loss_.bytes = source.size().value_or(0);
  auto opened = csv::Reader::open(source, {.dialect = options_.dialect,
                                           .limits = options_.limits,
                                           .memory = seams_.memory,
                                           .kernel = options_.kernel});
  if (!opened.has_value()) {
    if (!report::is_about_file(opened.assume_error().code()))
      return std::move(opened).assume_error();
    refuse(report::unreadable(opened.assume_error(), options_.file_name));
    return success();
  }
  csv::Reader& reader = opened.assume_value();
  if (!options_.dialect.delimiter)
    reader.use_delimiter(check::choose_delimiter(from_.format().schema, reader));
  loss_.dialect = reader.dialect();
  if (outputs_.report != nullptr) {
    ROLLCALL_TRY(auto writer, json::Writer::open(*outputs_.report, {.memory = seams_.memory}));
    report_.emplace(std::move(writer));
  }
  ROLLCALL_TRY(const bool has_header, read_header(reader));
  if (has_header) ROLLCALL_CHECK(read_rows(reader));
  if (!source.size()) loss_.bytes = reader.source_bytes();
  loss_.blank_rows = reader.blank_rows();
  if (const auto byte = reader.first_undecodable();
      byte && !is_refused() && reader.dialect().encoding == csv::Encoding::utf_8)
    loss_.findings.push_back(finding(Code::file_encoding_hint, {.byte = *byte}));
  if (!is_refused()) judge_file();
  book_.finish();
  return report_ ? report_->finish() : Result<void>{success()};
}

// False at the end of the rows, and when the file is refused.
Result<bool> Conversion::next(csv::Reader& reader)
{
  Result<bool> more = reader.next();
  if (!more.has_value()) {
    if (!report::is_about_file(more.assume_error().code())) return more;
    refuse(report::unreadable(more.assume_error(), options_.file_name));
    return false;
  }
  if (reader.refusal()) refuse(Finding{*reader.refusal()});
  return !is_refused() && more.assume_value();
}

Result<bool> Conversion::read_header(csv::Reader& reader)
{
  ROLLCALL_TRY(const bool has_header, next(reader));
  if (is_refused()) return false;
  if (!has_header) {
    refuse(check::header_missing());
    return false;
  }
  const Format& from = from_.format();
  header_ = check::read_header(from.schema, from.columns, reader.batch(), options_.limits);
  ROLLCALL_CHECK(formats::add_likely(from_.format().schema, reader, header_.findings));
  loss_.findings = header_.findings;
  if (std::any_of(header_.findings.begin(), header_.findings.end(), is_error)) {
    loss_.refusal = Refusal::file;
    return false;
  }
  ROLLCALL_TRY(auto carrying, Carrying::make(from, header_, to_.format(), options_));
  carrying_.emplace(std::move(carrying));
  messages_.emplace(from.schema, header_);
  checker_.emplace(from.schema, from.columns, header_, options_.limits, from_.facts(),
                   from_.known(), *seams_.memory);
  maker_.emplace(from, header_, to_.format(), *carrying_, map_);
  file_.emplace(to_.format(), to_.facts(), to_.known(), options_, *outputs_.result, *seams_.memory);
  ROLLCALL_CHECK(file_->begin(*carrying_));
  book_.begin(from, header_, to_.format(), *carrying_);
  return true;
}

Result<void> Conversion::read_rows(csv::Reader& reader)
{
  for (;;) {
    ROLLCALL_TRY(const bool more, next(reader));
    if (!more) return is_refused() ? Result<void>{success()} : flush();
    ROLLCALL_CHECK(take(reader.batch()));
    if (is_refused()) return success();
    if (options_.watcher != nullptr &&
        !options_.watcher->goes_on({.rows = loss_.rows, .bytes = reader.source_bytes()}))
      return Error{ErrorCode::cancelled, "the conversion was stopped"};
  }
}

Result<void> Conversion::take(const csv::RowBatch& batch)
{
  ROLLCALL_CHECK(checker_->read(batch));
  numbers_ += checker_->numbers();
  if (numbers_ > options_.limits.rows) {
    Finding made = finding(Code::file_too_many_rows);
    made.facts.push_back(fact("limit", options_.limits.rows));
    refuse(std::move(made));
    return success();
  }
  checker_->settle();
  next_found_ = 0;
  csv::Lines lines{batch};
  for (std::size_t row = 0; row != batch.size(); ++row)
    ROLLCALL_CHECK(take_row(batch, row, lines.of(row)));
  return success();
}

Result<void> Conversion::take_row(const csv::RowBatch& batch, std::size_t row, std::uint64_t line)
{
  ++loss_.rows;
  Told told{.row = batch.number(row), .line = line};
  add_source_findings(batch, row, told);
  if (!checker_->judged().looked_at.has(row)) {
    ++loss_.left_out;
    piece_.push_back(std::move(told));
    return flush_if_full();
  }
  maker_->begin(*checker_, batch, row);
  bool is_written = false;
  for (std::uint64_t number = 0; number != checker_->numbers(row); ++number) {
    if (!maker_->make(number)) break;
    is_written = true;
    write_row(told);
    told.findings.clear();
    ROLLCALL_CHECK(flush_if_full());
  }
  book_.take_row(batch, row, line, *maker_);
  if (is_written) return success();
  ++loss_.left_out;
  Finding nothing = finding(Code::convert_nothing_left);
  nothing.facts.push_back(fact("format", loss_.to));
  told.findings.emplace_back(Side::target, std::move(nothing));
  piece_.push_back(std::move(told));
  return flush_if_full();
}

// A cell that its own format would refuse is carried all the same, so that is a warning, if anybody
// takes it.
void Conversion::add_source_findings(const csv::RowBatch& batch, std::size_t row, Told& told)
{
  const check::JudgedBatch& judged = checker_->judged();
  const bool is_read = judged.looked_at.has(row);
  for (; next_found_ != judged.found.size() && judged.found[next_found_].row == row;
       ++next_found_) {
    const check::Found& found = judged.found[next_found_];
    if (found.column != check::no_column && !carrying_->is_carried(found.column)) continue;
    Finding made = messages_->finding_of(found, {.number = told.row, .line = told.line, .row = row},
                                         batch, judged.readings);
    if (is_read) made.severity = std::max(made.severity, Severity::warning);
    told.findings.emplace_back(Side::source, std::move(made));
  }
}

void Conversion::write_row(const Told& origin)
{
  Told told{.row = origin.row,
            .line = origin.line,
            .written = ++loss_.written,
            .findings = origin.findings};
  add_checks(told);
  file_->add(maker_->cells());
  book_.take_cells(maker_->cells());
  written_in_.push_back(piece_.size());
  piece_.push_back(std::move(told));
}

void Conversion::add_checks(Told& told) const
{
  for (std::size_t i = 0; i != maker_->cells().size(); ++i) {
    const MadeCell& cell = maker_->cells()[i];
    if (cell.check.empty()) continue;
    Finding made = finding(Code::convert_check);
    made.column = to_.format().schema.columns[carrying_->written()[i].column].column->header;
    made.value = cell.text;
    made.facts.push_back(fact("reason", cell.check));
    told.findings.emplace_back(Side::target, std::move(made));
  }
}

Result<void> Conversion::flush_if_full()
{
  if (!file_->is_full() && piece_.size() < piece_rows_max) return success();
  return flush();
}

Result<void> Conversion::flush()
{
  ROLLCALL_CHECK(file_->flush([&](std::size_t row, Finding&& found) {
    if (row >= written_in_.size()) return;
    piece_[written_in_[row]].findings.emplace_back(Side::target, std::move(found));
  }));
  for (const Told& told : piece_) tell(told);
  piece_.clear();
  written_in_.clear();
  return success();
}

void Conversion::tell(const Told& told)
{
  if (told.findings.empty()) return;
  bool is_bad = false;
  for (const auto& [side, found] : told.findings) {
    book_.remark(side, found, told.line);
    is_bad = is_bad || (side == Side::target && is_error(found));
  }
  if (is_bad && told.written != 0) ++loss_.refused;
  if (!report_) return;
  json::Writer& writer = *report_;
  writer.begin_object();
  writer.name("row").natural(told.row);
  writer.name("line").natural(told.line);
  writer.name("written");
  if (told.written == 0)
    writer.null();
  else
    writer.natural(told.written);
  writer.name("findings").begin_list();
  for (const auto& [side, found] : told.findings) {
    writer.begin_object();
    writer.name("side").text(slug(side));
    report::put_head(writer, found.severity, rollcall::slug(found), found.column,
                     found.place.column, found.value, render_message(found));
    report::put_facts(writer, found);
    writer.end_object();
  }
  writer.end_list();
  writer.end_object();
  writer.end_line();
}

// What the target asks of a file as a whole.
void Conversion::judge_file()
{
  const schema::FileChecks& file = to_.format().schema.schema().file;
  if (file.needs_entries && loss_.written == 0)
    loss_.findings.push_back(finding(Code::file_no_entries));
  if (file.bytes_max == 0 || file_->bytes() <= file.bytes_max) return;
  Finding made = finding(Code::file_too_large);
  made.facts.push_back(fact("limit", file.bytes_max));
  loss_.findings.push_back(std::move(made));
}

void Conversion::refuse(Finding&& finding)
{
  loss_.refusal = Refusal::file;
  loss_.findings.clear();
  loss_.findings.push_back(std::move(finding));
}

} // namespace rollcall::convert
