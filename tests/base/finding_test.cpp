// Findings: their messages, their counts, and the list that is bounded.
#include "rollcall/finding.hpp"

#include <doctest/doctest.h>

#include "base/message_template.hpp"

using namespace rollcall;

namespace {

Finding unknown_reference()
{
  Finding unknown =
      finding(Code::reference_unknown, {.row = 3, .line = 5, .byte = 71, .column = 2});
  unknown.column = "Voice Routing Policy";
  unknown.value = "Anonimous";
  unknown.facts = {fact("kind", "voice_routing_policy")};
  return unknown;
}

std::string filled(std::string_view text)
{
  return fill_template(text, unknown_reference());
}

} // namespace

TEST_CASE("a finding has the severity of its code unless it is given another")
{
  CHECK(finding(Code::row_repeats_key).severity == Severity::warning);
  CHECK(finding(Code::value_phone).severity == Severity::error);
  CHECK(finding(Code::file_encoding_hint).severity == Severity::info);
  CHECK(finding(Code::value_phone, {.row = 2}).place.row == 2);
}

TEST_CASE("a message is filled from value, column, place and facts")
{
  CHECK(render_message(unknown_reference()) == "there is no voice routing policy Anonimous");
  CHECK(filled("{column} of row {row} in line {line} from byte {byte} on") ==
        "Voice Routing Policy of row 3 in line 5 from byte 71 on");
}

TEST_CASE("a part in brackets is left out if it lacks a name")
{
  Finding unknown = unknown_reference();
  unknown.facts.push_back(fact("near", "Anonymous"));
  CHECK(render_message(unknown) ==
        "there is no voice routing policy Anonimous; did you mean Anonymous?");
  CHECK(filled("a[ {near}] b[ {kind}] c[ {kind} {near}]") == "a b voice routing policy c");
}

TEST_CASE("a name that the finding lacks stays visible")
{
  CHECK(filled("{holder} has it, {} has not") == "{holder} has it, {} has not");
  CHECK(render_message(finding(Code::claim_moved)) == "{value} was taken from {holder}");
}

TEST_CASE("a fact goes before what the finding itself says of that name")
{
  Finding each = unknown_reference();
  each.facts.push_back(fact("value", "Anonymous"));
  CHECK(fill_template("{value}", each) == "Anonymous");
}

TEST_CASE("brackets and braces that are no places are left as they are")
{
  CHECK(filled("[as it is] [] } ] {") == "[as it is] [] } ] {");
  CHECK(filled("open [ and {value") == "open [ and {value");
  CHECK(filled("").empty());
}

TEST_CASE("what a value holds is never read as a template")
{
  Finding each = unknown_reference();
  each.value = "{column}[{kind}";
  CHECK(fill_template("{value}[ {kind}]", each) == "{column}[{kind} voice routing policy");
}

TEST_CASE("a long value is cut between two characters")
{
  Finding each = unknown_reference();
  each.value.clear();
  for (int i = 0; i < 101; ++i) each.value += "\u00E9";
  const std::string message = fill_template("{value}", each);
  CHECK(message.size() == 2 * 100 + 3);
  CHECK(message.ends_with("\u00E9..."));
  each.value.resize(2 * 100);
  CHECK(fill_template("{value}", each) == each.value);
}

TEST_CASE("a message is one line and does nothing to a terminal, whatever the cell holds")
{
  Finding each = unknown_reference();
  each.value = std::string{"a\x1B[31m\r\n\t\0\x7F", 11};
  CHECK(fill_template("{value}", each) == "a\\x1b[31m\\r\\n\\t\\x00\\x7f");
  each.value = "\u0085\u202Eabc\u2066\u2028";
  CHECK(fill_template("{value}", each) == "\\x85\\u202eabc\\u2066\\u2028");
  each.value = "Ren\xE9 \xF0\x9F";
  CHECK(fill_template("{value}", each) == "Ren\\xe9 \\xf0\\x9f");
}

