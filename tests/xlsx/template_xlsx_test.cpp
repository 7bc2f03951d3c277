// The template as a workbook: who gets one, and what happens on the way. What is in it,
// tests/xlsx/workbook.py takes apart.
#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "job/running.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/xlsx.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"
#include "support/temporary_folder.hpp"
#include "xlsx/column_notes.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// The format for tests, of which writers may have the template.
schema::Schema offered()
{
  schema::Schema schema = staff();
  schema.roles.front().may.push_back(schema::Action::template_);
  schema.rules = {{.code = "mac.odd",
                   .blame = "mac",
                   .require = "present(name)",
                   .says = "a MAC address is that of a desk phone"},
                  {.code = "mac.name",
                   .blame = "mac",
                   .require = "present(name)",
                   .says = "{name} has no phones"}};
  return schema;
}

struct Tried {
  Result<JobSummary> done;
  SmallDisk sink;
};

class Host {
 public:
  explicit Host(schema::Schema format) : schema{std::move(format)} {}

  Tried write(std::size_t writes_max = FakeDirectory::never)
  {
    auto directory = must(MemoryDirectory::make(schema, seams));
    Tried tried{JobSummary{}, {}};
    tried.sink.writes_max = writes_max;
    tried.done = write_template_xlsx(schema, directory, context, tried.sink,
                                     {.spool_folder = folder.path()}, seams);
    return tried;
  }

  [[nodiscard]] bool leaves_nothing() const { return std::filesystem::is_empty(folder.path()); }

  schema::Schema schema;
  Context context = {.name = "ada", .role = "writer"};
  TemporaryFolder folder;
  SystemSeams system;
  Seams seams = system.seams();
};

} // namespace

TEST_CASE("a template is a workbook, and nothing is left of making it")
{
  Host host{offered()};
  const Tried tried = host.write();
  REQUIRE(tried.done.has_value());
  CHECK(tried.done.assume_value().refusal == Refusal::none);
  CHECK(tried.sink.text.starts_with("PK"));
  CHECK(host.leaves_nothing());
}

TEST_CASE("who may not ask gets no workbook")
{
  Host host{offered()};
  host.context.role = "nobody";
  const Tried tried = host.write();
  REQUIRE(tried.done.has_value());
  CHECK(tried.done.assume_value().refusal == Refusal::actor);
  CHECK(tried.sink.text.empty());
  CHECK(host.leaves_nothing());
}

TEST_CASE("a workbook that cannot be written is an error, and nothing is left of it")
{
  Host host{offered()};
  const Tried tried = host.write(0);
  REQUIRE_FALSE(tried.done.has_value());
  CHECK(tried.done.assume_error().code() == ErrorCode::disk_full);
  CHECK(host.leaves_nothing());
}

TEST_CASE("a name that no cell of a workbook can hold is refused, and never cut")
{
  const std::string longest(32'767, 'h');
  const auto write = [](std::string header) {
    schema::Schema schema = offered();
    schema.columns.back().header = std::move(header);
    Host host{schema};
    return host.write().done;
  };
  CHECK(write(longest).has_value());
  for (const std::string& header : {longest + 'h', "a\uFFFF" + longest.substr(9)}) {
    const auto done = write(header);
    REQUIRE_FALSE(done.has_value());
    CHECK(done.assume_error().code() == ErrorCode::unsupported);
    CHECK(done.assume_error().detail().find("the header") != std::string::npos);
  }
}

TEST_CASE("notes and titles that are too long for a workbook are cut")
{
  schema::Schema schema = offered();
  schema.title = std::string(70'000, 't');
  schema.rules.push_back({.code = "mac.long",
                          .blame = "mac",
                          .require = "present(name)",
                          .says = std::string(60'000, 's')});
  Host host{schema};
  const Tried tried = host.write();
  REQUIRE_MESSAGE(tried.done.has_value(), tried.done.assume_error().detail());
  CHECK(tried.sink.text.starts_with("PK"));
}

TEST_CASE("what a note says of a column are its bounds, its blanks and its rules")
{
  schema::Schema schema = offered();
  check::ReadyColumn ready;
  const auto note_of = [&](std::string_view field) {
    for (std::size_t column = 0; column != schema.columns.size(); ++column)
      if (schema.columns[column].field == field) return xlsx::note_of(schema, column, ready);
    return std::string{};
  };
  ready.type = check::ReadyText{.max = 8};
  ready.is_mandatory = true;
  CHECK(note_of("name") == "Text, up to 8 characters\nmust be filled in\nthe column must be there");
  ready = {};
  ready.type = check::ReadySecret{.digits = true, .min = 4, .max = 12};
  CHECK(note_of("password") ==
        "A secret of digits, 4 to 12 of them\nin a new one: a blank cell has one made\n"
        "in one that exists: a blank cell keeps what there is");
  ready.type = check::ReadyMac{};
  CHECK(note_of("mac") ==
        "A MAC address: 00:15:65:74:b1:50\nmay be blank\na MAC address is that of a desk phone");
  ready.type = check::ReadyIp{};
  CHECK(note_of("ip") == "An IP address\nmay be blank\nnever imported: it is there to be read");
  ready.type = check::ReadyText{};
  schema.columns.front().refers = "phone_model.id";
  schema.columns.front().words = {{.word = "none", .means = std::nullopt}};
  CHECK(note_of("id") ==
        "Text\nmay be blank\nnames a phone model that exists\nnone stands for nothing");
}

TEST_CASE("a list has every word that may stand, the words that stand for others too")
{
  schema::Column column{.type = schema::Choice{.of = {"en", "de"}}};
  column.words = {{.word = "English", .means = "en"}, {.word = "de", .means = "de"}};
  check::ReadyColumn ready;
  ready.type = check::ReadyChoice{{"en", "de"}};
  CHECK(xlsx::choices_of(column, ready) == std::vector<std::string>{"en", "de", "English"});
  column = {.type = schema::Boolean{.yes = {"1", "yes"}, .no = {"0", "no"}}};
  ready.type = check::ReadyBoolean{};
  CHECK(xlsx::choices_of(column, ready) == std::vector<std::string>{"1", "0"});
  column = {};
  ready.type = check::ReadyText{};
  CHECK(xlsx::choices_of(column, ready).empty());
}
