// plan_scope.hpp: what a plan of a format can be about at all. A plan may have been written by
// hand: objects that the format only looks at (groups and their ranks, models, templates) and
// fields that no file can set are not changed by it, whoever carries it out.
#ifndef ROLLCALL_PLAN_PLAN_SCOPE_HPP
#define ROLLCALL_PLAN_PLAN_SCOPE_HPP

#include <string_view>
#include <vector>

#include "plan/row_result.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class PlanScope {
 public:
  PlanScope() = default;
  explicit PlanScope(const schema::CompiledSchema& schema);

  // What the row does beyond it; empty if nothing. No row of a file deletes anything: that is for
  // undos.
  [[nodiscard]] std::string_view refuses(const RowResult& row, bool is_undo) const;

 private:
  struct Kind {
    bool is_made = false;       // rows make objects of it
    std::vector<bool> settable; // its fields
  };
  std::vector<Kind> kinds_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_SCOPE_HPP
