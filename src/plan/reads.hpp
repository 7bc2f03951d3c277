// reads.hpp: what a row that acts was judged by: the objects that it names, and the fields that
// rules, objects and effects have read. If one of them is another when the plan is applied, the row
// is stale.
#ifndef ROLLCALL_PLAN_READS_HPP
#define ROLLCALL_PLAN_READS_HPP

#include <cstddef>
#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "check/checker.hpp"
#include "plan/plan_row.hpp"

namespace rollcall::plan {

class Reads {
 public:
  // Both outlive it; the checker notes reads (Checker::note_reads) from its first batch on.
  Reads(const schema::CompiledSchema& schema, check::Checker& checker,
        std::pmr::memory_resource& memory);

  // Of a row of the batch that was judged last. Lives until the next one.
  [[nodiscard]] Result<std::span<const Read>> of(std::size_t row);

 private:
  void add_slots(expr::ProgramId program, std::vector<expr::Slot>& slots) const;
  void add(const expr::Slot& slot, std::size_t row);
  void add_own(FieldId field, std::size_t row);
  void add_lookup(const expr::Slot& slot, std::size_t row);
  [[nodiscard]] Result<void> add_references(std::size_t row);
  std::size_t find(const Read& read);
  void add_field(std::size_t read, FieldId field, std::optional<std::string_view> was);

  const schema::CompiledSchema& schema_;
  check::Checker& checker_;
  std::vector<std::vector<expr::Slot>> of_rules_;
  std::vector<expr::Slot> of_changes_; // that objects and effects read, whatever the row
  // Of the row:
  std::pmr::vector<Read> reads_;
  std::pmr::vector<std::pmr::vector<ReadField>> fields_; // of each read
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_READS_HPP
