// Rows judged cell by cell and against the objects they are about (spec section 3, E6-E10,
// E18-E20).
#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "support/checking.hpp"

using namespace rollcall;
using namespace std::string_literals;
using rollcall::tests::Checking;
using rollcall::tests::Lie;

namespace {

const std::string header = "ID,Full Name,Email,Extension,Phone,Active,Mac Address,IP,Password\n";

// A directory of users with these keys, who are all alike.
std::string adas(std::initializer_list<const char*> keys)
{
  std::string users;
  for (const char* const key : keys) {
    users.append(users.empty() ? "" : ", ").append(R"({"id": ")").append(key);
    users += R"(", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true,
              "password": true})";
  }
  return R"({"user": [)" + users + "]}";
}

} // namespace

TEST_CASE("a good row has the canonical text of each cell")
{
  Checking rows{header + ",Ada,ada@b.de,0201,+441234,YES,A0B1C2D3E4F5,10.0.0.1,secret\n"};
  CHECK(rows.check().findings(0).empty());
  CHECK(rows.cell("id", 0) == "(blank)");
  CHECK(rows.cell("name", 0) == "Ada");
  CHECK(rows.cell("extension", 0) == "0201");
  CHECK(rows.cell("phone", 0) == "+441234");
  CHECK(rows.cell("active", 0) == "true");
  CHECK(rows.cell("mac", 0) == "a0:b1:c2:d3:e4:f5");
  CHECK(rows.cell("password", 0) == "secret");
  CHECK(rows.is_new(0));
  CHECK_FALSE(rows.is_rejected(0));
}

TEST_CASE("cells are trimmed of space, tab and no-break space, and a quoted one as well")
{
  Checking rows{
      "Full Name,Extension\n \t\xC2\xA0"
      "Ada\xC2\xA0 ,\" 201\t\"\n"};
  rows.check();
  CHECK(rows.cell("name", 0) == "Ada");
  CHECK(rows.cell("extension", 0) == "201");
}

TEST_CASE("the formula guard is undone once, after trimming, and what it bared is not trimmed")
{
  Checking rows{
      "Full Name,Extension\n'=1,201\n \"x,201\n''=1,201\n'Ada,201\n\"' =1\",201\n  '=1 ,201\n"};
  rows.check();
  CHECK(rows.cell("name", 0) == "=1");
  CHECK(rows.findings(1) == "csv.quote in Full Name");
  CHECK(rows.cell("name", 2) == "'=1");
  CHECK(rows.cell("name", 3) == "'Ada");
  CHECK(rows.cell("name", 4) == " =1");
  CHECK(rows.cell("name", 5) == "=1");
}

TEST_CASE("the guard is undone for every type but secrets")
{
  Checking rows{"Full Name,Extension,Phone,Password\nAda,201,'+441234,'+441234\n"};
  rows.check();
  CHECK(rows.cell("phone", 0) == "+441234");
  CHECK(rows.cell("password", 0) == "'+441234");
}

TEST_CASE("a secret is taken exactly as read, unless nothing is left of it when trimmed")
{
  Checking rows{
      "Full Name,Extension,Password\nAda,201,  e\xCC\x81 b \nAda,201,\" \t\xC2\xA0 \"\n"
      "Ada,201,\"a\"\"b c\"\n"};
  rows.check();
  CHECK(rows.cell("password", 0) == "  e\xCC\x81 b ");
  CHECK(rows.cell("password", 1) == "(blank)");
  CHECK(rows.cell("password", 2) == "a\"b c");
}

TEST_CASE("the value of a secret stands in no finding")
{
  Checking rows{"Full Name,Extension,Password\nAda,201,abc\n"};
  rows.check();
  CHECK(rows.findings(0) == "value.too_short in Password");
  CHECK(rows.only_finding().value.empty());
  CHECK(render_message(rows.only_finding()).find("abc") == std::string::npos);
}

