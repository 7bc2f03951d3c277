// Headers: which cell is which column, and what is wrong with them (spec section 2, E2, E11-E15).
#include "check/header.hpp"

#include <doctest/doctest.h>

#include <memory_resource>
#include <string>
#include <string_view>

#include "rollcall/fixes.hpp"
#include "support/fake_directory.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using rollcall::check::Header;
using rollcall::schema::CompiledSchema;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

const CompiledSchema& compiled()
{
  static const CompiledSchema schema = must(CompiledSchema::compile(staff()));
  return schema;
}

Header header_of(const CompiledSchema& schema, std::string_view text, bool lenient = false)
{
  tests::FakeDirectory directory{schema.schema()};
  std::pmr::memory_resource& memory = *std::pmr::new_delete_resource();
  check::KnownObjects known{schema, directory, SipKey{1, 2}, memory};
  check::Facts facts{schema, known, memory};
  const Context context;
  must(facts.read(context));
  const auto columns = must(check::ready_columns(schema, facts));
  MemorySource source{text};
  auto reader =
      must(csv::Reader::open(source, {.dialect = {.delimiter = ',', .lenient = lenient}}));
  REQUIRE(must(reader.next()));
  return check::read_header(schema, columns, reader.batch(), {});
}

// "header.unknown_column Foo; header.missing_column Full Name"
std::string findings_of(const Header& header)
{
  std::string found;
  for (const Finding& each : header.findings) {
    found += (found.empty() ? "" : "; ") + std::string{slug(each)};
    if (!each.column.empty()) found += " " + each.column;
    CHECK(render_message(each).find('{') == std::string::npos);
  }
  return found;
}

std::string found_in(std::string_view text)
{
  return findings_of(header_of(compiled(), text));
}

// The field of each cell, "-" if it is none: "id name -".
std::string fields_of(std::string_view text)
{
  const Header header = header_of(compiled(), text);
  std::string fields;
  for (std::size_t cell = 0; cell != header.names.size(); ++cell) {
    std::string field = "-";
    for (std::size_t column = 0; column != header.cell_of.size(); ++column)
      if (header.cell_of[column] == cell) field = compiled().columns[column].column->field;
    fields += (fields.empty() ? "" : " ") + field;
  }
  return fields;
}

char delimiter_of(std::string_view text)
{
  MemorySource source{text};
  const auto reader = must(csv::Reader::open(source, {}));
  return check::choose_delimiter(compiled(), reader);
}

} // namespace

TEST_CASE("columns are found in any order, without case, space, dash and underscore")
{
  CHECK(fields_of("Full Name,ID\n") == "name id");
  CHECK(fields_of("FULLNAME,mac_address\n") == "name mac");
  CHECK(fields_of("full-name,Mac-Address\n") == "name mac");
  CHECK(fields_of("  full  name\t,M A C address\n") == "name mac");
  CHECK(fields_of("\"Full Name\",\"ID\"\n") == "name id");
  CHECK(fields_of("\xC2\xA0"
                  "Full Name\xC2\xA0,ID\n") == "name id");
  CHECK(found_in("Full Name,ID\n").empty());
}

TEST_CASE("a name that was guarded against formulas is the name")
{
  schema::Schema guarded = staff();
  guarded.columns[0].header = "=ID";
  guarded.columns[2].header = "'@Email";
  const auto schema = must(CompiledSchema::compile(guarded));
  for (const std::string_view text :
       {"'=ID,Name,''@Email\n", " '=ID , Name,\"''@Email\"\n", "=ID,Name,''@Email\n"}) {
    const Header header = header_of(schema, text);
    CHECK(findings_of(header).empty());
    CHECK(header.names == std::vector<std::string>{"=ID", "Name", "'@Email"});
    CHECK(header.cell_of[0] == 0);
    CHECK(header.cell_of[2] == 2);
  }
  // Once, and only where it can have been put.
  CHECK(found_in("'Name,Full Name\n") == "header.unknown_column 'Name");
  CHECK(found_in("''=Name,Full Name\n") == "header.unknown_column '=Name");
  MemorySource source{"'=ID;'-1,0;''@Email\n"};
  const auto reader = must(csv::Reader::open(source, {}));
  CHECK(check::choose_delimiter(schema, reader) == ';');
}

TEST_CASE("an alias is the column itself")
{
  CHECK(fields_of("Name,ID\n") == "name id");
  CHECK(header_of(compiled(), "NAME\n").name_of(compiled(), 1) == "NAME");
  CHECK(header_of(compiled(), "NAME\n").name_of(compiled(), 0) == "ID");
}

TEST_CASE("an unknown column warns and is no field")
{
  CHECK(fields_of("Name,Names,X\n") == "name - -");
  CHECK(found_in("Name,Names,X\n") == "header.unknown_column Names; header.unknown_column X");
}

