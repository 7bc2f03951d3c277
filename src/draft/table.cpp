// table.cpp: a file is read once, for where its rows begin; then rows are made, put in and taken
// out.
#include "draft/table.hpp"

#include <algorithm>
#include <cstring>

#include "check/header.hpp"
#include "csv/cell.hpp"
#include "csv/decoder.hpp"
#include "csv/lines.hpp"
#include "job/job_run.hpp"

namespace rollcall::draft {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_line_end(char sign) noexcept
{
  return sign == '\n' || sign == '\r';
}

// That of the first line that has one.
std::string_view line_end_of(std::string_view text) noexcept
{
  const std::size_t at = text.find_first_of("\r\n");
  if (at == text.npos) return "\r\n";
  if (text[at] == '\n') return "\n";
  return text.substr(at, 2) == "\r\n" ? "\r\n" : "\r";
}

} // namespace

Table::Table(const csv::Dialect& dialect, const Limits& limits, csv::Kernel kernel,
             std::pmr::memory_resource& memory)
    : dialect_{dialect},
      limits_{limits},
      kernel_{kernel},
      memory_{&memory},
      file_{&memory},
      rows_{memory},
      free_{&memory},
      order_{memory}
{
}

Table::~Table()
{
  for (std::size_t id = 0; id != rows_.size(); ++id)
    if (const std::string_view text = rows_[id].text; rows_[id].is_own)
      memory_->deallocate(const_cast<char*>(text.data()), text.size() + 1, 1);
}

Result<Table> Table::load(Source& source, const schema::CompiledSchema& schema,
                          const csv::Dialect& dialect, const Limits& limits, csv::Kernel kernel,
                          JobWatcher* watcher, std::pmr::memory_resource& memory)
{
  if (dialect.quote != '"' || dialect.escape)
    return Error{ErrorCode::unsupported, "a draft has quotes and no escape"};
  Table table{dialect, limits, kernel, memory};
  ROLLCALL_CHECK(table.read(source, watcher));
  if (!table.refusal_) ROLLCALL_CHECK(table.find_rows(schema, watcher));
  return table;
}

// From here on it is UTF-8.
Result<void> Table::read(Source& source, JobWatcher* watcher)
{
  constexpr std::size_t piece_bytes = 256 * 1024;
  csv::Decoder decoder{source, dialect_.encoding, limits_.file_bytes, false};
  ROLLCALL_CHECK(decoder.start());
  if (decoder.encoding() == csv::Encoding::utf_8 && decoder.mark_bytes() != 0)
    file_.assign(byte_order_mark.begin(), byte_order_mark.end());
  for (std::size_t size = file_.size(), more = 1; more != 0; size += more) {
    ROLLCALL_CHECK(job::ask(watcher, {.bytes = size}));
    file_.resize(size + piece_bytes);
    ROLLCALL_TRY(more, decoder.read({file_.data() + size, piece_bytes}));
    file_.resize(size + more);
  }
  dialect_.encoding = csv::Encoding::utf_8;
  if (!decoder.is_too_large()) return success();
  refusal_ = finding(Code::file_too_large);
  refusal_->facts.push_back(fact("limit", limits_.file_bytes));
  return success();
}

csv::ReaderOptions Table::reader_options() const
{
  return {.dialect = dialect_, .limits = limits_, .memory = memory_, .kernel = kernel_};
}

Result<void> Table::find_rows(const schema::CompiledSchema& schema, JobWatcher* watcher)
{
  MemorySource source{file()};
  ROLLCALL_TRY(csv::Reader reader, csv::Reader::open(source, reader_options()));
  if (!dialect_.delimiter) reader.use_delimiter(check::choose_delimiter(schema, reader));
  dialect_ = reader.dialect();
  ROLLCALL_TRY(has_header_, reader.next());
  std::vector<RowId> last;
  for (bool more = has_header_; more;) {
    ROLLCALL_CHECK(job::ask(watcher, {.rows = reader.rows(), .bytes = reader.source_bytes()}));
    ROLLCALL_TRY(more, reader.next());
    if (more) ROLLCALL_CHECK(add_rows(reader.batch(), last));
  }
  const std::size_t end = file_.size();
  if (last.empty()) head_ = file();
  if (!last.empty()) finish_row(last.front(), end);
  refusal_ = reader.refusal();
  head_lines_ = csv::count_line_ends(head_, 0, head_.size());
  line_end_ = line_end_of(head_);
  return success();
}

