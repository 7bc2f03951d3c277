// plan_marks.hpp: which fields of a plan mean that somebody is switched off, or may do more: those
// whose columns carry the canonical fields "active" and "role" (docs/spec/convert.md).
//
// A plan does not say that itself, so it takes the format. Without one nothing is marked.
#ifndef ROLLCALL_REPORT_PLAN_MARKS_HPP
#define ROLLCALL_REPORT_PLAN_MARKS_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rollcall/schema.hpp"

namespace rollcall::report {

enum class Mark : std::uint8_t { none, active, not_active, role, secret };

class PlanMarks {
 public:
  PlanMarks() = default;
  explicit PlanMarks(const schema::Schema& schema);

  [[nodiscard]] Mark of(std::string_view kind, std::string_view field) const;

 private:
  std::map<std::pair<std::string, std::string>, Mark, std::less<>> marks_;
};

// The format of a plan, if it is one that is built in: the digest may be another one by now, but
// what a field of this name means is the best that anybody knows.
[[nodiscard]] std::optional<schema::Schema> builtin_named(std::string_view format);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_MARKS_HPP
