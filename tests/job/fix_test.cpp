// Mending a file: what is made, what is told, and what is left alone.
#include <doctest/doctest.h>

#include "job/mended.hpp"
#include "rollcall/schema_json.hpp"
#include "support/patience.hpp"

using namespace rollcall;
using rollcall::tests::mended;
using rollcall::tests::Mended;
using rollcall::tests::Running;

namespace {

constexpr std::string_view desk = R"({
  "id": "desk", "title": "A format to be mended",
  "roles": [{"name": "writer", "may": ["validate"]}],
  "kinds": [{"name": "user", "key": {"name": "id", "type": "id"}},
            {"name": "team", "key": {"name": "name"}}],
  "columns": [
    {"field": "id", "header": "ID", "type": "id"},
    {"field": "name", "header": "Full Name", "type": {"text": {"max": 64}}},
    {"field": "phone", "header": "Phone", "type": "phone"},
    {"field": "pin", "header": "PIN",
     "type": {"secret": {"digits": true, "min": 4, "max": 6, "length": 4}}},
    {"field": "team", "header": "Team", "refers": "team"},
    {"field": "kind", "header": "Kind", "type": {"choice": {"of": ["User", "Location"]}}},
    {"field": "active", "header": "Active",
     "type": {"boolean": {"yes": ["TRUE"], "no": ["FALSE"]}}}],
  "objects": [{"kind": "user", "key": "id", "create": "true"}]
})";

Running running()
{
  Running job{tests::must(schema::read_schema(desk)),
              R"({"user": [], "team": [{"name": "Sales"}, {"name": "Support"}]})"};
  job.context = {.name = "ada", .role = "writer"};
  return job;
}

// Knows whether it was published.
class Published final : public Sink {
 public:
  bool is_published = false;
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { return success(); }
  [[nodiscard]] Result<void> publish() override
  {
    is_published = true;
    return success();
  }
};

} // namespace

TEST_CASE("what is certain is mended, and told step by step")
{
  Running job = running();
  const Mended made = mended(job,
                             "ID,Full Name,Phone,PIN,Team,Kind,Active\r\n"
                             "1,Ada,tel:+442071838750,1234,Sales,User,TRUE\r\n"
                             "2,\"Bob\",\"tel:+442071838751\" ,1234,Sales,User,TRUE\n",
                             false);
  CHECK(made.text ==
        "ID,Full Name,Phone,PIN,Team,Kind,Active\r\n"
        "1,Ada,+442071838750,1234,Sales,User,TRUE\r\n"
        "2,\"Bob\",\"tel:+442071838751\" ,1234,Sales,User,TRUE\n");
  CHECK(made.lineage ==
        R"({"row": 1, "line": 2, "column": "Phone", "before": "tel:+442071838750", )"
        R"("after": "+442071838750", "rule": "value.phone", "certain": true})"
        "\n");
  CHECK(made.done.certain == 1);
  CHECK(made.done.guessed == 0);
  CHECK(made.done.rows_mended == 1);
  CHECK(made.done.bad_before == 2);
  CHECK(made.done.bad_after == 1);
}

TEST_CASE("guesses are made for who asks for them, and one may lead to the next")
{
  Running job = running();
  const std::string file =
      "ID,Ful Name,Phone,PIN,Team,Kind,Active\n"
      "1,\"Ada\"x,4.42071838750E+11,1234,Suport,Usr,yes\n";
  const Mended safe = mended(job, file, false);
  CHECK(safe.text == file);
  CHECK(safe.done.guesses_left == 2); // the name of the column, and the quotes
  const Mended made = mended(job, file, true);
  CHECK(made.text ==
        "ID,Full Name,Phone,PIN,Team,Kind,Active\n"
        "1,\"Adax\",+442071838750,1234,Support,User,TRUE\n");
  CHECK(made.done.guessed == 6);
  CHECK(made.done.bad_after == 0);
  REQUIRE(made.steps.size() == 6);
  CHECK(made.steps.front().row == 0);
  CHECK(made.steps.front().rule == "header.unknown_column");
  CHECK(made.steps[1].rule == "csv.quote");
  CHECK(made.steps[2].rule == "value.spreadsheet_damage");
  CHECK(made.steps[3].rule == "reference.unknown");
  CHECK(made.steps[4].rule == "value.choice");
  CHECK(made.steps[5].rule == "value.boolean");
}

TEST_CASE("of a cell whose quotes were wrong it is told how it stood")
{
  Running job = running();
  const Mended made = mended(job, "ID,Full Name\n1,\"Ada\" Byron\n2, \"Bea\"\n", true);
  CHECK(made.text == "ID,Full Name\n1,\"Ada Byron\"\n2,Bea\n");
  REQUIRE(made.steps.size() == 2);
  CHECK(made.steps[0].before == "\"Ada\" Byron");
  CHECK(made.steps[0].after == "Ada Byron");
  CHECK(made.steps[1].before == " \"Bea\"");
  CHECK(made.steps[1].after == "Bea");
}

