// check_objects.cpp: the objects that rows are about and those that they name: which are there, and
// which may be changed.

#include "base/nearest.hpp"
#include "check/checker.hpp"

namespace rollcall::check {
namespace {

// Takes the objects that were found to the rows that asked for them. A host may be wrong: what it
// shows is believed only as far as it can be an answer.
class RowObjects final : public ObjectSink {
 public:
  RowObjects(std::span<const std::size_t> rows, const schema::CompiledKind& kind,
             JudgedBatch& judged, Scratch& scratch)
      : rows_{rows}, kind_{kind}, judged_{judged}, scratch_{scratch}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    is_answer_ = is_answer_ && asked < rows_.size() && object.fields.size() == kind_.fields.size();
    if (!is_answer_) return;
    judged_.set_object(rows_[asked], kept_object(kind_, object, judged_, scratch_));
  }

  [[nodiscard]] Result<void> check() const
  {
    if (is_answer_) return success();
    return Error{ErrorCode::host_failed,
                 "the directory showed an object that was not asked for, or not all of its fields"};
  }

 private:
  std::span<const std::size_t> rows_;
  const schema::CompiledKind& kind_;
  JudgedBatch& judged_;
  Scratch& scratch_;
  bool is_answer_ = true;
};

} // namespace

// Which rows make their object and which change one. Neither is known where the cells that say so
// are no good.
Result<void> Checker::find_objects()
{
  const schema::CompiledObject& own = schema_.objects.front();
  if (own.create) {
    ROLLCALL_CHECK(ask(*own.create, judged_.now, rows_));
    judged_.is_new |= rows_;
  }
  if (!own.update) return success();
  ROLLCALL_CHECK(ask(*own.update, judged_.now, rows_));
  rows_ -= judged_.is_new;
  // Without a key that is good nothing can be found; its cell has said so.
  if (own.key_column != schema::none) {
    asked_ = rows_;
    rows_ &= judged_.good(own.key_column);
    asked_ -= rows_;
    judged_.is_unknown |= asked_;
  }
  judged_.is_update |= rows_;
  std::vector<std::string_view> keys;
  std::vector<std::size_t> rows;
  const auto add_key = [&](std::size_t row) {
    const expr::Value key = evaluator_.value(*own.key, frame_, row);
    if (key.what != expr::What::text) return;
    keys.push_back(key.text);
    rows.push_back(row);
  };
  rows_.for_each(add_key);
  if (keys.empty()) return success();
  RowObjects objects{rows, schema_.kinds[own.kind], judged_, scratch_};
  ROLLCALL_CHECK(known_.state().find(own.kind, key_field, keys, objects));
  ROLLCALL_CHECK(objects.check());
  const std::uint16_t blamed = own.key_column == schema::none ? no_column : own.key_column;
  const auto put_out = [&](std::size_t row, Code code) -> Found& {
    Found& made = add(row, code, blamed);
    if (blamed != no_column) made.value = judged_.cell(blamed, row).text();
    made.add(FactName::kind, schema_.kinds[own.kind].name);
    judged_.is_update.clear(row);
    judged_.is_unknown.set(row);
    return made;
  };
  // Whose row it is must be next to sure. A key that the host gives means nothing by itself, so
  // another one is no better guess, but for the whole number that it is.
  const bool suggests = schema_.kinds[own.kind].keys != schema::Keys::from_host;
  for (std::size_t i = 0; i != rows.size(); ++i) {
    if (judged_.object(rows[i]) != nullptr) continue;
    Found& made = put_out(rows[i], Code::object_unknown);
    const bool is_whole = whole_part(keys[i]).has_value();
    if (!suggests && !is_whole) continue;
    ROLLCALL_TRY(const std::string_view near, known_.nearest({own.kind, key_field}, keys[i]));
    if (!near.empty() && (is_whole || is_one_step(keys[i], near))) made.add(FactName::near, near);
  }
  if (own.eligible) {
    RowMask may{judged_.is_update};
    may &= rows_;
    ROLLCALL_CHECK(look_up(*own.eligible, may));
    evaluator_.condition(*own.eligible, frame_, may.bits(), may.bits());
    for (const std::size_t row : rows)
      if (judged_.is_update.has(row) && !may.has(row)) put_out(row, Code::object_not_eligible);
  }
  evaluator_.forget();
  return success();
}

