// What jobs do when something else fails: the host, the outputs, the disk (allocation_test has
// memory). Each is an error with a name, and the host's objects stay whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "job/failing.hpp"

using namespace rollcall;
using rollcall::tests::code_of;
using rollcall::tests::exchange;
using rollcall::tests::FakeDirectory;
using rollcall::tests::Lie;
using rollcall::tests::must;
using rollcall::tests::phone_system;
using rollcall::tests::Running;
using rollcall::tests::varied_file;

TEST_CASE("a host that fails at any call is an error of the host, and nothing was done")
{
  for (const bool executes : {false, true}) {
    Running whole = phone_system();
    (void)(executes ? whole.executed(exchange) : whole.validated(exchange));
    const std::size_t calls = whole.directory.calls.size();
    CHECK(calls > 10);
    for (std::size_t call = 0; call != calls; ++call) {
      CAPTURE(whole.directory.calls[call]);
      Running job = phone_system();
      const std::string before = job.directory.json();
      job.directory.fail_at = call;
      const auto result = executes ? job.try_to_execute(exchange) : job.try_to_validate(exchange);
      REQUIRE_FALSE(result.has_value());
      CHECK(result.assume_error().code() == ErrorCode::host_failed);
      CHECK(result.assume_error().detail() == "the host has hung up");
      CHECK(job.directory.json() == before);
      // What cannot be taken back is not written before it is final.
      CHECK(job.report.text.empty());
    }
  }
}

TEST_CASE("a host that shows what it was not asked for, or objects of another shape, is an error")
{
  for (const Lie lie : {Lie::not_asked, Lie::fields_missing, Lie::fields_too_many}) {
    Running job = phone_system();
    const std::string before = job.directory.json();
    job.directory.lie = lie;
    const auto result = job.try_to_execute(exchange);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::host_failed);
    CHECK(job.directory.json() == before);
  }
}

TEST_CASE("whichever question a host answers wrongly, it is an error and nothing is done")
{
  // One column less each time, so that other questions come first.
  for (const std::string& text :
       {std::string{"ID,First Name,Last Name,Email,Extension\n,A,A,eve@b.example,300\n"},
        std::string{"ID,First Name,Last Name,Email,Extension,User Profile ID\n"
                    ",A,A,new@b.example,300,office\n"},
        std::string{"ID,First Name,Last Name,Email,Extension,Phone Model ID,"
                    "Provisioning Template ID,Mac Address\n"
                    ",A,A,new@b.example,300,,desk,000413000001\n"}}) {
    for (const Lie lie : {Lie::not_asked, Lie::fields_too_many}) {
      CAPTURE(text);
      Running job = phone_system();
      const std::string before = job.directory.json();
      job.directory.lie = lie;
      CHECK(code_of(job.try_to_execute(text)) == ErrorCode::host_failed);
      CHECK(job.directory.json() == before);
    }
  }
}

TEST_CASE("a host that answers twice, or for what it was not given, is an error")
{
  const auto fault_of = [](Lie lie) {
    Running job = phone_system();
    job.directory.lie = lie;
    const auto result = job.try_to_execute(exchange);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::host_failed);
    return std::string{result.assume_error().detail()};
  };
  const std::string_view lies =
      "the directory answered for a group that it was not given, or not as it must";
  CHECK(fault_of(Lie::answers_twice) == lies);
  CHECK(fault_of(Lie::answers_a_stranger) == lies);
}

TEST_CASE("of a row for which a host does not answer nobody knows what became of it")
{
  Running job = phone_system();
  job.directory.lie = Lie::no_answer;
  const JobSummary summary = must(job.try_to_execute(exchange));
  CHECK(summary.unknown == 1);
  CHECK(summary.state == JobState::partial);
  CHECK(summary.counts.of(Code::host_no_answer) == 1);
  CHECK(job.report.text.find("\"outcome\": \"unknown\", \"changes\": []") != std::string::npos);
}

TEST_CASE("a host that shows the same object twice, or one for every value, changes nothing")
{
  class Generous final : public ObjectSink {
   public:
    explicit Generous(ObjectSink& sink) : sink_{sink} {}
    void object(std::size_t asked, const ObjectView& object) override
    {
      sink_.object(asked, object);
      sink_.object(asked, object);
    }

   private:
    ObjectSink& sink_;
  };
  class Twice final : public Directory {
   public:
    explicit Twice(Directory& of) : of_{of} {}
    bool lists(KindId kind) const override { return of_.lists(kind); }
    Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                      ObjectSink& sink) override
    {
      Generous generous{sink};
      return of_.find(kind, by, values, generous);
    }
    Result<void> scan(KindId kind, ObjectSink& sink) override { return of_.scan(kind, sink); }
    Result<std::uint64_t> count(KindId kind) override { return of_.count(kind); }
    Result<std::optional<std::uint64_t>> next_id(KindId kind) override { return of_.next_id(kind); }
    Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                               std::string_view text) override
    {
      return of_.nearest(kind, field, text);
    }
    Result<Setting> setting(std::string_view name) override { return of_.setting(name); }
    Result<Setting> default_setting(std::string_view name) override
    {
      return of_.default_setting(name);
    }
    Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
    {
      return of_.apply(groups, sink);
    }

   private:
    Directory& of_;
  };
  Running once = phone_system();
  once.executed(exchange);
  Running job = phone_system();
  Twice twice{job.directory};
  MemorySource source{exchange};
  must(execute(job.schema, source, twice, job.context, job.options, job.outputs(), job.seams()));
  CHECK(job.report.text == once.report.text);
  CHECK(job.directory.json() == once.directory.json());
}

