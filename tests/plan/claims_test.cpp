// Who gets what only one may have: whole jobs on small random files, held against the slow model.
#include <doctest/doctest.h>

#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/unicode.hpp"
#include "job/running.hpp"
#include "plan/claims_model.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using namespace rollcall::tests::claims;
using rollcall::tests::must;
using rollcall::tests::Running;

namespace {

// Blank clears a line, keeps the second one, and clears the email.
schema::Schema lines_schema(schema::Duplicates duplicates)
{
  using namespace schema;
  return {
      .id = "lines",
      .title = "Lines",
      .roles = {{.name = "writer", .may = {Action::validate, Action::execute}}},
      .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host}},
      .columns = {{.field = "id", .header = "ID", .type = Id{}},
                  {.field = "line", .header = "Line"},
                  {.field = "second", .header = "Second Line", .on_update = Blank::keep},
                  {.field = "email", .header = "Email"},
                  {.field = "level", .header = "Level", .type = Integer{1, 9}}},
      .claims = {{.name = "line",
                  .held_in = {{"user.line"}, {"user.second"}},
                  .duplicates = duplicates},
                 {.name = "email", .held_in = {{"user.email"}}, .duplicates = duplicates}},
      .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"}},
  };
}

// ---- Random files ------------------------------------------------------------------------------

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_{seed} {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }

 private:
  std::mt19937 engine_;
};

struct Case {
  Objects objects;
  std::vector<Row> rows;
};

// Objects hold different values, and rows mostly pass values on among them.
Case any_case(Chance& chance, bool every)
{
  Case made;
  const std::size_t values = 2 + chance.below(6);
  const auto value = [&](std::size_t f) -> Value {
    if (chance.one_in(4)) return {};
    const char first = static_cast<char>((chance.one_in(5) ? 'A' : 'a') + chance.below(values));
    return std::string(1, first) + (claim_of[f] == 0 ? "" : "@x");
  };
  const std::size_t objects = chance.below(6);
  std::set<std::string> held;
  for (std::size_t i = 1; i <= objects; ++i) {
    Values& fields_of = made.objects[std::to_string(i)];
    for (std::size_t f = 0; f != fields; ++f) {
      fields_of[f] = value(f);
      // A directory may be out of order itself, but rarely is.
      std::string folded;
      if (fields_of[f] &&
          !held.insert(std::string{fold_for_comparing(*fields_of[f], folded)}).second &&
          !chance.one_in(20))
        fields_of[f].reset();
    }
  }
  std::set<std::string> used;
  for (std::size_t rows = 1 + chance.below(7); rows != 0; --rows) {
    Row row;
    if (!chance.one_in(4) && objects != 0) {
      row.id = std::to_string(1 + chance.below(objects));
      // Who shares with every other row is not asked which of two rows for one object he is.
      if (!chance.one_in(10) && used.count(row.id) != 0) row.id.clear();
      if (every && used.count(row.id) != 0) row.id.clear();
      if (!every && chance.one_in(25)) row.id = "99";
      used.insert(row.id);
    }
    for (std::size_t f = 0; f != fields; ++f) row.cells[f] = value(f);
    row.is_bad = chance.one_in(15);
    made.rows.push_back(std::move(row));
  }
  return made;
}

std::string json_of(const Objects& objects)
{
  constexpr std::array<std::string_view, fields> names = {"line", "second", "email"};
  std::string json = R"({"user": [)";
  for (const auto& [id, values] : objects) {
    json.append(json.back() == '[' ? "" : ", ").append(R"({"id": ")").append(id).append("\"");
    for (std::size_t f = 0; f != fields; ++f)
      if (values[f])
        json.append(", \"").append(names[f]).append("\": \"").append(*values[f]).append("\"");
    json += "}";
  }
  return json + "]}";
}

// With so many bytes in each row that nobody reads.
std::string csv_of(const std::vector<Row>& rows, std::size_t padding)
{
  std::string text = "ID,Line,Second Line,Email,Level,Padding\n";
  for (const Row& row : rows) {
    text += row.id;
    for (const Value& cell : row.cells) text.append(",").append(cell.value_or(""));
    text.append(row.is_bad ? ",x," : ",1,").append(padding, '-').append("\n");
  }
  return text;
}

