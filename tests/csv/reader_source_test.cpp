// Where the bytes come from: files, pipes, mappings, memory and callbacks, and what happens when
// they fail or lie.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/sha256.hpp"
#include "support/csv_reading.hpp"
#include "support/fake_files.hpp"
#include "support/must.hpp"
#include "support/temporary_folder.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string digest_of(std::string_view text)
{
  Sha256 sha256;
  sha256.update(std::as_bytes(std::span{text}));
  return to_hex(sha256.finish());
}

std::string some_rows(std::size_t bytes)
{
  std::string text = "number,name,note\r\n";
  for (int row = 1; text.size() < bytes; ++row)
    text +=
        std::to_string(row) + ",\"name \"\"" + std::to_string(row % 7) + "\"\"\",caf\xC3\xA9\r\n";
  return text;
}

CallbackSource callback(std::string_view text, std::size_t piece_bytes)
{
  return CallbackSource{[text, piece_bytes, at = std::size_t{0}](
                            std::span<std::byte> into) mutable -> Result<std::size_t> {
    const std::size_t size = std::min({into.size(), piece_bytes, text.size() - at});
    std::ranges::copy(std::as_bytes(std::span{text.substr(at, size)}), into.begin());
    at += size;
    return size;
  }};
}

} // namespace

TEST_CASE("the same rows and the same digest come from memory, file, mapping and callback")
{
  const TemporaryFolder folder;
  SystemFiles files;
  for (const std::string& text :
       {some_rows(0), some_rows(1000), some_rows(16 * 1024), some_rows(128 * 1024),
        some_rows(500'000), std::string{}, std::string{"x"}, "\xEF\xBB\xBF" + some_rows(100),
        std::string{"\xEF\xBB\xBF"}, std::string(100'000, '\n')}) {
    folder.write("users.csv", text);
    const csv::ReaderOptions options{.digest = true};
    const Read wanted = read_all(text, options);
    CHECK(wanted.fault == "");
    CHECK(wanted.digest == digest_of(text));
    CHECK(wanted.source_bytes == text.size());

    FileSource file = must(FileSource::open(files, folder.path_of("users.csv")));
    MappedSource mapping = must(MappedSource::open(files, folder.path_of("users.csv")));
    CallbackSource small = callback(text, 3);
    CallbackSource large = callback(text, 1'000'000);
    CHECK(file.size() == text.size());
    for (Source* source : std::initializer_list<Source*>{&file, &mapping, &small, &large}) {
      const Read read = read_all(*source, options);
      CHECK(read.fault == "");
      CHECK(difference(read.reading, wanted.reading) == "");
      CHECK(read.digest == wanted.digest);
      CHECK(read.source_bytes == text.size());
    }
    must(file.rewind());
    must(mapping.rewind());
    CHECK(difference(read_all(file, options).reading, wanted.reading) == "");
    CHECK(difference(read_all(mapping, options).reading, wanted.reading) == "");
  }
}

TEST_CASE("the digest is that of the bytes, whatever their encoding and whatever was skipped")
{
  const std::string wide{
      "\xFF\xFE"
      "a\0,\0b\0\n\0x\xD8",
      12};
  for (const std::string& text :
       {wide, std::string{"\xE9\n\x81"}, "a\n" + std::string(5000, 'x') + "\nb\n"}) {
    for (const std::size_t piece : {0U, 1U, 100U}) {
      PieceSource pieces{text, piece};
      const csv::ReaderOptions options{.dialect = {.encoding = csv::Encoding::windows_1252},
                                       .limits = {.row_bytes = 100},
                                       .digest = true};
      const Read read = piece == 0 ? read_all(text, options) : read_all(pieces, options);
      CHECK(read.fault == "");
      CHECK(read.digest == digest_of(text));
    }
  }
  CHECK(read_all("a,b\n", {}).digest == "");
}

TEST_CASE("a source that is not there, is a folder, or cannot be mapped is an error that names it")
{
  const TemporaryFolder folder;
  SystemFiles files;
  const std::string missing = folder.path_of("missing.csv");
  const auto no_file = FileSource::open(files, missing);
  REQUIRE_FALSE(no_file.has_value());
  CHECK(no_file.assume_error().code() == ErrorCode::not_found);
  CHECK(describe(no_file.assume_error()).find("missing.csv") != std::string::npos);

  const auto no_mapping = MappedSource::open(files, missing);
  REQUIRE_FALSE(no_mapping.has_value());
  CHECK(no_mapping.assume_error().code() == ErrorCode::not_found);

  const auto is_folder = FileSource::open(files, folder.path().string());
  REQUIRE_FALSE(is_folder.has_value());
  CHECK(is_folder.assume_error().code() == ErrorCode::file_failed);
  CHECK(describe(is_folder.assume_error()).find("folder") != std::string::npos);
  CHECK_FALSE(MappedSource::open(files, folder.path().string()).has_value());
}

TEST_CASE("a pipe is read once, and its size is not known")
{
  const TemporaryFolder folder;
  SystemFiles files;
  const std::string path = folder.path_of("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const std::string text = some_rows(300'000);
  std::thread writer{[&] { std::ofstream{path, std::ios::binary} << text; }};
  FileSource pipe = must(FileSource::open(files, path));
  CHECK_FALSE(pipe.size().has_value());
  const Read read = read_all(pipe, {.digest = true});
  writer.join();
  CHECK(read.fault == "");
  CHECK(read.digest == digest_of(text));
  const auto rewound = pipe.rewind();
  REQUIRE_FALSE(rewound.has_value());
  CHECK(rewound.assume_error().code() == ErrorCode::unsupported);
}

TEST_CASE("a file that fails while it is read is an error that says so, at whatever call")
{
  std::size_t failures = 0;
  for (std::size_t fail_at = 0;; ++fail_at) {
    FakeFiles files;
    files.put("/staff/users.csv", some_rows(5000));
    files.piece_bytes_max = 700;
    files.fail_at = fail_at;
    files.os_error = EIO;
    auto source = FileSource::open(files, "/staff/users.csv");
    if (!source.has_value()) {
      CHECK(source.assume_error().code() == ErrorCode::file_failed);
      ++failures;
      continue;
    }
    const Read read = read_all(source.assume_value(), {.window_bytes = 1000});
    if (read.fault.empty()) break;
    CHECK(read.fault.find("reading /staff/users.csv") != std::string::npos);
    CHECK(read.fault.find("file_failed") != std::string::npos);
    ++failures;
  }
  CHECK(failures >= 8);
}

TEST_CASE("a file that grows while it is read is read to its end, within the limit")
{
  FakeFiles files;
  files.put("f", "a\n1\n");
  FileSource source = must(FileSource::open(files, "f"));
  files.disk["f"]->append("2\n3\n");
  CHECK(read_all(source, {.limits = {.file_bytes = 8}}).reading.rows.size() == 4);
  must(source.rewind());
  CHECK(read_all(source, {.limits = {.file_bytes = 7}}).reading.refusal == Code::file_too_large);
}

TEST_CASE("a callback may be slow, but not lie about how much it read")
{
  CallbackSource liar{
      [](std::span<std::byte> into) -> Result<std::size_t> { return into.size() + 1; }};
  std::array<std::byte, 4> buffer = {};
  const auto read = liar.read(buffer);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.assume_error().code() == ErrorCode::host_failed);
  CHECK(read_all(liar, {}).fault.find("host_failed") != std::string::npos);
}

TEST_CASE("a callback that fails or throws is an error, at its first call and at later ones")
{
  for (const int good_calls : {0, 1, 5}) {
    int calls = 0;
    const auto give = [&](std::span<std::byte> into) {
      const std::string_view text = "a,b\n1,2\n";
      std::ranges::copy(std::as_bytes(std::span{text}), into.begin());
      return text.size();
    };
    CallbackSource failing{[&](std::span<std::byte> into) -> Result<std::size_t> {
      if (calls++ == good_calls) return Error{ErrorCode::host_failed, "the line is down"};
      return give(into);
    }};
    const Read failed = read_all(failing, {.window_bytes = 10});
    CHECK(failed.fault.find("the line is down") != std::string::npos);
    calls = 0;
    CallbackSource throwing{[&](std::span<std::byte> into) -> Result<std::size_t> {
      if (calls++ == good_calls) throw std::runtime_error{"no line"};
      return give(into);
    }};
    const Read thrown = read_all(throwing, {.window_bytes = 10});
    CHECK(thrown.fault.find("internal") != std::string::npos);
    CHECK(thrown.fault.find("no line") != std::string::npos);
  }
  CallbackSource empty{{}};
  CHECK(read_all(empty, {}).fault != "");
}

TEST_CASE("the end of a callback stays the end, until it is rewound")
{
  int calls = 0;
  CallbackSource source{[&](std::span<std::byte>) -> Result<std::size_t> {
                          ++calls;
                          return std::size_t{0};
                        },
                        []() -> Result<void> { return success(); }};
  std::array<std::byte, 4> buffer = {};
  CHECK(must(source.read(buffer)) == 0);
  CHECK(must(source.read(buffer)) == 0);
  CHECK(calls == 1);
  must(source.rewind());
  CHECK(must(source.read(buffer)) == 0);
  CHECK(calls == 2);

  CallbackSource once{[](std::span<std::byte>) -> Result<std::size_t> { return std::size_t{0}; }};
  const auto rewound = once.rewind();
  REQUIRE_FALSE(rewound.has_value());
  CHECK(rewound.assume_error().code() == ErrorCode::unsupported);
}

TEST_CASE("reading memory borrows it: what is read of a long text is the text itself")
{
  const std::string text = some_rows(1'000'000);
  MemorySource source{text};
  csv::Reader reader = must(csv::Reader::open(source, {}));
  std::size_t borrowed = 0;
  while (must(reader.next())) {
    const std::string_view seen = reader.batch().text();
    if (seen.data() >= text.data() && seen.data() < text.data() + text.size()) ++borrowed;
  }
  CHECK(borrowed >= 6);
}

TEST_CASE("what a source says of its size counts also if it has its bytes in memory")
{
  // A host's own source, that has its bytes at hand but does not say how many they are.
  class Bytes final : public Source {
   public:
    Result<std::size_t> read(std::span<std::byte> into) override { return memory_.read(into); }
    [[nodiscard]] std::optional<std::span<const std::byte>> bytes() const override
    {
      return memory_.bytes();
    }
    Result<void> rewind() override { return memory_.rewind(); }

   private:
    std::string text_ = some_rows(40'000);
    MemorySource memory_{text_};
  };
  const std::uint64_t size = some_rows(40'000).size();
  for (const std::uint64_t most : {size - 1, size}) {
    Bytes source;
    const Read read = read_all(source, {.limits = {.file_bytes = most}});
    CHECK(read.fault == "");
    CHECK(read.reading.refusal.has_value() == (most != size));
  }
}
