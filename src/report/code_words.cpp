// code_words.cpp: a schema that gives no page to a code of its own has still said what a rule says.
#include "report/code_words.hpp"

#include <algorithm>

namespace rollcall::report {

CodeWords words_of(Code code, std::string_view slug, const schema::Schema* schema)
{
  if (code != Code::rule) return {.means = meaning(code), .mend = mend(code)};
  if (schema == nullptr) return {};
  CodeWords words;
  if (const auto* const page = schema::page_of(*schema, slug))
    words = {.means = page->means, .mend = page->mend};
  if (!words.means.empty()) return words;
  const auto rule = std::find_if(schema->rules.begin(), schema->rules.end(),
                                 [&](const schema::Rule& each) { return each.code == slug; });
  if (rule != schema->rules.end()) words.means = rule->says;
  return words;
}

std::string_view word_of(Severity severity) noexcept
{
  return severity == Severity::info ? "note" : slug(severity);
}

std::string page_of(Code code, std::string_view slug, const schema::Schema* schema)
{
  if (code != Code::rule) return explain(code);
  return schema != nullptr ? schema::explain(*schema, slug) : std::string{};
}

} // namespace rollcall::report
