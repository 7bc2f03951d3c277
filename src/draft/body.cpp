// body.cpp: what a draft is asked.
#include "draft/body.hpp"

#include <algorithm>

namespace rollcall {

using draft::RowId;
using Was = plan::RowNote::Was;

Result<void> Draft::Body::refresh()
{
  auto fresh = std::make_unique<draft::Verdicts>(schema_, table_, directory_, context_, seams_,
                                                 key_, watcher_);
  ROLLCALL_CHECK(fresh->start());
  const check::Header& header = fresh->judging().header();
  std::vector<DraftColumn> columns;
  std::vector<bool> is_secret;
  for (std::size_t i = 0; i != header.names.size(); ++i) {
    DraftColumn column{.header = header.names[i]};
    if (i < header.column_of.size()) column.column = header.column_of[i];
    column.is_secret = column.column && schema_.columns[*column.column].is_secret;
    is_secret.push_back(column.is_secret);
    columns.push_back(column);
  }
  verdicts_ = std::move(fresh);
  columns_ = std::move(columns);
  is_secret_ = std::move(is_secret);
  return success();
}

Result<DraftCells> Draft::Body::cells(std::size_t row) const
{
  if (row >= rows()) return Error{ErrorCode::wrong_use, "the draft has no such row"};
  return row_text_.cells(table_.text(table_.order().at(row)));
}

Result<std::string> Draft::Body::cell(std::size_t row, std::size_t column) const
{
  if (column >= columns_.size()) return Error{ErrorCode::wrong_use, "the draft has no such cell"};
  ROLLCALL_TRY(DraftCells all, cells(row));
  return std::move(all[column]);
}

Result<std::vector<std::size_t>> Draft::Body::check()
{
  ROLLCALL_CHECK(verdicts_->check());
  return verdicts_->take_checked();
}

Result<DraftRow> Draft::Body::row(std::size_t row)
{
  if (row >= rows()) return Error{ErrorCode::wrong_use, "the draft has no such row"};
  const RowId id = table_.order().at(row);
  if (table_.is_blank(id)) return DraftRow{.is = DraftRow::Is::blank};
  if (verdicts_->judging().is_refused()) return DraftRow{};
  ROLLCALL_CHECK(verdicts_->settle());
  const draft::Verdict& verdict = verdicts_->verdict(id);
  const bool is_left_out = verdicts_->is_left_out(id);
  DraftRow made{.is = DraftRow::Is::unchanged, .has_findings = verdict.is_said || is_left_out};
  if (verdict.was == Was::creates) made.is = DraftRow::Is::created;
  if (verdict.was == Was::updates) made.is = DraftRow::Is::updated;
  if (verdict.was == Was::rejected || is_left_out) made.is = DraftRow::Is::rejected;
  return made;
}

Result<DraftCounts> Draft::Body::counts()
{
  DraftCounts counts{.rows = table_.order().extent().rows};
  if (verdicts_->judging().is_refused()) return counts;
  ROLLCALL_CHECK(verdicts_->settle());
  counts.created = verdicts_->count(Was::creates) - verdicts_->left_out();
  counts.updated = verdicts_->count(Was::updates);
  counts.unchanged = verdicts_->count(Was::unchanged);
  counts.rejected = verdicts_->count(Was::rejected) + verdicts_->left_out();
  counts.with_warnings = verdicts_->warned();
  return counts;
}

Result<std::vector<DraftFinding>> Draft::Body::findings(std::size_t row, std::size_t count)
{
  if (row > rows() || count > rows() - row)
    return Error{ErrorCode::wrong_use, "the draft has no such rows"};
  std::vector<RowId> asked;
  table_.order().for_each(row, count, [&](RowId each) { asked.push_back(each); });
  std::vector<DraftFinding> told;
  ROLLCALL_CHECK(verdicts_->tell(asked, [&](RowId each, std::vector<Finding>&& findings) {
    const std::size_t position = table_.order().position_of(each);
    for (Finding& finding : findings) told.push_back({position, std::move(finding)});
  }));
  return told;
}

Result<std::optional<std::string>> Draft::Body::given_key(std::size_t row)
{
  if (row >= rows()) return Error{ErrorCode::wrong_use, "the draft has no such row"};
  ROLLCALL_TRY(const auto key, verdicts_->given_key(table_.order().at(row)));
  return key ? std::optional{std::to_string(*key)} : std::nullopt;
}

Result<std::optional<std::string>> Draft::Body::drawn(std::size_t row, std::size_t column)
{
  if (row >= rows() || column >= columns_.size())
    return Error{ErrorCode::wrong_use, "the draft has no such cell"};
  if (!columns_[column].column) return std::optional<std::string>{};
  return verdicts_->drawn(table_.order().at(row),
                          static_cast<std::uint16_t>(*columns_[column].column));
}

} // namespace rollcall
