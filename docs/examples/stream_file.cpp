// Checks a file of any size while it comes in, in memory that does not grow with it.
//
//   stream_file users.csv         a file
//   stream_file --rows 1000000    rows that are made as they are asked for
//
// Bytes come from a Source in pieces, rows are judged a batch at a time, and what is wrong goes to
// a Sink at once. For each row a job keeps one byte. (A format may say that rows must not share a
// value, as an extension or an email address: then a job also keeps some twenty bytes a value.)
#include <rollcall/job.hpp>
#include <rollcall/memory_directory.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>

namespace {

using namespace rollcall;

// A phone book: who can be reached under which number.
schema::Schema phone_book()
{
  using namespace schema;
  using enum Blank;
  return {
      .id = "phone_book",
      .title = "Phone book",
      .roles = {{.name = "importer", .may = {Action::validate, Action::execute}}},
      .kinds = {{.name = "entry",
                 .key = {"id", Id{}},
                 .keys = Keys::from_host,
                 .fields = {{"name"}, {"email"}, {"number"}}}},
      .columns = {{.field = "name",
                   .header = "Name",
                   .type = Text{.max = 64},
                   .on_create = required,
                   .mandatory = always},
                  {.field = "email", .header = "Email", .type = Email{}},
                  {.field = "number",
                   .header = "Number",
                   .type = Phone{},
                   .on_create = required,
                   .mandatory = always}},
      .objects = {{.kind = "entry",
                   .create = always,
                   .sets = {{"name", "name"}, {"email", "email"}, {"number", "number"}}}},
  };
}

// A file that is nowhere: its lines are made when they are read. One in a thousand is no good.
class MadeFile final : public Source {
 public:
  explicit MadeFile(std::uint64_t rows) noexcept : rows_{rows} {}

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    if (left_.empty()) make_line();
    const std::size_t size = std::min(into.size(), left_.size());
    std::memcpy(into.data(), left_.data(), size);
    left_.remove_prefix(size);
    return size;
  }
  Result<void> rewind() override
  {
    next_ = 0;
    left_ = {};
    return success();
  }

 private:
  void make_line()
  {
    if (next_ > rows_) return;
    const std::string number = std::to_string(next_);
    line_ = "Name,Email,Number\n";
    if (next_ != 0)
      line_ = "Person " + number + ",p" + number + (next_ % 1000 == 0 ? "" : "@acme.example") +
              ",+4420" + std::to_string(70'000'000 + next_) + "\n";
    left_ = line_;
    ++next_;
  }

  std::uint64_t rows_;
  std::uint64_t next_ = 0; // 0 is the header
  std::string line_;
  std::string_view left_;
};

// Where findings go, a line each: the first few are shown, all are counted.
class FirstLines final : public Sink {
 public:
  Result<void> write(std::string_view bytes) override
  {
    for (const char byte : bytes) {
      if (lines_ < shown_max) std::putchar(byte);
      if (byte == '\n') ++lines_;
    }
    return success();
  }
  [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }

 private:
  static constexpr std::uint64_t shown_max = 3;
  std::uint64_t lines_ = 0;
};

// The most memory that this process has had, in KiB, as Linux counts it.
unsigned long peak_kib()
{
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtoul(line.c_str() + 6, nullptr, 10);
  return 0;
}

Result<void> check(Source& file, Seams seams)
{
  const schema::Schema schema = phone_book();
  ROLLCALL_TRY(MemoryDirectory directory, MemoryDirectory::make(schema, seams));
  FirstLines findings;
  ROLLCALL_TRY(const JobSummary job, validate(schema, file, directory, {.role = "importer"}, {},
                                              {.error_log = &findings}, seams));
  std::printf("%llu rows, %llu of them no good, %llu findings; %lu KiB of memory at most\n",
              static_cast<unsigned long long>(job.rows),
              static_cast<unsigned long long>(job.rejected),
              static_cast<unsigned long long>(findings.lines()), peak_kib());
  return success();
}

Result<std::unique_ptr<Source>> open(int count, char** words, Files& files)
{
  if (count == 3 && std::strcmp(words[1], "--rows") == 0)
    return std::make_unique<MadeFile>(std::strtoull(words[2], nullptr, 10));
  if (count != 2) return Error{ErrorCode::wrong_use, "stream_file FILE | --rows N"};
  ROLLCALL_TRY(FileSource file, FileSource::open(files, words[1]));
  return std::make_unique<FileSource>(std::move(file));
}

} // namespace

int main(int count, char** words)
{
  SystemSeams system;
  const auto done = [&]() -> Result<void> {
    ROLLCALL_TRY(const auto file, open(count, words, *system.seams().files));
    return check(*file, system.seams());
  }();
  if (done.has_value()) return 0;
  std::fprintf(stderr, "%s\n", describe(done.assume_error()).c_str());
  return 1;
}