// What a row is, is known when the next one begins.
Result<void> Table::add_rows(const csv::RowBatch& batch, std::vector<RowId>& last)
{
  auto fault = batch.faults().begin();
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const auto begin = static_cast<std::size_t>(batch.byte(row));
    if (last.empty())
      head_ = file().substr(0, begin);
    else
      finish_row(last.front(), begin);
    Row made{.text = file().substr(begin)};
    for (; fault != batch.faults().end() && fault->row == row; ++fault)
      made.is_open = made.is_open || fault->code == Code::csv_unclosed_quote;
    last.assign(1, add(made));
  }
  return success();
}

void Table::finish_row(RowId row, std::size_t end)
{
  Row& made = rows_[row];
  const auto begin = static_cast<std::size_t>(made.text.data() - file_.data());
  made.text = file().substr(begin, end - begin);
  made.extent = {.rows = 1,
                 .lines = csv::count_line_ends(made.text, 0, made.text.size()),
                 .bytes = made.text.size()};
  // One that was cut off at its limit is open no longer.
  made.is_open = made.is_open && end == file_.size();
  order_.insert(order_.size(), row, made.extent);
}

RowId Table::add(const Row& row)
{
  if (!free_.empty()) {
    const RowId id = free_.back();
    rows_[id] = row;
    free_.pop_back();
    return id;
  }
  // There is room to release each of them.
  if (free_.capacity() <= rows_.size()) free_.reserve(2 * rows_.size() + 16);
  order_.expect(static_cast<RowId>(rows_.size()));
  rows_.push_back(row);
  return static_cast<RowId>(rows_.size() - 1);
}

bool Table::has_line_end(RowId row) const noexcept
{
  const std::string_view text = rows_[row].text;
  return !text.empty() && is_line_end(text.back()) && !rows_[row].is_open;
}

Where Table::where(RowId row) const noexcept
{
  const Extent before = order_.before(row);
  return {.number = before.rows + 1,
          .line = head_lines_ + before.lines + 1,
          .byte = head_.size() + before.bytes};
}

Result<RowParts> Table::parts(std::string_view text) const
{
  // A header is none of the rows, whatever it says.
  constexpr std::string_view header = "x\n";
  std::string whole{header};
  whole += text;
  MemorySource source{whole};
  csv::ReaderOptions options = reader_options();
  options.window_bytes = whole.size();
  ROLLCALL_TRY(csv::Reader reader, csv::Reader::open(source, options));
  ROLLCALL_TRY(bool more, reader.next());
  ROLLCALL_TRY(more, reader.next());
  RowParts parts;
  parts.is_blank = !more;
  parts.is_whole = parts.is_blank && !reader.refusal();
  if (parts.is_blank) return parts;
  const csv::RowBatch& batch = reader.batch();
  const char* const begin = batch.text().data() + batch.row_begin(0);
  const auto before = static_cast<std::size_t>(batch.byte(0)) - header.size();
  for (std::size_t i = 0; i != batch.cells(0); ++i) {
    const std::string_view cell = batch.cell(0, i);
    const std::size_t at = before + static_cast<std::size_t>(cell.data() - begin);
    parts.cells.push_back({.begin = at, .end = at + cell.size()});
  }
  parts.end = parts.cells.back().end;
  for (const csv::Fault& fault : batch.faults())
    parts.is_open = parts.is_open || fault.code == Code::csv_unclosed_quote;
  const bool is_one = batch.size() == 1;
  ROLLCALL_TRY(more, reader.next());
  parts.is_whole = is_one && !more;
  return parts;
}

