// plan_row.hpp: a row as a plan keeps it: what it came to, what it does, what that hangs on, and
// what a result needs of it. Written by PlanWriter, read back by PlanReader.
#ifndef ROLLCALL_PLAN_PLAN_ROW_HPP
#define ROLLCALL_PLAN_PLAN_ROW_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "expr/names.hpp"
#include "expr/value.hpp"
#include "plan/claim_index.hpp"
#include "plan/row_result.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// A value that was read of an object, and on which the row hangs.
struct ReadField {
  FieldId field = 0;
  std::optional<std::string_view> was = {}; // as the directory has it
};

// An object that was asked for, and the fields of it that mattered. What a change says of its own
// object (it is there, it is not; its fields before) is not said again.
struct Read {
  KindId kind = 0;
  FieldId by = key_field;
  std::string_view value = {};              // that it was asked by
  std::optional<std::string_view> key = {}; // none: there was no such object
  std::span<const ReadField> fields = {};
};

// A value that the columns of a result read of a row, beside what it came to.
struct ResultCell {
  expr::Value value = {};
  bool is_range = false;
};

// Which those are, in an order that writer and reader share.
[[nodiscard]] std::vector<expr::Slot> result_slots(const schema::CompiledSchema& schema);

struct PlanRow {
  RowResult result = {}; // `findings` are found in `readings`, by their number
  std::span<const Finding> readings = {};
  RowNumber group = 0; // the first row of the group that it belongs to; 0: it is one of its own
  bool is_last = true; // of its group
  std::uint64_t undoes = 0; // in the plan of an undo: the row of the job that is undone
  std::span<const Read> reads = {};
  std::span<const ResultCell> cells = {}; // of each of result_slots; empty: nobody asked
  std::shared_ptr<const std::vector<Finding>> kept = {}; // the readings of a row that was read
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_ROW_HPP
