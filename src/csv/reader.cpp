// reader.cpp: window by window, the rows of a source: numbered, counted, and what is wrong with
// them.
//
// A window ends anywhere; a batch ends where a row does, and the next window begins there. So
// nothing is carried from batch to batch but where one is in the file, whether a line that was cut
// off is still to be skipped, and hints for speed.
#include <algorithm>
#include <utility>

#include "csv/decoder.hpp"
#include "csv/delimiter.hpp"
#include "csv/dialect.hpp"
#include "csv/inspect.hpp"
#include "csv/kernel_select.hpp"
#include "csv/lines.hpp"
#include "csv/row_finder.hpp"
#include "csv/window.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {
namespace {

constexpr std::size_t window_bytes_cap = std::size_t{1} << 30U;

Result<void> check(const ReaderOptions& options)
{
  ROLLCALL_CHECK(check_dialect(options.dialect));
  if (!is_supported(options.kernel))
    return Error{ErrorCode::unsupported,
                 "this processor cannot run the kernel " + std::string{slug(options.kernel)}};
  return check_limits(options.limits);
}

// That the file passed a limit.
Finding passed(Code code, std::uint64_t limit)
{
  Finding refusal = finding(code);
  refusal.facts.push_back(fact("limit", limit));
  return refusal;
}

} // namespace

Result<void> check_dialect(const Dialect& dialect)
{
  const auto clash = [](std::optional<char> a, std::optional<char> b) { return a && a == b; };
  for (const std::optional<char> sign : {dialect.delimiter, dialect.quote, dialect.escape}) {
    if (sign && (*sign == '\n' || *sign == '\r' || static_cast<unsigned char>(*sign) > 0x7F))
      return Error{ErrorCode::wrong_use,
                   "delimiter, quote and escape must be ASCII, and can be no line end"};
  }
  if (clash(dialect.delimiter, dialect.quote) || clash(dialect.delimiter, dialect.escape))
    return Error{ErrorCode::wrong_use, "the delimiter can be neither quote nor escape"};
  return success();
}

class Reader::Body {
 public:
  Body(Source& source, const ReaderOptions& options, std::pmr::memory_resource* memory)
      : memory_{memory},
        dialect_{options.dialect},
        limits_{options.limits},
        kernel_{options.kernel == Kernel::best ? best_kernel() : options.kernel},
        batch_rows_{std::max<std::size_t>(options.batch_rows, 1)},
        window_bytes_{std::clamp<std::size_t>(options.window_bytes, 1, window_bytes_cap)},
        decoder_{source, options.dialect.encoding, options.limits.file_bytes, options.digest},
        window_{decoder_, memory},
        finder_{options.dialect, options.limits, index_function(kernel_), window_bytes_, memory},
        flaws_{memory},
        faults_{memory},
        stretch_bytes_{window_bytes_}
  {
    if (dialect_.escape == dialect_.quote) dialect_.escape.reset();
  }

  Result<void> start();
  Result<bool> next();

  void use_delimiter(char delimiter) noexcept
  {
    dialect_.delimiter = delimiter;
    finder_.use(dialect_);
  }

