// Output is whole or absent: every call fails once, writes are short, and the old file stays.
#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "rollcall/output_file.hpp"
#include "support/fake_files.hpp"
#include "support/memory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::FakeFiles;
using rollcall::tests::must;

namespace {

constexpr std::string_view target = "out.csv";

std::string new_text()
{
  std::string text = "head\n";
  text.append(200'000, 'x');
  return text.append("tail\n");
}

Result<void> write_new(Files& files)
{
  const Seams seams = {.memory = std::pmr::new_delete_resource(), .files = &files};
  ROLLCALL_TRY(OutputFile output, OutputFile::create(seams, std::string{target}));
  ROLLCALL_CHECK(output.write("head\n"));
  ROLLCALL_CHECK(output.write(std::string(200'000, 'x')));
  ROLLCALL_CHECK(output.write("tail\n"));
  return output.commit();
}

} // namespace

TEST_CASE("a committed output takes the place of its target, in the right order")
{
  FakeFiles files;
  files.put("out.csv", "old");
  must(write_new(files));
  CHECK(files.text_of("out.csv") == new_text());
  CHECK(files.disk.size() == 1);
  const std::vector<std::string> expected = {"status", "create_beside", "write",  "write",
                                             "write",  "sync",          "rename", "sync_folder_of"};
  CHECK(files.calls == expected);
}

TEST_CASE("an output that is not committed leaves no trace")
{
  FakeFiles files;
  files.put("out.csv", "old");
  {
    const Seams seams = {.memory = std::pmr::new_delete_resource(), .files = &files};
    OutputFile output = must(OutputFile::create(seams, "out.csv"));
    must(output.write(std::string(100'000, 'x')));
    OutputFile moved = std::move(output);
    must(moved.write("more"));
    CHECK(files.disk.size() == 2);
    CHECK(moved.target() == "out.csv");
  }
  CHECK(files.text_of("out.csv") == "old");
  CHECK(files.disk.size() == 1);
}

TEST_CASE("whatever fails, and how, the target is the old file or the whole new one")
{
  FakeFiles whole;
  must(write_new(whole));
  for (const bool is_there : {true, false}) {
    for (const int os_error : {EIO, ENOSPC, EACCES, EDQUOT}) {
      for (std::size_t fail_at = 0; fail_at < whole.calls.size(); ++fail_at) {
        FakeFiles files;
        if (is_there) files.put("out.csv", "old");
        files.fail_at = fail_at;
        files.os_error = os_error;
        const auto written = write_new(files);
        const std::string failed_call = whole.calls[fail_at];
        CAPTURE(failed_call);
        REQUIRE_FALSE(written.has_value());
        const Error& error = written.assume_error();
        CHECK(error.code() == Error::of_system(os_error).code());
        CHECK(error.os_error() == os_error);
        CHECK(describe(error).starts_with("writing out.csv: "));
        const bool is_published = failed_call == "sync_folder_of";
        CHECK(files.text_of("out.csv") ==
              (is_published ? new_text() : std::string{is_there ? "old" : "(absent)"}));
        CHECK(files.disk.size() == (is_there || is_published ? 1 : 0));
      }
    }
  }
}

TEST_CASE("short writes are carried on, also of one byte")
{
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
    FakeFiles files;
    files.piece_bytes_max = piece;
    must(write_new(files));
    CHECK(files.text_of("out.csv") == new_text());
  }
}

TEST_CASE("a file that takes no bytes at all is an error, not an endless loop")
{
  FakeFiles files;
  files.piece_bytes_max = 0;
  const auto written = write_new(files);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.assume_error().code() == ErrorCode::file_failed);
}

TEST_CASE("after a failure nothing more is written and nothing published")
{
  FakeFiles files;
  files.put("out.csv", "old");
  const Seams seams = {.memory = std::pmr::new_delete_resource(), .files = &files};
  OutputFile output = must(OutputFile::create(seams, "out.csv"));
  files.fail_at = files.calls.size();
  files.os_error = ENOSPC;
  CHECK_FALSE(output.write(std::string(100'000, 'x')).has_value());
  const std::size_t calls = files.calls.size();
  const auto again = output.write("more");
  REQUIRE_FALSE(again.has_value());
  CHECK(again.assume_error().code() == ErrorCode::wrong_use);
  CHECK_FALSE(output.commit().has_value());
  CHECK(files.calls.size() == calls);
  CHECK(files.text_of("out.csv") == "old");
}

TEST_CASE("nothing can be written after a commit")
{
  FakeFiles files;
  const Seams seams = {.memory = std::pmr::new_delete_resource(), .files = &files};
  OutputFile output = must(OutputFile::create(seams, "out.csv"));
  must(output.write("all"));
  must(output.commit());
  CHECK_FALSE(output.write("more").has_value());
  const std::size_t calls = files.calls.size();
  must(output.commit()); // it is
  CHECK(files.calls.size() == calls);
  CHECK(files.text_of("out.csv") == "all");
}

TEST_CASE("writing takes its memory once, from the seam")
{
  FakeFiles files;
  tests::CountingMemory memory;
  {
    const Seams seams = {.memory = &memory, .files = &files};
    OutputFile output = must(OutputFile::create(seams, "out.csv"));
    for (int i = 0; i < 50'000; ++i) must(output.write("some text and a line end\n"));
    must(output.commit());
  }
  CHECK(memory.allocations() == 1);
  CHECK(memory.bytes_now() == 0);
  CHECK(files.text_of("out.csv").size() == 50'000 * 25);
}
