// What is carried from one format to another, what is not, and how both are told.
#include <doctest/doctest.h>

#include <string>

#include "convert/converting.hpp"
#include "rollcall/canonical.hpp"

using namespace rollcall;
using convert::Why;
using rollcall::tests::Converting;
using rollcall::tests::must;

namespace {

const convert::SourceColumn& source(const convert::Loss& loss, std::string_view header)
{
  for (const convert::SourceColumn& each : loss.source)
    if (each.header == header) return each;
  FAIL("no such column");
  return loss.source.front();
}

const convert::TargetColumn& target(const convert::Loss& loss, std::string_view header)
{
  for (const convert::TargetColumn& each : loss.target)
    if (each.header == header) return each;
  FAIL("no such column");
  return loss.target.front();
}

void check_wrong_use(Converting& converting, std::string_view says)
{
  const auto made = converting.try_to_convert("Email\na@x.de\n");
  REQUIRE_FALSE(made.has_value());
  CHECK(made.assume_error().code() == ErrorCode::wrong_use);
  CHECK(made.assume_error().detail() == says);
  CHECK(converting.result.text.empty());
}

} // namespace

TEST_CASE("a whole name is taken apart at its last blank, and two are put together")
{
  Converting apart{"call_manager", "clusterpbx"};
  const auto loss = apart.converted("UPN,Display Name\na@x.de,Ada Ek\nb@x.de,Mary Ann Ek\n");
  CHECK(apart.result.text ==
        "First Name,Last Name,Email,Extension\r\n"
        "Ada,Ek,a@x.de,\r\n"
        "Mary Ann,Ek,b@x.de,\r\n");
  CHECK(source(loss, "Display Name").to == std::vector<std::string>{"First Name", "Last Name"});
  CHECK(apart.findings(1) == "value.required in Extension");
  CHECK(apart.findings(2) == "convert.check in First Name, value.required in Extension");

  Converting together{"clusterpbx", "call_manager"};
  const auto joined = together.converted(
      "First Name,Last Name,Email,Extension\nMary Ann,Ek,a@x.de,201\nAda,van Dyke,b@x.de,202\n");
  CHECK(together.result.text ==
        "User Principal Name,Display Name\r\na@x.de,Mary Ann Ek\r\nb@x.de,Ada van Dyke\r\n");
  CHECK(together.findings(1).empty());
  CHECK(together.findings(2) == "convert.check in Display Name");
  CHECK(joined.state == JobState::succeeded);
}

TEST_CASE("a name of one word is the one that the target cannot do without")
{
  const std::string file = "UPN,Display Name\na@x.de,Cher\n";
  Converting last{"call_manager", "subscriber_import"};
  last.converted(file);
  CHECK(last.result.text == "Type,FirstName,LastName,Email\r\nUser,,Cher,a@x.de\r\n");
  Converting first{"call_manager", "extension_generator"};
  first.converted(file);
  CHECK(first.result.text == "Extension,First Name,Last Name,Email\r\n,Cher,,a@x.de\r\n");
}

TEST_CASE("a login is an email if it is one, and else has no value for who wants emails")
{
  Converting converting{"call_manager", "extension_generator"};
  const auto loss = converting.converted("UPN\na@x.de\nalex\n");
  CHECK(source(loss, "UPN").values == 2);
  CHECK(source(loss, "UPN").lost == 1);
  CHECK(source(loss, "UPN").why == Why::carried);
  CHECK(source(loss, "UPN").examples ==
        std::vector<convert::Example>{{.line = 3, .value = "alex"}});
  CHECK(converting.findings(0) == "convert.nothing_left");

  // What the target begins every row with is nothing of the row.
  Converting typed{"call_manager", "subscriber_import"};
  typed.converted("UPN\na@x.de\nalex\n");
  CHECK(typed.result.text == "Type,LastName,Email\r\nUser,,a@x.de\r\n");
  CHECK(typed.findings(0) == "convert.nothing_left");
  CHECK(loss.left_out == 1);
}

TEST_CASE("a yes becomes the target's word for it, or for its opposite")
{
  Converting converting{"ctu", "subscriber_import"};
  converting.converted(
      "First Name,Last Name,Login,Password,Role,Primary Team,Active\n"
      "A,B,a@x.de,x,g,t,true\nA,B,a@x.de,x,g,t,FALSE\nA,B,a@x.de,x,g,t,\nA,B,a@x.de,x,g,t,ja\n");
  CHECK(converting.result.text ==
        "Type,FirstName,LastName,Email,Locked,CallProfile\r\n"
        "User,A,B,a@x.de,n,g\r\nUser,A,B,a@x.de,y,g\r\nUser,A,B,a@x.de,,g\r\n"
        "User,A,B,a@x.de,ja,g\r\n");
  CHECK(converting.findings(4) ==
        "value.boolean in Active, convert.check in CallProfile, value.boolean in Locked");
}

