// Sentences of the vendors' pages that nothing else shows to the letter.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "job/running.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/jobs.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// What a page of jobs that have not ended shows of their state, as somebody else sees it.
class Spinners final : public JobSink {
 public:
  explicit Spinners(const schema::Schema& schema) : schema_{schema} {}
  void job(const JobRecord& record) override
  {
    seen += must(page_of(schema_, record)).front().text + " " + record.summary.file + ";";
  }

  std::string seen;

 private:
  const schema::Schema& schema_;
};

// Looks at the jobs of a host before each stretch of it is read.
class WatchedSource final : public Source {
 public:
  WatchedSource(std::string_view text, Host& host, const schema::Schema& schema)
      : text_{text}, host_{host}, schema_{schema}
  {
  }
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override
  {
    SqliteStore elsewhere = host_.open();
    Spinners spinners{schema_};
    must(elsewhere.find_jobs({.states = {JobState::queued, JobState::running}}, spinners));
    seen.insert(spinners.seen);
    return text_.read(into);
  }
  [[nodiscard]] Result<void> rewind() override { return text_.rewind(); }

  std::set<std::string> seen;

 private:
  MemorySource text_;
  Host& host_;
  const schema::Schema& schema_;
};

} // namespace

TEST_CASE("an owner may do in Call Manager whatever anybody may, and to every user of the tenant")
{
  const schema::Schema schema = formats::call_manager();
  const auto owner = std::find_if(schema.roles.begin(), schema.roles.end(),
                                  [](const schema::Role& role) { return role.name == "owner"; });
  REQUIRE(owner != schema.roles.end());
  for (const schema::Role& role : schema.roles)
    for (const schema::Action action : role.may)
      CHECK(std::find(owner->may.begin(), owner->may.end(), action) != owner->may.end());

  Running job{schema, R"({
    "tenant": {"name": "contoso"},
    "user": [
      {"upn": "a@contoso.com", "display_name": "Ada", "enterprise_voice": false},
      {"upn": "b@contoso.com", "display_name": "Bob", "enterprise_voice": true,
       "primary_number": "+442071838750", "primary_location": "Leeds"},
      {"upn": "owner@contoso.com", "display_name": "Ona", "enterprise_voice": true}],
    "number": [{"e164": "+442071838750"}, {"e164": "+442071838751"}, {"e164": "+442071838752"},
               {"e164": "+442071838753"}, {"e164": "+442071838754"}, {"e164": "+442071838755"}],
    "location": [{"name": "Leeds"}, {"name": "London"}],
    "caller_id_policy": [{"name": "Anonymous"}],
    "voice_route_policy": [{"name": "UK"}]})"};
  job.context = {.name = "owner@contoso.com", .role = "owner"};
  const std::string head =
      "User Principal Name,Enterprise Voice Enabled,Primary Phone Number,Primary Location,"
      "Private Phone Number,Private Location,Caller ID Policy,Voice Route Policy\n";
  const auto row = [](std::string_view who, int first, int second) {
    return std::string{who} + "@contoso.com,TRUE,+44207183875" + std::to_string(first) +
           ",London,+44207183875" + std::to_string(second) + ",London,Anonymous,UK\n";
  };
  const std::string file = head + row("a", 1, 2) + row("b", 3, 4) + row("owner", 5, 0);
  const JobSummary done = job.executed(file);
  CHECK(job.outcomes() ==
        "updated a@contoso.com, updated b@contoso.com, updated owner@contoso.com");
  CHECK(done.warnings == 0);
}

TEST_CASE("while a file is read its job is in CTU's table already, with the sign of one that waits")
{
  const Vendor vendor = ctu_vendor();
  Remembering at{vendor.schema, vendor.directory, vendor.context};
  Chance chance{5};
  const std::string file = made_file(vendor, chance);
  for (const bool executes : {false, true}) {
    WatchedSource source{file, at.host, at.schema};
    JobOptions options;
    options.store = &at.store;
    options.file_name = "new.csv";
    const auto run = executes ? rollcall::execute : rollcall::validate;
    const JobSummary job =
        must(run(at.schema, source, *at.directory, at.context, options, {}, at.host.seams()));
    CHECK(job.rows > 0);
    CHECK(source.seen == std::set<std::string>{"spinner new.csv;"});
  }
  Spinners left{at.schema};
  must(at.store.find_jobs({.states = {JobState::queued, JobState::running}}, left));
  CHECK(left.seen.empty());
}
