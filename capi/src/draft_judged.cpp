// What there is to say of a draft; its directory is asked for it.
#include <algorithm>
#include <vector>

#include "draft.hpp"
#include "report_tables.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

using Table = Result<std::unique_ptr<rollcall_table>>;

// `body` makes the table, given the draft and the engine.
template <class Body>
rollcall_status table_of(rollcall_draft* draft, rollcall_table** out, rollcall_error** err,
                         Body&& body) noexcept
{
  if (out != nullptr) *out = nullptr;
  return with_judged(draft, err, [&](Draft& of) {
    return put_table(out, [&] { return body(of, draft->body->schema->engine); });
  });
}

// A text for an out-pointer, or none: `body` makes it.
template <class Body>
rollcall_status text_of(rollcall_draft* draft, rollcall_str* out, rollcall_error** err,
                        Body&& body) noexcept
{
  if (out != nullptr) *out = {nullptr, 0};
  return with_judged(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_TRY(std::optional<std::string> text, body(of));
    if (text) *out = draft->body->say(*std::move(text));
    return success();
  });
}

Table findings_table(const std::shared_ptr<Engine>& engine, const std::vector<DraftFinding>& found)
{
  std::vector<ColumnSpec> columns = {{"row_index", ColumnIs::natural},
                                     {"column_index", ColumnIs::natural}};
  const std::size_t first = columns.size();
  append_finding_columns(columns);
  TableBuilder table{engine, columns};
  ROLLCALL_TRY(JsonTexts texts, JsonTexts::open());
  for (const DraftFinding& each : found) {
    table[0].natural(each.row);
    if (each.finding.place.column < 0)
      table[1].null();
    else
      table[1].natural(static_cast<std::uint64_t>(each.finding.place.column));
    ROLLCALL_CHECK(put_finding(table, first, each.finding, texts));
  }
  return table.finish();
}

} // namespace

int32_t rollcall_draft_is_refused(const rollcall_draft* draft)
{
  return draft != nullptr && draft->body->draft->is_refused() ? 1 : 0;
}

rollcall_status rollcall_draft_file_findings(rollcall_draft* draft, rollcall_table** out,
                                             rollcall_error** err)
{
  return table_of(draft, out, err, [](Draft& of, const auto& engine) {
    return capi::findings_table(engine, of.file_findings());
  });
}

rollcall_status rollcall_draft_check(rollcall_draft* draft, rollcall_table** out,
                                     rollcall_error** err)
{
  return table_of(draft, out, err, [](Draft& of, const auto& engine) -> Table {
    TableBuilder table{engine, {{"row_index", ColumnIs::natural}}};
    ROLLCALL_TRY(const std::vector<std::size_t> rows, of.check());
    for (const std::size_t row : rows) table[0].natural(row);
    return table.finish();
  });
}

rollcall_status rollcall_draft_row(rollcall_draft* draft, uint64_t row, int32_t* is,
                                   int32_t* has_findings, rollcall_error** err)
{
  if (is != nullptr) *is = ROLLCALL_DRAFT_UNJUDGED;
  if (has_findings != nullptr) *has_findings = 0;
  return with_judged(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_TRY(const DraftRow judged, of.row(row));
    if (is != nullptr) *is = static_cast<int32_t>(judged.is);
    if (has_findings != nullptr) *has_findings = judged.has_findings ? 1 : 0;
    return success();
  });
}

rollcall_status rollcall_draft_count_rows(rollcall_draft* draft, rollcall_draft_counts* out,
                                          rollcall_error** err)
{
  return with_judged(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_CHECK(check_filled(out, "rollcall_draft_counts"));
    ROLLCALL_TRY(const DraftCounts counts, of.counts());
    fill(out, rollcall_draft_counts{.struct_size = 0,
                                    .reserved = 0,
                                    .rows = counts.rows,
                                    .created = counts.created,
                                    .updated = counts.updated,
                                    .unchanged = counts.unchanged,
                                    .rejected = counts.rejected,
                                    .with_warnings = counts.with_warnings});
    return success();
  });
}

rollcall_status rollcall_draft_findings(rollcall_draft* draft, uint64_t row, uint64_t count,
                                        rollcall_table** out, rollcall_error** err)
{
  return table_of(draft, out, err, [&](Draft& of, const auto& engine) -> Table {
    const std::uint64_t first = std::min<std::uint64_t>(row, of.rows());
    const std::uint64_t most = std::min<std::uint64_t>(count, of.rows() - first);
    ROLLCALL_TRY(const std::vector<DraftFinding> found, of.findings(first, most));
    return findings_table(engine, found);
  });
}

rollcall_status rollcall_draft_given_key(rollcall_draft* draft, uint64_t row, rollcall_str* out,
                                         rollcall_error** err)
{
  return text_of(draft, out, err, [&](Draft& of) { return of.given_key(row); });
}

rollcall_status rollcall_draft_drawn(rollcall_draft* draft, uint64_t row, uint64_t column,
                                     rollcall_str* out, rollcall_error** err)
{
  return text_of(draft, out, err, [&](Draft& of) { return of.drawn(row, column); });
}

rollcall_status rollcall_draft_refresh(rollcall_draft* draft, rollcall_error** err)
{
  return with_judged(draft, err, [](Draft& of) { return of.refresh(); });
}