TEST_CASE("secrets stay behind unless they are asked for, and are never told")
{
  const std::string file =
      "Extension,First Name,Password,Voicemail PIN\n201,Ada,\" =zq,1\"\" \",47112\n202,Bea,zq,12\n";
  Converting without{"extension_generator", "clusterpbx"};
  const auto behind = without.converted(file);
  CHECK(source(behind, "Password").why == Why::secret);
  CHECK(source(behind, "Password").lost == 2);
  CHECK(source(behind, "Password").examples.empty());
  CHECK_FALSE(target(behind, "Phone Secret").is_written);

  Converting with{"extension_generator", "clusterpbx"};
  with.options.with_secrets = true;
  const auto carried = with.converted(file);
  CHECK(with.result.text ==
        "First Name,Last Name,Email,Phone Secret,Voicemail Pin,Extension\r\n"
        "Ada,,,\" =zq,1\"\" \",47112,201\r\nBea,,,zq,12,202\r\n");
  CHECK(with.findings(2) ==
        "value.too_short in Password, value.too_short in Voicemail PIN, value.required in Last "
        "Name, value.required in Email, "
        "value.too_short in Voicemail Pin");
  for (const std::string& told : {without.report.text, with.report.text})
    for (const char* const secret : {"zq", "4711", "\"12\""})
      CHECK(told.find(secret) == std::string::npos);
  CHECK(carried.refused == 2);
}

TEST_CASE("a secret that the target needs and the source lacks is not made up")
{
  Converting converting{"clusterpbx", "ctu"};
  const auto loss =
      converting.converted("First Name,Last Name,Email,Extension\nAda,Ek,a@x.de,201\n");
  CHECK(target(loss, "Password").is_needed);
  CHECK(target(loss, "Password").missing == 1);
  CHECK(converting.findings(1).find("value.required in Password") != std::string::npos);
}

TEST_CASE("columns that get nothing stay out of the file, so that an import leaves them alone")
{
  Converting converting{"clusterpbx", "call_manager"};
  const auto loss =
      converting.converted("First Name,Last Name,Email,Extension\nAda,Ek,a@x.de,201\n");
  CHECK(converting.result.text == "User Principal Name,Display Name\r\na@x.de,Ada Ek\r\n");
  CHECK_FALSE(target(loss, "Primary Phone Number").is_written);
  CHECK(target(loss, "Primary Phone Number").missing == 1);
  CHECK(source(loss, "Extension").why == Why::no_place);
  CHECK(source(loss, "Extension").lost == 1);
}

TEST_CASE("a range is written out row by row")
{
  Converting converting{"extension_generator", "ctu"};
  const auto loss = converting.converted("Extension,First Name\n098-101,Desk\n7-8,x\n");
  CHECK(loss.rows == 2);
  CHECK(loss.written == 5);
  std::string extensions;
  for (const auto& row : tests::cells_of(converting.result.text))
    extensions += row.at("Extension") + " ";
  CHECK(extensions == "098 099 100 101 7-8 ");
}

TEST_CASE("more rows than the limit are refused, numbers of ranges being rows")
{
  Converting converting{"extension_generator", "ctu"};
  converting.options.limits.rows = 9;
  CHECK(converting.converted("Extension,First Name\n11-18,Desk\n20,x\n").refusal == Refusal::none);
  const auto loss = converting.converted("Extension,First Name\n11-19,Desk\n20,x\n");
  CHECK(loss.refusal == Refusal::file);
  CHECK(loss.findings.front().code == Code::file_too_many_rows);
}

TEST_CASE("a map translates what means nothing elsewhere; what it leaves is to be looked at")
{
  Converting converting{"ctu", "clusterpbx"};
  converting.options.map = {{"role", "agent", "17"}, {"department", "Sales", ""}};
  const auto loss = converting.converted(
      "First Name,Last Name,Login,Password,Role,Primary Team,Extension\n"
      "A,B,a@x.de,x,AGENT,sales,201\nA,B,b@x.de,x,Lead,Support,202\n");
  const auto rows = tests::cells_of(converting.result.text);
  CHECK(rows[0].at("User Profile ID") == "17");
  CHECK(rows[0].at("Department").empty());
  CHECK(rows[1].at("User Profile ID") == "Lead");
  CHECK(converting.findings(1).empty());
  CHECK(converting.findings(2) == "convert.check in Department, convert.check in User Profile ID");
  CHECK(source(loss, "Primary Team").values == 2);
  CHECK(source(loss, "Primary Team").lost == 1);
  CHECK(source(loss, "Primary Team").why == convert::Why::carried);
}