TEST_CASE("quotes behind a blank are never taken for a part of the name, also if it was read so")
{
  Running job = running();
  job.options.dialect.lenient = true;
  const std::string file = "ID,Full Name\n1, \"Ada\"\n2,\"Bea\" \n3,O\"Hara\n4, \"Cid, Jr.\"\n";
  CHECK(mended(job, file, false).text ==
        "ID,Full Name\n1, \"Ada\"\n2,\"Bea\"\n3,\"O\"\"Hara\"\n4, \"Cid, Jr.\"\n");
  CHECK(mended(job, file, true).text ==
        "ID,Full Name\n1,Ada\n2,\"Bea\"\n3,\"O\"\"Hara\"\n4, \"Cid, Jr.\"\n");
}

TEST_CASE("who is refused a file is told that guesses could mend its header")
{
  Running job{tests::must(schema::read_schema(desk)), R"({"user": [], "team": []})"};
  job.context = {.name = "ada", .role = "writer"};
  job.schema.columns[1].mandatory = "true";
  const Mended made = mended(job, "ID,Ful Name\n1,Ada\n", false);
  REQUIRE(made.done.refusal == Refusal::file);
  CHECK(made.done.guesses_left == 1);
  std::pmr::string text;
  TextSink sink{text};
  tests::must(write_fix_summary(made.done, "--unsafe-fixes", sink));
  CHECK(std::string{text}.ends_with("  1 is a guess: --unsafe-fixes\n"));
  CHECK(text.starts_with("users.csv: refused, no row was looked at\n"));
}

TEST_CASE("where no guess makes the header good none is made, and it is told as the file has it")
{
  Running job{tests::must(schema::read_schema(desk)), R"({"user": [], "team": []})"};
  job.context = {.name = "ada", .role = "writer"};
  for (const std::size_t column : {1U, 2U}) job.schema.columns[column].mandatory = "true";
  const std::string file = "ID,Ful Name,Colour\n1,Ada,red\n";
  const JobSummary judged = job.validated(file);
  CHECK(judged.counts.mendable().guess == 0);
  for (const bool unsafe : {false, true}) {
    const Mended made = mended(job, file, unsafe);
    CHECK(made.done.refusal == Refusal::file);
    CHECK(made.done.guesses_left == 0);
    CHECK(made.done.guessed == 0);
    CHECK(made.done.findings == judged.findings);
    REQUIRE(made.done.findings.size() == 4);
    CHECK(made.done.findings[0].column == "Full Name");
    CHECK(render_message(made.done.findings[2]) ==
          "the column Ful Name is not known and is ignored; did you mean Full Name?");
  }
  CHECK(mended(job, "ID,Ful Name,Phon\n1,Ada,\n", true).text == "ID,Full Name,Phone\n1,Ada,\n");
  // A name that is there twice stays so.
  CHECK(mended(job, "ID,id,Ful Name,Phon\n1,1,Ada,\n", true).done.refusal == Refusal::file);
  CHECK(job.validated("ID,id,Ful Name,Phon\n1,1,Ada,\n").counts.mendable().guess == 0);
}

TEST_CASE("what a formula keeps as a text is what was meant by it")
{
  Running job = running();
  const std::string file = "ID,Phone\n=\"1\",+442071838750\n\"=\"\"02\"\"\",+442071838751\n";
  CHECK(mended(job, file, false).text == "ID,Phone\n=\"1\",+442071838750\n\"02\",+442071838751\n");
  const Mended made = mended(job, file, true);
  CHECK(made.text == "ID,Phone\n1,+442071838750\n\"02\",+442071838751\n");
  CHECK(made.done.bad_before == 2);
  CHECK(made.done.bad_after == 0);
  job.options.dialect.lenient = true;
  CHECK(mended(job, file, false).text == "ID,Phone\n1,+442071838750\n\"02\",+442071838751\n");
}

TEST_CASE("of guesses in the header alone no other row is spoken of, and of one it is said once")
{
  Running job = running();
  const auto said = [&](const std::string& file) {
    std::pmr::string text;
    TextSink sink{text};
    tests::must(write_fix_summary(mended(job, file, true).done, "--unsafe-fixes", sink));
    return std::string{text};
  };
  CHECK(said("ID,Ful Name\n1,Ada\n") ==
        "users.csv: 1 fix in the header, a guess\n"
        "  rows with errors of their own: 0 before, 0 after (of 1)\n");
  CHECK(said("ID,Ful Name,Phon\n1,Ada,4.42071838751E+11\n") ==
        "users.csv: 3 fixes in the header and 1 row, all of them guesses\n"
        "  rows with errors of their own: 1 before, 0 after (of 1)\n"
        "  a guess may be what another row or somebody else has: validating tells\n");
}

