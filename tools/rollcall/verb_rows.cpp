// `rollcall rows`: how a CSV was read, without any format.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "finding_text.hpp"
#include "reading_options.hpp"
#include "rollcall/rows.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

// Hands out a few bytes at a time, for who wants to see that it makes no difference.
class ChunkedSource final : public Source {
 public:
  ChunkedSource(std::unique_ptr<Source> source, std::size_t chunk_bytes)
      : source_{std::move(source)}, chunk_bytes_{chunk_bytes}
  {
  }

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    return source_->read(into.first(std::min(into.size(), chunk_bytes_)));
  }
  std::optional<std::uint64_t> size() const override { return source_->size(); }
  Result<void> rewind() override { return source_->rewind(); }

 private:
  std::unique_ptr<Source> source_;
  std::size_t chunk_bytes_;
};

Result<std::optional<char>> sign_of(const std::string& option, const std::string& word)
{
  if (word == "none") return std::optional<char>{};
  if (word == "tab") return std::optional{'\t'};
  if (word.size() == 1) return std::optional{word.front()};
  return Error{ErrorCode::wrong_use, option + " takes one ASCII character, tab or none"};
}

constexpr std::size_t not_chunked = SIZE_MAX;

Result<std::size_t> chunk_bytes_of(const std::string& word)
{
  if (word.empty()) return not_chunked;
  std::size_t bytes = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, bytes);
  if (fault == std::errc{} && at == end && bytes != 0) return bytes;
  return Error{ErrorCode::wrong_use, "--chunk takes a number of bytes, 1 or more"};
}

Result<csv::Kernel> kernel_from(const std::string& word)
{
  const auto kernel = csv::kernel_of(word);
  if (!csv::is_supported(*kernel))
    return Error{ErrorCode::wrong_use, "this processor cannot run the kernel " + word};
  return *kernel;
}

class Rows final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("FILE", file_)->required();
    options.add_flag("--count", is_count_, "the last line only");
    options.add_option("--to", to_, "csv: write it as clean CSV (UTF-8, comma, CRLF)")
        ->type_name("FORM")
        ->choices({"csv"});
    options.add_option("-o,--output", output_, "write here (-: standard output)")
        ->type_name("FILE");
    tools::declare(options, reading_);
    options.add_option("--quote", quote_, "the sign that quotes, or none")->type_name("C");
    options.add_option("--escape", escape_, "takes the meaning of the next sign (none)")
        ->type_name("C");
    options.add_option("--chunk", chunk_, "feed the reader N bytes at a time")->type_name("N");
    options.add_option("--kernel", kernel_, "best, swar, avx2, avx512 or neon")
        ->type_name("NAME")
        ->choices({"best", "swar", "avx2", "avx512", "neon"});
    options.add_flag("--no-digest", has_no_digest_, "faster: the file line has no sha256");
    options.add_flag("--mmap", is_mapped_, "map the file: nobody may change it meanwhile");
  }

  Result<Exit> run(Console& console) override
  {
    report::RowsOptions options;
    ROLLCALL_TRY(const std::size_t chunk_bytes, chunk_bytes_of(chunk_));
    ROLLCALL_CHECK(settle(options, chunk_bytes));
    ROLLCALL_CHECK(
        check_streams(std::array{Stream{"FILE", file_}}, std::array{Stream{"--output", output_}}));
    FindingPrinter printer{console, options.file_name};
    if (options.form == report::RowsForm::csv) options.findings = &printer;

    Watching watching{console, "rows", options.file_name, bytes_of(console, file_)};
    if (output_ == "-") console.out.when_unread(Unread::ends_all);
    ROLLCALL_TRY(Output output, Output::open(console, output_));
    options.watcher = &watching;
    Result<report::RowsSummary> done = write(console, options, chunk_bytes, output.sink());
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), {});
    const report::RowsSummary& read = done.assume_value();
    // The last line says of rows that the file was refused; a clean CSV would pass for whole.
    if (options.form != report::RowsForm::csv || !read.is_refused) ROLLCALL_CHECK(output.commit());
    if (read.is_refused) return Exit::refused;
    return read.counts.of(Severity::error) == 0 ? Exit::succeeded : Exit::partial;
  }

 private:
  Result<void> settle(report::RowsOptions& options, std::size_t chunk_bytes) const
  {
    ROLLCALL_TRY(options.reader, reader_options(reading_));
    ROLLCALL_TRY(options.reader.dialect.quote, sign_of("--quote", quote_));
    ROLLCALL_TRY(options.reader.dialect.escape, sign_of("--escape", escape_));
    ROLLCALL_TRY(options.reader.kernel, kernel_from(kernel_));
    options.reader.window_bytes = std::min(options.reader.window_bytes, chunk_bytes);
    if (!to_.empty() && is_count_)
      return Error{ErrorCode::wrong_use, "--count and --to do not go together"};
    if (is_mapped_ && file_ == "-")
      return Error{ErrorCode::wrong_use, "standard input cannot be mapped"};
    options.form = !to_.empty() ? report::RowsForm::csv
                   : is_count_  ? report::RowsForm::count
                                : report::RowsForm::json_lines;
    options.reader.digest = !has_no_digest_ && options.form != report::RowsForm::csv;
    options.file_name = name_of(file_);
    return success();
  }

  Result<report::RowsSummary> write(Console& console, const report::RowsOptions& options,
                                    std::size_t chunk_bytes, Sink& sink) const
  {
    auto opened = open_input(console, file_, is_mapped_ ? Reading::mapped : Reading::by_read);
    if (!opened.has_value()) return report::write_unreadable(opened.assume_error(), options, sink);
    std::unique_ptr<Source> source = std::move(opened).assume_value();
    if (chunk_bytes != not_chunked)
      source = std::make_unique<ChunkedSource>(std::move(source), chunk_bytes);
    return report::write_rows(*source, options, sink);
  }

  ReadingOptions reading_;
  std::string file_, to_, output_ = "-", quote_ = "\"", escape_ = "none", kernel_ = "best", chunk_;
  bool is_count_ = false;
  bool has_no_digest_ = false;
  bool is_mapped_ = false;
};

} // namespace

std::unique_ptr<Command> make_rows()
{
  return std::make_unique<Rows>();
}

} // namespace rollcall::tools