  [[nodiscard]] std::string_view head() const noexcept { return window_.text(); }
  // What the delimiter is found out by must not depend on how small the windows are.
  [[nodiscard]] std::size_t head_bytes_min() const noexcept
  {
    return std::max(window_bytes_, ReaderOptions{}.window_bytes);
  }
  [[nodiscard]] const RowBatch& batch() const noexcept { return batch_; }
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept { return refusal_; }
  [[nodiscard]] const Dialect& dialect() const noexcept { return dialect_; }
  [[nodiscard]] Kernel kernel() const noexcept { return kernel_; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t blank_rows() const noexcept { return blank_rows_; }
  [[nodiscard]] const Decoder& decoder() const noexcept { return decoder_; }
  [[nodiscard]] std::string digest() { return decoder_.digest(); }
  [[nodiscard]] std::optional<std::uint64_t> first_undecodable() const noexcept
  {
    return first_undecodable_;
  }

 private:
  void leave_batch();
  void leave(std::size_t bytes);
  void leave(std::size_t bytes, std::uint64_t line_ends);
  [[nodiscard]] bool is_refused();
  Result<void> skip_line();
  Result<void> find_rows();
  [[nodiscard]] bool make_batch();
  void choose_stretch();
  void make_faults(const Layout& layout);

  std::pmr::memory_resource* memory_;
  Dialect dialect_;
  Limits limits_;
  Kernel kernel_;
  std::size_t batch_rows_;
  std::size_t window_bytes_;
  Decoder decoder_;
  Window window_;
  RowFinder finder_;
  std::pmr::vector<Flaw> flaws_;
  std::pmr::vector<Fault> faults_;
  std::size_t stretch_bytes_; // how much of the window is worth a look at once
  RowBatch batch_;
  std::size_t batch_bytes_ = 0; // of the window, and left behind with the next batch
  bool skipping_ = false;       // the window begins in a row that passed its limit
  bool has_header_ = false;
  std::uint64_t rows_ = 0;
  std::uint64_t blank_rows_ = 0;
  std::uint64_t line_ = 1; // in which the window begins
  std::uint64_t byte_ = 0; // of the source, at which it begins
  std::optional<std::uint64_t> first_undecodable_;
  std::optional<Finding> refusal_;
};

Result<void> Reader::Body::start()
{
  ROLLCALL_CHECK(decoder_.start());
  dialect_.encoding = decoder_.encoding();
  byte_ = decoder_.mark_bytes();
  ROLLCALL_CHECK(window_.fill(dialect_.delimiter ? window_bytes_ : head_bytes_min()));
  if (!dialect_.delimiter)
    dialect_.delimiter = detect_delimiter(window_.text(), window_.is_last(), dialect_, memory_);
  finder_.use(dialect_);
  return success();
}

Result<bool> Reader::Body::next()
{
  batch_ = RowBatch{};
  while (!is_refused()) {
    leave_batch();
    if (skipping_) ROLLCALL_CHECK(skip_line());
    ROLLCALL_CHECK(window_.fill(window_bytes_));
    if (is_refused() || window_.text().empty()) break;
    ROLLCALL_CHECK(find_rows());
    if (!is_refused() && make_batch()) return true;
  }
  return false;
}

void Reader::Body::leave_batch()
{
  const std::size_t bytes = std::exchange(batch_bytes_, 0);
  if (bytes == 0) return;
  const auto known = finder_.line_ends();
  leave(bytes, known ? *known : count_line_ends(window_.text(), 0, bytes));
}

void Reader::Body::leave(std::size_t bytes)
{
  leave(bytes, count_line_ends(window_.text(), 0, bytes));
}

// Drops the start of the window, and notes where that brings us.
void Reader::Body::leave(std::size_t bytes, std::uint64_t line_ends)
{
  line_ += line_ends;
  byte_ += source_bytes_of(window_.text().substr(0, bytes), dialect_.encoding);
  window_.drop(bytes);
}

bool Reader::Body::is_refused()
{
  if (!refusal_ && decoder_.is_too_large()) {
    Finding refusal = passed(Code::file_too_large, limits_.file_bytes);
    if (const auto size = decoder_.refused_size()) refusal.facts.push_back(fact("bytes", *size));
    refusal_ = std::move(refusal);
  }
  return refusal_.has_value();
}

// Leaves the rest of a line behind; inside or outside of quotes no longer counts.
Result<void> Reader::Body::skip_line()
{
  for (;;) {
    const std::string_view text = window_.text();
    const std::size_t end = text.find_first_of("\r\n");
    const bool may_go_on = end != text.npos && text[end] == '\r' && end + 1 == text.size();
    if (end != text.npos && (!may_go_on || window_.is_last())) {
      leave(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
      break;
    }
    if (window_.is_last()) {
      leave(text.size());
      break;
    }
    leave(end == text.npos ? text.size() : end);
    ROLLCALL_CHECK(window_.fill(std::max<std::size_t>(window_bytes_, 2)));
  }
  skipping_ = false;
  return success();
}

// Makes the window larger until it holds a row. One byte more than a row and its line end may have
// is enough for the finder to say that it is too long.
Result<void> Reader::Body::find_rows()
{
  const std::uint64_t enough = limits_.row_bytes + 3;
  const std::size_t rows_max = has_header_ ? SIZE_MAX : 1;
  for (;;) {
    if (window_.is_last()) window_.end_line();
    if (stretch_bytes_ < window_.text().size() &&
        finder_.find(window_.text().substr(0, stretch_bytes_), false, rows_max))
      return success();
    stretch_bytes_ = window_bytes_;
    if (finder_.find(window_.text(), window_.is_last(), rows_max)) return success();
    // Twice as large each time; but the last step is a long one, since while the text moves to a
    // larger buffer there are two of them.
    const std::uint64_t size = window_.text().size();
    const std::uint64_t larger = 4 * size > enough ? enough : 2 * size;
    ROLLCALL_CHECK(window_.fill(std::max(larger, size + 1)));
    if (decoder_.is_too_large()) return success();
  }
}

// False if there were blank rows only, or the file is refused. Until all that may need memory is
// done nothing is noted of the batch, so that a call that had none can be made again.
bool Reader::Body::make_batch()
{
  flaws_.assign(finder_.flaws().begin(), finder_.flaws().end());
  if (finder_.needs_inspection() && finder_.layout().row_count != 0) {
    const std::size_t rows =
        inspect(finder_.layout(), finder_.flaws(), limits_.field_bytes, flaws_);
    if (rows != finder_.layout().row_count) finder_.keep(rows);
  }
  const auto drop_flaws = [&] {
    while (!flaws_.empty() && flaws_.back().row >= finder_.layout().row_count) flaws_.pop_back();
  };
  if (has_header_ && finder_.layout().row_count > batch_rows_) {
    finder_.keep(batch_rows_);
    drop_flaws();
  }
  std::optional<Finding> refusal;
  if (has_header_ && finder_.layout().row_count > limits_.rows - rows_) {
    refusal = passed(Code::file_too_many_rows, limits_.rows);
    finder_.keep(limits_.rows - rows_);
    drop_flaws();
  }
  Layout layout = finder_.layout();
  layout.first_number = has_header_ ? rows_ + 1 : 0;
  layout.first_line = line_;
  layout.first_byte = byte_;
  layout.dialect = dialect_;
  make_faults(layout);
  layout.faults = faults_;

  refusal_ = std::move(refusal);
  batch_bytes_ = finder_.bytes();
  skipping_ = finder_.is_cut();
  blank_rows_ += finder_.blank_rows();
  if (layout.row_count == 0) return false;
  if (has_header_) choose_stretch();
  rows_ += has_header_ ? layout.row_count : 0;
  has_header_ = true;
  batch_ = RowBatch{layout};
  return true;
}

// A batch that ends early, for its many flaws or uneven rows, leaves most of its window to be
// looked at again. So the next look is a short one, and they become longer while batches are not
// cut off.
void Reader::Body::choose_stretch()
{
  constexpr std::size_t stretch_bytes_min = 4096;
  const std::size_t looked_at = std::min(stretch_bytes_, window_.text().size());
  if (batch_bytes_ < looked_at / 4)
    stretch_bytes_ = std::max(2 * batch_bytes_, stretch_bytes_min);
  else
    stretch_bytes_ = std::min(2 * stretch_bytes_, window_bytes_);
}

void Reader::Body::make_faults(const Layout& layout)
{
  faults_.clear();
  LineCursor lines{layout.text, line_};
  std::uint64_t byte = byte_;
  std::size_t at = 0;
  for (const Flaw& flaw : flaws_) {
    // The flaws are in the order of the text but for those of a row as a whole, which come first.
    byte += source_bytes_of(layout.text.substr(at, flaw.place - at), dialect_.encoding);
    at = flaw.place;
    Code code = flaw.code;
    if (code == Code::row_extra_cells && !has_header_) code = Code::csv_row_too_large;
    if (code == Code::text_encoding && !first_undecodable_) first_undecodable_ = byte;
    faults_.push_back({code, flaw.row, flaw.cell, byte, lines.of(flaw.place)});
  }
}

Result<Reader> Reader::open(Source& source, const ReaderOptions& options)
{
  return guarded([&]() -> Result<Reader> {
    ROLLCALL_CHECK(check(options));
    auto* const memory =
        options.memory != nullptr ? options.memory : std::pmr::new_delete_resource();
    auto body = std::make_unique<Body>(source, options, memory);
    ROLLCALL_CHECK(body->start());
    return Reader{std::move(body)};
  });
}

Reader::Reader(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

std::string_view Reader::head() const noexcept
{
  return body_->head();
}
void Reader::use_delimiter(char delimiter) noexcept
{
  body_->use_delimiter(delimiter);
}
Result<bool> Reader::next()
{
  return guarded([&] { return body_->next(); });
}
const RowBatch& Reader::batch() const noexcept
{
  return body_->batch();
}
const std::optional<Finding>& Reader::refusal() const noexcept
{
  return body_->refusal();
}
const Dialect& Reader::dialect() const noexcept
{
  return body_->dialect();
}
Kernel Reader::kernel() const noexcept
{
  return body_->kernel();
}
std::uint64_t Reader::rows() const noexcept
{
  return body_->rows();
}
std::uint64_t Reader::blank_rows() const noexcept
{
  return body_->blank_rows();
}
std::uint64_t Reader::source_bytes() const noexcept
{
  return body_->decoder().source_bytes();
}
std::optional<std::uint64_t> Reader::first_undecodable() const noexcept
{
  return body_->first_undecodable();
}
std::string Reader::digest()
{
  return body_->digest();
}

} // namespace rollcall::csv