TEST_CASE("what is filled in stands where a row has nothing, and nowhere else")
{
  Converting converting{"extension_generator", "subscriber_import"};
  converting.options.fillings = {{"last_name", "(none)"}, {"PAI", "y"}, {"active", "no"}};
  const auto loss = converting.converted("Extension,First Name,Last Name\n201,Ada,Ek\n202,Desk,\n");
  CHECK(converting.result.text ==
        "Type,FirstName,LastName,Extension,PAI,Locked\r\n"
        "User,Ada,Ek,201,y,y\r\nUser,Desk,(none),202,y,y\r\n");
  CHECK(target(loss, "LastName").values == 1);
  CHECK(target(loss, "LastName").filled == 1);
  CHECK(target(loss, "LastName").missing == 0);
}

TEST_CASE("fillings, maps and formats that make no sense are wrong use, and say why")
{
  Converting converting{"clusterpbx", "call_manager"};
  const auto fill = [&](const std::string& field, const std::string& value) {
    converting.options.fillings.push_back({field, value});
  };
  fill("mac", "x");
  check_wrong_use(converting, "filling in 'mac': call_manager has no column for it");
  converting.options.fillings = {{"Primry Location", "x"}};
  check_wrong_use(converting,
                  "filling in 'Primry Location': call_manager has no such column; did you mean "
                  "primary_location?");
  converting.options.fillings = {{"upn", " "}};
  check_wrong_use(converting, "filling in 'upn': there is no value");
  converting.options.fillings = {{"upn", "a"}};
  fill("login", "b");
  check_wrong_use(converting, "filling in 'login': it is filled in already");
  converting.options.fillings.clear();
  converting.options.map = {{"roll", "a", "b"}};
  check_wrong_use(converting, "the map: there is no canonical field 'roll'; did you mean role?");
  Converting same{"ctu", "ctu"};
  check_wrong_use(same, "both formats are ctu");
}

