// fix_lines.cpp: steps of mending as JSON Lines, and what came of all of them.
#include "report/fix_lines.hpp"

#include <utility>

#include "report/finding_json.hpp"

namespace rollcall {

namespace report {

Result<FixLines> FixLines::open(Sink& sink, std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<FixLines> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.memory = memory}));
    return FixLines{std::move(writer)};
  });
}

void FixLines::put(const CellFix& fix)
{
  writer_.begin_object();
  writer_.name("row").natural(fix.row);
  writer_.name("line").natural(fix.line);
  writer_.name("column").text(fix.column);
  writer_.name("before").text(fix.before);
  writer_.name("after").text(fix.after);
  writer_.name("rule").text(fix.rule);
  writer_.name("certain").boolean(fix.is_certain);
  writer_.end_object();
  writer_.end_line();
}

} // namespace report

Result<void> write_fix_json(const FixSummary& done, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    writer.begin_object();
    writer.name("fix").begin_object();
    writer.name("format").text(done.format);
    writer.name("file").text(done.file);
    writer.name("rows").natural(done.rows);
    writer.name("rows_mended").natural(done.rows_mended);
    writer.name("certain").natural(done.certain);
    writer.name("guessed").natural(done.guessed);
    writer.name("guesses_left").natural(done.guesses_left);
    writer.name("unwritable").natural(done.unwritable);
    writer.name("bad_before").natural(done.bad_before);
    writer.name("bad_after").natural(done.bad_after);
    writer.name("is_refused").boolean(done.refusal != Refusal::none);
    writer.name("findings");
    report::put_findings(writer, done.findings);
    writer.end_object();
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

} // namespace rollcall