Result<std::string> Table::written(std::string_view value, bool is_secret) const
{
  std::pmr::string text{memory_};
  if (value.empty()) return std::string{};
  TextSink sink{text};
  const csv::WriterOptions options{.delimiter = dialect_.separator(),
                                   .guard = is_secret ? csv::Guard::off : csv::Guard::text,
                                   .buffer_bytes = 1024,
                                   .memory = memory_};
  ROLLCALL_TRY(csv::Writer writer, csv::Writer::open(sink, options));
  writer.cell(value);
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

Result<RowId> Table::make(std::string_view text)
{
  ROLLCALL_TRY(const RowParts read, parts(text));
  if (!read.is_whole)
    return Error{ErrorCode::wrong_use, "what stands in the row cannot be told from its neighbours"};
  auto* const kept = static_cast<char*>(memory_->allocate(text.size() + 1, 1));
  std::memcpy(kept, text.data(), text.size());
  Row row{.text = {kept, text.size()},
          .extent = {.rows = read.is_blank ? 0U : 1U,
                     .lines = csv::count_line_ends(text, 0, text.size()),
                     .bytes = text.size()},
          .is_own = true,
          .is_open = read.is_open};
  try {
    return add(row);
  } catch (...) {
    memory_->deallocate(kept, text.size() + 1, 1);
    throw;
  }
}

void Table::release(RowId row) noexcept
{
  Row& was = rows_[row];
  if (was.is_own) memory_->deallocate(const_cast<char*>(was.text.data()), was.text.size() + 1, 1);
  was = {};
  free_.push_back(row);
}

void Table::replace(std::size_t position, std::size_t count, std::span<const RowId> rows)
{
  const std::size_t same = std::min(count, rows.size());
  std::size_t done = same;
  try {
    for (; done != rows.size(); ++done)
      order_.insert(position + done, rows[done], rows_[rows[done]].extent);
  } catch (...) {
    while (done-- != same) order_.erase(position + done);
    throw;
  }
  for (std::size_t i = 0; i != same; ++i)
    order_.replace(position + i, rows[i], rows_[rows[i]].extent);
  for (std::size_t i = same; i < count; ++i) order_.erase(position + same);
}

void Table::end_head()
{
  if (!head_.empty() && is_line_end(head_.back())) return;
  head_ += line_end_;
  ++head_lines_;
}

// ---- As a file ---------------------------------------------------------------------------------

std::size_t TableSource::count() const noexcept
{
  return 1 + (some_ ? some_->size() : table_->order().size());
}

Result<std::size_t> TableSource::read(std::span<std::byte> into)
{
  return guarded([&]() -> Result<std::size_t> {
    constexpr std::size_t ahead_max = 1024;
    std::size_t size = 0;
    while (size != into.size() && at_ != count()) {
      std::string_view piece = table_->head();
      if (at_ != 0 && some_) piece = table_->text((*some_)[at_ - 1]);
      if (at_ != 0 && !some_) {
        if (at_ - 1 == ahead_first_ + ahead_.size() || ahead_.empty()) {
          ahead_first_ = at_ - 1;
          ahead_.clear();
          const std::size_t rows = std::min(ahead_max, count() - at_);
          table_->order().for_each(ahead_first_, rows, [&](RowId row) { ahead_.push_back(row); });
        }
        piece = table_->text(ahead_[at_ - 1 - ahead_first_]);
      }
      piece.remove_prefix(done_);
      const std::size_t more = std::min(piece.size(), into.size() - size);
      if (more != 0) std::memcpy(into.data() + size, piece.data(), more);
      size += more;
      done_ += more;
      if (more != piece.size()) break;
      ++at_;
      done_ = 0;
    }
    return size;
  });
}

std::optional<std::uint64_t> TableSource::size() const
{
  if (some_) return {};
  return table_->bytes();
}

Result<void> TableSource::rewind()
{
  at_ = done_ = ahead_first_ = 0;
  ahead_.clear();
  return success();
}

} // namespace rollcall::draft
