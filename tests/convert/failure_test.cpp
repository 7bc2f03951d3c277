// What a conversion does when something else fails: outputs, the source, memory at many a point,
// a host, somebody who wants it to stop; and maps that are none.
#include <doctest/doctest.h>

#include <cerrno>
#include <string>

#include "convert/converting.hpp"
#include "support/failing_new.hpp"

using namespace rollcall;
using rollcall::tests::AllocationsLeft;
using rollcall::tests::Converting;
using rollcall::tests::FakeDirectory;
using rollcall::tests::must;

namespace {

const std::string file =
    "First Name,Last Name,Email,Extension,Phone Secret,User Profile ID,Colour\n"
    "Ada,Ek,a@x.de,201,zq,agent,red\n\"Mary Ann\",Ek,rene\xCC\x81@x.de,2O1,,,\n\"A\"b,x,y,z,,,\n"
    "=1,van Dyke,c@x.de,203,,7,\n";

template <class T>
ErrorCode code_of(const Result<T>& result)
{
  REQUIRE_FALSE(result.has_value());
  return result.assume_error().code();
}

std::string map_error(std::string_view text)
{
  SystemSeams system;
  MemorySource source{text};
  const auto made = convert::read_map(source, system.seams());
  if (made.has_value()) return {};
  CHECK(made.assume_error().code() == ErrorCode::malformed);
  return std::string{made.assume_error().detail()};
}

class Stopping final : public JobWatcher {
 public:
  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    rows = progress.rows;
    return false;
  }
  std::uint64_t rows = 0;
};

class Unreadable final : public Source {
 public:
  explicit Unreadable(std::string_view text) : text_{text} {}
  Result<std::size_t> read(std::span<std::byte> into) override
  {
    if (is_read_) return Error::of_system(EIO);
    is_read_ = true;
    const auto bytes = std::as_bytes(std::span{text_});
    std::copy(bytes.begin(), bytes.end(), into.begin());
    return bytes.size();
  }
  Result<void> rewind() override { return success(); }

 private:
  std::string_view text_;
  bool is_read_ = false;
};

} // namespace

TEST_CASE("an output that has no room left is an error, whichever it is")
{
  for (const bool is_report : {false, true}) {
    Converting converting{"clusterpbx", "ctu"};
    (is_report ? converting.report : converting.result).writes_max = 0;
    CHECK(code_of(converting.try_to_convert(file)) == ErrorCode::disk_full);
  }
  Converting late{"clusterpbx", "ctu"};
  late.result.writes_max = 1; // the header
  CHECK(code_of(late.try_to_convert(file)) == ErrorCode::disk_full);
}

TEST_CASE("a source that cannot be read any further is refused, and not an error")
{
  Converting converting{"clusterpbx", "ctu"};
  Unreadable source{file};
  const auto loss = must(converting.try_to_convert(source));
  CHECK(loss.refusal == Refusal::file);
  CHECK(loss.findings.front().code == Code::file_unreadable);
  const Error why{ErrorCode::not_found};
  CHECK(convert::refuse_unreadable(converting.from, converting.to, why, "x.csv")
            .findings.front()
            .code == Code::file_unreadable);
}

TEST_CASE("a host that cannot be asked is an error")
{
  Converting converting{"ctu", "clusterpbx"};
  FakeDirectory host{converting.to, R"({"user": [{"id": "1", "extension": "0201"}]})"};
  converting.options.host = &host;
  host.fail_at = 0;
  const auto made = converting.try_to_convert(
      "First Name,Last Name,Login,Password,Role,Primary Team,Extension\nA,B,c@x.de,x,g,t,201\n");
  CHECK(code_of(made) == ErrorCode::host_failed);
}

TEST_CASE("whoever watches can stop it")
{
  Stopping watcher;
  Converting converting{"clusterpbx", "ctu"};
  converting.options.watcher = &watcher;
  CHECK(code_of(converting.try_to_convert(file)) == ErrorCode::cancelled);
  CHECK(watcher.rows == 4);
}

TEST_CASE("memory that runs out is an error at every point")
{
  Converting converting{"clusterpbx", "ctu"};
  converting.options.with_secrets = true;
  converting.options.map = {{"role", "agent", "Agent"}};
  converting.options.fillings = {{"department", "Sales"}};
  converting.converted(file);
  const std::string whole = converting.result.text;
  std::size_t failed = 0;
  for (std::size_t allocations = 0;; allocations += allocations < 64 ? 1 : 61) {
    bool is_done = false;
    {
      MemorySource source{file};
      const AllocationsLeft left{allocations};
      const auto made = converting.try_to_convert(source);
      is_done = made.has_value();
      if (!is_done) REQUIRE(made.assume_error().code() == ErrorCode::out_of_memory);
    }
    if (is_done) break;
    ++failed;
  }
  CHECK(failed > 50);
  CHECK(converting.result.text == whole);
}

TEST_CASE("memory does not grow with the file")
{
  std::size_t most[2] = {};
  for (const std::size_t rows : {2'000U, 40'000U}) {
    std::string large = file.substr(0, file.find('\n') + 1);
    for (std::size_t i = 0; i != rows; ++i) large += "Ada,van Dyke,a@x.de,2O1,,7,red\n";
    Converting converting{"clusterpbx", "ctu"};
    converting.result.text.reserve(4'000'000);
    converting.report.text.reserve(64'000'000);
    tests::bytes_alive_most = tests::bytes_alive;
    const std::ptrdiff_t before = tests::bytes_alive;
    const auto loss = converting.converted(large);
    CHECK(loss.written == rows);
    most[rows > 2'000U ? 1 : 0] = static_cast<std::size_t>(tests::bytes_alive_most - before);
  }
  CHECK(most[1] < most[0] + 1'000'000);
}

TEST_CASE("a map has three columns in any order, and is trimmed like any file")
{
  SystemSeams system;
  MemorySource source{"To; FIELD ;from\n17;role; agent \n;role;\"x;y\"\n"};
  const auto map = must(convert::read_map(source, system.seams()));
  CHECK(map == std::vector<convert::Translation>{{"role", "agent", "17"}, {"role", "x;y", ""}});
}

TEST_CASE("a map says all that is wrong with it at once, with lines")
{
  CHECK(map_error("field,from,to\nrole,a,b\nrole,A,b\n").empty());
  CHECK(map_error("") == "it has no row with the names of its columns: field, from, to");
  CHECK(map_error("field,form,to\n") == "line 1: the column 'from' is missing");
  CHECK(map_error("field,from,to\nrole,a,b\nrole,A,c\nroles,x,y\nrole,,z\nsip_password,a,b\n") ==
        "line 3: 'A' is translated to 'b' already; line 4: there is no canonical field 'roles'; "
        "did you mean role?; line 5: there is nothing to translate from; line 6: secrets are not "
        "translated");
  CHECK(map_error("field,from,to\nrole,\"a\"b,c\n").starts_with("line 2: "));
  CHECK(map_error("field,from,to\nrole,\xFF,c\n").starts_with("line 2: "));
  std::string many = "field,from,to\n";
  for (int i = 0; i != 50; ++i) many += "x,y,z\n";
  CHECK(map_error(many).ends_with("; and 30 more"));
}