TEST_CASE("all cells are looked at, and each has one finding at most")
{
  Checking rows{header + "no 1,Ada the Great,a@b,2O1,12,maybe,x,y,abc\n"};
  CHECK(rows.check().findings(0) ==
        "value.id in ID, value.too_long in Full Name, value.email in Email, "
        "value.extension in Extension, value.too_short in Phone, value.boolean in Active, "
        "value.mac in Mac Address, value.too_short in Password, value.ip in IP");
  CHECK(rows.is_rejected(0));
}

TEST_CASE("findings stand by severity, then by the columns of the file, then by code")
{
  Checking rows{"IP,Password,Extension,Full Name\nx,a,a,\nx\n"};
  rows.check();
  CHECK(rows.findings(0) ==
        "value.too_short in Password, value.extension in Extension, value.required in Full Name, "
        "value.ip in IP");
  CHECK(rows.findings(1) ==
        "value.required in Extension, value.required in Full Name, row.short, value.ip in IP");
}

TEST_CASE("a warning rejects nobody, and its cell counts as blank")
{
  Checking rows{"Full Name,Extension,IP\nAda,201,10.0.0.256\n"};
  CHECK(rows.check().findings(0) == "value.ip in IP");
  CHECK_FALSE(rows.is_rejected(0));
  CHECK(rows.cell("ip", 0) == "(blank)");
}

TEST_CASE("what must not be blank is asked of new objects and known ones apart")
{
  Checking rows{"ID,Full Name,Extension\n,Ada,\n1,Ada,\n1,,201\n,\xC2\xA0,201\n"};
  rows.directory.hold(adas({"1"}));
  rows.check();
  CHECK(rows.findings(0) == "value.required in Extension");
  CHECK(rows.findings(1).empty());
  CHECK(rows.findings(2) == "value.required in Full Name");
  CHECK(rows.findings(3) == "value.required in Full Name");
}

TEST_CASE("a column that the file lacks is required of new objects, in the schema's spelling")
{
  Checking rows{"ID,Name\n,Ada\n1,Ada\n"};
  rows.directory.hold(adas({"1"}));
  rows.check();
  CHECK(rows.findings(0) == "value.required in Extension");
  CHECK(rows.findings(1).empty());
  CHECK(rows.cell("extension", 1) == "(absent)");
}

TEST_CASE("without a column for the key every row asks for a new object")
{
  Checking rows{"Name,Extension\nAda,201\n"};
  rows.check();
  CHECK(rows.is_new(0));
  CHECK(rows.asked().empty());
}

TEST_CASE("missing cells count as blank, with a warning")
{
  Checking rows{"Full Name,Extension,Email\nAda,201\nAda\n"};
  rows.check();
  CHECK(rows.findings(0) == "row.short");
  CHECK(rows.cell("email", 0) == "(blank)");
  CHECK_FALSE(rows.is_rejected(0));
  CHECK(rows.findings(1) == "value.required in Extension, row.short");
}

TEST_CASE("a cell too many rejects the row if it is filled, and nothing else is said of it")
{
  Checking rows{
      "Full Name,Extension\nAda,201, ,\"\",\xC2\xA0\n,201,x\nAda,a,,x\nAda,201,\" \",\"x\"\n"};
  rows.check();
  CHECK(rows.findings(0).empty());
  CHECK(rows.findings(1) == "row.extra_cells");
  CHECK(rows.findings(2) == "row.extra_cells");
  CHECK(rows.findings(3) == "row.extra_cells");
  CHECK(rows.is_rejected(1));
}

TEST_CASE(
    "unknown columns count for the width of a row, blank ones at the end of the header do not")
{
  Checking rows{"Full Name,X,Extension,,\nAda,x,201\nAda,201\nAda,x,201,,\nAda,x,201,y\n"};
  rows.check();
  CHECK(rows.findings(0).empty());
  CHECK(rows.findings(1) == "value.required in Extension, row.short");
  CHECK(rows.findings(2).empty());
  CHECK(rows.findings(3) == "row.extra_cells");
}

