// Findings in their forms: each as people and programs will see it, kept in tests/golden/report.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "json/line_reader.hpp"
#include "report/findings_writer.hpp"
#include "report/golden.hpp"
#include "report/secret_cells.hpp"
#include "report/told.hpp"
#include "support/must.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using report::FindingsOptions;

TEST_CASE("for people a finding is said, shown in its row, and helped")
{
  check_golden("everyday.txt", written(FindingsForm::text, everyday(), {.file = "users.csv"}));
}

TEST_CASE("colours are there only if they are asked for")
{
  const std::string plain = written(FindingsForm::text, everyday(), {.file = "users.csv"});
  CHECK(plain.find('\x1B') == std::string::npos);
  const std::string colour =
      written(FindingsForm::text, everyday(), {.file = "users.csv", .colour = true});
  check_golden("colour.txt", colour);
  std::string without = colour;
  for (std::size_t ink = without.find('\x1B'); ink != std::string::npos; ink = without.find('\x1B'))
    without.erase(ink, without.find('m', ink) + 1 - ink);
  CHECK(without == plain);
}

TEST_CASE("a cell is underlined where it stands, whatever stands before it")
{
  const Case that{.text =
                      "Full Name;Email;Team\n"
                      "\u5F20\u4F1F;zhang@;x\n"
                      "\"line one\nline two\";a\tb;\u200Bx\n"
                      "Re\u0301ne\u0301e;\u202Eeve;\n"
                      "\"Bj\u00F6rn; the second\";'=1+1;y\n",
                  .told = {{1, found_in(Code::value_email, "email", "zhang@")},
                           {2, found_in(Code::value_email, "email", "a\tb")},
                           {2, found_in(Code::value_choice, "team", "\u200Bx")},
                           {3, found_in(Code::value_email, "email", "\u202Eeve")},
                           {4, found_in(Code::value_email, "email", "=1+1")},
                           {4, found_in(Code::value_required, "devices")}}};
  check_golden("places.txt",
               written(FindingsForm::text, that, {.file = "users.csv", .similar_max = 9}));
}

TEST_CASE("of a long row what is near the cell is shown")
{
  std::string header = "ID";
  std::string row = "17";
  for (int i = 0; i != 40; ++i) {
    header += ",Notes";
    row += ",a value of column " + std::to_string(i);
  }
  const std::string text = header + ",Email\n" + row + ",ada@\n" + "ada@" + std::string(200, 'x') +
                           row.substr(2) + ",a@b.example\n";
  Case that{.text = text,
            .told = {{1, found_in(Code::value_email, "email", "ada@")},
                     {1, found_in(Code::value_id, "id", "17")},
                     {2, found_in(Code::value_id, "id", "x")}}};
  check::Found middle = found_in_row(Code::text_control_character);
  middle.cell = 20;
  middle.add(check::FactName::character, std::string_view{"U+0007"});
  that.told.push_back({1, middle});
  that.told.push_back({1, found_in_row(Code::row_short)});
  check_golden("long_rows.txt",
               written(FindingsForm::text, that, {.file = "users.csv", .columns = 80}));
  for (std::size_t columns = 0; columns != 300; ++columns)
    CHECK_FALSE(written(FindingsForm::text, that, {.columns = columns}).empty());
}

TEST_CASE("similar findings are shown a few times and then counted")
{
  std::string text = "Full Name,Email\n";
  Case that;
  for (std::uint64_t row = 1; row != 1'240; ++row) {
    text += "Ada,x" + std::to_string(row) + "\n";
    that.told.push_back({row, found_in(Code::value_email, "email", "x")});
    if (row % 100 == 0) that.told.push_back({row, found_in_row(Code::row_short)});
  }
  that.text = text;
  const std::string shown = written(FindingsForm::text, that, {});
  CHECK(
      shown.ends_with("by hand\n"
                      "      1,239  value.email in B Email: x\n"
                      "         12  row.short\n\n"));
  check_golden("similar.txt", shown);
}

TEST_CASE("what is mended alike is one kind, and none is left out of the count")
{
  std::string text = "Full Name,Email,Team\n";
  Case that;
  for (std::uint64_t row = 1; row != 101; ++row) {
    text += "Ada,x,y\n";
    const std::string_view team = row % 2 == 0 ? "Suport" : "Supprt";
    that.told.push_back({row, with(found_in(Code::reference_unknown, "team", team),
                                   check::FactName::near, std::string_view{"Support"})});
    that.told.push_back({row, with(found_in(Code::value_email, "email", "mailto:a@b.example"),
                                   check::FactName::replace, std::string_view{"a@b.example"})});
    if (row > 90) that.told.push_back({row, found_in(Code::value_email, "email", "x")});
  }
  that.text = text;
  const std::string shown = written(FindingsForm::text, that, {});
  CHECK(
      shown.ends_with("rollcall fix mends\n"
                      "        100  value.email in B Email: mailto:a@b.example -> a@b.example\n"
                      "rollcall fix --unsafe-fixes guesses\n"
                      "        100  reference.unknown in C Team: Supprt -> Support, "
                      "Suport -> Support\n"
                      "by hand\n"
                      "         10  value.email in B Email: x\n\n"));
}

