// plan_row_writer.hpp: a row as the line of a plan that says it; PlanRowParser reads it back.
//
// It knows nothing of the lines around it: PlanWriter puts them in their order, and signs them.
#ifndef ROLLCALL_PLAN_PLAN_ROW_WRITER_HPP
#define ROLLCALL_PLAN_PLAN_ROW_WRITER_HPP

#include <span>

#include "json/writer.hpp"
#include "plan/plan_row.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class PlanRowWriter {
 public:
  // Both outlive it.
  PlanRowWriter(json::Writer& writer, const schema::CompiledSchema& schema)
      : writer_{writer}, schema_{schema}
  {
  }

  // One value, without a line end.
  void put(const PlanRow& row);

 private:
  void put_reads(std::span<const Read> reads);
  void put_cells(std::span<const ResultCell> cells);
  void put_lost(const RowResult& row);

  json::Writer& writer_;
  const schema::CompiledSchema& schema_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_ROW_WRITER_HPP