TEST_CASE("words of its own are no template, and are shown whole")
{
  Finding each = unknown_reference();
  each.says = "a\nb\x1B[31m {value}[ {near}]";
  CHECK(render_message(each) == "a\\nb\\x1b[31m {value}[ {near}]");
  each.says = std::string(1'000, 'x');
  CHECK(render_message(each) == each.says);
}

TEST_CASE("characters that nobody sees are shown, but for the joiners that names need")
{
  Finding each = unknown_reference();
  each.value = "a\u200Bb\u00ADc\uFEFFd\u2060e\u200Ff\u061C";
  CHECK(fill_template("{value}", each) == "a\\u200bb\\xadc\\ufeffd\\u2060e\\u200ff\\u061c");
  each.value = "\u0645\u06CC\u200C\u062E \u00A0\U0001F469\u200D\U0001F680";
  CHECK(fill_template("{value}", each) == each.value);
}

TEST_CASE("a kind is said in words")
{
  Finding each = unknown_reference();
  each.facts = {fact("kind", "a_b_\nc_")};
  CHECK(fill_template("{kind}", each) == "a b \\nc ");
}

TEST_CASE("a rule of a schema has its own slug and words")
{
  Finding rule = finding(Code::rule);
  rule.rule = "mac.required";
  CHECK(slug(rule) == "mac.required");
  CHECK(render_message(rule) == "the rule mac.required is broken");
  rule.says = "a desk phone needs its MAC address";
  CHECK(render_message(rule) == "a desk phone needs its MAC address");
  CHECK(slug(unknown_reference()) == "reference.unknown");
}

TEST_CASE("a message of every code can be filled whole by its facts")
{
  for (const Code code : all_codes()) {
    Finding each = finding(code, {.row = 1, .line = 2, .byte = 3, .column = 4});
    each.value = "v";
    each.column = "c";
    std::string_view rest = message_template(code);
    for (std::size_t open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
      const std::size_t close = rest.find('}', open);
      REQUIRE(close != rest.npos);
      each.facts.push_back(fact(rest.substr(open + 1, close - open - 1), "f"));
      rest.remove_prefix(close + 1);
    }
    const std::string message = render_message(each);
    CAPTURE(message);
    CHECK(message.find_first_of("{}[]") == message.npos);
  }
}

TEST_CASE("findings about secrets have a message without the value")
{
  for (const Code code :
       {Code::value_digits, Code::value_too_short, Code::value_too_long, Code::value_characters,
        Code::secret_policy, Code::secret_weak, Code::value_required, Code::csv_repaired}) {
    Finding each = finding(code);
    each.column = "PIN";
    for (const std::string_view name : {"reason", "length", "least", "most", "character"}) {
      each.facts.push_back(fact(name, "f"));
    }
    const std::string message = render_message(each);
    CAPTURE(message);
    CHECK(message.find('{') == message.npos);
  }
}

TEST_CASE("facts keep whether they are numbers")
{
  CHECK(fact("other_line", std::uint64_t{7}) ==
        Fact{.name = "other_line", .value = "7", .is_number = true});
  CHECK(fact("holder", "17") == Fact{.name = "holder", .value = "17", .is_number = false});
}

TEST_CASE("findings are counted by code, rule and severity")
{
  FindingCounts counts;
  Finding rule = finding(Code::rule);
  rule.rule = "mac.required";
  counts.count(rule);
  counts.count(rule);
  counts.count(finding(Code::row_short));
  CHECK(counts.of("mac.required") == 2);
  CHECK(counts.of("mac.ignored") == 0);
  CHECK(counts.of(Code::row_short) == 1);
  CHECK(counts.of(Code::value_phone) == 0);
  CHECK(counts.of(Severity::error) == 2);
  CHECK(counts.of(Severity::warning) == 1);
  CHECK(counts.of(Severity::info) == 0);
  CHECK(counts.total() == 3);
  CHECK(counts.by_slug().size() == 2);
}

TEST_CASE("a list keeps the first findings and counts them all")
{
  FindingList list{3};
  for (std::uint64_t row = 1; row <= 5; ++row) {
    list.add(finding(Code::row_short, {.row = row}));
  }
  REQUIRE(list.kept().size() == 3);
  CHECK(list.kept().back().place.row == 3);
  CHECK(list.counts().total() == 5);
  CHECK(list.dropped() == 2);
  list.clear();
  CHECK(list.kept().empty());
  CHECK(list.counts().total() == 0);
  CHECK(FindingList::kept_max_default == 10'000);
}
