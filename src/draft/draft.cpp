// draft.cpp: the public face, through which no exception comes out.
#include "rollcall/draft.hpp"

#include <algorithm>
#include <utility>

#include "draft/body.hpp"
#include "rollcall/job.hpp"

namespace rollcall {

using draft::RowId;
using draft::Table;

Draft::Draft(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
Draft::Draft(Draft&&) noexcept = default;
Draft& Draft::operator=(Draft&&) noexcept = default;
Draft::~Draft() = default;

Result<Draft> Draft::open(const schema::Schema& schema, Source& source, Directory& directory,
                          const Context& context, const DraftOptions& options, Seams seams)
{
  return guarded([&]() -> Result<Draft> {
    ROLLCALL_TRY(auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    Limits limits = options.limits;
    const std::uint64_t bytes_max = schema.file.bytes_max;
    if (bytes_max != 0) limits.file_bytes = std::min(limits.file_bytes, bytes_max);
    ROLLCALL_TRY(Table table, Table::load(source, compiled, options.dialect, limits, options.kernel,
                                          options.watcher, *seams.memory));
    auto body = std::make_unique<Body>(std::move(compiled), std::move(table), directory, context,
                                       options, seams, key);
    ROLLCALL_CHECK(body->refresh());
    return Draft{std::move(body)};
  });
}

Result<Draft> Draft::make(const schema::Schema& schema, Directory& directory,
                          const Context& context, const DraftOptions& options, Seams seams)
{
  return guarded([&]() -> Result<Draft> {
    std::pmr::string header{seams.memory};
    TextSink sink{header};
    ROLLCALL_TRY(const JobSummary job, write_template(schema, directory, context, sink, seams));
    static_cast<void>(job); // whoever may not have it is told so by the draft
    MemorySource source{header};
    return open(schema, source, directory, context, options, seams);
  });
}

std::size_t Draft::rows() const noexcept
{
  return body_->table().order().size();
}
const std::vector<DraftColumn>& Draft::columns() const noexcept
{
  return body_->columns();
}
Result<std::string> Draft::cell(std::size_t row, std::size_t column) const
{
  return guarded([&] { return body_->cell(row, column); });
}

Result<DraftCells> Draft::cells(std::size_t row) const
{
  return guarded([&] { return body_->cells(row); });
}

Result<void> Draft::set(std::size_t row, std::size_t column, std::string_view value)
{
  const CellEdit edit{.row = row, .column = column, .value = value};
  return guarded([&] { return body_->set({&edit, 1}); });
}
Result<void> Draft::set(std::span<const CellEdit> edits)
{
  return guarded([&] { return body_->set(edits); });
}
Result<void> Draft::insert(std::size_t row, std::span<const DraftCells> cells)
{
  return guarded([&] { return body_->put(row, 0, false, cells); });
}
Result<void> Draft::remove(std::size_t row, std::size_t count)
{
  return guarded([&] { return body_->remove(row, count); });
}
Result<void> Draft::paste(std::size_t row, std::size_t column, std::span<const DraftCells> cells)
{
  return guarded([&] { return body_->put(row, column, true, cells); });
}

bool Draft::can_undo() const noexcept
{
  return body_->history().can_undo();
}
bool Draft::can_redo() const noexcept
{
  return body_->history().can_redo();
}
Result<bool> Draft::undo()
{
  return guarded([&] { return body_->undo(); });
}
Result<bool> Draft::redo()
{
  return guarded([&] { return body_->redo(); });
}

bool Draft::is_refused() const noexcept
{
  return body_->verdicts().judging().is_refused();
}
const std::vector<Finding>& Draft::file_findings() const noexcept
{
  return body_->verdicts().judging().findings();
}
Result<std::vector<std::size_t>> Draft::check()
{
  return guarded([&] { return body_->check(); });
}
Result<DraftRow> Draft::row(std::size_t row)
{
  return guarded([&] { return body_->row(row); });
}
Result<DraftCounts> Draft::counts()
{
  return guarded([&] { return body_->counts(); });
}
Result<std::vector<DraftFinding>> Draft::findings(std::size_t row, std::size_t count)
{
  return guarded([&] { return body_->findings(row, count); });
}
Result<std::optional<std::string>> Draft::given_key(std::size_t row)
{
  return guarded([&] { return body_->given_key(row); });
}
Result<std::optional<std::string>> Draft::drawn(std::size_t row, std::size_t column)
{
  return guarded([&] { return body_->drawn(row, column); });
}
Result<void> Draft::refresh()
{
  return guarded([&] { return body_->refresh(); });
}

Result<void> Draft::save(Sink& sink) const
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(sink.write(body_->table().head()));
    Result<void> result = success();
    body_->table().order().for_each([&](RowId row) {
      if (result.has_value()) result = sink.write(body_->table().text(row));
    });
    return result;
  });
}
std::unique_ptr<Source> Draft::source() const
{
  return std::make_unique<draft::TableSource>(body_->table());
}
const csv::Dialect& Draft::dialect() const noexcept
{
  return body_->table().dialect();
}

} // namespace rollcall