TEST_CASE("a column that is there twice, under whatever names, refuses the file")
{
  CHECK(found_in("Name,ID,id\n") == "header.duplicate_column id");
  CHECK(found_in("Name,ID,Full Name\n") == "header.duplicate_column Full Name");
  CHECK(found_in("Name,ID,NAME,I D\n") ==
        "header.duplicate_column NAME; header.duplicate_column I D");
}

TEST_CASE("unknown columns and those of results may repeat")
{
  CHECK(found_in("Name,X,X\n") == "header.unknown_column X; header.unknown_column X");
  CHECK(found_in("Name,Notes,Notes\n").empty());
}

TEST_CASE("what our own result files add is ignored without a word")
{
  CHECK(found_in("Name,Change OK,Notes,Errors,Row,Line,Status,Messages\n").empty());
  CHECK(found_in("Name,change_ok,NOTES,Outcome\n").empty());
  CHECK(fields_of("Name,Notes\n") == "name -");
}

TEST_CASE("a schema may have a column that is called like one of results")
{
  schema::Schema with_notes = staff();
  with_notes.columns.push_back({.field = "notes", .header = "Notes"});
  const auto schema = must(CompiledSchema::compile(with_notes));
  const Header header = header_of(schema, "Name,Notes\n");
  CHECK(header.cell_of.back() == 1);
  CHECK(findings_of(header_of(schema, "Name,Notes,Notes\n")) == "header.duplicate_column Notes");
}

TEST_CASE("blank cells at the end of a header are no columns, those before a name are unknown")
{
  CHECK(header_of(compiled(), "Name,ID,,\n").names.size() == 2);
  CHECK(header_of(compiled(), "Name,ID, ,\"\",\xC2\xA0\n").names.size() == 2);
  CHECK(found_in("Name,ID,,\n").empty());
  CHECK(fields_of("Name,,ID\n") == "name - id");
  CHECK(found_in("Name,,ID\n") == "header.unknown_column");
}

TEST_CASE("a mandatory column that is missing refuses the file, and is told with what was read")
{
  CHECK(found_in("ID,Email\n") == "header.missing_column Full Name");
  const Header header = header_of(compiled(), "ID,E-Mail\n");
  REQUIRE(header.findings.size() == 1);
  CHECK(render_message(header.findings.front()).find("ID, E-Mail") != std::string::npos);
}

TEST_CASE("all that is wrong with a header is told at once")
{
  CHECK(found_in("ID,Foo,id\n") ==
        "header.unknown_column Foo; header.duplicate_column id; header.missing_column Full Name");
}

TEST_CASE("a first row that names no column is no header, and that is all that is said")
{
  CHECK(found_in("ada,byron\n") == "header.missing");
  CHECK(found_in("Notes,Status\n") == "header.missing");
  CHECK(found_in("---,__\n") == "header.missing");
  const Header header = header_of(compiled(), "ada,byron\n");
  CHECK(render_message(header.findings.front()) ==
        "the first row names no column of staff, it reads ada");
  CHECK(render_message(check::header_missing()) == "there is no header row, nor any other");
}

TEST_CASE("of what may be a row of data no cell is told")
{
  // The first cell alone, if it can be a name, and as much of it as no delimiter parts.
  const auto said_of = [](std::string_view text) {
    std::string said;
    for (const Finding& each : header_of(compiled(), text).findings)
      said += render_message(each) + "\n";
    return said;
  };
  CHECK(said_of("ada;byron;secret\n") == "the first row names no column of staff, it reads ada\n");
  for (const std::string_view text :
       {"17;ada;secret\n", "ada@x.de;secret\n", ",ada,secret\n", "17\tsecret\n"})
    CHECK(said_of(text) == "the first row names no column of staff\n");
  // A word in it may be a name all the same.
  CHECK(said_of("17,ID,secret\n") ==
        "cell 1 of the header names no column, and its column is ignored\n"
        "cell 3 of the header names no column, and its column is ignored\n"
        "the column Full Name is missing\n");
  CHECK(said_of("ada,byron,ID,secret\n").find("secret") == std::string::npos);
  CHECK_FALSE(header_of(compiled(), "17,Full Name\n").may_be_shown());
  CHECK(header_of(compiled(), "Colour,Full Name\n").may_be_shown());
}

TEST_CASE("what is misspelt holds what its column holds, what is like nothing may hold anything")
{
  using check::Holds;
  const Header header =
      header_of(compiled(), "Full Name,Password,Pasword,my PIN,Spinning,Colour,Emial,Notes,ID\n");
  CHECK(check::holdings(compiled(), header) ==
        std::vector{Holds::values, Holds::secrets, Holds::secrets, Holds::secrets, Holds::anything,
                    Holds::anything, Holds::values, Holds::values, Holds::values});
}

TEST_CASE("a header that cannot be read refuses the file with that alone")
{
  CHECK(found_in("Name,\"ID\"x,Foo\n") == "csv.quote IDx");
  CHECK(found_in("Name,I\x01"
                 "D,Foo\n") ==
        "text.control_character I\x01"
        "D");
  CHECK(found_in("Foo,\"ID\"x,Em\xFF"
                 "ail\n") ==
        "csv.quote IDx; text.encoding Em\xFF"
        "ail");
  CHECK(found_in("Name,\"ID\nada,1\n").starts_with("csv.unclosed_quote"));
}

