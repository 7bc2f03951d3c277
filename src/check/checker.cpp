// checker.cpp: the order of judging (spec section 3), and the order of what was found.
#include "check/checker.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "check/cell_text.hpp"

namespace rollcall::check {

Checker::Checker(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                 const Header& header, const Limits& limits, const Facts& facts,
                 KnownObjects& known, std::pmr::memory_resource& memory)
    : schema_{schema},
      columns_{columns},
      header_{header},
      limits_{limits},
      facts_{facts},
      known_{known},
      lookups_{schema, known, memory},
      judged_{&memory},
      frame_{schema, facts, judged_, lookups_, memory},
      evaluator_{schema.book(), memory},
      holds_{holdings(schema, header)},
      rows_{&memory},
      failed_{&memory},
      asked_{&memory},
      pending_{&memory},
      plusless_{&memory},
      begins_{&memory},
      order_{&memory},
      sorted_{&memory}
{
  std::vector<bool> is_watched(schema.columns.size(), false);
  for (const schema::CompiledRule& rule : schema.rules) {
    if (rule.reads_new.empty()) continue;
    for (const schema::ColumnId column : rule.reads_new) is_watched[column] = true;
    for (const schema::ColumnId column : rule.about) is_watched[column] = true;
  }
  for (std::size_t column = 0; column != schema.columns.size(); ++column) {
    if (!schema.columns[column].needs) continue;
    is_watched[column] = true;
    for (const expr::Slot& slot : schema.book().program(*schema.columns[column].needs).reads)
      if (slot.space == expr::Space::fresh) is_watched[slot.index] = true;
  }
  for (std::size_t column = 0; column != is_watched.size(); ++column) {
    changed_.emplace_back(&memory);
    if (is_watched[column]) watched_.push_back(static_cast<schema::ColumnId>(column));
  }
}

Result<void> Checker::check(const csv::RowBatch& batch, const RowMask* rows)
{
  ROLLCALL_CHECK(read(batch, rows));
  return judge();
}

void Checker::note_reads()
{
  for (std::size_t rule = 0; rule != schema_.rules.size(); ++rule)
    judged_for_.emplace_back(sorted_.get_allocator().resource());
}

void Checker::start(std::size_t rows)
{
  judged_.start(rows, schema_.columns.size());
  has_short_ = false;
  lookups_.start(rows);
  for (RowMask& mask : judged_for_) mask.assign(rows, false);
}

Result<void> Checker::read(const csv::RowBatch& batch, const RowMask* rows)
{
  known_.make_room();
  batch_ = &batch;
  start(batch.size());
  if (rows != nullptr) {
    judged_.looked_at = *rows;
  } else {
    judged_.looked_at.assign(batch.size(), true);
  }
  take_faults(batch);
  check_widths(batch);
  for (std::size_t column = 0; column != schema_.columns.size(); ++column)
    ROLLCALL_CHECK(check_cells(batch, column));
  judged_.now = judged_.looked_at;
  return success();
}

Result<void> Checker::judge(const RowMask& rows)
{
  judged_.now = rows;
  ROLLCALL_CHECK(judge());
  judged_.now = judged_.looked_at;
  return success();
}

// All that are looked at.
Result<void> Checker::judge()
{
  drop_unasked();
  ROLLCALL_CHECK(find_objects());
  for (std::size_t column = 0; column != schema_.columns.size(); ++column) {
    check_blanks(column);
    ROLLCALL_CHECK(notice_lost_zeros(column));
  }
  note_changes();
  ROLLCALL_CHECK(judge(schema::Stage::row));
  ROLLCALL_CHECK(check_references());
  ROLLCALL_CHECK(judge(schema::Stage::reference));
  return judge(schema::Stage::authority);
}

namespace {

// A sentence without the words that it begins with like another one: "the password needs a digit"
// behind "the password needs a letter" is "a digit".
std::string_view without_beginning(std::string_view sentence, std::string_view other) noexcept
{
  std::size_t from = 0;
  for (std::size_t at = 0; at < std::min(sentence.size(), other.size()); ++at) {
    if (sentence[at] != other[at]) break;
    if (sentence[at] == ' ') from = at + 1;
  }
  return sentence.substr(from);
}

} // namespace

Found& Checker::add(std::size_t row, Code code, std::uint16_t column, Severity severity)
{
  Found& made = judged_.found.emplace_back();
  made.row = static_cast<std::uint32_t>(row);
  made.column = column;
  made.code = code;
  made.severity = severity;
  if (column != no_column)
    if (const auto& cell = header_.cell_of[column]) made.cell = static_cast<std::int32_t>(*cell);
  if (severity == Severity::error) judged_.rejected.set(row);
  return made;
}

std::string_view Checker::typed(std::uint16_t column, std::size_t row)
{
  if (column == no_column || schema_.columns[column].is_secret || batch_ == nullptr) return {};
  const auto place = header_.cell_of[column];
  if (!place || *place >= batch_->cells(row)) return {};
  return judged_.keep(cell_text(batch_->cell(row, *place), batch_->dialect(), scratch_));
}

void Checker::settle()
{
  auto& found = judged_.found;
  if (found.empty()) return;
  if (has_short_) hide_moved();
  const auto slug_of = [&](const Found& f) -> std::string_view {
    if (f.code != Code::rule) return slug(f.code);
    return f.rule == no_rule ? std::string_view{} : schema_.code_of_rule(f.rule);
  };
  // Codes by name only where everything before them is the same, which is rare.
  const auto is_before = [&](const Found& a, const Found& b) {
    if (a.row != b.row) return a.row < b.row;
    if (a.severity != b.severity) return a.severity < b.severity;
    if (a.cell != b.cell) return a.cell < b.cell;
    if (a.code != b.code || a.code == Code::rule) {
      const int order = slug_of(a).compare(slug_of(b));
      if (order != 0) return order < 0;
    }
    return a.column < b.column;
  };
  if (std::adjacent_find(found.begin(), found.end(), [&](const Found& a, const Found& b) {
        return !is_before(a, b);
      }) == found.end())
    return;
  // Findings come a column at a time, in the order of the rows: first each to its row, then the few
  // of a row among themselves. Their numbers are moved, since they are large.
  begins_.assign(judged_.rows() + 1, 0);
  for (const Found& each : found) ++begins_[each.row + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  order_.resize(found.size());
  for (std::uint32_t i = 0; i != found.size(); ++i) order_[begins_[found[i].row]++] = i;
  for (std::size_t i = 1; i != order_.size(); ++i)
    for (std::size_t to = i; to != 0 && is_before(found[order_[to]], found[order_[to - 1]]); --to)
      std::swap(order_[to], order_[to - 1]);
  // Several reasons for one finding are one finding that names them all.
  sorted_.clear();
  for (const std::uint32_t number : order_) {
    const Found& each = found[number];
    if (sorted_.empty() || is_before(sorted_.back(), each)) {
      sorted_.push_back(each);
      continue;
    }
    Found& one = sorted_.back();
    if (!one.says.empty() && !each.says.empty() && one.says != each.says)
      one.says = judged_.keep(
          std::string{one.says}.append("; ").append(without_beginning(each.says, one.says)));
  }
  found.swap(sorted_);
}

} // namespace rollcall::check
