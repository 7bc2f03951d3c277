// plan_row_parser.hpp: a line of a plan as the row that it says.
#ifndef ROLLCALL_PLAN_PLAN_ROW_PARSER_HPP
#define ROLLCALL_PLAN_PLAN_ROW_PARSER_HPP

#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "plan/plan_row.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class PlanRowParser {
 public:
  // All outlive it; what rows point to is taken from `keep`.
  PlanRowParser(const schema::CompiledSchema& schema, std::span<const expr::Slot> slots,
                std::pmr::memory_resource& keep)
      : schema_{schema}, slots_{slots}, keep_{keep}
  {
  }

  // False if the line is no row; `fault` says why.
  [[nodiscard]] bool read(const json::Value& line, PlanRow& row);
  [[nodiscard]] bool read_findings(const json::Value& list, const Place& place,
                                   std::vector<Finding>& into);
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
  bool refuse(std::string_view what);
  [[nodiscard]] std::string_view keep(std::string_view text);
  template <class T>
  [[nodiscard]] std::span<T> make(std::size_t count);
  [[nodiscard]] std::optional<std::string_view> text_of(const json::Value& value,
                                                        const schema::Type& type);
  [[nodiscard]] static bool is_known_after(const json::Value& value) noexcept;

  [[nodiscard]] bool is_held_to_itself(const json::Value& line, const PlanRow& row);
  [[nodiscard]] bool read_outcome(const json::Value& line, RowResult& result);
  [[nodiscard]] bool read_changes(const json::Value& list, RowResult& result);
  [[nodiscard]] bool read_change(const json::Value& value, Change& change);
  [[nodiscard]] bool read_field(const json::Value& value, const schema::CompiledKind& kind,
                                const Change& change, FieldChange& field);
  [[nodiscard]] bool read_after(const json::Value& value, const schema::CompiledField& of,
                                FieldChange& field);
  [[nodiscard]] bool read_effects(const json::Value& list, RowResult& result);
  [[nodiscard]] bool read_reads(const json::Value& list, PlanRow& row);
  [[nodiscard]] bool read_read(const json::Value& value, Read& read);
  [[nodiscard]] bool read_cells(const json::Value& list, PlanRow& row);
  [[nodiscard]] expr::Value result_value(const json::Value& value);
  [[nodiscard]] std::optional<KindId> kind_of(const json::Value& value);
  [[nodiscard]] std::optional<FieldId> field_of(const schema::CompiledKind& kind,
                                                std::string_view name, std::size_t hint) const;

  const schema::CompiledSchema& schema_;
  std::span<const expr::Slot> slots_;
  std::pmr::memory_resource& keep_;
  std::string fault_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_ROW_PARSER_HPP