TEST_CASE("rows that are all too wide are all found to be")
{
  Checking rows{"Full Name,Extension\nAda,201,x\nAda,201,y\n"};
  rows.check();
  CHECK(rows.findings(0) == "row.extra_cells");
  CHECK(rows.findings(1) == "row.extra_cells");
}

TEST_CASE("a row with an error in its reading has no other finding, no key, and asks for nobody")
{
  Checking rows{
      "ID,Full Name,Extension,X\n1,\"Ada\"x,a,\n2,,a,\x01\n3,\xFF,\"2\"1,y\x02\n"
      "4,\"A\"b\n5,Ada,201,x,\x03\n6,\"Ada\n"};
  rows.directory.hold(adas({"1", "2", "3", "4", "5", "6"}));
  rows.check();
  CHECK(rows.findings(0) == "csv.quote in Full Name");
  CHECK(rows.findings(1) == "text.control_character in X");
  CHECK(rows.findings(2) ==
        "text.encoding in Full Name, csv.quote in Extension, text.control_character in X");
  CHECK(rows.findings(3) == "csv.quote in Full Name");
  CHECK(rows.findings(4) == "text.control_character");
  CHECK(rows.findings(5) == "csv.unclosed_quote in Full Name");
  CHECK(rows.asked().empty());
  for (std::size_t row = 0; row != rows.rows(); ++row) {
    CHECK_FALSE(rows.is_looked_at(row));
    CHECK(rows.is_rejected(row));
    CHECK(rows.key(row) == "-");
  }
}

TEST_CASE("a row has one finding of each code and column, also where several cells have no column")
{
  Checking rows{"Full Name,X,X\nAda,\x01,\x02\nAda,x,x,\"a\"b,\"c\"d,\x03\n"};
  rows.check();
  CHECK(rows.findings(0) == "text.control_character in X");
  CHECK(rows.findings(1) == "csv.quote, text.control_character");
  Checking blank{"Full Name,,Extension\nAda,\x01,201,\x02\n"};
  blank.check();
  // One under the blank header, and one in no column.
  CHECK(blank.findings(0) == "text.control_character, text.control_character");
  Checking blanks{"Full Name,,,Extension\nAda,\x01,\x02,201\n"};
  blanks.check();
  CHECK(blanks.findings(0) == "text.control_character");
}

TEST_CASE("rows and cells over their limits are named with the limit")
{
  const auto message_of = [](const std::string& row) {
    csv::ReaderOptions options{.dialect = {.delimiter = ','}};
    options.limits.field_bytes = 20;
    options.limits.row_bytes = 60;
    options.limits.columns = 4;
    Checking rows{"Full Name,Extension\n" + row, options};
    rows.check();
    return rows.findings(0) + ": " + render_message(rows.only_finding());
  };
  CHECK(message_of(std::string(21, 'a') + ",201\n") ==
        "csv.field_too_large in Full Name: the cell has 21 bytes, 20 are allowed");
  CHECK(message_of(std::string(70, 'a') + ",201\n") ==
        "csv.row_too_large: the row has more than the 60 bytes that are allowed");
  CHECK(message_of("Ada,201,,,x\n") ==
        "row.extra_cells: the row has more than 4 cells, the header 2");
}

TEST_CASE("a repaired row is judged like any other, with a warning")
{
  Checking rows{"Full Name,Extension\n\"Ad\"a,2O1\n",
                {.dialect = {.delimiter = ',', .lenient = true}}};
  rows.check();
  CHECK(rows.findings(0) == "value.extension in Extension, csv.repaired in Full Name");
  CHECK(rows.cell("name", 0) == "Ada");
}

