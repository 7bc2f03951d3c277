// columns.cpp: bounds and choices, from the schema or from what the tenant has set.
#include "check/columns.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "base/unicode.hpp"

namespace rollcall::check {
namespace {

using schema::CompiledColumn;

class Making {
 public:
  Making(const CompiledColumn& column, Facts& facts) : column_{column}, facts_{facts} {}

  Result<ReadyType> type()
  {
    return std::visit([&](const auto& type) { return make(type); }, column_.column->type);
  }

 private:
  Result<ReadyType> make(const schema::Text& type)
  {
    ReadyText made;
    ROLLCALL_TRY(made.min, size(type.min, column_.min, 0));
    ROLLCALL_TRY(made.max, size(type.max, column_.max, 65'536));
    if (!type.chars.empty()) made.chars = &column_.chars;
    return ReadyType{made};
  }
  Result<ReadyType> make(const schema::Digits& type)
  {
    ReadyDigits made{.plus = type.plus};
    ROLLCALL_TRY(made.min, size(type.min, column_.min, 1));
    ROLLCALL_TRY(made.max, size(type.max, column_.max, 64));
    return ReadyType{made};
  }
  Result<ReadyType> make(const schema::Integer& type)
  {
    ReadyInteger made;
    ROLLCALL_TRY(made.min, number(type.min, column_.min, schema::amount_min));
    ROLLCALL_TRY(made.max, number(type.max, column_.max, schema::amount_max));
    return ReadyType{made};
  }
  Result<ReadyType> make(const schema::Boolean& type) { return ReadyType{ReadyBoolean{type}}; }
  Result<ReadyType> make(const schema::Choice& type)
  {
    std::vector<std::string> of = type.of;
    if (column_.from) {
      ROLLCALL_TRY(const expr::Value texts, facts_.evaluate(*column_.from));
      for (const std::string_view text : texts.texts) of.emplace_back(text);
    }
    return ReadyType{ReadyChoice{std::move(of)}};
  }
  Result<ReadyType> make(const schema::Email& /*type*/) { return ReadyType{ReadyEmail{}}; }
  Result<ReadyType> make(const schema::Phone& type)
  {
    return ReadyType{ReadyPhone{.ext = type.ext, .restores_plus = type.restores_plus}};
  }
  Result<ReadyType> make(const schema::Extension& type)
  {
    ReadyExtension made{.range_max = static_cast<std::uint64_t>(type.range_max)};
    ROLLCALL_TRY(made.min, size(type.min, column_.min, 2));
    ROLLCALL_TRY(made.max, size(type.max, column_.max, 10));
    return ReadyType{made};
  }
  Result<ReadyType> make(const schema::Mac& /*type*/) { return ReadyType{ReadyMac{}}; }
  Result<ReadyType> make(const schema::Ip& /*type*/) { return ReadyType{ReadyIp{}}; }
  Result<ReadyType> make(const schema::Id& /*type*/) { return ReadyType{ReadyId{}}; }
  Result<ReadyType> make(const schema::Secret& type)
  {
    ReadySecret made{.digits = type.digits};
    ROLLCALL_TRY(made.min, size(type.min, column_.min, 1));
    ROLLCALL_TRY(made.max, size(type.max, column_.max, 65'536));
    return ReadyType{made};
  }

  Result<std::int64_t> number(const schema::Amount& amount,
                              const std::optional<expr::ProgramId>& program, std::int64_t otherwise)
  {
    if (amount.number() != nullptr) return *amount.number();
    if (!program) return otherwise;
    ROLLCALL_TRY(const expr::Value value, facts_.evaluate(*program));
    return value.what == expr::What::integer ? value.integer : otherwise;
  }

  Result<std::uint64_t> size(const schema::Amount& amount,
                             const std::optional<expr::ProgramId>& program, std::int64_t otherwise)
  {
    ROLLCALL_TRY(const std::int64_t made, number(amount, program, otherwise));
    return static_cast<std::uint64_t>(std::max<std::int64_t>(made, 0));
  }

  const CompiledColumn& column_;
  Facts& facts_;
};

} // namespace

namespace {

// A word of a choice means one of the choices, in their spelling. If that is none it is none, and
// if it is one itself that is what it means.
std::vector<schema::Word> words_of(const schema::Column& column, const ReadyType& type)
{
  std::vector<schema::Word> words = column.words;
  const auto* const choice = std::get_if<ReadyChoice>(&type);
  if (choice == nullptr) return words;
  const auto find = [&](const std::string& text) {
    return std::find_if(
        choice->spelled.begin(), choice->spelled.end(),
        [&](const std::string& spelled) { return is_same_without_case(spelled, text); });
  };
  const auto end = choice->spelled.end();
  std::erase_if(words, [&](schema::Word& word) {
    if (!word.means) return false;
    const auto meant = find(*word.means);
    if (meant == end || find(word.word) != end) return true;
    word.means = *meant;
    return false;
  });
  return words;
}

} // namespace

Result<std::vector<ReadyColumn>> ready_columns(const schema::CompiledSchema& schema, Facts& facts)
{
  std::vector<ReadyColumn> made;
  made.reserve(schema.columns.size());
  for (const CompiledColumn& column : schema.columns) {
    ROLLCALL_TRY(ReadyType type, Making(column, facts).type());
    ReadyWords words{words_of(*column.column, type)};
    made.push_back({.type = std::move(type), .words = std::move(words)});
    if (column.mandatory) {
      ROLLCALL_TRY(made.back().is_mandatory, facts.holds(*column.mandatory));
    }
    ROLLCALL_TRY(made.back().is_offered, facts.holds(column.offered));
    // Of a column that is not there only whether a cell is filled is asked, by who says so.
    if (!made.back().is_offered)
      made.back() = {.type = ReadyText{.max = std::numeric_limits<std::uint64_t>::max()},
                     .words = {},
                     .is_offered = false};
  }
  return made;
}

} // namespace rollcall::check