TEST_CASE("a host that throws is an error, not the end of the process")
{
  class Throwing final : public Directory {
   public:
    bool lists(KindId) const override { return true; }
    Result<void> find(KindId, FieldId, std::span<const std::string_view>, ObjectSink&) override
    {
      throw std::runtime_error{"a bug of the host"};
    }
    Result<void> scan(KindId, ObjectSink&) override { return success(); }
    Result<std::uint64_t> count(KindId) override { return std::uint64_t{1}; }
    Result<std::optional<std::uint64_t>> next_id(KindId) override { return std::nullopt; }
    Result<std::optional<std::string>> nearest(KindId, FieldId, std::string_view) override
    {
      return std::nullopt;
    }
    Result<Setting> setting(std::string_view) override { return Setting{}; }
    Result<Setting> default_setting(std::string_view) override { return Setting{}; }
    Result<void> apply(std::span<const Group>, AnswerSink&) override { return success(); }
  };
  Throwing directory;
  Running job;
  MemorySource source{varied_file};
  const auto result =
      validate(job.schema, source, directory, job.context, job.options, job.outputs(), job.seams());
  CHECK(code_of(result) == ErrorCode::internal);
}

TEST_CASE("an output that has no room left is an error that says so, and nothing was done")
{
  Running whole;
  whole.wants_result = true;
  whole.executed(varied_file);
  for (tests::SmallDisk Running::*const disk :
       {&Running::report, &Running::result, &Running::error_rows}) {
    std::size_t writes = 0;
    for (;; ++writes) {
      Running job;
      job.wants_result = true;
      (job.*disk).writes_max = writes;
      job.takes_back = true;
      const std::string before = job.directory.json();
      const auto result = job.try_to_execute(varied_file);
      if (result.has_value()) {
        CHECK((job.*disk).text == (whole.*disk).text);
        break;
      }
      CHECK(result.assume_error().code() == ErrorCode::disk_full);
      CHECK(job.directory.json() == before);
      REQUIRE(writes < 100);
    }
    CHECK(writes >= 1);
  }
}

TEST_CASE("a refused file whose report has no room left is an error, too")
{
  Running job;
  job.report.writes_max = 0;
  CHECK(code_of(job.try_to_validate("foo\n")) == ErrorCode::disk_full);
  job.context.role = "";
  CHECK(code_of(job.try_to_validate(varied_file)) == ErrorCode::disk_full);
}

TEST_CASE("each call of the disk for a spool fails once, and each is told")
{
  std::string large = "Full Name,Extension\n"; // some megabytes of changes
  for (int i = 0; i != 20'000; ++i) large += "Ada," + std::to_string(10'000 + i) + "\n";
  // A source that can be read but once is spooled, and so is what is to be done.
  const auto run = [&](Running& job) {
    std::size_t at = 0;
    CallbackSource source{[&](std::span<std::byte> into) -> Result<std::size_t> {
      const std::size_t size = std::min(into.size(), large.size() - at);
      std::memcpy(into.data(), large.data() + at, size);
      at += size;
      return size;
    }};
    return execute(job.schema, source, job.directory, job.context, job.options, {}, job.seams());
  };
  Running whole;
  must(run(whole));
  const std::size_t calls = whole.files.calls.size();
  CHECK(calls > 10);
  const std::set<std::string> kinds(whole.files.calls.begin(), whole.files.calls.end());
  CHECK(kinds == std::set<std::string>{"create_unnamed", "read", "seek", "write"});
  std::string last;
  std::size_t alike = 0;
  for (std::size_t call = 0; call != calls; ++call) {
    // Of a long run of reads the first few are as good as all.
    alike = whole.files.calls[call] == last ? alike + 1 : 0;
    last = whole.files.calls[call];
    if (alike > 3 && call + 1 != calls) continue;
    CAPTURE(last);
    Running job;
    const std::string before = job.directory.json();
    job.files.fail_at = call;
    job.files.os_error = ENOSPC;
    const auto result = run(job);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::disk_full);
    CHECK_FALSE(describe(result.assume_error()).empty());
  }
}