TEST_CASE("what the target asks of a file as a whole is foretold as well")
{
  std::string file = "UPN,Display Name\n";
  Converting none{"call_manager", "ctu"};
  CHECK(none.converted(file).findings.front().code == Code::file_no_entries);
  for (int i = 0; i != 2'000; ++i) file += "somebody.with.a.long.name@contoso.example,Ada Ek\n";
  Converting many{"call_manager", "ctu"};
  const auto loss = many.converted(file);
  CHECK(many.result.text.size() > 102'400);
  CHECK(loss.findings.back().code == Code::file_too_large);
  CHECK(render_message(loss.findings.back()) ==
        "the file has more than the 102400 bytes that are allowed");
}

TEST_CASE("cells that their own format would refuse are carried, and told of both sides")
{
  Converting converting{"subscriber_import", "clusterpbx"};
  converting.converted(
      "Type,LastName,FirstName,Email,Extension,Language,Hold\n"
      "User,Ek,Ada,a b,2O1,fr,#\nUser,Ek,Ada,a@x.de,4.42E+11,English,\n");
  const auto rows = tests::cells_of(converting.result.text);
  CHECK(rows[0].at("Extension") == "2O1");
  CHECK(rows[0].at("Language") == "fr");
  CHECK(rows[1].at("Language") == "en");
  CHECK(converting.findings(1) ==
        "value.email in Email, value.extension in Extension, value.email in Email, "
        "value.extension in Extension");
  CHECK(converting.findings(2) ==
        "value.spreadsheet_damage in Extension, value.spreadsheet_damage in Extension");
}

TEST_CASE("rows that cannot be read are left out, and the others stand")
{
  Converting converting{"clusterpbx", "ctu"};
  const auto loss = converting.converted(
      "First Name,Last Name,Email,Extension\n\"A\"b,x,a@x.de,201\nAda,Ek,b@x.de,202,more\n"
      "Ada,Ek,c@x.de,203\nAda,\xFF,d@x.de,204\n\nAda,Ek\n");
  CHECK(loss.rows == 5);
  CHECK(loss.blank_rows == 1);
  CHECK(loss.written == 2);
  CHECK(loss.left_out == 3);
  CHECK(converting.findings(0) ==
        "csv.quote in First Name, row.extra_cells, text.encoding in "
        "Last Name");
  CHECK(loss.findings.back().code == Code::file_encoding_hint);
}

TEST_CASE("a file without a header, or with half of one, is refused and nothing is written")
{
  for (const char* const file : {"", "a,b\n1,2\n", "First Name,Last Name\nAda,Ek\n",
                                 "Email,Email,First Name,Last Name,Extension\n", "\"a\n"}) {
    Converting converting{"clusterpbx", "ctu"};
    const auto loss = converting.converted(file);
    CAPTURE(file);
    CHECK(loss.refusal == Refusal::file);
    CHECK(loss.state == JobState::failed);
    CHECK(converting.result.text.empty());
    CHECK(converting.report.text.starts_with("{\"convert\": "));
  }
  Converting other{"clusterpbx", "ctu"};
  const auto loss =
      other.converted("User Principal Name,Display Name,Phone Number\na@x.de,Ada,1\n");
  CHECK(render_message(loss.findings.front()) ==
        "the first row names no column of clusterpbx, it reads User Principal Name; did you mean "
        "the format call_manager?");
}

TEST_CASE("values that a spreadsheet would run are guarded, and read back as they were")
{
  Converting converting{"clusterpbx", "ctu"};
  converting.converted("First Name,Last Name,Email,Extension\n=1+1,'=x,a@x.de,201\n");
  CHECK(converting.result.text.find("'=1+1,'=x,") != std::string::npos);
}

TEST_CASE("who may have the template of neither format may not convert")
{
  struct Case {
    const char* role;
    bool may;
  };
  for (const Case& each :
       {Case{"client", true}, Case{"tenant_setup", false}, Case{"reader", true}, Case{"", false}}) {
    Converting converting{"clusterpbx", "call_manager"};
    converting.is_open_to_all = false;
    converting.context.role = each.role;
    const auto loss =
        converting.converted("First Name,Last Name,Email,Extension\nAda,Ek,a@x.de,201\n");
    CAPTURE(each.role);
    CHECK((loss.refusal == Refusal::none) == each.may);
    CHECK(converting.result.text.empty() != each.may);
  }
}

TEST_CASE("a target that is given as data takes part like any other")
{
  schema::Schema desks{.id = "desks", .title = "Desks"};
  desks.kinds = {{.name = "desk", .key = {"place"}}};
  desks.columns = {{.field = "place",
                    .header = "Place",
                    .on_create = schema::Blank::required,
                    .mandatory = schema::always,
                    .carries = {"extension"}},
                   {.field = "blocked",
                    .header = "Blocked",
                    .type = schema::Boolean{.yes = {"ja"}, .no = {"nein"}},
                    .carries = {"not active"}}};
  desks.objects = {{.kind = "desk", .key = "place", .create = schema::always}};
  Converting converting{tests::format("ctu"), desks};
  converting.converted(
      "First Name,Last Name,Login,Password,Role,Primary Team,Active,Extension\n"
      "A,B,a@x.de,x,g,t,FALSE,201\n");
  CHECK(converting.result.text == "Place,Blocked\r\n201,ja\r\n");
}

TEST_CASE("canonical fields are found by their names, and all are carried by some format")
{
  for (const schema::CanonicalField& field : schema::canonical_fields()) {
    CAPTURE(field.name);
    CHECK(schema::canonical_field(field.name) == &field);
    bool is_carried = false;
    for (const tests::Vendor& each : tests::all_vendors())
      for (const schema::Column& column : each.schema.columns)
        for (const std::string& carried : column.carries)
          is_carried = is_carried || carried == field.name;
    CHECK(is_carried);
  }
  CHECK(schema::canonical_field("") == nullptr);
}

TEST_CASE("the page for people says what is refused, missing and lost")
{
  Converting converting{"clusterpbx", "ctu"};
  const auto loss = converting.converted(
      "First Name,Last Name,Email,Extension,Mac Address,Phone Secret\n"
      "Ada,Ek,a@x.de,201,000413000005,zq\nBea,Orr,b@x.de,202,,\n");
  std::pmr::string text;
  TextSink sink{text};
  must(convert::write_loss_page(loss, "", sink));
  for (const char* const part :
       {"users.csv: converted; every row of it to be mended\n",
        "          2  read, in clusterpbx\n", "ctu would refuse\n",
        "          2  value.required in Password: lines 2, 3\n",
        "No place in ctu\n          1  Mac Address: \"000413000005\" (line 2)\n"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("zq") == std::string::npos);
}
