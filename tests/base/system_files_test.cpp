// The real file system: what FakeFiles cannot show.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <string>

#include "base/bytes.hpp"
#include "base/system_file.hpp"
#include "rollcall/output_file.hpp"
#include "rollcall/seams.hpp"
#include "support/fake_files.hpp"
#include "support/must.hpp"
#include "support/temporary_folder.hpp"

using namespace rollcall;
using rollcall::tests::as_text;
using rollcall::tests::must;
using rollcall::tests::TemporaryFolder;

namespace {

std::string read_all(File& file)
{
  std::array<std::byte, 1000> bytes{};
  const std::size_t size = must(read_full(file, bytes));
  return std::string{as_text(std::span{bytes}.first(size))};
}

std::filesystem::perms permissions_of(const std::string& path)
{
  return std::filesystem::status(path).permissions();
}

constexpr auto owner_only =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

} // namespace

TEST_CASE("a file is read from its start, and from anywhere else")
{
  const TemporaryFolder folder;
  folder.write("users.csv", "ID,Name\n1,Ada\n");
  SystemFiles files;
  const auto file = must(files.open_for_reading(folder.path_of("users.csv")));
  CHECK(must(file->size()) == 14);
  CHECK(read_all(*file) == "ID,Name\n1,Ada\n");
  CHECK(read_all(*file).empty());
  std::array<std::byte, 3> three{};
  CHECK(must(file->read_at(10, three)) == 3);
  CHECK(as_text(three) == "Ada");
  CHECK(must(file->read_at(14, three)) == 0);
  CHECK(must(file->read_at(UINT64_MAX, three)) == 0);
  must(file->seek(8));
  CHECK(read_all(*file) == "1,Ada\n");
  CHECK_FALSE(file->seek(UINT64_MAX).has_value());
}

TEST_CASE("a failed step names the file, the step and the system's reason")
{
  const TemporaryFolder folder;
  SystemFiles files;
  const std::string path = folder.path_of("missing.csv");
  const auto opened = files.open_for_reading(path);
  REQUIRE_FALSE(opened.has_value());
  CHECK(describe(opened.assume_error()) ==
        "opening " + path + ": no such file or folder (not_found)");
  CHECK_FALSE(files.map(path).has_value());
  CHECK_FALSE(files.remove(path).has_value());
  CHECK_FALSE(files.rename(path, path + "2").has_value());
  CHECK_FALSE(files.open_for_writing(path).has_value());
  CHECK_FALSE(files.create_beside(path + "/x", Readers::as_usual).has_value());
  CHECK_FALSE(files.sync_folder_of(path + "/x").has_value());
  CHECK_FALSE(files.create_unnamed(path).has_value());
  folder.write("plain", "x");
  CHECK_FALSE(files.status(folder.path_of("plain/x")).has_value());
  const auto reader = must(files.open_for_reading(folder.path_of("plain")));
  CHECK_FALSE(reader->write(as_bytes("y")).has_value());
  CHECK_FALSE(reader->truncate(0).has_value());
  CHECK_FALSE(reader->truncate(UINT64_MAX).has_value());
  const auto writer = must(files.open_for_writing(folder.path_of("plain")));
  std::array<std::byte, 1> one{};
  CHECK_FALSE(writer->read(one).has_value());
  CHECK_FALSE(writer->read_at(0, one).has_value());
}

TEST_CASE("a status tells files, folders, devices and nothing apart, and follows links")
{
  const TemporaryFolder folder;
  folder.write("real.csv", "12345");
  std::filesystem::create_symlink("real.csv", folder.path() / "link.csv");
  SystemFiles files;
  const FileStatus link = must(files.status(folder.path_of("link.csv")));
  CHECK(link.kind == FileKind::regular);
  CHECK(link.size == 5);
  CHECK(link.path == std::filesystem::canonical(folder.path() / "real.csv"));
  CHECK(must(files.status(folder.path())).kind == FileKind::folder);
  CHECK(must(files.status("/dev/null")).kind == FileKind::other);
  CHECK(must(files.status(folder.path_of("none"))).kind == FileKind::absent);
}

TEST_CASE("a mapping shows the bytes of the file, of an empty one none")
{
  const TemporaryFolder folder;
  folder.write("full", "some bytes");
  folder.write("empty", "");
  SystemFiles files;
  CHECK(as_text(must(files.map(folder.path_of("full")))->bytes()) == "some bytes");
  CHECK(must(files.map(folder.path_of("empty")))->bytes().empty());
  for (const std::string& path : {std::string{folder.path()}, std::string{"/dev/null"}}) {
    const auto refused = files.map(path);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.assume_error().code() == ErrorCode::unsupported);
  }
}

TEST_CASE("a new file is made for one of all who ask, and for nobody where anything is")
{
  const TemporaryFolder folder;
  SystemFiles files;
  const std::string path = folder.path_of("host.db");
  const auto made = must(files.create_new(path, Readers::owner_only));
  REQUIRE(made != nullptr);
  must(write_all(*made, as_bytes("mine")));
  CHECK(permissions_of(path) == owner_only);
  CHECK(must(files.create_new(path, Readers::owner_only)) == nullptr);
  CHECK(folder.read("host.db") == "mine");
  std::filesystem::create_symlink(folder.path_of("none"), folder.path_of("link"));
  CHECK(must(files.create_new(folder.path_of("link"), Readers::as_usual)) == nullptr);
  CHECK(must(files.status(folder.path_of("none"))).kind == FileKind::absent);
  CHECK_FALSE(files.create_new(folder.path_of("no/host.db"), Readers::as_usual).has_value());
}

