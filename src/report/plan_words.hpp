// plan_words.hpp: what stands in a plan, in words. Whatever stands there: what is shown does
// nothing to a terminal, and no secret is shown even if somebody wrote one into the plan.
#ifndef ROLLCALL_REPORT_PLAN_WORDS_HPP
#define ROLLCALL_REPORT_PLAN_WORDS_HPP

#include <string>
#include <string_view>

#include "json/document.hpp"
#include "report/plan_marks.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::report {

[[nodiscard]] std::string in_words(std::string_view text);

// "201", "nothing", "a generated secret", "what the host gives".
[[nodiscard]] std::string in_words(const json::Value& value);

// "user 1002", "user of a new key".
[[nodiscard]] std::string object_in_words(const json::Value& change);

// A field of a change: {"extension": ["200", "201"]}.
struct FieldInWords {
  std::string before = {}, after = {};
};
[[nodiscard]] FieldInWords field_in_words(const json::Value& field, Mark mark);

// The sides of it.
[[nodiscard]] json::Value before_of(const json::Value& field);
[[nodiscard]] json::Value after_of(const json::Value& field);

// Whether the field had something, and loses it.
[[nodiscard]] bool is_cleared(const json::Value& field);

// Whether a change of a row takes something from another object than the row's own.
[[nodiscard]] bool takes_from(const json::Value& row, const json::Value& change);

// Whether a change takes the object out of use.
[[nodiscard]] bool switches_off(const json::Value& field, Mark mark);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_WORDS_HPP