TEST_CASE("what a repaired cell was read as is told, but for what may be of a secret")
{
  const auto value_of = [](std::string_view columns, std::string_view row) {
    Checking rows{std::string{columns}.append("\n").append(row).append("\n"),
                  {.dialect = {.delimiter = ',', .lenient = true}}};
    rows.check();
    return rows.only_finding().value;
  };
  CHECK(value_of("Name,Extension,Password", "\"Ad\"a ,201,secret") == "Ada");
  CHECK(value_of("Name,Extension,Password", "Ada,201,\"se\"cret").empty());
  CHECK(value_of("Password,Name,Extension", "secret,\"Ad\"a,201").empty());
}

TEST_CASE("the lengths in a message are those that were judged")
{
  const auto message_of = [](const std::string& name, const std::string& phone) {
    Checking rows{"Full Name,Extension,Phone\n" + name + ",201," + phone + "\n"};
    rows.check();
    return render_message(rows.only_finding());
  };
  CHECK(message_of("e\xCC\x81"
                   "e\xCC\x81"
                   "e\xCC\x81"
                   "e\xCC\x81"
                   "aaaaa",
                   "123") == "Full Name has 9 characters and takes at most 8"); // 13 as typed
  CHECK(message_of("Ada", "+123456789") == "Phone has 9 characters and takes at most 8");
  CHECK(message_of("Ada", "+12") == "Phone needs at least 3 characters and has 2");
}

TEST_CASE("a word that is neither yes nor no is told with the words that there are")
{
  Checking rows{"Full Name,Extension,Active\nAda,201,maybe\n"};
  rows.check();
  CHECK(render_message(rows.only_finding()) ==
        "\"maybe\" is no word of Active: yes, true, no, false");
}

TEST_CASE("the objects of a batch are asked for in one call, and only by keys that are good")
{
  Checking rows{
      "ID,Full Name,Extension\n7,Ada,201\n,Ada,201\nno 8,Ada,201\n9,,\n 10 ,Ada,201\n7,Ada,201\n"};
  rows.directory.hold(adas({"7", "9", "10"}));
  rows.check();
  CHECK(rows.asked() == std::vector<std::string>{"find user.id 7 9 10 7"});
  CHECK(rows.key(0) == "7");
  CHECK(rows.key(1) == "-");
  CHECK(rows.findings(2) == "value.id in ID");
  CHECK(rows.key(3) == "9"); // also of a row that is rejected
  CHECK(rows.key(4) == "10");
  CHECK(rows.key(5) == "7");
}

TEST_CASE("an object keeps its key in the directory's spelling, and brings its fields")
{
  Checking rows{"ID,Full Name,Extension\nuSeR-1,Ada,201\n"};
  rows.directory.hold(adas({"User-1"}));
  rows.check();
  CHECK(rows.key(0) == "User-1");
  const check::Fields fields = rows.judged().object(0)->fields;
  REQUIRE(fields.size() == 8);
  CHECK(fields[0] == "Ada");
  CHECK(fields[2] == "201");
  CHECK_FALSE(fields[3].has_value());
}

TEST_CASE("an object that is not there is told with its kind")
{
  Checking rows{"ID,Full Name,Extension\n17,Ada,201\n"};
  rows.check();
  CHECK(rows.findings(0) == "object.unknown in ID");
  CHECK(render_message(rows.only_finding()) == "there is no user 17");
  CHECK(rows.is_rejected(0));
}

TEST_CASE("a host that fails is an error, not a finding")
{
  Checking rows{"ID,Full Name,Extension\n17,Ada,201\n"};
  rows.directory.fail_at = 0;
  const auto result = rows.try_to_check();
  REQUIRE_FALSE(result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::host_failed);
  CHECK(result.assume_error().detail() == "the host has hung up");
}

TEST_CASE(
    "a host that answers what nobody asked, or with other fields than the schema, is an error")
{
  for (const Lie lie : {Lie::not_asked, Lie::fields_missing, Lie::fields_too_many}) {
    Checking rows{"ID,Full Name,Extension\n17,Ada,201\n"};
    rows.directory.hold(adas({"17"}));
    rows.directory.lie = lie;
    CHECK(rows.try_to_check().assume_error().code() == ErrorCode::host_failed);
  }
}
