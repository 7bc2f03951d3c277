// The forms of findings for other programs and for browsers. That real parsers understand them is
// asked by tests/tools/forms.py.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "json/document.hpp"
#include "json/line_reader.hpp"
#include "report/findings_writer.hpp"
#include "report/golden.hpp"
#include "report/markup.hpp"
#include "report/told.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using report::in_markup;

namespace {

Case everyday_and_file()
{
  Case that = everyday();
  that.of_file = {finding(Code::file_encoding_hint, {.byte = 71})};
  return that;
}

std::size_t count_of(std::string_view what, std::string_view text)
{
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// As many findings of a code and column, in a form.
std::string written_times(FindingsForm form, std::uint64_t times)
{
  std::pmr::string text;
  TextSink sink{text};
  const auto writer = must(report::open_findings(sink, form, {.file = "users.csv"}));
  Finding each = finding(Code::value_email);
  each.column = "Email";
  for (std::uint64_t row = 1; row <= times; ++row) {
    each.place = {.row = row, .line = row + 1};
    each.value = "x" + std::to_string(row);
    writer->put(each);
  }
  must(writer->finish());
  return std::string{text};
}

} // namespace

TEST_CASE("each form of findings is as it always was")
{
  const Case that = everyday_and_file();
  const report::FindingsOptions options{.file = "users.csv", .schema = &people().schema()};
  check_golden("findings.junit.xml", written(FindingsForm::junit, that, options));
  check_golden("findings.sarif", written(FindingsForm::sarif, that, options));
  check_golden("findings.github", written(FindingsForm::github, that, options));
  check_golden("findings.html", written(FindingsForm::html, that, options));
}

TEST_CASE("every code of the list is told in every form")
{
  for (const Opens opens : every_writer) {
    // What the vendors' pages show for people is words alone.
    if (opens == Opens{report::open_error_log}) continue;
    for (const Code code : all_codes()) {
      Finding each = finding(code, {.row = 1, .line = 2});
      each.column = "Email";
      const std::string text = written(opens, {.of_file = {each}}, {.file = "users.csv"});
      const std::string slug_of_code{slug(code)};
      CAPTURE(slug_of_code);
      CHECK(text.find(slug_of_code) != std::string::npos);
    }
  }
}

TEST_CASE("a code of the schema is told with what its page says")
{
  for (const FindingsForm form : {FindingsForm::sarif, FindingsForm::html}) {
    const std::string text =
        written(form, everyday(), {.file = "users.csv", .schema = &people().schema()});
    CHECK(text.find(people().schema().rules.front().code) != std::string::npos);
    CHECK(text.find("who has a device is in a team") != std::string::npos);
  }
}

TEST_CASE("a page and a report of tests stay small however much is found, and count all of it")
{
  for (const FindingsForm form : {FindingsForm::html, FindingsForm::junit}) {
    const std::string few = written_times(form, 1'000);
    const std::string many = written_times(form, 100'000);
    CHECK(many.size() < few.size() + 100);
    CHECK(many.find("100,000") != std::string::npos);
  }
}

TEST_CASE("of annotations each kind has a few, and the others are counted")
{
  const std::string text = written_times(FindingsForm::github, 1'000);
  CHECK(count_of("::error ", text) == 3);
  CHECK(text.find("::and 997 more value.email in Email\n") != std::string::npos);
}

TEST_CASE("SARIF has a result for each finding and a rule for each code")
{
  const std::string text = written_times(FindingsForm::sarif, 10'000);
  CHECK(count_of("\"ruleId\"", text) == 10'000);
  CHECK(count_of("\"defaultConfiguration\"", text) == 1);
}

TEST_CASE("without a finding each form is whole and says so")
{
  const std::string junit = written(FindingsForm::junit, {}, {.file = "users.csv"});
  CHECK(junit.find("<testcase name=\"no findings\"") != std::string::npos);
  CHECK(junit.find(" tests=\"1\" failures=\"0\"") != std::string::npos);
  const std::string sarif = written(FindingsForm::sarif, {}, {});
  CHECK(sarif.find("\"results\": []") != std::string::npos);
  CHECK(written(FindingsForm::github, {}, {}).empty());
  const std::string page = written(FindingsForm::html, {}, {});
  CHECK(page.find("no errors were found") != std::string::npos);
  CHECK(page.find("Nothing was found.") != std::string::npos);
}

TEST_CASE("text stays text in markup")
{
  CHECK(in_markup("<b>&amp;\"'</b>") == "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;");
  CHECK(in_markup("a\tb\r\nc") == "a&#9;b&#13;&#10;c");
  CHECK(in_markup("\x01\x7F\xC2\x85\xFF\xEF\xBF\xBE") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(in_markup("J\u00F6rg \U0001F600") == "J\u00F6rg \U0001F600");
}

TEST_CASE("what stands in a cell cannot end a command of a workflow, nor begin another")
{
  Finding each = finding(Code::value_email, {.row = 1, .line = 2});
  each.column = "Email";
  each.says = "100%\r\n::error::x";
  const std::string text =
      written(FindingsForm::github, {.of_file = {each}}, {.file = "a:b,c%\n.csv"});
  CHECK(text ==
        "::error file=a%3Ab%2Cc%25\\n.csv,line=2,title=value.email::"
        "100%25\\r\\n::error::x\n");
}

TEST_CASE("in SARIF braces of a cell are no places to fill in, and its links none to click on")
{
  Finding each = finding(Code::value_email, {.row = 1, .line = 2});
  each.says = "{0} [here](https://a.example)";
  const std::string text =
      written(FindingsForm::sarif, {.of_file = {each}}, {.file = "my users#1.csv"});
  CHECK(text.find(R"x("{{0}} [here\\](https://a.example)")x") != std::string::npos);
  CHECK(text.find(R"("uri": "my%20users%231.csv")") != std::string::npos);
}

TEST_CASE("a place is told in columns up to the first secret of its row, and in lines behind it")
{
  const Case that{.text =
                      "Full Name,Email,Password,Team\n"
                      "J\u00F6rg,\"a\nb@\",hunter2,x\n"
                      "Ada,a@,,x\n",
                  .told = {{1, found_in(Code::value_email, "email", "a\nb@")},
                           {1, found_in(Code::value_choice, "team", "x")},
                           {1, found_in(Code::secret_weak, "password")},
                           {2, found_in(Code::value_choice, "team", "x")}}};
  const std::string text = written(FindingsForm::sarif, that, {.file = "users.csv"});
  CHECK(text.find(R"("region": {"startLine": 2, "startColumn": 6, "endLine": 3, "endColumn": 4, )"
                  R"("byteOffset": 36, "byteLength": 6})") != std::string::npos);
  CHECK(count_of(R"("region": {"startLine": 2})", text) == 2);
  CHECK(text.find(
            R"("region": {"startLine": 4, "startColumn": 9, "endLine": 4, "endColumn": 10, )") !=
        std::string::npos);
}

TEST_CASE("a certain repair is one that programs can make")
{
  const Case that{.text = "Full Name;Team\nAda;4420\n",
                  .told = {{1, with(found_in(Code::value_plus_restored, "team", "4420"),
                                    check::FactName::replace, std::string_view{"+44;20"})}},
                  .reader = {.dialect = {.delimiter = ';'}}};
  const std::string text = written(FindingsForm::sarif, that, {.file = "users.csv"});
  CHECK(text.find(R"("deletedRegion": {"startLine": 2, "startColumn": 5, )") != std::string::npos);
  CHECK(text.find(R"("insertedContent": {"text": "\"+44;20\""})") != std::string::npos);
}
