// A draft is a table, what is said of it, and a file; edits can be taken back.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "draft/drafting.hpp"
#include "formats/catalogue.hpp"
#include "rollcall/plan.hpp"

using namespace rollcall;
using rollcall::tests::must;
using rollcall::tests::Running;
using rollcall::tests::said;
using rollcall::tests::saved;

namespace {

constexpr std::string_view directory = R"({"user": [
  {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "a1@x.de", "extension": "101"},
  {"id": "2", "first_name": "Bea", "last_name": "Orr", "email": "a2@x.de", "extension": "102"}]})";

// Users of ClusterPBX under these columns.
constexpr std::string_view header =
    "ID,First Name,Last Name,Email,Extension,Voicemail Pin,Web Passwords\r\n";

class Office {
 public:
  Running running{formats::clusterpbx(), directory};
  DraftOptions options;

  Office() { running.context = {.name = "ada", .role = "client"}; }

  [[nodiscard]] Result<Draft> try_to_open(std::string_view file)
  {
    MemorySource source{file};
    return Draft::open(running.schema, source, running.directory, running.context, options,
                       running.seams());
  }
  Draft open(std::string_view file) { return must(try_to_open(file)); }
  // Rows of id, email and extension, each with a name.
  static std::string file(const std::vector<std::string>& rows)
  {
    std::string text{header};
    for (const std::string& row : rows) text += row + "\r\n";
    return text;
  }
  static std::string row(const std::string& id, const std::string& email,
                         const std::string& extension)
  {
    return id + ",Eve,Lux," + email + "," + extension + ",,";
  }
};

std::string codes(Draft& draft)
{
  std::string found;
  for (const DraftFinding& each : must(draft.findings(0, draft.rows())))
    found.append(found.empty() ? "" : ", ")
        .append(std::to_string(each.row))
        .append(" ")
        .append(slug(each.finding));
  return found;
}

std::vector<DraftCells> block(DraftCells cells)
{
  return {1, std::move(cells)};
}

ErrorCode code_of(const Result<void>& result)
{
  REQUIRE_FALSE(result.has_value());
  return result.assume_error().code();
}

using Rows = std::vector<std::size_t>;

} // namespace

TEST_CASE("a draft that nobody has edited is saved byte for byte")
{
  Office office;
  for (const std::string_view end : {"", "\n", "\r\n\r\n", "\n , ,\n"}) {
    const std::string file =
        "\xEF\xBB\xBF\n" + std::string{header} + "\n\n" + Office::row("", "\"e@x.de\"", " 201 ") +
        "\r" + Office::row("", "f@x.de", "\"2\n02\"") + "\n\n" + "1,\"a\"b,c" + std::string{end};
    Draft draft = office.open(file);
    CHECK(draft.rows() == 3);
    CHECK(saved(draft) == file);
  }
}

TEST_CASE("a file in another encoding becomes UTF-8")
{
  Office office;
  office.options.dialect.encoding = csv::Encoding::latin_1;
  Draft draft = office.open(std::string{header} + "1,Ad\xE9,Ek,a1@x.de,101,,\r\n");
  CHECK(must(draft.cell(0, 1)) == "Ad\xC3\xA9");
  CHECK(saved(draft) == std::string{header} + "1,Ad\xC3\xA9,Ek,a1@x.de,101,,\r\n");
  CHECK(draft.dialect().encoding == csv::Encoding::utf_8);
}

TEST_CASE("of a row that is edited only the cell changes")
{
  Office office;
  Draft draft = office.open(std::string{header} + "1, Ada ,\"Ek\",\"a1@x.de\",101\r\n\r\n\r\n");
  must(draft.set(0, 3, "b,\"1\"@x.de"));
  CHECK(saved(draft) ==
        std::string{header} + "1, Ada ,\"Ek\",\"b,\"\"1\"\"@x.de\",101\r\n\r\n\r\n");
  CHECK(must(draft.cell(0, 3)) == "b,\"1\"@x.de");
  // A cell that the row did not reach.
  must(draft.set(0, 6, "x"));
  CHECK(saved(draft) ==
        std::string{header} + "1, Ada ,\"Ek\",\"b,\"\"1\"\"@x.de\",101,,x\r\n\r\n\r\n");
}

