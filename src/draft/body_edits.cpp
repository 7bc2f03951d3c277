// body_edits.cpp: edits as steps: rows that are made anew, and put in the place of others.
#include <algorithm>
#include <map>
#include <string_view>

#include "draft/body.hpp"

namespace rollcall {

using draft::RowId;
using draft::Splice;
using draft::Step;
using draft::Table;

// Rows that are made for a step, and let go of if it is not done.
class Draft::Body::Made {
 public:
  explicit Made(Table& table) noexcept : table_{table} {}
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ~Made()
  {
    for (const RowId row : rows_) table_.release(row);
  }
  [[nodiscard]] Result<RowId> add(std::string_view text)
  {
    rows_.reserve(rows_.size() + 1);
    ROLLCALL_TRY(const RowId row, table_.make(text));
    rows_.push_back(row);
    return row;
  }
  void keep() noexcept { rows_.clear(); }

 private:
  Table& table_;
  std::vector<RowId> rows_;
};

// Cells of a row are set one after the other.
Result<void> Draft::Body::set(std::span<const CellEdit> edits)
{
  std::map<std::size_t, std::string> texts;
  for (const CellEdit& edit : edits) {
    if (edit.row >= rows() || edit.column >= columns_.size())
      return Error{ErrorCode::wrong_use, "the draft has no such cell"};
    auto at = texts.find(edit.row);
    if (at == texts.end())
      at = texts.emplace(edit.row, table_.text(table_.order().at(edit.row))).first;
    ROLLCALL_CHECK(row_text_.set(at->second, edit.column, edit.value));
  }
  Made made{table_};
  Step step;
  for (const auto& [row, text] : texts) {
    ROLLCALL_TRY(const RowId after, made.add(text));
    step.splices.push_back({.position = row, .before = {table_.order().at(row)}, .after = {after}});
  }
  return edit(made, std::move(step));
}

Result<void> Draft::Body::check_block(std::size_t column, std::span<const DraftCells> cells) const
{
  if (columns_.empty())
    return Error{ErrorCode::wrong_use, "the file has no header, so that a row has no cells"};
  for (const DraftCells& row : cells)
    if (column >= columns_.size() || row.size() > columns_.size() - column)
      return Error{ErrorCode::wrong_use, "a row has more cells than the draft has columns"};
  return success();
}

// A block of cells, over the rows that are there or before them.
Result<void> Draft::Body::put(std::size_t row, std::size_t column, bool over,
                              std::span<const DraftCells> cells)
{
  if (row > rows()) return Error{ErrorCode::wrong_use, "the draft has no such row"};
  ROLLCALL_CHECK(check_block(column, cells));
  Made made{table_};
  Splice block{.position = row};
  std::string text;
  // Who comes behind the last row needs it to have an end.
  const std::size_t set = over ? std::min(cells.size(), rows() - row) : 0;
  const bool adds_at_end = row + set == rows() && set != cells.size() && rows() != 0;
  if (adds_at_end && set == 0) {
    const RowId last = table_.order().at(rows() - 1);
    if (!table_.has_line_end(last)) {
      ROLLCALL_TRY(const RowId ended,
                   made.add(std::string{table_.text(last)}.append(table_.line_end())));
      block = {.position = row - 1, .before = {last}, .after = {ended}};
    }
  }
  for (std::size_t i = 0; i != cells.size(); ++i) {
    if (i < set) {
      const RowId was = table_.order().at(row + i);
      text = table_.text(was);
      for (std::size_t c = 0; c != cells[i].size(); ++c)
        ROLLCALL_CHECK(row_text_.set(text, column + c, cells[i][c]));
      if (adds_at_end && i + 1 == set && !table_.has_line_end(was)) text += table_.line_end();
      block.before.push_back(was);
    } else {
      ROLLCALL_TRY(text, row_text_.made(column, cells[i]));
    }
    ROLLCALL_TRY(const RowId after, made.add(text));
    block.after.push_back(after);
  }
  if (rows() == 0 && !cells.empty()) table_.end_head();
  Step step;
  step.splices.push_back(std::move(block));
  return edit(made, std::move(step));
}

Result<void> Draft::Body::remove(std::size_t row, std::size_t count)
{
  if (row > rows() || count > rows() - row)
    return Error{ErrorCode::wrong_use, "the draft has no such rows"};
  Splice gone{.position = row};
  table_.order().for_each(row, count, [&](RowId each) { gone.before.push_back(each); });
  Made made{table_};
  Step step;
  step.splices.push_back(std::move(gone));
  return edit(made, std::move(step));
}

// A row whose quote is never closed takes in all that comes behind it.
Result<void> Draft::Body::check_quotes(const Splice& splice) const
{
  const std::size_t end = splice.position + splice.before.size();
  const bool is_last = end == rows();
  for (std::size_t i = 0; i != splice.after.size(); ++i)
    if (table_.is_open(splice.after[i]) && !(is_last && i + 1 == splice.after.size()))
      return Error{ErrorCode::wrong_use,
                   "a quote that is never closed would take in the rows behind it"};
  if (is_last && splice.position == rows() && rows() != 0 && !splice.after.empty() &&
      table_.is_open(table_.order().at(rows() - 1)))
    return Error{ErrorCode::wrong_use,
                 "a quote in the last row is never closed: mend its cell first"};
  return success();
}

// A step may not lead to what no file may be, but out of it.
Result<void> Draft::Body::check_limits(const Step& step) const
{
  std::uint64_t count = rows();
  std::uint64_t bytes = table_.bytes();
  for (const Splice& splice : step.splices) {
    for (const RowId row : splice.before) bytes -= table_.text(row).size();
    for (const RowId row : splice.after) bytes += table_.text(row).size();
    count = count - splice.before.size() + splice.after.size();
  }
  if (count > table_.limits().rows && count > rows())
    return Error{ErrorCode::limit_exceeded, "the draft would have more rows than a file may"};
  if (bytes > table_.limits().file_bytes && bytes > table_.bytes())
    return Error{ErrorCode::limit_exceeded, "the draft would be larger than a file may be"};
  return success();
}

Result<void> Draft::Body::edit(Made& made, Step&& step)
{
  std::erase_if(step.splices,
                [](const Splice& each) { return each.before.empty() && each.after.empty(); });
  if (step.splices.empty()) return success();
  for (const Splice& each : step.splices) ROLLCALL_CHECK(check_quotes(each));
  ROLLCALL_CHECK(check_limits(step));
  for (const Splice& each : step.splices) verdicts_->expect(each.before, each.after);
  history_.add(std::move(step));
  const std::vector<Splice>& splices = history_.newest().splices;
  try {
    for (const Splice& each : splices) splice(each, false);
  } catch (...) {
    history_.take_back();
    throw;
  }
  made.keep();
  history_.settle();
  return success();
}

void Draft::Body::splice(const Splice& splice, bool back)
{
  const auto& out = back ? splice.after : splice.before;
  const auto& in = back ? splice.before : splice.after;
  table_.replace(splice.position, out.size(), in);
  for (const RowId row : out) verdicts_->went(row);
  for (const RowId row : in) verdicts_->came(row);
}

Result<bool> Draft::Body::undo()
{
  if (!history_.can_undo()) return false;
  const Step& step = history_.last();
  for (const Splice& each : step.splices) verdicts_->expect(each.after, each.before);
  for (const Splice& each : step.splices) splice(each, true);
  history_.move_back();
  return true;
}

Result<bool> Draft::Body::redo()
{
  if (!history_.can_redo()) return false;
  const Step& step = history_.next();
  for (const Splice& each : step.splices) verdicts_->expect(each.before, each.after);
  for (const Splice& each : step.splices) splice(each, false);
  history_.move_on();
  return true;
}

} // namespace rollcall