TEST_CASE("a disk that takes and gives bytes one at a time changes nothing")
{
  Running whole = phone_system();
  whole.executed(exchange);
  Running job = phone_system();
  job.files.piece_bytes_max = 1;
  job.executed(exchange);
  CHECK(job.report.text == whole.report.text);
  CHECK(job.directory.json() == whole.directory.json());
}

TEST_CASE("a file that changes between its readings is an error, and nothing is told")
{
  // Large enough for several blocks, of which the last one is changed, or the first.
  std::string text = "ID,Name,Email,Extension\n1,Ada,ada@b.de,201\n";
  for (int row = 0; row != 10'000; ++row)
    text += ",Bob,bob" + std::to_string(row) + "@b.de," + std::to_string(10'000 + row) + "\n";
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    return other;
  };
  const std::string taken = changed("bob9998@b.de", "bob9999@b.de");
  for (const std::string& second :
       {text, taken, changed("1,Ada", "2,Ada"), changed("1,Ada", "7,Ada"),
        changed("\n,Bob", ",Bob"), text.substr(0, text.size() - 1), text + "\n",
        text + ",Eve,eve@b.de,999\n", std::string{}}) {
    for (const std::size_t piece : {std::size_t{1'000'000}, std::size_t{4097}}) {
      CAPTURE(piece);
      std::string_view left = text;
      CallbackSource source{[&](std::span<std::byte> into) -> Result<std::size_t> {
                              const std::size_t size = std::min({left.size(), into.size(), piece});
                              std::memcpy(into.data(), left.data(), size);
                              left.remove_prefix(size);
                              return size;
                            },
                            [&, is_first = true]() mutable -> Result<void> {
                              left = std::exchange(is_first, false) ? text : second;
                              return success();
                            }};
      Running job; // whose outputs cannot be taken back, so that nothing is told at once
      auto result = job.try_to_validate(source);
      if (second == text) {
        CHECK(must(std::move(result)).created == 10'000);
        continue;
      }
      CHECK(code_of(result) == ErrorCode::corrupt);
      CHECK(result.assume_error().detail() == "the file changed while it was read");
    }
  }
}

TEST_CASE("a file that changes before what hangs on all of its rows is planned is not carried out")
{
  Running job = phone_system();
  const std::string before = job.directory.json();
  std::string other{exchange};
  other.back() = ' ';
  std::string_view left = exchange;
  CallbackSource source{[&](std::span<std::byte> into) -> Result<std::size_t> {
                          const std::size_t size = std::min(left.size(), into.size());
                          std::memcpy(into.data(), left.data(), size);
                          left.remove_prefix(size);
                          return size;
                        },
                        [&, is_first = true]() mutable -> Result<void> {
                          left =
                              std::exchange(is_first, false) ? exchange : std::string_view{other};
                          return success();
                        }};
  CHECK(code_of(job.try_to_execute(source)) == ErrorCode::corrupt);
  CHECK(job.directory.json() == before);
}

TEST_CASE("a spool that is refused its folder is an error that names it")
{
  Running job;
  job.files.fail_at = 0;
  job.files.os_error = EACCES;
  CHECK(code_of(job.try_to_execute(varied_file)) == ErrorCode::not_permitted);
}

TEST_CASE(
    "who watches a job may stop it: while it reads nothing was done, later what is done stays")
{
  class Impatient final : public JobWatcher {
   public:
    explicit Impatient(std::size_t patience) : patience_{patience} {}
    bool goes_on(const JobProgress& progress) override
    {
      if (progress.step == JobStep::applies) carried_out = progress.groups;
      return patience_-- != 0;
    }
    std::uint64_t carried_out = 0;

   private:
    std::size_t patience_;
  };
  std::string text = "ID,Name,Email,Extension\n";
  for (int row = 0; row != 5'000; ++row)
    text += ",Bob,bob" + std::to_string(row) + "@b.de," + std::to_string(10'000 + row) + "\n";
  bool has_stopped_reading = false;
  bool has_stopped_between_groups = false;
  for (std::size_t patience = 0; patience != 30; ++patience) {
    Impatient watcher{patience};
    Running job;
    job.options.watcher = &watcher;
    const std::string before = job.directory.json();
    auto result = job.try_to_execute(text);
    if (!result.has_value()) {
      CHECK(result.assume_error().code() == ErrorCode::cancelled);
      CHECK(job.directory.json() == before);
      has_stopped_reading = true;
      continue;
    }
    const JobSummary summary = result.assume_value();
    CHECK(summary.rows == 5'000);
    CHECK(summary.created + summary.withheld == 5'000);
    if (summary.state != JobState::cancelled) continue;
    CHECK(summary.created == watcher.carried_out);
    has_stopped_between_groups = true;
  }
  CHECK(has_stopped_reading);
  CHECK(has_stopped_between_groups);
}
