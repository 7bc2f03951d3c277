// carrying.cpp: pairs the columns of two formats by the canonical fields that they carry.
#include "convert/carrying.hpp"

#include <algorithm>
#include <array>

#include "base/unicode.hpp"
#include "csv/cell.hpp"
#include "schema/did_you_mean.hpp"

namespace rollcall::convert {
namespace {

using schema::CanonicalField;
using schema::CanonicalIs;
using schema::Column;

constexpr std::string_view opposite_of = "not ";

// What a column says that it carries: "active", or "not active".
struct Carried {
  const CanonicalField* field = nullptr;
  bool is_opposite = false;
};

Carried carried(std::string_view name) noexcept
{
  const bool is_opposite = name.starts_with(opposite_of);
  if (is_opposite) name.remove_prefix(opposite_of.size());
  return {.field = schema::canonical_field(name), .is_opposite = is_opposite};
}

// Where a file carries a canonical field; a column that it lacks carries nothing.
struct Place {
  schema::ColumnId column = 0;
  bool is_opposite = false;
};
std::optional<Place> find(const Format& from, const check::Header& header, std::string_view field)
{
  for (std::size_t i = 0; i != from.schema.columns.size(); ++i) {
    if (!header.cell_of[i]) continue;
    for (const std::string& name : from.schema.columns[i].column->carries)
      if (const Carried each = carried(name); each.field->name == field)
        return Place{.column = static_cast<schema::ColumnId>(i), .is_opposite = each.is_opposite};
  }
  return std::nullopt;
}

bool is_email(const Column& column) noexcept
{
  return std::holds_alternative<schema::Email>(column.type);
}

// How a name that the source does not have as such comes from the names that it has.
std::optional<Origin> derived(const Format& from, const check::Header& header,
                              const CanonicalField& field)
{
  const auto first = find(from, header, "first_name");
  const auto last = find(from, header, "last_name");
  const auto whole = find(from, header, "display_name");
  if (field.name == "display_name" && (first || last)) {
    Origin made{.how = How::joined, .column = (first ? first : last)->column, .field = &field};
    if (first && last) made.second = last->column;
    return made;
  }
  if (first || last || !whole) return std::nullopt;
  const auto taken = [&](How how) {
    return Origin{.how = how, .column = whole->column, .field = &field};
  };
  if (field.name == "first_name") return taken(How::before_last_blank);
  if (field.name == "last_name") return taken(How::behind_last_blank);
  return std::nullopt;
}

std::optional<bool> truth_of(std::string_view word)
{
  constexpr std::array<std::string_view, 5> yes = {"true", "yes", "y", "1", "on"};
  constexpr std::array<std::string_view, 5> no = {"false", "no", "n", "0", "off"};
  const auto is = [&](std::string_view each) { return is_same_without_case(each, word); };
  if (std::any_of(yes.begin(), yes.end(), is)) return true;
  if (std::any_of(no.begin(), no.end(), is)) return false;
  return std::nullopt;
}

// A yes or no in the column's own words, whatever the word for it.
std::string_view as_written(const Column& column, std::string_view value, bool is_opposite)
{
  const auto truth = truth_of(value);
  const std::string_view word = truth ? word_of(column, *truth != is_opposite) : std::string_view{};
  return word.empty() ? value : word;
}

Error wrong(const Filling& filling, const std::string& why)
{
  return Error{ErrorCode::wrong_use, "filling in '" + filling.field + "': " + why};
}

} // namespace

bool is_needed(const schema::Schema& schema, const Column& column) noexcept
{
  const bool creates = !schema.objects.empty() && !schema.objects.front().create.empty();
  return (creates ? column.on_create : column.on_update) == schema::Blank::required;
}

std::string_view word_of(const Column& column, bool truth) noexcept
{
  const auto* const boolean = std::get_if<schema::Boolean>(&column.type);
  if (boolean == nullptr) return {};
  const auto& words = truth ? boolean->yes : boolean->no;
  return words.empty() ? std::string_view{} : std::string_view{words.front()};
}

std::vector<Origin> Carrying::origins_of(const Format& from, const check::Header& header,
                                         const Column& to, bool with_secrets)
{
  std::vector<Origin> origins;
  for (const std::string& name : to.carries) {
    const Carried wanted = carried(name);
    std::optional<Origin> made;
    if (const auto place = find(from, header, wanted.field->name)) {
      const Column& source = *from.schema.columns[place->column].column;
      if (wanted.field->is == CanonicalIs::secret && !with_secrets) {
        held_back_[place->column] = true;
        continue;
      }
      made = Origin{.how = place->is_opposite == wanted.is_opposite ? How::as_it_is : How::opposite,
                    .column = place->column,
                    .field = wanted.field,
                    .must_be_email = wanted.field->is == CanonicalIs::email && !is_email(source)};
    } else {
      made = derived(from, header, *wanted.field);
    }
    if (!made) continue;
    for (const std::uint16_t column : {std::uint16_t{made->column}, made->second}) {
      if (column == schema::none) continue;
      auto& headers = to_[column];
      if (std::find(headers.begin(), headers.end(), to.header) == headers.end())
        headers.push_back(to.header);
    }
    origins.push_back(*made);
  }
  return origins;
}

// By column of the target. A name that is a column is that column; else it is a canonical field.
Result<std::vector<std::optional<std::string>>> Carrying::fillings_of(
    const Format& to, const std::vector<Filling>& fillings)
{
  const auto& columns = to.schema.columns;
  std::vector<std::optional<std::string>> made(columns.size());
  for (const Filling& filling : fillings) {
    if (csv::trimmed(filling.value).empty()) return wrong(filling, "there is no value");
    bool is_placed = false;
    const auto fill = [&](std::size_t column, std::string_view value) -> Result<void> {
      if (made[column]) return wrong(filling, "it is filled in already");
      if (!to.columns[column].is_offered) return wrong(filling, "the target does not have it");
      made[column] = value;
      is_placed = true;
      return success();
    };
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i != columns.size(); ++i) {
      names.push_back(columns[i].column->field);
      if (columns[i].column->field == filling.field)
        ROLLCALL_CHECK(fill(i, as_written(*columns[i].column, filling.value, false)));
    }
    if (const auto column = is_placed ? std::nullopt : to.schema.find_column(filling.field))
      ROLLCALL_CHECK(fill(*column, as_written(*columns[*column].column, filling.value, false)));
    if (is_placed) continue;
    for (std::size_t i = 0; i != columns.size(); ++i) {
      for (const std::string& name : columns[i].column->carries) {
        const Carried each = carried(name);
        names.push_back(each.field->name);
        if (each.field->name != filling.field) continue;
        ROLLCALL_CHECK(fill(i, as_written(*columns[i].column, filling.value, each.is_opposite)));
      }
    }
    if (is_placed) continue;
    if (schema::canonical_field(filling.field) != nullptr)
      return wrong(filling, to.schema.schema().id + " has no column for it");
    return wrong(filling, to.schema.schema().id + " has no such column" +
                              schema::did_you_mean(filling.field, names));
  }
  return made;
}