Result<void> Checker::check_references()
{
  for (std::size_t column = 0; column != schema_.columns.size(); ++column)
    if (schema_.columns[column].refers.is_any() && !is_absent(column))
      ROLLCALL_CHECK(check_reference(column));
  return success();
}

namespace {

std::string_view without_ext(std::string_view number) noexcept
{
  return number.substr(0, number.find(';'));
}

bool is_named_in_part(const schema::CompiledColumn& column, std::string_view name,
                      const Known& object)
{
  if (without_ext(name).size() == name.size()) return false;
  const std::string_view spelled = column.refers.field == expr::key_field
                                       ? object.key
                                       : object.fields[column.refers.field].value_or("");
  return spelled.find(';') == spelled.npos;
}

} // namespace

// The objects that cells of a column name. A number may be listed with its extension or without.
Result<void> Checker::find_named(std::size_t column, std::span<const std::string_view> names,
                                 std::span<const Known*> into)
{
  const schema::CompiledColumn& about = schema_.columns[column];
  ROLLCALL_CHECK(known_.find(about.refers, names, into));
  const auto* const phone = std::get_if<schema::Phone>(&about.column->type);
  if (phone == nullptr || !phone->ext) return success();
  std::vector<std::string_view> bare;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i != names.size(); ++i) {
    const std::string_view number = without_ext(names[i]);
    if (into[i] != nullptr || number.size() == names[i].size()) continue;
    bare.push_back(number);
    places.push_back(i);
  }
  if (bare.empty()) return success();
  std::vector<const Known*> found(bare.size(), nullptr);
  ROLLCALL_CHECK(known_.find(about.refers, bare, found));
  for (std::size_t i = 0; i != bare.size(); ++i) into[places[i]] = found[i];
  return success();
}

// What exists is kept in the directory's own spelling. Of a kind that is not listed nobody knows.
Result<void> Checker::check_reference(std::size_t column)
{
  const schema::CompiledColumn& about = schema_.columns[column];
  if (!known_.lists(about.refers.kind)) return success();
  rows_ = judged_.good(column);
  rows_ &= judged_.now;
  ROLLCALL_CHECK(look_up(about.refers_when, rows_));
  evaluator_.condition(about.refers_when, frame_, rows_.bits(), rows_.bits());
  std::vector<std::string_view> names;
  std::vector<std::size_t> rows;
  rows_.for_each([&](std::size_t row) {
    const Cell& cell = judged_.cell(column, row);
    if (cell.is_word) return;
    names.push_back(cell.text());
    rows.push_back(row);
  });
  if (names.empty()) return success();
  std::vector<const Known*> objects(names.size(), nullptr);
  ROLLCALL_CHECK(find_named(column, names, objects));
  for (std::size_t i = 0; i != names.size(); ++i) {
    Cell& cell = judged_.cell(column, rows[i]);
    if (objects[i] != nullptr) {
      if (is_named_in_part(about, names[i], *objects[i])) continue; // it keeps its own spelling
      const std::string_view spelled =
          about.refers.field == expr::key_field
              ? objects[i]->key
              : objects[i]->fields[about.refers.field].value_or(cell.text());
      cell.data = spelled.data();
      cell.size = static_cast<std::uint32_t>(spelled.size());
      continue;
    }
    ROLLCALL_TRY(const std::string_view near, known_.nearest(about.refers, names[i]));
    cell.state = CellState::bad;
    judged_.good(column).clear(rows[i]);
    judged_.bad(column).set(rows[i]);
    Found& made = add(rows[i], Code::reference_unknown, static_cast<std::uint16_t>(column));
    made.value = cell.text();
    made.add(FactName::kind, schema_.kinds[about.refers.kind].name);
    if (!near.empty()) made.add(FactName::near, near);
  }
  return success();
}

} // namespace rollcall::check