// What a report says of each row.
std::vector<Verdict> verdicts_of(const Running& job)
{
  std::vector<Verdict> made;
  for (const std::string& text : job.lines()) {
    json::Document document{{}};
    must(document.read(text));
    const json::Value line = document.root();
    if (!line.find("outcome")) continue;
    Verdict& verdict = made.emplace_back();
    verdict.is_rejected = line.find("outcome").text() == "rejected";
    for (const json::Value finding : line.find("findings")) {
      const std::string found = std::string{*finding.find("code").text()} + " " +
                                std::string{finding.find("column").text().value_or("-")};
      CHECK_MESSAGE(verdict.findings.insert(found).second, found); // nothing is said twice
    }
  }
  return made;
}

std::string in_words(const std::vector<Verdict>& verdicts)
{
  std::string words;
  for (const Verdict& verdict : verdicts) {
    words += verdict.is_rejected ? "rejected:" : "stands:";
    for (const std::string& finding : verdict.findings) words += " " + finding + ";";
    words += "\n";
  }
  return words;
}

Objects objects_of(const std::string& text)
{
  Objects made;
  json::Document document{{}};
  must(document.read(text));
  for (const json::Value user : document.root().find("user")) {
    Values& values = made[std::string{*user.find("id").text()}];
    const auto take = [&](std::size_t f, const char* name) {
      if (const auto value = user.find(name).text()) values[f] = std::string{*value};
    };
    take(0, "line");
    take(1, "second");
    take(2, "email");
  }
  return made;
}

// Whether what was held by one each still is.
std::size_t count_shared(const Objects& objects)
{
  std::size_t shared = 0;
  for (auto a = objects.begin(); a != objects.end(); ++a)
    for (auto b = std::next(a); b != objects.end(); ++b)
      for (std::size_t f = 0; f != fields; ++f) {
        // What it holds in both fields counts once.
        if (f == 1 && is_alike(a->second[0], a->second[1])) continue;
        shared += has(b->second, claim_of[f], a->second[f]) ? 1U : 0U;
      }
  return shared;
}

} // namespace

