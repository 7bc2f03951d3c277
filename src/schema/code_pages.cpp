// code_pages.cpp: the codes that are a schema's own, and the pages that explain them.
#include <algorithm>

#include "base/code_page.hpp"
#include "rollcall/schema.hpp"
#include "schema/describe.hpp"

namespace rollcall::schema {
namespace {

const Rule* first_rule(const Schema& schema, std::string_view code) noexcept
{
  const auto at = std::find_if(schema.rules.begin(), schema.rules.end(),
                               [&](const Rule& rule) { return rule.code == code; });
  return at == schema.rules.end() ? nullptr : &*at;
}

// Settings, actor and options are looked at before the file is.
bool is_of_row(const Schema& schema, std::string_view code) noexcept
{
  return first_rule(schema, code) != nullptr ||
         std::any_of(schema.limits.begin(), schema.limits.end(),
                     [&](const Limit& limit) { return limit.code == code; });
}

// What the rules of a code say, each once.
std::string sayings_of(const Schema& schema, std::string_view code)
{
  std::vector<std::string_view> said;
  std::string text;
  for (const Rule& rule : schema.rules) {
    if (rule.code != code || rule.says.empty()) continue;
    if (std::find(said.begin(), said.end(), rule.says) != said.end()) continue;
    said.emplace_back(rule.says);
    text.append(text.empty() ? "" : "\n").append(rule.says);
  }
  return text;
}

} // namespace

std::vector<std::string_view> codes_of(const Schema& schema)
{
  std::vector<std::string_view> codes;
  const auto add = [&](const std::string& code) {
    const bool is_known =
        code.empty() || code_of(code) || std::find(codes.begin(), codes.end(), code) != codes.end();
    if (!is_known) codes.emplace_back(code);
  };
  for (const auto* const facts : {&schema.settings, &schema.actor, &schema.options})
    for (const Fact& fact : *facts) add(fact.code);
  for (const Rule& rule : schema.rules) add(rule.code);
  for (const Limit& limit : schema.limits) add(limit.code);
  return codes;
}

const CodePage* page_of(const Schema& schema, std::string_view code) noexcept
{
  const auto at = std::find_if(schema.codes.begin(), schema.codes.end(),
                               [&](const CodePage& page) { return page.code == code; });
  return at == schema.codes.end() ? nullptr : &*at;
}

std::string explain(const Schema& schema, std::string_view code)
{
  const auto codes = codes_of(schema);
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) return {};
  const Rule* const rule = first_rule(schema, code);
  std::string text{code};
  text.append(" (").append(word_of(rule != nullptr ? rule->severity : Severity::error));
  text.append(", of ").append(schema.id).append(")\n");
  const CodePage* const page = page_of(schema, code);
  const std::string said = sayings_of(schema, code);
  const bool has_meaning = page != nullptr && !page->means.empty();
  if (!said.empty()) append_part(text, has_meaning ? "What is said" : "What it means", said);
  if (has_meaning) append_part(text, "What it means", page->means);
  if (is_of_row(schema, code))
    append_part(text, "Why it matters",
                consequence_for_row(rule != nullptr ? rule->severity : Severity::error));
  else
    append_part(text, "Why it matters", consequence_for_file);
  if (page == nullptr) return text;
  if (!page->bad.empty() || !page->good.empty()) {
    append_part(text, "Bad", page->bad);
    append_part(text, "Good", page->good);
  }
  if (!page->mend.empty()) append_part(text, "How to mend it", page->mend);
  return text;
}

} // namespace rollcall::schema
