// Where SQLite puts files that have no name.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Files that this process has open, and that have no name any more.
std::set<std::string> nameless()
{
  constexpr std::string_view gone = " (deleted)";
  std::set<std::string> found;
  std::error_code failed;
  for (const auto& each : std::filesystem::directory_iterator{"/proc/self/fd"}) {
    const std::string path = std::filesystem::read_symlink(each.path(), failed).string();
    if (path.ends_with(gone)) found.insert(path.substr(0, path.size() - gone.size()));
  }
  return found;
}

} // namespace

TEST_CASE("a database that is written anew lies beside itself meanwhile, and nowhere else")
{
  Host host;
  SqliteStore store = host.open();
  JobRecord record{.state = JobState::running};
  const JobId stays = must(store.add(record));
  const JobId goes = must(store.add(record));
  const std::string text(1024 * 1024, 'x');
  const auto sink = must(store.write_artifact(stays, "source"));
  for (int i = 0; i != 48; ++i) must(sink->write(text)); // more than is kept in memory
  must(sink->finish());
  must(store.update({.id = goes, .state = JobState::succeeded}));
  const std::set<std::string> before = nameless();
  std::set<std::string> seen;
  host.vfs.before = [&](const char* call) -> FailingVfs::Verdict {
    if (std::string_view{call} == "write" && seen.empty())
      for (const std::string& path : nameless())
        if (!before.contains(path)) seen.insert(path);
    return {};
  };
  must(store.purge(goes));
  host.vfs.before = nullptr;
  REQUIRE(seen.size() == 1);
  const std::filesystem::path at{*seen.begin()};
  CHECK(at.parent_path() == std::filesystem::canonical(host.folder().path()));
  CHECK(at.filename().string().starts_with(".rollcall-"));
  CHECK(nameless() == before);
  must(store.check());
}

TEST_CASE("a file system that SQLite does not know is wrong use")
{
  Host host;
  SqliteOptions options = host.options();
  options.vfs = "none such";
  CHECK(error_of(SqliteStore::open(host.path(), host.seams(), options)) == ErrorCode::wrong_use);
}