TEST_CASE("a power of ten whose digits are not all there stays as it is")
{
  Running job = running();
  const std::string file = "ID,Phone\n1,4.42E+11\n2,4.4207183875012E+13\n3,4.42071838751E+11\n";
  const Mended made = mended(job, file, true);
  CHECK(made.text == "ID,Phone\n1,4.42E+11\n2,+44207183875012\n3,+442071838751\n");
}

TEST_CASE("of very many names that are nearly right each is mended")
{
  constexpr int many = 1'500;
  std::string teams;
  std::string file = "ID,Team\n";
  std::string wanted = file;
  for (int i = 0; i != many; ++i) {
    const std::string number = std::to_string(10'000 + i);
    teams.append(teams.empty() ? "" : ", ").append(R"({"name": "Team )" + number + R"( of many"})");
    file.append(number).append(",Tem ").append(number).append(" of many\n");
    wanted.append(number).append(",Team ").append(number).append(" of many\n");
  }
  Running job{tests::must(schema::read_schema(desk)), R"({"user": [], "team": [)" + teams + "]}"};
  job.context = {.name = "ada", .role = "writer"};
  const Mended made = mended(job, file, true);
  CHECK(made.text == wanted);
  CHECK(made.done.guessed == many);
}

TEST_CASE("secrets are neither mended nor told")
{
  Running job = running();
  const std::string file =
      "ID,PIN,Phone\n1,\uFF11\uFF12\uFF13\uFF14,tel:+442071838750\n"
      "2,\"98\"76,+442071838751\n";
  const Mended made = mended(job, file, true);
  CHECK(made.steps.size() == 1);
  CHECK(made.text.find("\uFF11\uFF12\uFF13\uFF14") != made.text.npos);
  for (const auto& told : {made.lineage, made.preview}) {
    CHECK(told.find("\uFF11") == told.npos);
    CHECK(told.find("98") == told.npos);
  }
}

TEST_CASE("what an encoding cannot write is not made, and counted")
{
  Running job{tests::must(schema::read_schema(desk)),
              R"({"user": [], "team": [{"name": "Pr\u0101ga"}]})"};
  job.context = {.name = "ada", .role = "writer"};
  job.options.dialect.encoding = csv::Encoding::windows_1252;
  const std::string file = "ID,Full Name,Team\n1,Ren\xE9,Pr\xE1ga\n2,\x80,Praga\n";
  const Mended made = mended(job, file, true);
  CHECK(made.text == file);
  CHECK(made.done.unwritable == 2);
}

TEST_CASE("a file that an import would refuse is refused, and nothing is published")
{
  Running job = running();
  CHECK(mended(job, "", false).done.refusal == Refusal::file);
  const Mended made = mended(job, "Nothing,Known\n1,2\n", false);
  CHECK(made.done.refusal == Refusal::file);
  REQUIRE(!made.done.findings.empty());
  CHECK(made.done.findings.front().code == Code::header_missing);
  job.context.role = "nobody";
  CHECK(mended(job, "ID\n1\n", false).done.refusal == Refusal::actor);
}

TEST_CASE("a preview shows rows as they are and as they would be, the first of each kind")
{
  Running job = running();
  std::string file = "ID,Phone,PIN\n";
  for (int row = 0; row != 1000; ++row)
    file += std::to_string(row) + ",tel:+44207183" + std::to_string(1000 + row) + ",secret\n";
  const Mended made = mended(job, file, false);
  CHECK(made.done.certain == 1000);
  CHECK(
      made.preview.starts_with("users.csv:2, row 1\n"
                               "  - 0,tel:+442071831000,\u2022\u2022\u2022\u2022\u2022\u2022\n"
                               "  + 0,+442071831000,\u2022\u2022\u2022\u2022\u2022\u2022\n"
                               "  B Phone: tel:+442071831000 -> +442071831000  (value.phone)\n"));
  CHECK(made.preview.find("      1,000  value.phone in B Phone: ") != made.preview.npos);
  CHECK(made.preview.size() < 2000);
}

TEST_CASE("whenever mending is stopped, nothing is published")
{
  Running job = running();
  std::string file = "ID,Phone\n";
  for (int row = 0; row != 20'000; ++row) file += std::to_string(row) + ",tel:+442071831000\n";
  for (std::size_t questions = 0;; ++questions) {
    Published copy;
    tests::Patience watcher{questions};
    MemorySource source{file};
    const FixOptions options{.watcher = &watcher};
    const Result<FixSummary> done =
        fix(job.schema, source, job.directory, job.context, options, {.file = &copy}, job.seams());
    CHECK(copy.is_published == done.has_value());
    if (done.has_value()) {
      CHECK(questions > 3);
      CHECK(watcher.seen.back().rows == 20'000);
      CHECK(watcher.seen.back().bytes == file.size());
      break;
    }
    CHECK(done.assume_error().code() == ErrorCode::cancelled);
    CHECK(watcher.seen.size() == questions + 1);
  }
}
