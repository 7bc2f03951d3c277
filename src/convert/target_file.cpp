// target_file.cpp: writes and judges pieces.
#include "convert/target_file.hpp"

#include <algorithm>

namespace rollcall::convert {
namespace {

constexpr std::uint64_t row_bytes_cap = std::uint64_t{64} * 1024 * 1024;

// Of rows alone: those of a piece are few. How long cells may be is for the target to say, but a
// row that grew because its quotes are doubled must come out whole.
Limits piece_limits(const Limits& source)
{
  Limits made;
  made.field_bytes = std::max(made.field_bytes, source.field_bytes);
  made.row_bytes = std::min(row_bytes_cap, 2 * std::max(made.row_bytes, source.row_bytes));
  made.columns = std::max(made.columns, source.columns);
  return made;
}

// As it stands in a file: a secret is read as it is, so it gets no guard against formulas (spec
// E7).
std::string_view quoted(std::string_view secret, std::string& scratch)
{
  if (secret.find_first_of(",\"\r\n") == secret.npos) return secret;
  scratch.assign(1, '"');
  for (const char sign : secret) scratch.append(sign == '"' ? 2 : 1, sign);
  return scratch.append(1, '"');
}

} // namespace

TargetFile::TargetFile(const Format& format, const check::Facts& facts, check::KnownObjects& known,
                       const Options& options, Sink& sink, std::pmr::memory_resource& memory)
    : format_{format},
      facts_{facts},
      known_{known},
      kernel_{options.kernel},
      limits_{piece_limits(options.limits)},
      has_host_{options.host != nullptr},
      sink_{sink},
      memory_{memory},
      piece_{&memory}
{
}

Result<void> TargetFile::open_piece()
{
  text_.emplace(piece_);
  ROLLCALL_TRY(auto writer, csv::Writer::open(*text_, {.guard = csv::Guard::text,
                                                       .buffer_bytes = piece_bytes,
                                                       .memory = &memory_}));
  writer_.emplace(std::move(writer));
  return success();
}

Result<csv::Reader> TargetFile::open_reader(Source& source) const
{
  return csv::Reader::open(
      source,
      {.dialect = {.delimiter = ','}, .limits = limits_, .memory = &memory_, .kernel = kernel_});
}

Result<void> TargetFile::begin(const Carrying& carrying)
{
  ROLLCALL_CHECK(open_piece());
  for (const Written& each : carrying.written()) {
    writer_->cell(format_.schema.columns[each.column].column->header);
    is_secret_.push_back(format_.schema.columns[each.column].is_secret);
  }
  writer_->end_row();
  ROLLCALL_CHECK(writer_->finish());
  header_bytes_ = piece_.size();
  MemorySource source{piece_};
  ROLLCALL_TRY(csv::Reader reader, open_reader(source));
  ROLLCALL_TRY(const bool has_header, reader.next());
  if (!has_header) return Error{ErrorCode::wrong_use, "the target has no column to write"};
  header_ = check::read_header(format_.schema, format_.columns, reader.batch(), limits_);
  messages_.emplace(format_.schema, header_);
  checker_.emplace(format_.schema, format_.columns, header_, limits_, facts_, known_, memory_);
  ROLLCALL_CHECK(known_.count());
  ROLLCALL_CHECK(sink_.write(piece_));
  bytes_ = piece_.size();
  return open_piece();
}

void TargetFile::add(const std::vector<MadeCell>& cells)
{
  for (std::size_t i = 0; i != cells.size(); ++i) {
    if (is_secret_[i] && !cells[i].text.empty())
      writer_->raw_cells(quoted(cells[i].text, scratch_));
    else
      writer_->cell(cells[i].text);
  }
  writer_->end_row();
}

Result<void> TargetFile::flush(const Told& told)
{
  ROLLCALL_CHECK(writer_->finish());
  MemorySource source{piece_};
  ROLLCALL_TRY(csv::Reader reader, open_reader(source));
  ROLLCALL_TRY(bool more, reader.next()); // the header
  while (more) {
    ROLLCALL_TRY(more, reader.next());
    if (more) ROLLCALL_CHECK(judge(reader.batch(), told));
  }
  const std::string_view rows = std::string_view{piece_}.substr(header_bytes_);
  if (!rows.empty()) ROLLCALL_CHECK(sink_.write(rows));
  bytes_ += rows.size();
  piece_.resize(header_bytes_);
  return open_piece();
}

Result<void> TargetFile::judge(const csv::RowBatch& batch, const Told& told)
{
  ROLLCALL_CHECK(checker_->check(batch));
  checker_->settle();
  const check::JudgedBatch& judged = checker_->judged();
  for (const check::Found& found : judged.found) {
    if (!is_of_interest(found.code)) continue;
    const std::uint64_t number = batch.number(found.row);
    told(number - 1, messages_->finding_of(found, {.number = number, .row = found.row}, batch,
                                           judged.readings));
  }
  return success();
}

bool TargetFile::is_of_interest(Code code) const noexcept
{
  if (has_host_) return true;
  switch (code) {
    case Code::object_unknown:
    case Code::object_not_eligible:
    case Code::authority_rank:
    case Code::authority_team:
    case Code::authority_column:
      return false;
    default:
      return true;
  }
}

} // namespace rollcall::convert
