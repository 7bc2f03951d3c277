// fix_lines.hpp: what was mended, a JSON line a step: the lineage of every cell of the copy that is
// not as it was.
#ifndef ROLLCALL_REPORT_FIX_LINES_HPP
#define ROLLCALL_REPORT_FIX_LINES_HPP

#include "json/writer.hpp"
#include "rollcall/fix.hpp"

namespace rollcall::report {

class FixLines {
 public:
  // The sink outlives it.
  [[nodiscard]] static Result<FixLines> open(Sink& sink, std::pmr::memory_resource* memory);

  void put(const CellFix& fix);
  [[nodiscard]] bool has_failed() const noexcept { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() { return writer_.finish(); }

 private:
  explicit FixLines(json::Writer&& writer) : writer_{std::move(writer)} {}
  json::Writer writer_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FIX_LINES_HPP