TEST_CASE("a guess is shown in every form, also where it is a part of the cell")
{
  const Case that{.text = "Full Name,Email\nAda,<ada@b.example>\n",
                  .told = {{1, with(found_in(Code::value_email, "email", "<ada@b.example>"),
                                    check::FactName::near, std::string_view{"ada@b.example"})}}};
  const auto shows = [&](FindingsForm form, std::string_view wanted) {
    const std::string text = written(form, that, {.file = "users.csv"});
    CAPTURE(text);
    CHECK(text.find(wanted) != text.npos);
  };
  shows(FindingsForm::text, "= perhaps: ada@b.example\n");
  shows(FindingsForm::jsonl, R"("unsafe_fix": {"column": "Email", "replace": "ada@b.example"})");
  shows(FindingsForm::csv, ",,ada@b.example\r\n");
  shows(FindingsForm::junit, "(perhaps ada@b.example)");
  shows(FindingsForm::sarif, R"("text": "a guess: perhaps ada@b.example")");
  shows(FindingsForm::github, "; perhaps ada@b.example\n");
  shows(FindingsForm::html, "<td class=\"value\">ada@b.example</td></tr>");
}

TEST_CASE("however many findings there are, their text is short and their JSON is whole")
{
  constexpr std::uint64_t rows = 500;
  std::string text = "ID,Full Name,Email,Team\n";
  Case that;
  for (std::uint64_t row = 1; row != rows + 1; ++row) {
    text += "1,Ada,x,y\n";
    for (const char* field : {"id", "name", "email", "team"})
      for (const Code code : {Code::value_required, Code::value_choice, Code::value_characters,
                              Code::value_too_long, Code::claim_taken, Code::value_digits})
        that.told.push_back({row, found_in(code, field, "x")});
  }
  that.text = text;
  const std::string shown = written(FindingsForm::text, that, {.file = "users.csv"});
  CHECK(shown.size() < 40'000);
  CHECK(shown.find("500  claim.taken in D Team: x\n") != shown.npos);
  const std::string lines = written(FindingsForm::jsonl, that, {});
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 24 * rows);
}

TEST_CASE("faults of the reader are shown where they are, and secrets as dots")
{
  const Case that{.text =
                      "Full Name,Password,Team\n"
                      "\"Ada\" Byron,hunter1,x\n"
                      "Bob,\"hunter\"2,Ren\xE9\n"
                      "E\x07ve,hunter3,a,b\n"
                      "\"Zoe,hunter4,x\nYves,hunter5,y\n"};
  const std::string shown = written(FindingsForm::text, that, {.file = "users.csv"});
  CHECK(shown.find("hunter") == std::string::npos);
  check_golden("reading.txt", shown);
}

TEST_CASE("tabs between cells do not move the line below")
{
  const Case that{.text = "Full Name\tEmail\nAda\tada@\n",
                  .told = {{1, found_in(Code::value_email, "email", "ada@")}},
                  .reader = {.dialect = {.delimiter = '\t'}}};
  check_golden("tabs.txt", written(FindingsForm::text, that, {}));
}

TEST_CASE("what is found in the header is shown there, also if the job is refused")
{
  Finding unknown = finding(Code::header_unknown_column, {.line = 1, .column = 1});
  unknown.column = "Frist Name";
  unknown.facts = {fact("near", "First Name")};
  Finding missing = finding(Code::header_missing_column);
  missing.column = "Extension";
  missing.facts = {fact("found", "ID, Frist Name, Email")};
  const Case that{.of_file = {missing, unknown}};
  check_golden("refused.txt", written(FindingsForm::text, that,
                                      {.file = "users.csv", .header = "ID,Frist Name,Email"}));
  Finding role = finding(Code::actor_not_allowed);
  role.facts = {fact("role", "reader"), fact("action", "execute"),
                fact("allowed", "owner, writer")};
  check_golden("not_allowed.txt", written(FindingsForm::text, {.of_file = {role}}, {}));
}

