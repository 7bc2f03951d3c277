// row_maker.cpp: carries the values of a row, and takes names apart and puts them together.
#include "convert/row_maker.hpp"

#include "base/unicode.hpp"
#include "check/cell_text.hpp"
#include "csv/cell.hpp"

namespace rollcall::convert {
namespace {

constexpr std::string_view check_local = "it is a name or an id of the system it comes from";
constexpr std::string_view check_joined = "the two names cannot be told apart again";
constexpr std::string_view check_parted = "where the first name ends is a guess";

} // namespace

RowMaker::RowMaker(const Format& from, const check::Header& header, const Format& to,
                   const Carrying& carrying, const ValueMap& map)
    : from_{from},
      header_{header},
      to_{to},
      carrying_{carrying},
      map_{map},
      given_(from.schema.columns.size()),
      used_(from.schema.columns.size()),
      cells_(carrying.written().size())
{
}

// A good cell in its canonical form. One that its own format would refuse is carried as it stands:
// whether it is any good, the target says.
std::string_view RowMaker::given(check::Checker& checker, const csv::RowBatch& batch,
                                 std::size_t column, std::size_t row)
{
  const check::Cell& cell = checker.judged().cell(column, row);
  if (cell.state == check::CellState::good) return cell.text();
  if (cell.state != check::CellState::bad) return {};
  if (!from_.schema.columns[column].is_secret)
    return checker.typed(static_cast<std::uint16_t>(column), row);
  const std::size_t place = *header_.cell_of[column];
  if (place >= batch.cells(row)) return {};
  return keep(std::string{check::secret_text(batch.cell(row, place), batch.dialect(), scratch_)});
}

void RowMaker::begin(check::Checker& checker, const csv::RowBatch& batch, std::size_t row)
{
  made_.clear();
  range_ = {};
  for (std::size_t column = 0; column != given_.size(); ++column) {
    used_[column] = false;
    given_[column] =
        header_.cell_of[column] ? given(checker, batch, column, row) : std::string_view{};
  }
  if (!checker.is_range(row)) return;
  range_ = check::range_of(given_[from_.schema.range_column]);
  number_.resize(range_.first.size());
}

bool RowMaker::make(std::uint64_t index)
{
  ranged_ = range_.count == 0 ? std::string_view{} : check::extension_in(range_, index, number_);
  bool has_any = false;
  for (std::size_t i = 0; i != cells_.size(); ++i) {
    const Written& written = carrying_.written()[i];
    const schema::Column& to = *to_.schema.columns[written.column].column;
    MadeCell made;
    for (const Origin& origin : written.origins) {
      const MadeCell each = from(origin, to);
      if (each.text.empty()) continue;
      if (made.text.empty()) made = each;
      if (each.text == made.text) use(origin);
    }
    if (made.text.empty() && written.filling)
      made = {.text = *written.filling, .from = CellFrom::filling};
    has_any = has_any || (made.from == CellFrom::source && !csv::trimmed(made.text).empty());
    cells_[i] = made;
  }
  return has_any;
}

void RowMaker::use(const Origin& origin)
{
  used_[origin.column] = true;
  if (origin.second != schema::none) used_[origin.second] = true;
}

MadeCell RowMaker::from(const Origin& origin, const schema::Column& to)
{
  if (origin.how == How::joined) return joined(origin, to);
  if (origin.how != How::as_it_is && origin.how != How::opposite) return part(origin);
  std::string_view text = given_[origin.column];
  if (!ranged_.empty() && origin.column == from_.schema.range_column) text = ranged_;
  if (text.empty()) return {};
  if (origin.must_be_email && !check::read_value(check::ReadyEmail{}, text, scratch_).is_good())
    return {};
  const bool is_truth =
      std::holds_alternative<schema::Boolean>(from_.schema.columns[origin.column].column->type) &&
      (text == "true" || text == "false");
  if (is_truth && origin.how == How::opposite) text = text == "true" ? "false" : "true";
  return translated(origin, text, to);
}

// By the map if it knows the value; else as the target writes it.
MadeCell RowMaker::translated(const Origin& origin, std::string_view text, const schema::Column& to)
{
  MadeCell made{.text = text, .from = CellFrom::source};
  if (origin.field->is == schema::CanonicalIs::secret) return made;
  if (const std::string* const word = map_.find(*origin.field, text, folded_)) {
    made.text = *word;
    return made;
  }
  if (origin.field->is == schema::CanonicalIs::boolean && (text == "true" || text == "false"))
    if (const std::string_view word = word_of(to, text == "true"); !word.empty()) made.text = word;
  if (origin.field->is_local) made.check = check_local;
  return made;
}

MadeCell RowMaker::joined(const Origin& origin, const schema::Column& to)
{
  const std::string_view first = given_[origin.column];
  const std::string_view last =
      origin.second == schema::none ? std::string_view{} : given_[origin.second];
  if (first.empty() && last.empty()) return {};
  if (first.empty() || last.empty()) return translated(origin, first.empty() ? last : first, to);
  MadeCell made = translated(origin, keep(std::string{first}.append(" ").append(last)), to);
  if (last.find(' ') != last.npos) made.check = check_joined;
  return made;
}

MadeCell RowMaker::part(const Origin& origin)
{
  const std::string_view whole = given_[origin.column];
  const Names names = taken_apart(whole);
  const bool is_first = origin.how == How::before_last_blank;
  MadeCell made{.text = is_first ? names.first : names.last, .from = CellFrom::source};
  if (is_first && names.first.find(' ') != names.first.npos) made.check = check_parted;
  return made;
}

RowMaker::Names RowMaker::taken_apart(std::string_view name) const noexcept
{
  const std::size_t blank = name.rfind(' ');
  if (blank != name.npos) return {csv::trimmed(name.substr(0, blank)), name.substr(blank + 1)};
  if (carrying_.is_one_word_first_name()) return {.first = name};
  return {.last = name};
}

} // namespace rollcall::convert