TEST_CASE("what a spreadsheet would run is guarded, and a secret is not")
{
  Office office;
  Draft draft = office.open(Office::file({Office::row("", "e@x.de", "201")}));
  must(draft.set(0, 2, "=1+1"));
  must(draft.set(0, 6, "=secret"));
  CHECK(must(draft.cell(0, 2)) == "=1+1");
  CHECK(must(draft.cell(0, 6)) == "=secret");
  CHECK(saved(draft) == Office::file({",Eve,'=1+1,e@x.de,201,,=secret"}));
  CHECK(draft.columns()[6].is_secret);
  CHECK_FALSE(draft.columns()[2].is_secret);
}

TEST_CASE("a duplicate is told where it is made and taken back where it is healed")
{
  Office office;
  Draft draft =
      office.open(Office::file({Office::row("", "e@x.de", "201"), Office::row("", "f@x.de", "202"),
                                Office::row("", "g@x.de", "203")}));
  CHECK(must(draft.check()) == Rows{0, 1, 2});
  CHECK(codes(draft).empty());
  must(draft.set(2, 4, "201"));
  CHECK(must(draft.check()) == Rows{0, 2});
  CHECK(codes(draft) == "2 claim.duplicate_in_file");
  CHECK(must(draft.row(2)).is == DraftRow::Is::rejected);
  must(draft.set(0, 4, "204"));
  CHECK(must(draft.check()) == Rows{0, 2});
  CHECK(codes(draft).empty());
  CHECK(must(draft.row(2)).is == DraftRow::Is::created);
  must(draft.undo());
  CHECK(must(draft.check()) == Rows{0, 2});
  CHECK(codes(draft) == "2 claim.duplicate_in_file");
}

TEST_CASE("rows that exchange values are judged together, wherever they stand")
{
  Office office;
  std::vector<std::string> rows{Office::row("1", "a1@x.de", "102")};
  for (int i = 0; i != 50; ++i)
    rows.push_back(Office::row("", "e" + std::to_string(i) + "@x.de", std::to_string(300 + i)));
  rows.push_back(Office::row("2", "a2@x.de", "101"));
  Draft draft = office.open(Office::file(rows));
  CHECK(codes(draft).empty());
  must(draft.check());
  // The second one keeps what the first one wants.
  must(draft.set(51, 4, "102"));
  CHECK(must(draft.check()) == Rows{0, 51});
  CHECK(codes(draft) == "0 claim.taken");
  must(draft.remove(51, 1));
  CHECK(must(draft.check()) == Rows{0});
  CHECK(codes(draft) == "0 claim.taken");
  must(draft.undo());
  must(draft.undo());
  CHECK(must(draft.check()) == Rows{0, 51});
  CHECK(codes(draft).empty());
}

TEST_CASE("the host is asked a question a kind and field, however many rows are pasted")
{
  Office office;
  std::vector<std::string> rows;
  for (int i = 0; i != 200; ++i)
    rows.push_back(Office::row("", "e" + std::to_string(i) + "@x.de", std::to_string(300 + i)));
  Draft draft = office.open(Office::file(rows));
  must(draft.check());
  const auto calls_of = [&](auto&& edit) {
    office.running.directory.calls.clear();
    edit();
    must(draft.check());
    return office.running.directory.calls.size();
  };
  const std::size_t one = calls_of([&] { must(draft.set(7, 3, "new@x.de")); });
  CHECK(one > 0);
  CHECK(one <= 4);
  std::vector<DraftCells> block;
  for (int i = 0; i != 30; ++i) block.push_back({"n" + std::to_string(i) + "@x.de"});
  CHECK(calls_of([&] { must(draft.paste(20, 3, block)); }) == one);
  CHECK(calls_of([] {}) == 0);
}