TEST_CASE("rows get what the rules of claims say, and the directory comes to just that")
{
  for (const bool every : {false, true}) {
    Chance chance{every ? 22U : 21U};
    std::map<std::string, int> seen;
    const auto schema = lines_schema(every ? schema::Duplicates::every : schema::Duplicates::later);
    for (int i = 0; i != tests::rounds(4000); ++i) {
      const Case one = any_case(chance, every);
      const Model model{one.objects, one.rows, every};
      Running job{schema, json_of(one.objects)};
      // Told at once or in a second reading; and some files have a row or two a window.
      job.takes_back = chance.one_in(2);
      const std::string text = csv_of(one.rows, chance.one_in(40) ? 60'000 : 0);
      CAPTURE(every);
      CAPTURE(text);
      CAPTURE(json_of(one.objects));
      job.executed(text);
      if (job.takes_back) ++seen[job.report.restarts == 0 ? "told at once" : "taken back"];
      REQUIRE(in_words(verdicts_of(job)) == in_words(model.verdicts()));
      const Objects after = objects_of(job.directory.json());
      REQUIRE(json_of(after) == json_of(model.after()));
      CHECK(count_shared(after) <= count_shared(one.objects));
      for (const Verdict& verdict : model.verdicts())
        for (const std::string& finding : verdict.findings)
          ++seen[finding.substr(0, finding.find(' '))];
      seen["stands"] += static_cast<int>(model.standing().size());
    }
    for (const char* const code :
         {"claim.taken", "claim.duplicate_in_file", "value.integer", "stands", "told at once"})
      CHECK_MESSAGE(seen[code] > tests::rounds(500), code);
    CHECK(seen["taken back"] > tests::rounds(50));
    if (!every) CHECK(seen["row.repeats_key"] > tests::rounds(100));
  }
}

TEST_CASE("of all sets of rows that could stand together, the largest does")
{
  Chance chance{23};
  for (int i = 0; i != 300; ++i) {
    const Case one = any_case(chance, false);
    const Model model{one.objects, one.rows, false};
    const std::vector<std::size_t> rows(model.taking_part().begin(), model.taking_part().end());
    REQUIRE(model.can_stand(model.standing()));
    for (std::size_t set = 0; set != std::size_t{1} << rows.size(); ++set) {
      std::set<std::size_t> some;
      for (std::size_t bit = 0; bit != rows.size(); ++bit)
        if ((set >> bit & 1) != 0) some.insert(rows[bit]);
      if (!model.can_stand(some)) continue;
      for (const std::size_t row : some) REQUIRE(model.standing().count(row) == 1);
    }
  }
}

TEST_CASE("a swap, a ring of three and a chain each happen as a whole, or not at all")
{
  const auto schema = lines_schema(schema::Duplicates::later);
  const Objects objects = {
      {"1", {"a", {}, {}}}, {"2", {"b", {}, {}}}, {"3", {"c", {}, {}}}, {"4", {"d", {}, {}}}};
  const auto run = [&](const std::string& rows, std::string& outcomes) {
    Running job{schema, json_of(objects)};
    job.executed("ID,Line,Level\n" + rows);
    outcomes = job.outcomes();
    std::string lines;
    for (const auto& [id, values] : objects_of(job.directory.json()))
      lines += id + values[0].value_or("-") + " ";
    return lines;
  };
  std::string outcomes;
  CHECK(run("1,b,\n2,a,\n", outcomes) == "1b 2a 3c 4d ");
  CHECK(run("1,b,\n2,c,\n3,a,\n", outcomes) == "1b 2c 3a 4d ");
  CHECK(run("1,b,\n2,c,\n3,d,\n4,e,\n", outcomes) == "1b 2c 3d 4e ");
  CHECK(run("4,e,\n3,d,\n2,c,\n1,b,\n", outcomes) == "1b 2c 3d 4e ");
  CHECK(outcomes == "updated 4, updated 3, updated 2, updated 1");
  // One that cannot move holds up all behind it.
  CHECK(run("1,b,\n2,c,\n3,d,\n4,e,x\n", outcomes) == "1a 2b 3c 4d ");
  CHECK(outcomes == "rejected 1, rejected 2, rejected 3, rejected 4");
  CHECK(run("1,b,\n2,a,x\n,z,\n", outcomes) == "1a 2b 3c 4d 5z ");
  CHECK(outcomes == "rejected 1, rejected 2, created 5");
}

TEST_CASE("a finding about a claim names the holder, and the line of who failed to give it up")
{
  const auto schema = lines_schema(schema::Duplicates::later);
  Running job{schema, R"({"user": [{"id": "1", "line": "a"}, {"id": "2", "line": "b"}]})"};
  const auto findings_of = [&](std::size_t row) {
    json::Document document{{}};
    must(document.read(job.lines()[row - 1]));
    std::string told;
    for (const json::Value finding : document.root().find("findings")) {
      told += std::string{*finding.find("code").text()} + " " +
              std::string{*finding.find("column").text()};
      if (const auto holder = finding.find("holder").text()) told += " by " + std::string{*holder};
      if (const auto line = finding.find("other_line").natural())
        told += " see " + std::to_string(*line);
      told += "; ";
    }
    return told;
  };
  job.validated(
      "ID,Line,Level\n"
      "1,b,\n"   // which 2 gives up, in the last row
      "2,c,x\n"  // not here: this row failed before claims, and wants nothing
      ",c,\n"    // so this is the first that wants it
      ",C,\n"    // and this the second
      ",a,\n"    // which 1 gives up
      "2,d,\n"); // and no repeat: of two rows for one object the first has failed
  CHECK(findings_of(1) == "");
  CHECK(findings_of(2) == "value.integer Level; ");
  CHECK(findings_of(3) == "");
  CHECK(findings_of(4) == "claim.duplicate_in_file Line see 4; ");
  CHECK(findings_of(5) == "");
  CHECK(findings_of(6) == "");

  job.validated("ID,Line,Level\n1,b,\n2,c,x\n,a,\n");
  CHECK(findings_of(1) == "claim.taken Line by 2 see 3; ");
  CHECK(findings_of(3) == "claim.taken Line by 1 see 2; ");
  // A row that failed, and would have kept what it has, is in nobody's way.
  job.validated("ID,Line,Level\n1,b,\n2,b,x\n,a,\n");
  CHECK(findings_of(1) == "claim.taken Line by 2; ");
  job.validated("ID,Line,Email,Level\n1,b,,\n2,,m,x\n");
  CHECK(findings_of(1) == "claim.taken Line by 2 see 3; "); // a blank clears it
  job.validated("ID,Line,Level\n1,b,\n");
  CHECK(findings_of(1) == "claim.taken Line by 2; ");
  job.validated("ID,Line,Level\n1,c,\n1,d,\n");
  CHECK(findings_of(2) == "row.repeats_key ID see 2; ");
}

TEST_CASE("an object that moves a value from one of its fields to another gives nothing up")
{
  const auto schema = lines_schema(schema::Duplicates::later);
  Running job{schema, R"({"user": [{"id": "1", "line": "a", "second": "b"}, {"id": "2"}]})"};
  job.executed("ID,Line,Second Line\n1,b,a\n2,a,\n");
  CHECK(job.outcomes() == "updated 1, rejected 2");
  CHECK(count_shared(objects_of(job.directory.json())) == 0);
}
