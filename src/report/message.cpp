// message.cpp: takes the templates of all codes apart once, and fills them from facts.
#include "report/message.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/facts.hpp"
#include "base/message_template.hpp"
#include "csv/decoder.hpp"

namespace rollcall::report {
namespace {

constexpr std::string_view rule_broken = "the rule {rule} is broken";
constexpr std::string_view between_notes = "; ";

std::optional<check::FactName> fact_named(std::string_view name)
{
  for (std::size_t i = 0; i != check::fact_name_count; ++i)
    if (const auto fact = static_cast<check::FactName>(i); check::slug(fact) == name) return fact;
  return std::nullopt;
}

const check::FoundFact* find(const check::Found& found, check::FactName name) noexcept
{
  for (std::size_t i = 0; i != found.fact_count; ++i)
    if (found.facts[i].name == name) return &found.facts[i];
  return nullptr;
}

} // namespace

// What a template is filled from: a fault of the reader, or else the found and its row.
struct Messages::Asked {
  const check::Found& found;
  const FoundIn& in;
  const Finding* reading = nullptr;
  std::string_view column = {}, value = {};
};

// A fault of the reader has its own; what comes from a plan, that of its row.
std::uint64_t Messages::line_of(const Asked& asked) noexcept
{
  const bool has_own = asked.reading != nullptr && asked.reading->place.line != 0;
  return has_own ? asked.reading->place.line : asked.in.line;
}

Messages::Messages(const schema::CompiledSchema& schema, const check::Header& header)
    : schema_{schema}, header_{header}
{
  for (std::size_t column = 0; column != schema.columns.size(); ++column)
    columns_.push_back({header.name_of(schema, column), schema.columns[column].is_secret});
  holds_ = check::holdings(schema, header);

  const std::span<const Code> codes = all_codes();
  static_assert(std::numeric_limits<std::uint8_t>::max() > 200, "there are 70 codes");
  template_of_code_.resize(codes.empty() ? 1 : static_cast<std::size_t>(codes.back()) + 1);
  const auto add = [&](std::string_view slug, std::string_view text) {
    Template made{.begin = static_cast<std::uint32_t>(pieces_.size()), .slug = slug};
    add_pieces(text, made.names_column);
    made.end = static_cast<std::uint32_t>(pieces_.size());
    templates_.push_back(made);
  };
  add({}, rule_broken);
  for (const Code code : codes) {
    template_of_code_[static_cast<std::size_t>(code)] =
        static_cast<std::uint8_t>(templates_.size());
    add(rollcall::slug(code), message_template(code));
  }
}

Messages::Piece Messages::piece_named(std::string_view name)
{
  using Is = Piece::Is;
  constexpr std::array<std::pair<std::string_view, Is>, 6> own = {{{"column", Is::column},
                                                                   {"value", Is::value},
                                                                   {"row", Is::row},
                                                                   {"line", Is::line},
                                                                   {"byte", Is::byte},
                                                                   {"rule", Is::rule}}};
  Piece piece{.is = Is::nothing, .text = name};
  for (const auto& [known, is] : own)
    if (known == name) piece.is = is;
  if (const auto fact = fact_named(name)) {
    piece.is = Is::fact;
    piece.fact = *fact;
  }
  return piece;
}

void Messages::add_pieces(std::string_view text, bool& names_column)
{
  while (!text.empty()) {
    const MessagePiece piece = take_piece(text);
    if (piece.is == MessagePiece::Is::text) {
      pieces_.push_back({.text = piece.text});
    } else if (piece.is == MessagePiece::Is::name) {
      pieces_.push_back(piece_named(piece.text));
      names_column = names_column || pieces_.back().is == Piece::Is::column;
    } else {
      const std::size_t part = pieces_.size();
      pieces_.push_back({.is = Piece::Is::part});
      add_pieces(piece.text, names_column);
      pieces_[part].size = static_cast<std::uint16_t>(pieces_.size() - part - 1);
    }
  }
}

const Messages::Template& Messages::template_of(Code code) const noexcept
{
  const auto number = static_cast<std::size_t>(code);
  return templates_[number < template_of_code_.size() ? template_of_code_[number] : 0];
}

std::size_t Messages::kinds() const noexcept
{
  return templates_.size() + schema_.rules.size() + schema_.limits.size();
}

std::string_view Messages::slug(std::size_t kind) const noexcept
{
  return kind < templates_.size() ? templates_[kind].slug
                                  : schema_.code_of_rule(kind - templates_.size());
}

std::string_view Messages::slug(const check::Found& found) const noexcept
{
  return slug(kind(found));
}

void Messages::append(TextBuffer& text, const check::Found& found, const FoundIn& in) const
{
  Asked asked{.found = found, .in = in};
  std::string_view says = found.says;
  Code code = found.code;
  if (found.reading < in.readings.size()) {
    asked.reading = &in.readings[found.reading];
    asked.column = asked.reading->column;
    if (!may_be_secret(asked.reading->place.column)) asked.value = asked.reading->value;
    says = asked.reading->says;
    code = asked.reading->code;
  } else {
    asked.column = column(found);
    asked.value = value(found);
  }
  // Words that are ready: what looks like a name in them stood in a cell.
  if (!says.empty()) return append_shown(text, says, shown_characters_unlimited);
  const Template& from = template_of(code);
  fill(text, std::span{pieces_}.subspan(from.begin, from.end - from.begin), asked);
}

void Messages::fill(TextBuffer& text, std::span<const Piece> pieces, const Asked& asked) const
{
  for (std::size_t at = 0; at != pieces.size(); ++at) {
    const Piece& piece = pieces[at];
    if (piece.is == Piece::Is::text) {
      text.append(piece.text);
    } else if (piece.is == Piece::Is::part) {
      const auto inside = pieces.subspan(at + 1, piece.size);
      const bool is_whole = std::all_of(inside.begin(), inside.end(), [&](const Piece& each) {
        return each.is == Piece::Is::text || has(each, asked);
      });
      if (!is_whole) at += piece.size;
    } else if (!put(text, piece, asked)) {
      text.append("{").append(piece.text).append("}");
    }
  }
}

bool Messages::has(const Piece& piece, const Asked& asked) const noexcept
{
  using Is = Piece::Is;
  const Finding* const reading = asked.reading;
  if (reading != nullptr && find_fact(*reading, piece.text) != nullptr) return true;
  switch (piece.is) {
    case Is::column:
      return !asked.column.empty();
    case Is::value:
      return !asked.value.empty();
    case Is::row:
      return (reading != nullptr ? reading->place.row : asked.in.number) != 0;
    case Is::line:
      return line_of(asked) != 0;
    case Is::byte:
      return reading != nullptr && reading->place.line != 0;
    case Is::rule:
      return !slug(asked.found).empty() && asked.found.code == Code::rule;
    case Is::fact:
      return reading == nullptr && find(asked.found, piece.fact) != nullptr;
    case Is::text:
    case Is::part:
    case Is::nothing:
      break;
  }
  return false;
}

// False if the name stands for nothing here.
bool Messages::put(TextBuffer& text, const Piece& piece, const Asked& asked) const
{
  using Is = Piece::Is;
  if (asked.reading != nullptr && put_of_reading(text, piece, asked)) return true;
  if (piece.is != Is::fact && !has(piece, asked)) return false;
  const bool is_reading = asked.reading != nullptr;
  switch (piece.is) {
    case Is::column:
      append_shown(text, asked.column);
      return true;
    case Is::value:
      append_shown(text, asked.value);
      return true;
    case Is::row:
      text.append_number(is_reading ? asked.reading->place.row : asked.in.number);
      return true;
    case Is::line:
      text.append_number(line_of(asked));
      return true;
    case Is::byte:
      if (!is_reading) return false;
      text.append_number(asked.reading->place.byte);
      return true;
    case Is::rule:
      append_shown(text, slug(asked.found));
      return true;
    case Is::fact:
      break;
    case Is::text:
    case Is::part:
    case Is::nothing:
      return false;
  }
  const check::FoundFact* const fact = is_reading ? nullptr : find(asked.found, piece.fact);
  if (fact == nullptr) return false;
  if (fact->is_number)
    text.append_number(fact->number);
  else if (fact->name == check::FactName::kind)
    append_kind(text, fact->text);
  else
    append_shown(text, fact->text, shown_characters_of(piece.text));
  return true;
}

// Its facts have names that no Found knows.
bool Messages::put_of_reading(TextBuffer& text, const Piece& piece, const Asked& asked)
{
  const Fact* const fact = find_fact(*asked.reading, piece.text);
  if (fact == nullptr) return false;
  if (fact->name == "kind")
    append_kind(text, fact->value);
  else
    append_shown(text, fact->value, shown_characters_of(piece.text));
  return true;
}

bool Messages::may_be_secret(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  return cell >= 0 && index < holds_.size() && holds_[index] != check::Holds::values;
}

bool Messages::names_column(const check::Found& found, const FoundIn& in) const noexcept
{
  const bool is_reading = found.reading < in.readings.size();
  const std::string_view says = is_reading ? in.readings[found.reading].says : found.says;
  if (says.empty()) return template_of(found.code).names_column;
  const std::string_view name = column(found);
  return says.find(name) != std::string_view::npos;
}

void Messages::append_note(TextBuffer& text, const check::Found& found, const FoundIn& in) const
{
  const std::string_view name = column(found);
  if (!name.empty() && !names_column(found, in)) {
    append_shown(text, name);
    text.append(": ");
  }
  append(text, found, in);
}

std::size_t Messages::append_notes(TextBuffer& text, const plan::RowResult& row,
                                   std::span<const Finding> readings) const
{
  const FoundIn in{.number = row.shown_number(), .line = row.line, .readings = readings};
  const std::size_t begin = text.size();
  std::size_t end_of_errors = begin;
  std::string_view before;
  for (const check::Found& found : row.findings) {
    text.append(before);
    append_note(text, found, in);
    if (found.severity == Severity::error) end_of_errors = text.size();
    before = between_notes;
  }
  return end_of_errors - begin;
}

Finding Messages::reading(const Finding& reading) const
{
  Finding made = reading;
  if (may_be_secret(made.place.column)) made.value.clear();
  return made;
}

Finding Messages::finding_of(const check::Found& found, const plan::RowResult& row,
                             const csv::RowBatch& batch, std::span<const Finding> readings) const
{
  if (found.reading < readings.size()) return reading(readings[found.reading]);
  Finding made{.code = found.code, .severity = found.severity};
  made.place = {.row = row.shown_number(), .line = row.line, .column = found.cell};
  made.place.byte = batch.byte(row.row);
  if (found.cell >= 0 && static_cast<std::size_t>(found.cell) < batch.cells(row.row)) {
    const auto cell = batch.cell(row.row, static_cast<std::size_t>(found.cell));
    const std::size_t begin = batch.row_begin(row.row);
    const auto before = static_cast<std::size_t>(cell.data() - batch.text().data()) - begin;
    made.place.byte +=
        csv::source_bytes_of(batch.text().substr(begin, before), batch.dialect().encoding);
  }
  made.column = column(found);
  made.value = value(found);
  made.says = found.says;
  if (found.code == Code::rule) made.rule = slug(found);
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    const check::FoundFact& each = found.facts[i];
    const std::string_view name = check::slug(each.name);
    if (each.name == check::FactName::replace)
      made.fix = Fix{.column = made.column, .replace = std::string{each.text}};
    made.facts.push_back(each.is_number ? fact(name, each.number) : fact(name, each.text));
  }
  return made;
}

} // namespace rollcall::report