TEST_CASE("rows are added to a draft without a file, and it is executed like one")
{
  Office office;
  Draft draft = must(Draft::make(office.running.schema, office.running.directory,
                                 office.running.context, office.options, office.running.seams()));
  CHECK(draft.rows() == 0);
  REQUIRE(draft.columns().size() > 10);
  CHECK_FALSE(draft.is_refused());
  CHECK(draft.columns()[0].header == "ID");
  CHECK(draft.columns()[0].column == 0);
  DraftCells cells(draft.columns().size());
  for (std::size_t i = 0; i != cells.size(); ++i) {
    if (draft.columns()[i].header == "First Name") cells[i] = "Eve";
    if (draft.columns()[i].header == "Last Name") cells[i] = "Lux";
    if (draft.columns()[i].header == "Email") cells[i] = "e@x.de";
    if (draft.columns()[i].header == "Extension") cells[i] = "201";
  }
  must(draft.insert(0, std::vector{cells, DraftCells{}}));
  CHECK(codes(draft).empty());
  CHECK(must(draft.row(1)).is == DraftRow::Is::blank);
  CHECK(must(draft.given_key(0)) == "3");
  CHECK_FALSE(must(draft.given_key(1)));
  const auto source = draft.source();
  const JobSummary done = must(office.running.try_to_execute(*source));
  CHECK(done.created == 1);
  CHECK(office.running.directory.json().find("\"extension\": \"201\"") != std::string::npos);
  // The host is another one now.
  CHECK(must(draft.row(0)).is == DraftRow::Is::created);
  must(draft.refresh());
  CHECK(must(draft.row(0)).is == DraftRow::Is::rejected);
}

TEST_CASE("a pool is drawn from in the order of the rows, as far as it goes")
{
  Running running{formats::subscriber_import(),
                  R"({"tenant": {"extension_pool": {"first": "200", "last": "203"}},
                      "user": [{"id": "17", "type": "User", "last_name": "Old",
                                "extension": "200"}]})"};
  running.context = {.name = "ada", .role = "company_admin"};
  running.context.facts["telco_admin"] = {.is = Setting::Is::boolean};
  const std::string file = "Type,LastName,Extension\nUser,One,\nUser,Two,202\nUser,Three,\n";
  MemorySource source{file};
  Draft draft = must(
      Draft::open(running.schema, source, running.directory, running.context, {}, running.seams()));
  REQUIRE_FALSE(draft.is_refused());
  CHECK(codes(draft).empty());
  CHECK(must(draft.drawn(0, 2)) == "201");
  CHECK_FALSE(must(draft.drawn(1, 2)));
  CHECK(must(draft.drawn(2, 2)) == "203");
  CHECK_FALSE(must(draft.drawn(2, 1)));
  must(draft.insert(0, block({"User", "Zero"})));
  CHECK(codes(draft) == "3 extension.pool_empty");
  CHECK(must(draft.counts()).rejected == 1);
  CHECK(must(draft.row(3)).is == DraftRow::Is::rejected);
  CHECK(must(draft.given_key(1)) == "19");
  must(draft.set(0, 1, ""));
  CHECK(codes(draft) == "0 value.required");
  CHECK(must(draft.drawn(1, 2)) == "201");
  CHECK(must(draft.given_key(1)) == "18");
}

TEST_CASE("a file that is refused can be edited, and no row of it is judged")
{
  Office office;
  Draft draft = office.open("ID,First Name\n1,Ada\n");
  CHECK(draft.is_refused());
  REQUIRE_FALSE(draft.file_findings().empty());
  CHECK(draft.file_findings().front().code == Code::header_missing_column);
  must(draft.set(0, 1, "Bea"));
  CHECK(saved(draft) == "ID,First Name\n1,Bea\n");
  CHECK(must(draft.row(0)).is == DraftRow::Is::unjudged);
  CHECK(must(draft.findings(0, 1)).empty());

  Draft other = office.open("User Principal Name,Display Name,Phone Number\na@x.de,Ada,201\n");
  REQUIRE(other.is_refused());
  CHECK(render_message(other.file_findings().front()) ==
        "the first row names no column of clusterpbx, it reads User Principal Name; did you mean "
        "the format call_manager?");

  Draft none = office.open("");
  CHECK(none.is_refused());
  CHECK(none.columns().empty());
  CHECK(code_of(none.insert(0, std::vector<DraftCells>(1))) == ErrorCode::wrong_use);
}