TEST_CASE("a file for update is made once, then kept and added to")
{
  const TemporaryFolder folder;
  const std::string path = folder.path_of("journal");
  SystemFiles files;
  must(write_all(*must(files.open_for_update(path, Readers::owner_only)), as_bytes("one")));
  CHECK(permissions_of(path) == owner_only);
  const auto file = must(files.open_for_update(path, Readers::owner_only));
  must(file->seek(must(file->size())));
  must(write_all(*file, as_bytes(" two")));
  must(file->sync());
  CHECK(folder.read("journal") == "one two");
  must(file->truncate(3));
  CHECK(folder.read("journal") == "one");
}

TEST_CASE("a file without a name can be written and read, and leaves nothing")
{
  const TemporaryFolder folder;
  SystemFiles files;
  for (const auto& file : {must(files.create_unnamed(folder.path())).release(),
                           must(create_and_unlink(folder.path())).release()}) {
    const std::unique_ptr<File> owner{file};
    must(write_all(*owner, as_bytes("spooled")));
    must(owner->seek(0));
    CHECK(read_all(*owner) == "spooled");
    CHECK(folder.file_count() == 0);
  }
}

TEST_CASE("an output keeps the permissions of the file that it replaces")
{
  const TemporaryFolder folder;
  folder.write("out.csv", "old");
  std::filesystem::permissions(folder.path() / "out.csv", std::filesystem::perms{0640});
  SystemSeams system;
  OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("out.csv")));
  must(output.write("new"));
  CHECK(folder.read("out.csv") == "old");
  CHECK(folder.file_count() <= 2); // mostly the other one has no name yet
  must(output.commit());
  CHECK(folder.read("out.csv") == "new");
  CHECK(folder.file_count() == 1);
  CHECK(permissions_of(folder.path_of("out.csv")) == std::filesystem::perms{0640});
}

TEST_CASE("an output with secrets is readable by its owner alone from the first byte on")
{
  const TemporaryFolder folder;
  folder.write("secrets.csv", "old");
  SystemSeams system;
  OutputFile output =
      must(OutputFile::create(system.seams(), folder.path_of("secrets.csv"), Readers::owner_only));
  for (const auto& each : std::filesystem::directory_iterator{folder.path()}) {
    if (each.path().filename() != "secrets.csv") CHECK(permissions_of(each.path()) == owner_only);
  }
  must(output.commit());
  CHECK(permissions_of(folder.path_of("secrets.csv")) == owner_only);
}

TEST_CASE("an output through a link replaces what the link leads to")
{
  const TemporaryFolder folder;
  folder.write("real.csv", "old");
  std::filesystem::create_symlink("real.csv", folder.path() / "link.csv");
  SystemSeams system;
  OutputFile output = must(OutputFile::create(system.seams(), folder.path_of("link.csv")));
  must(output.write("new"));
  must(output.commit());
  CHECK(std::filesystem::is_symlink(folder.path() / "link.csv"));
  CHECK(folder.read("real.csv") == "new");
}

TEST_CASE("a device is written directly and never replaced; a folder is refused")
{
  SystemSeams system;
  OutputFile output = must(OutputFile::create(system.seams(), "/dev/null"));
  must(output.write("into nothing"));
  must(output.commit());
  CHECK(std::filesystem::is_character_file("/dev/null"));
  const TemporaryFolder folder;
  const auto refused = OutputFile::create(system.seams(), folder.path());
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.assume_error().code() == ErrorCode::wrong_use);
  const auto full = [&]() -> Result<void> {
    ROLLCALL_TRY(OutputFile device, OutputFile::create(system.seams(), "/dev/full"));
    ROLLCALL_CHECK(device.write("one byte too many"));
    return device.commit();
  }();
  REQUIRE_FALSE(full.has_value());
  CHECK(describe(full.assume_error()) == "writing /dev/full: no space left on device (disk_full)");
}

TEST_CASE("a name that is nearly too long for the file system can still be replaced")
{
  const TemporaryFolder folder;
  const std::string name(250, 'n');
  folder.write(name, "old");
  SystemSeams system;
  OutputFile output = must(OutputFile::create(system.seams(), folder.path_of(name)));
  must(output.write("new"));
  must(output.commit());
  CHECK(folder.read(name) == "new");
}

TEST_CASE("read_full reads to the end of short reads")
{
  const TemporaryFolder folder;
  folder.write("long", std::string(5000, 'x'));
  SystemFiles files;
  const auto file = must(files.open_for_reading(folder.path_of("long")));
  std::array<std::byte, 4000> bytes{};
  CHECK(must(read_full(*file, bytes)) == 4000);
  CHECK(must(read_full(*file, bytes)) == 1000);
  CHECK(must(read_full(*file, bytes)) == 0);
}
