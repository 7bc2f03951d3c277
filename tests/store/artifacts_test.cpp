// Files of jobs while others are at them: who reads one that goes, and who writes for a job that is
// his no more.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "store/artifacts.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// So much that there are pieces of it.
std::string text_of(std::string_view word)
{
  std::string text;
  const std::size_t pieces = store::pieces_at_once + 2;
  while (text.size() < pieces * store::piece_bytes + 10) text.append(word).append("\n");
  return text;
}

JobId begin(SqliteStore& store)
{
  return must(store.add({.state = JobState::running}));
}

void end(SqliteStore& store, JobId id, JobState as = JobState::succeeded)
{
  must(store.update({.id = id, .state = as}));
}

void write(SqliteStore& store, JobId id, std::string_view name, std::string_view text)
{
  const auto sink = must(store.write_artifact(id, name));
  must(sink->write(text));
  must(sink->finish());
}

std::string read(SqliteStore& store, JobId id, std::string_view name)
{
  const auto source = must(store.read_artifact(id, name));
  std::string text;
  std::array<char, 100'000> piece;
  for (;;) {
    const std::size_t size = must(source->read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return text;
    text.append(piece.data(), size);
  }
}

std::string bytes_of(const Host& host)
{
  return host.folder().read("host.db") + host.folder().read("host.db-wal");
}

} // namespace

TEST_CASE("a file that is removed while it is read is not found, whatever comes after it")
{
  Host host;
  SqliteStore reader = host.open();
  SqliteStore other = host.open();
  const JobId first = begin(other);
  write(other, first, "source", text_of("first"));
  end(other, first);
  const auto source = must(reader.read_artifact(first, "source"));
  std::array<std::byte, 1000> into;
  CHECK(must(source->read(into)) == into.size());
  must(other.purge(first));
  const JobId second = begin(other);
  write(other, second, "source", text_of("other"));
  CHECK(error_of(source->read(into)) == ErrorCode::not_found);
  must(source->rewind());
  CHECK(error_of(source->read(into)) == ErrorCode::not_found);
  CHECK(host.sql("SELECT id FROM artifact") == "2\n"); // the first one's id was not given again
}

TEST_CASE("who was overtaken writes no piece, takes none back, and removes no file of anybody's")
{
  Host host;
  SqliteStore old = host.open();
  SqliteStore other = host.open();
  const std::string text = text_of("canary");
  const JobId first = begin(old);
  auto goes_on = must(old.write_artifact(first, "source"));
  auto takes_back = must(old.write_artifact(first, "plan"));
  must(goes_on->write(text));
  must(takes_back->write(text));

  must(other.take_over(first, TakeOver::of_any));
  end(other, first, JobState::failed);
  CHECK(bytes_of(host).find("canary") == std::string::npos);
  const JobId second = begin(other);
  write(other, second, "source", text_of("other"));
  write(other, second, "plan", text_of("other"));

  CHECK(error_of(goes_on->write(text)) == ErrorCode::busy);
  CHECK(error_of(takes_back->restart()) == ErrorCode::busy);
  CHECK(error_of(goes_on->finish()) == ErrorCode::busy);
  goes_on.reset();
  takes_back.reset();
  for (const char* const name : {"source", "plan"})
    CHECK(read(other, second, name) == text_of("other"));
  CHECK(bytes_of(host).find("canary") == std::string::npos);
  must(other.check());
}

TEST_CASE("what a store has begun is gone when it takes its own job over, and is not gone on with")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = begin(store);
  auto former = must(store.write_artifact(id, "source"));
  must(former->write(text_of("former")));
  must(store.take_over(id, TakeOver::of_gone));
  CHECK(error_of(former->write(text_of("former"))) == ErrorCode::not_found);
  CHECK(error_of(former->restart()) == ErrorCode::not_found);
  CHECK(error_of(former->finish()) == ErrorCode::not_found);
  former.reset();
  write(store, id, "source", text_of("again"));
  CHECK(read(store, id, "source") == text_of("again"));
  must(store.check());
}

TEST_CASE("what was written before a file is finished goes from the log when its job ends")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = begin(store);
  {
    const auto sink = must(store.write_artifact(id, "source"));
    must(sink->write(text_of("canary")));
    must(sink->restart());
    must(sink->write(text_of("canary")));
  }
  CHECK(bytes_of(host).find("canary") != std::string::npos);
  end(store, id, JobState::failed);
  CHECK(bytes_of(host).find("canary") == std::string::npos);
}

TEST_CASE("files take the room that they need, but for what a job was given")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = begin(store);
  const std::string text = text_of("canary");
  for (const char* const name : {"source", "plan"}) {
    write(store, id, name, text);
    CHECK(read(store, id, name) == text);
    const auto source = must(store.read_artifact(id, name));
    std::string some(store::piece_bytes + 1000, '\0');
    const auto read_some = [&] {
      return must(source->read(std::as_writable_bytes(std::span{some})));
    };
    std::string all;
    for (std::size_t size = read_some(); size != 0; size = read_some()) all.append(some, 0, size);
    CHECK(all == text);
    must(source->rewind());
    REQUIRE(read_some() != 0);
    CHECK(text.starts_with(some.substr(0, 100)));
  }
  const auto purged = must(store.read_artifact(id, "plan"));
  std::array<std::byte, 10> into;
  CHECK(must(purged->read(into)) == into.size());
  CHECK(host.sql(
            "SELECT a.name, sum(p.is_packed), sum(length(p.content)) < a.bytes / 5 FROM artifact a "
            "JOIN piece p ON p.artifact = a.id GROUP BY a.id") == "source|0|0\nplan|7|1\n");
  end(store, id);
  must(store.check());
  REQUIRE(host.sql("UPDATE piece SET content = CAST('canary' AS BLOB) WHERE artifact = 2").empty());
  CHECK(error_of(store.check()) == ErrorCode::corrupt);
  const auto damaged = must(store.read_artifact(id, "plan"));
  CHECK(error_of(damaged->read(into)) == ErrorCode::file_failed);
  must(store.purge(id));
  CHECK(error_of(purged->read(into)) == ErrorCode::not_found);
}
