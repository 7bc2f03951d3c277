// Files that are mended, and what that came to as a handle.
#include "rollcall/fix.h"

#include <array>

#include "context.hpp"
#include "directory.hpp"
#include "output.hpp"
#include "reading.hpp"
#include "report_tables.hpp"
#include "rollcall/fix.hpp"
#include "schema.hpp"
#include "source.hpp"
#include "table.hpp"
#include "watcher.hpp"

using namespace rollcall;
using namespace rollcall::capi;

struct rollcall_mending {
  std::shared_ptr<Engine> engine;
  FixSummary done;
  TableOwner fixes; // null: not kept
};

namespace {

constexpr std::uint32_t flags = ROLLCALL_FIX_UNSAFE | ROLLCALL_FIX_KEEP_FIXES | ROLLCALL_FIX_COLOUR;

class FixesTable final : public FixSink {
 public:
  explicit FixesTable(const std::shared_ptr<Engine>& engine)
      : table{engine,
              {{"row", ColumnIs::natural},
               {"line", ColumnIs::natural},
               {"cell", ColumnIs::natural},
               {"column"},
               {"before"},
               {"after"},
               {"rule"},
               {"certain", ColumnIs::natural}}}
  {
  }
  void add(const CellFix& fix) override
  {
    table[0].natural(fix.row);
    table[1].natural(fix.line);
    table[2].natural(fix.cell);
    table[3].text(fix.column);
    table[4].text_or_null(fix.before);
    table[5].text(fix.after);
    table[6].text(fix.rule);
    table[7].natural(fix.is_certain ? 1 : 0);
  }
  TableBuilder table;
};

Result<FixOptions> options_of(const rollcall_fix_options& given_options)
{
  ROLLCALL_CHECK(check_flags(given_options.flags, flags, "rollcall_fix_options.flags"));
  ROLLCALL_TRY(const csv::ReaderOptions reading, reading_of(given_options.reading));
  FixOptions options{
      .dialect = reading.dialect, .limits = reading.limits, .kernel = reading.kernel};
  options.unsafe = (given_options.flags & ROLLCALL_FIX_UNSAFE) != 0;
  options.colour = (given_options.flags & ROLLCALL_FIX_COLOUR) != 0;
  options.file_name = text_of(given_options.file_name);
  if (given_options.columns != 0) options.columns = given_options.columns;
  return options;
}

bool is_given_twice(const rollcall_output* one, const rollcall_output* other)
{
  return one != nullptr && other != nullptr && one->body == other->body;
}

} // namespace

rollcall_status rollcall_fix(const rollcall_schema* schema, rollcall_source* source,
                             rollcall_directory* directory, const rollcall_context* context,
                             const rollcall_fix_options* options, rollcall_output* file,
                             rollcall_mending** mending, rollcall_error** err)
{
  if (mending != nullptr) *mending = nullptr;
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_CHECK(given(source, "source"));
    ROLLCALL_CHECK(given(directory, "directory"));
    ROLLCALL_CHECK(check_size(options, "rollcall_fix_options"));
    const rollcall_fix_options copy = copied(options);
    const std::shared_ptr<Engine>& engine = schema->body->engine;
    ROLLCALL_TRY(FixOptions asked, options_of(copy));
    Watcher watcher{*engine};
    watcher.watch(copy);
    asked.watcher = &watcher;
    if (is_given_twice(file, copy.lineage) || is_given_twice(file, copy.preview) ||
        is_given_twice(copy.lineage, copy.preview))
      return wrong_use("one output is given twice");
    InUse read, host, of_file, of_lineage, of_preview;
    ROLLCALL_TRY(read, InUse::take(source->body->in_use(), "the source"));
    ROLLCALL_TRY(host, InUse::take(directory->body->in_use(), "the directory"));
    FixesTable fixes{engine};
    FixOutputs outputs;
    ROLLCALL_TRY(outputs.file, begin(file, of_file));
    ROLLCALL_TRY(outputs.lineage, begin(copy.lineage, of_lineage));
    ROLLCALL_TRY(outputs.preview, begin(copy.preview, of_preview));
    if ((copy.flags & ROLLCALL_FIX_KEEP_FIXES) != 0) outputs.fixes = &fixes;
    ROLLCALL_TRY(Source* const bytes, source->body->begin());
    ROLLCALL_TRY(FixSummary done, fix(schema->body->schema, *bytes, directory->body->directory(),
                                      context != nullptr ? context->context : Context{}, asked,
                                      outputs, engine->seams()));
    if (mending == nullptr) return success();
    auto handle = std::make_unique<rollcall_mending>();
    handle->engine = engine;
    handle->done = std::move(done);
    if (outputs.fixes != nullptr) handle->fixes.reset(fixes.table.finish().release());
    *mending = handle.release();
    return success();
  });
}

int32_t rollcall_mending_refusal(const rollcall_mending* mending)
{
  return mending != nullptr ? static_cast<int32_t>(mending->done.refusal) : ROLLCALL_REFUSAL_NONE;
}

uint64_t rollcall_mending_count(const rollcall_mending* mending, int32_t which)
{
  if (mending == nullptr) return 0;
  const FixSummary& of = mending->done;
  const std::array counts = {of.rows,         of.rows_mended, of.certain,    of.guessed,
                             of.guesses_left, of.unwritable,  of.bad_before, of.bad_after};
  static_assert(std::tuple_size_v<decltype(counts)> == ROLLCALL_MENDING_BAD_AFTER + 1);
  const bool is_count = which >= 0 && which <= ROLLCALL_MENDING_BAD_AFTER;
  return is_count ? counts[static_cast<std::size_t>(which)] : 0;
}

rollcall_status rollcall_mending_json(const rollcall_mending* mending, rollcall_output* output,
                                      rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(mending, "mending"));
    return write_into(output, [&](Sink& sink) { return write_fix_json(mending->done, sink); });
  });
}

rollcall_status rollcall_mending_summary(const rollcall_mending* mending, const char* unsafe,
                                         size_t unsafe_len, rollcall_output* output,
                                         rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(mending, "mending"));
    return write_into(output, [&](Sink& sink) {
      return write_fix_summary(mending->done, text_of(unsafe, unsafe_len), sink);
    });
  });
}

rollcall_status rollcall_mending_table(const rollcall_mending* mending, int32_t which,
                                       rollcall_table** out, rollcall_error** err)
{
  if (out != nullptr) *out = nullptr;
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(mending, "mending"));
    ROLLCALL_CHECK(given(out, "out"));
    if (which == ROLLCALL_MENDING_TABLE_FINDINGS) {
      ROLLCALL_TRY(auto table, findings_table(mending->engine, mending->done.findings));
      *out = table.release();
      return success();
    }
    if (which != ROLLCALL_MENDING_TABLE_FIXES) return wrong_use("there is no such table");
    if (mending->fixes == nullptr) return wrong_use("the table was not kept");
    *out = rollcall_table_retain(mending->fixes.get());
    return success();
  });
}

void rollcall_mending_free(rollcall_mending* mending)
{
  delete mending;
}
