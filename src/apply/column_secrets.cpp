// column_secrets.cpp: reads the file side by side with its plan.
#include "apply/column_secrets.hpp"

#include <algorithm>
#include <utility>

#include "check/cell_text.hpp"

namespace rollcall::apply {
namespace {

Error not_the_file()
{
  return Error{ErrorCode::corrupt, "the file is not the one that was planned"};
}

} // namespace

ColumnSecrets::~ColumnSecrets()
{
  wipe(std::as_writable_bytes(std::span{scratch_.unquoted}));
}

Result<Secret> ColumnSecrets::find(std::uint64_t row, schema::FieldRef field)
{
  if (!reader_) ROLLCALL_CHECK(open());
  ROLLCALL_TRY(const std::size_t at, find_row(row));
  const csv::RowBatch& batch = reader_->batch();
  for (const std::uint16_t column : columns_of(field)) {
    const auto& cell = header_.cell_of[column];
    if (!cell || *cell >= batch.cells(at)) continue;
    const std::string_view text =
        check::secret_text(batch.cell(at, *cell), batch.dialect(), scratch_);
    if (!text.empty()) return Secret{text};
  }
  return not_the_file();
}

Result<void> ColumnSecrets::open()
{
  if (file_ == nullptr)
    return Error{ErrorCode::wrong_use,
                 "the plan takes secrets from the file that was planned, and it was not given"};
  ROLLCALL_CHECK(file_->rewind());
  ROLLCALL_TRY(const auto columns, check::ready_columns(schema_, facts_));
  ROLLCALL_TRY(
      auto reader,
      csv::Reader::open(
          *file_, {.dialect = dialect_, .limits = limits_, .memory = memory_, .digest = false}));
  reader.use_delimiter(dialect_.separator());
  ROLLCALL_TRY(const bool has_header, reader.next());
  if (!has_header) return not_the_file();
  header_ = check::read_header(schema_, columns, reader.batch(), limits_);
  reader_.emplace(std::move(reader));
  return success();
}

// Where the row is in the batch at hand, which is the first that has it.
Result<std::size_t> ColumnSecrets::find_row(std::uint64_t number)
{
  const auto is_here = [&] {
    const csv::RowBatch& batch = reader_->batch();
    return batch.size() != 0 && batch.number(0) <= number &&
           number < batch.number(0) + batch.size();
  };
  while (!is_here()) {
    ROLLCALL_TRY(const bool more, reader_->next());
    if (!more) return not_the_file();
  }
  return static_cast<std::size_t>(number - reader_->batch().number(0));
}

// The columns that may have given it, the likeliest first: the one that it is, else those that the
// expression reads which sets it.
std::vector<std::uint16_t> ColumnSecrets::columns_of(schema::FieldRef field) const
{
  std::vector<std::uint16_t> made;
  const auto add = [&](std::uint16_t column) {
    if (column == schema::none || !schema_.columns[column].is_secret) return;
    if (std::find(made.begin(), made.end(), column) == made.end()) made.push_back(column);
  };
  add(schema_.kinds[field.kind].fields[field.field].column);
  for (const schema::CompiledObject& object : schema_.objects) {
    if (object.kind != field.kind) continue;
    for (const schema::CompiledSet& set : object.sets) {
      if (set.field != field.field) continue;
      add(set.column);
      for (const expr::Slot& slot : schema_.book().program(set.value).reads)
        if (slot.space == expr::Space::cell || slot.space == expr::Space::fresh) add(slot.index);
    }
  }
  return made;
}

} // namespace rollcall::apply