TEST_CASE("for programs a finding is a line of JSON or CSV")
{
  Case that = everyday();
  that.of_file = {finding(Code::file_encoding_hint, {.byte = 71})};
  check_golden("findings.jsonl", written(FindingsForm::jsonl, that, {.file = "users.csv"}));
  check_golden("findings.csv", written(FindingsForm::csv, that, {.file = "users.csv"}));
}

TEST_CASE("the error log has line, column, value and cause")
{
  Case that = everyday();
  that.of_file = {finding(Code::file_encoding_hint, {.byte = 71})};
  check_golden("error_log.txt", written(report::open_error_log, that, {}));
  check_golden("error_log.jsonl", written(report::open_error_log_jsonl, that, {}));
}

TEST_CASE(
    "whatever stands in a cell, the lines for programs are lines, and nothing reaches a terminal")
{
  const std::string nasty{"\"\\\n\r\t\x01\x7F\xC2\x85\xE2\x80\xA8\xFF\x1B[31m\0,", 20};
  Case that{.text = "Full Name,Email\nAda,x\n",
            .told = {{1, found_in(Code::value_email, "email", nasty)}}};
  that.told[0].found.add(check::FactName::reason, std::string_view{nasty});
  for (const Opens opens : {&open_as<FindingsForm::jsonl>, &report::open_error_log_jsonl}) {
    MemorySource source{std::string_view{}};
    const std::string text = written(opens, that, {});
    MemorySource lines{text};
    json::LineReader reader{lines};
    REQUIRE(must(reader.next()));
    CHECK(reader.value().find("column").text() == "Email");
    CHECK_FALSE(must(reader.next()));
  }
  CHECK(read_table(written(FindingsForm::csv, that, {})).size() == 2);
  const std::string log = written(report::open_error_log, that, {});
  CHECK(log.find('\n') + 1 == log.size());
  for (const Opens opens : {&report::open_error_log, &open_as<FindingsForm::text>}) {
    const std::string text = written(opens, that, {.file = nasty});
    for (const char byte : text) CHECK((byte == '\n' || (byte >= ' ' || byte < 0)));
    CHECK(text.find('\x1B') == std::string::npos);
  }
}

TEST_CASE("whatever happens to a row, no form of its findings shows a secret")
{
  const std::vector<std::string> damage = {"\"", ",", "\"\"", "\xFF", ",,", "\"x", "x\"", "\x01"};
  for (std::uint64_t seed = 1; seed != std::uint64_t{tests::rounds(2'000)}; ++seed) {
    Dice dice{seed};
    std::string text = "Name,Email,Password,PIN,Team\n";
    const std::size_t rows = 1 + dice.roll(3);
    for (std::size_t row = 0; row != rows; ++row) {
      std::string line =
          "Ada,a@b.example,s3cret" + std::to_string(dice.roll(1000)) + ",s3cret1,x\n";
      if (dice.roll(2) == 0) insert_beside_secrets(line, dice, damage[dice.roll(damage.size())]);
      text += line;
    }
    // Quotes that are in order make one cell of several rows, and nobody can know better.
    bool is_in_order = false;
    read_batches(text, {}, [&](const csv::RowBatch& batch) {
      for (std::size_t row = 0; row != batch.size(); ++row)
        is_in_order = is_in_order || (report::faults_of(batch, row).empty() &&
                                      batch.raw(row).find('\n') != std::string_view::npos);
    });
    if (is_in_order) continue;
    CAPTURE(text);
    Case that{.text = text};
    for (std::uint64_t row = 1; row != 4; ++row)
      for (const char* field : {"name", "password", "email", "pin", "team"})
        that.told.push_back({row, found_in(Code::value_required, field)});
    for (const Opens opens : every_writer)
      REQUIRE(written(opens, that, {.similar_max = 99}).find("s3cret") == std::string::npos);
  }
}

TEST_CASE("every write of findings that fails is told at the end")
{
  std::string text = "Full Name,Email\n";
  Case that;
  for (std::uint64_t row = 1; row != 3'000; ++row) {
    text += "Ada,x\n";
    that.told.push_back({row, found_in(Code::value_email, "email", "x")});
  }
  that.text = text;
  for (const Opens opens : every_writer) {
    std::size_t fail_at = 0;
    for (;; ++fail_at) {
      FailingSink sink{fail_at};
      const auto writer = must(opens(sink, {.similar_max = 5'000}));
      write_rows(*writer, that);
      const bool has_finished = writer->finish().has_value();
      CHECK(has_finished == !sink.has_failed());
      if (has_finished) break;
    }
    CHECK(fail_at >= 1);
  }
}