Result<Carrying> Carrying::make(const Format& from, const check::Header& header, const Format& to,
                                const Options& options)
{
  Carrying made;
  made.to_.resize(from.schema.columns.size());
  made.held_back_.resize(from.schema.columns.size(), false);
  ROLLCALL_TRY(auto fillings, fillings_of(to, options.fillings));
  bool needs_first = false;
  bool needs_last = false;
  for (std::size_t i = 0; i != to.schema.columns.size(); ++i) {
    const Column& column = *to.schema.columns[i].column;
    const bool needed = is_needed(to.schema.schema(), column);
    for (const std::string& name : column.carries) {
      needs_first = needs_first || (needed && name == "first_name");
      needs_last = needs_last || (needed && name == "last_name");
    }
    if (!to.columns[i].is_offered) continue;
    Written written{.column = static_cast<schema::ColumnId>(i),
                    .origins = made.origins_of(from, header, column, options.with_secrets),
                    .filling = std::move(fillings[i])};
    if (!written.filling && !column.carried_default.empty())
      written.filling = column.carried_default;
    if (needed || to.columns[i].is_mandatory || !written.origins.empty() || written.filling)
      made.written_.push_back(std::move(written));
  }
  made.one_word_is_first_ = needs_first && !needs_last;
  return made;
}

} // namespace rollcall::convert