TEST_CASE("a header of too many cells refuses the file as a row that is too large")
{
  std::string text = "Name";
  for (int i = 0; i != 1024; ++i) text += ",x";
  CHECK(found_in(text + "\n") == "csv.row_too_large");
}

TEST_CASE("a repaired header is a header, and says what was repaired")
{
  const Header header = header_of(compiled(), "\"Na\"me,ID\n", true);
  CHECK(findings_of(header) == "csv.repaired Name");
  CHECK(header.cell_of[1] == 0);
}

TEST_CASE("a repaired header of which nothing is left is none")
{
  CHECK(findings_of(header_of(compiled(), "\"\" \nada\n", true)) == "header.missing");
  CHECK(findings_of(header_of(compiled(), "\"\" ,\"\" \nada\n", true)) == "header.missing");
}

TEST_CASE("the delimiter is the one under which most cells name a column")
{
  CHECK(delimiter_of("ID,Name,Email\n1,a,b\n") == ',');
  CHECK(delimiter_of("ID;Name;Email\n1;a;b\n") == ';');
  CHECK(delimiter_of("ID\tName\tEmail\n") == '\t');
  CHECK(delimiter_of("ID|Name|Email\n") == '|');
  CHECK(delimiter_of("ID;Name;a,b,c,d,e\n") == ';');
  CHECK(delimiter_of("Foo,Bar,Baz,ID;Name;Email\n") == ';');
  CHECK(delimiter_of("\"ID\";\"Full Name\"\n") == ';');
}

TEST_CASE("on a tie the first of comma, semicolon, tab and bar is the delimiter")
{
  CHECK(delimiter_of("") == ',');
  CHECK(delimiter_of("Foo;Bar\n") == ',');
  CHECK(delimiter_of("Name\n") == ',');
  CHECK(delimiter_of("ID|x;Name\n") == ';'); // one each
  CHECK(delimiter_of("ID|x\tName\n") == '\t');
}

TEST_CASE("columns of results do not count for the delimiter, aliases do")
{
  CHECK(delimiter_of("Name;Notes,Status,Row\n") == ';');
  CHECK(delimiter_of("Email,x;Name;ID\n") == ';');
}

TEST_CASE("blank records before the header do not count for the delimiter")
{
  CHECK(delimiter_of("\n;;;\n \nID;Name\n1,a\n") == ';');
}

TEST_CASE("a name that is as near to two columns is a guess at neither, and both are named")
{
  schema::Schema twins = staff();
  twins.columns[1].header = "Emall";
  twins.columns[1].aliases.clear();
  twins.columns[2].header = "Email";
  const auto schema = must(CompiledSchema::compile(twins));
  const Header header = header_of(schema, "ID,Emal\n");
  REQUIRE(!header.findings.empty());
  const Finding& found = header.findings.front();
  CHECK(found.code == Code::header_unknown_column);
  CHECK(!unsafe_fix(found));
  CHECK(render_message(found) ==
        "the column Emal is not known and is ignored; did you mean Emall or Email?");
}

TEST_CASE("of two names that are near to one column neither is a guess, and each names the other")
{
  const Header header = header_of(compiled(), "Name,Emial,Emall\n");
  REQUIRE(header.findings.size() == 2);
  for (const Finding& each : header.findings) CHECK(!unsafe_fix(each));
  CHECK(render_message(header.findings[0]) ==
        "the column Emial is not known and is ignored; it and Emall are nearly Email");
  CHECK(render_message(header.findings[1]) ==
        "the column Emall is not known and is ignored; it and Emial are nearly Email");
  // Where the column is there nobody asks which.
  const Header whole = header_of(compiled(), "Name,Email,Emial,Emall\n");
  REQUIRE(whole.findings.size() == 2);
  CHECK(render_message(whole.findings[0]) == "the column Emial is not known and is ignored");
}

TEST_CASE("of a thousand names that are near to one column each names a few others")
{
  std::string line = "Name";
  for (int i = 0; i != 1000; ++i) line += i % 2 == 0 ? ",Emial" : ",Emall";
  for (const char* const name : {"Emai", "Emaill", "Eamil"}) line += std::string{","} + name;
  const Header header = header_of(compiled(), line + "\n");
  const auto of = [&](std::string_view name) {
    for (const Finding& each : header.findings)
      if (each.column == name) return render_message(each);
    return std::string{"none"};
  };
  CHECK(of("Emial") ==
        "the column Emial is not known and is ignored; it and Eamil and Emai and Emaill and 1 more "
        "are nearly Email");
  CHECK(of("Emai") ==
        "the column Emai is not known and is ignored; it and Eamil and Emaill and Emall and 1 more "
        "are nearly Email");
}
