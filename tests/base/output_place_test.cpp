// What becomes of a file that is to take the place of another: where it lies meanwhile, what is
// left of it when nobody finishes it, and who has it locked.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

#include "base/bytes.hpp"
#include "rollcall/output_file.hpp"
#include "support/must.hpp"
#include "support/temporary_folder.hpp"

using namespace rollcall;
using rollcall::tests::must;
using rollcall::tests::TemporaryFolder;

namespace {

std::set<std::string> names_in(const TemporaryFolder& folder)
{
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
    names.insert(entry.path().filename());
  return names;
}

unsigned mode_of(const std::string& path)
{
  struct stat status = {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

} // namespace

TEST_CASE("an output that is not whole has no name, and is gone when its process is killed")
{
  const TemporaryFolder folder;
  const std::string target = folder.path_of("out.csv");
  const pid_t child = ::fork();
  if (child == 0) {
    SystemSeams system;
    auto output = OutputFile::create(system.seams(), target);
    static_cast<void>(output.has_value() &&
                      output.assume_value().write(std::string(1'000'000, 'x')).has_value());
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  // Some file systems cannot make a file without a name.
  std::set<std::string> left = names_in(folder);
  left.erase(".out.csv.tmp");
  CHECK(left.empty());
  SystemSeams system;
  must(must(OutputFile::create(system.seams(), target)).commit());
  CHECK(names_in(folder) == std::set<std::string>{"out.csv"});
}

TEST_CASE("an output takes the place of nothing, and of a file, and keeps who may read that")
{
  const TemporaryFolder folder;
  SystemSeams system;
  for (const std::string_view text : {"first", "second"}) {
    OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("out.csv")));
    must(output.write(text));
    must(output.publish());
    must(output.commit()); // it is
    CHECK_FALSE(output.write("more").has_value());
    CHECK(folder.read("out.csv") == text);
    CHECK(names_in(folder) == std::set<std::string>{"out.csv"});
    std::filesystem::permissions(folder.path_of("out.csv"), std::filesystem::perms{0640});
  }
  CHECK(mode_of(folder.path_of("out.csv")) == 0640);
  OutputFile output =
      must(OutputFile::create(system.seams(), folder.path_of("out.csv"), Readers::owner_only));
  must(output.commit());
  CHECK(mode_of(folder.path_of("out.csv")) == 0600);
}

TEST_CASE("what somebody has left behind is taken away, and what is in use is not")
{
  const TemporaryFolder folder;
  SystemSeams system;
  folder.write("out.csv", "old");
  folder.write(".out.csv.tmp", "left behind, with a secret");
  {
    OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("out.csv")));
    must(output.write("new"));
    must(output.commit());
  }
  CHECK(names_in(folder) == std::set<std::string>{"out.csv"});
  CHECK(folder.read("out.csv") == "new");

  folder.write(".out.csv.tmp", "being written");
  const int other = ::open(folder.path_of(".out.csv.tmp").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  {
    OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("out.csv")));
    must(output.write("newer"));
    must(output.commit());
  }
  ::close(other);
  CHECK(folder.read("out.csv") == "newer");
  CHECK(folder.read(".out.csv.tmp") == "being written");
}

TEST_CASE("nobody can lay a link or another's file in the way of an output")
{
  const TemporaryFolder folder;
  SystemSeams system;
  folder.write("out.csv", "old");
  folder.write("other", "stays");
  const auto write = [&] {
    OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("out.csv")));
    must(output.write("new"));
    must(output.commit());
  };
  std::filesystem::create_symlink("other", folder.path() / ".out.csv.tmp");
  write();
  std::filesystem::remove(folder.path() / ".out.csv.tmp");
  std::filesystem::create_hard_link(folder.path() / "other", folder.path() / ".out.csv.tmp");
  write();
  CHECK(folder.read("other") == "stays");
  CHECK(folder.read("out.csv") == "new");
}

TEST_CASE("a byte is locked by one who has the file open, until he closes it")
{
  const TemporaryFolder folder;
  SystemFiles files;
  const std::string path = folder.path_of("locks");
  auto one = must(files.open_for_update(path, Readers::owner_only));
  const auto other = must(files.open_for_update(path, Readers::owner_only));
  const auto reader = must(files.open_for_reading(path));
  constexpr std::uint64_t far = std::uint64_t{1} << 62U;
  CHECK(must(one->lock(far)));
  CHECK(must(one->lock(far)));
  CHECK_FALSE(must(one->is_locked(far)));
  CHECK_FALSE(must(other->lock(far)));
  CHECK(must(other->lock(far - 1)));
  CHECK(must(other->is_locked(far)));
  CHECK(must(reader->is_locked(far)));
  CHECK_FALSE(must(reader->is_locked(far + 1)));
  must(other->unlock(far - 1));
  CHECK_FALSE(must(reader->is_locked(far - 1)));
  one.reset();
  CHECK_FALSE(must(reader->is_locked(far)));
  CHECK_FALSE(other->lock(UINT64_MAX).has_value());
}