TEST_CASE("what is not there cannot be edited, and a draft keeps to the limits of a file")
{
  Office office;
  office.options.limits.rows = 2;
  Draft draft = office.open(Office::file({Office::row("", "e@x.de", "201")}));
  const std::string before = saved(draft);
  CHECK(code_of(draft.set(1, 0, "")) == ErrorCode::wrong_use);
  CHECK(code_of(draft.set(0, 7, "")) == ErrorCode::wrong_use);
  CHECK(code_of(draft.remove(0, 2)) == ErrorCode::wrong_use);
  CHECK(code_of(draft.insert(2, std::vector<DraftCells>(1))) == ErrorCode::wrong_use);
  CHECK(code_of(draft.insert(0, block(DraftCells(8)))) == ErrorCode::wrong_use);
  CHECK(code_of(draft.insert(1, std::vector<DraftCells>(2))) == ErrorCode::limit_exceeded);
  CHECK(saved(draft) == before);
  CHECK_FALSE(draft.can_undo());
  CHECK_FALSE(must(draft.undo()));
  CHECK_FALSE(must(draft.redo()));
}

TEST_CASE("no edit makes a draft larger than a file may be, and what stays as large may be edited")
{
  Office office;
  const std::string file =
      Office::file({Office::row("", "e@x.de", "201"), Office::row("", "f@x.de", "202")});
  office.options.limits.file_bytes = file.size() + 3;
  Draft draft = office.open(file);
  CHECK(code_of(draft.set(0, 1, "Adaaaaaa")) == ErrorCode::limit_exceeded);
  const auto some = [](const char* name) { return block({"", name}); };
  CHECK(code_of(draft.paste(0, 0, some("Adaaaaaaaa"))) == ErrorCode::limit_exceeded);
  CHECK(code_of(draft.insert(2, some("Ada"))) == ErrorCode::limit_exceeded);
  CHECK(saved(draft) == file);
  const std::string name = must(draft.cell(0, 1));
  must(draft.set(0, 1, name + "abc"));
  CHECK(code_of(draft.set(1, 1, name + "d")) == ErrorCode::limit_exceeded);
  must(draft.paste(0, 1, block({"cba" + name})));
  const std::string full = saved(draft);
  CHECK(full.size() == file.size() + 3);
  CHECK(must(draft.undo()));
  CHECK(must(draft.undo()));
  CHECK(saved(draft) == file);
  CHECK(must(draft.redo()));
  CHECK(must(draft.redo()));
  CHECK(saved(draft) == full);
  must(draft.remove(1, 1));
  must(draft.insert(1, some("A")));
}

TEST_CASE("no row comes behind a quote that is never closed")
{
  Office office;
  const std::string file = std::string{header} + "1,\"Ada,Ek";
  Draft draft = office.open(file);
  CHECK(codes(draft) == "0 csv.unclosed_quote");
  CHECK(code_of(draft.insert(1, block({"", "Eve"}))) == ErrorCode::wrong_use);
  CHECK(saved(draft) == file);
  must(draft.insert(0, block({"", "Eve"})));
  must(draft.set(1, 1, "Ada"));
  must(draft.insert(2, block({"", "Eve"})));
  CHECK(saved(draft) == std::string{header} + ",Eve,,,,,\r\n1,Ada\r\n,Eve,,,,,\r\n");
}

TEST_CASE("what undo may keep is bounded: the oldest steps are forgotten")
{
  Office office;
  office.options.undo_bytes = 4096;
  Draft draft = office.open(Office::file({Office::row("", "e@x.de", "201")}));
  for (int i = 0; i != 100; ++i) must(draft.set(0, 4, std::to_string(200 + i)));
  std::size_t steps = 0;
  while (must(draft.undo())) ++steps;
  CHECK(steps > 2);
  CHECK(steps < 50);
  CHECK(must(draft.cell(0, 4)) == std::to_string(299 - steps));
  while (must(draft.redo())) --steps;
  CHECK(steps == 0);
  CHECK(must(draft.cell(0, 4)) == "299");
}

TEST_CASE("after an error of the host the edit stands, and is judged by who asks next")
{
  Office office;
  Draft draft = office.open(
      Office::file({Office::row("", "e@x.de", "201"), Office::row("", "f@x.de", "202")}));
  must(draft.check());
  must(draft.set(1, 4, "201"));
  office.running.directory.fail_at = office.running.directory.calls.size();
  CHECK_FALSE(draft.check().has_value());
  office.running.directory.fail_at = tests::FakeDirectory::never;
  CHECK(codes(draft) == "1 claim.duplicate_in_file");
}
