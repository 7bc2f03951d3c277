// One program in one row, node by node. How deep this goes into itself is bounded by weight_max.
#include "expr/row_evaluator.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/utf8.hpp"

namespace rollcall::expr {
namespace {

constexpr std::size_t chunk_bytes = 4096;

Value truth_value(bool truth) noexcept
{
  return {.what = What::truth, .truth = truth};
}

Value text_value(std::string_view text) noexcept
{
  return {.what = What::text, .text = text};
}

} // namespace

// ---- Arena -------------------------------------------------------------------------------------

std::span<char> Arena::take(std::size_t bytes)
{
  while (at_.chunk != chunks_.size() && chunks_[at_.chunk].size() - at_.used < bytes) {
    at_ = {.chunk = at_.chunk + 1};
  }
  if (at_.chunk == chunks_.size()) chunks_.emplace_back(std::max(bytes, chunk_bytes));
  const std::span<char> taken = std::span{chunks_[at_.chunk]}.subspan(at_.used, bytes);
  at_.used += bytes;
  return taken;
}

// ---- Texts -------------------------------------------------------------------------------------

std::string_view RowEvaluator::kept(std::string_view text)
{
  const std::span<char> room = arena_.take(text.size());
  if (!text.empty()) std::memcpy(room.data(), text.data(), text.size());
  return {room.data(), room.size()};
}

void RowEvaluator::add_piece(const Value& value)
{
  std::array<char, 24> digits{};
  switch (value.what) {
    case What::text:
      pieces_.push_back(value.text);
      break;
    case What::truth:
      pieces_.push_back(value.truth ? "true" : "false");
      break;
    case What::integer: {
      const auto end =
          std::to_chars(digits.data(), digits.data() + digits.size(), value.integer).ptr;
      pieces_.push_back(kept({digits.data(), static_cast<std::size_t>(end - digits.data())}));
      break;
    }
    case What::null:
    case What::texts:
    case What::generated:
      break;
  }
}

// A list stands for its items.
void RowEvaluator::add_pieces(const Value& value)
{
  if (value.what != What::texts) return add_piece(value);
  for (const std::string_view item : value.texts) pieces_.push_back(item);
}

// The pieces from there on as one text; they are taken off.
Value RowEvaluator::joined(std::size_t from, std::string_view between)
{
  const std::span<const std::string_view> pieces = std::span{pieces_}.subspan(from);
  std::size_t bytes = pieces.empty() ? 0 : between.size() * (pieces.size() - 1);
  for (const std::string_view piece : pieces) bytes += piece.size();
  const std::span<char> room = arena_.take(bytes);
  char* at = room.data();
  const auto put = [&at](std::string_view text) { at = std::copy(text.begin(), text.end(), at); };
  for (std::size_t i = 0; i != pieces.size(); ++i) {
    if (i != 0) put(between);
    put(pieces[i]);
  }
  pieces_.resize(from);
  return text_value({room.data(), room.size()});
}

Value RowEvaluator::join(NodeId id, const Row& row)
{
  const std::span<const NodeId> children = book_.children(id);
  const Value between = value(children.front(), row);
  const std::size_t from = pieces_.size();
  for (const NodeId child : children.subspan(1)) add_pieces(value(child, row));
  return pieces_.size() == from ? Value{} : joined(from, between.text);
}

Value RowEvaluator::text(NodeId id, const Row& row)
{
  const std::size_t from = pieces_.size();
  for (const NodeId child : book_.children(id)) {
    const Value part = value(child, row);
    if (part.what != What::texts) {
      add_piece(part);
      continue;
    }
    const std::size_t items = pieces_.size();
    add_pieces(part);
    pieces_.push_back(joined(items, ", ").text);
  }
  return joined(from, {});
}

// ---- Values ------------------------------------------------------------------------------------

Value RowEvaluator::first(NodeId id, const Row& row)
{
  for (const NodeId child : book_.children(id)) {
    const Value found = value(child, row);
    if (found.what == What::null) continue;
    if (found.what != What::texts) return found;
    if (!found.texts.empty()) return text_value(found.texts.front());
  }
  return {};
}

Value RowEvaluator::value(NodeId id, const Row& row)
{
  const Node& node = book_.node(id);
  switch (node.op) {
    case Op::literal:
      return book_.literal(node);
    case Op::slot:
    case Op::object:
      return row.frame->value(node.slot, row.number);
    case Op::choice: {
      const std::span<const NodeId> children = book_.children(id);
      return value(children[truth(children[0], row) ? 1 : 2], row);
    }
    case Op::first:
      return first(id, row);
    case Op::length: {
      const Value text = value(book_.children(id).front(), row);
      if (text.what != What::text) return {};
      const std::size_t length = count_code_points(text.text);
      return {.what = What::integer, .integer = static_cast<std::int64_t>(length)};
    }
    case Op::join:
      return join(id, row);
    case Op::text:
      return text(id, row);
    default:
      return truth_value(truth(id, row));
  }
}

bool RowEvaluator::verdict(NodeId id, const Value& left, const Value& right)
{
  const Node& node = book_.node(id);
  const bool are_texts = left.what == What::text && right.what == What::text;
  const bool are_integers = left.what == What::integer && right.what == What::integer;
  switch (node.op) {
    case Op::same:
      return comparing_.is_same(left, right, false);
    case Op::same_folded:
      return comparing_.is_same(left, right, true);
    case Op::less:
      return are_integers && left.integer < right.integer;
    case Op::less_equal:
      return are_integers && left.integer <= right.integer;
    case Op::in:
      return comparing_.is_in(left, right);
    case Op::contains: {
      const bool is_in = are_texts && comparing_.contains(left.text, right.text);
      for (const NodeId child : book_.children(id)) {
        if (book_.node(child).type == Type::secret) comparing_.wipe();
      }
      return is_in;
    }
    case Op::has:
      return left.what == What::text && book_.char_class(node).has_any(left.text);
    case Op::is_run:
      return left.what == What::text && is_run(left.text);
    default:
      return false;
  }
}

bool RowEvaluator::truth(NodeId id, const Row& row)
{
  const Node& node = book_.node(id);
  const std::span<const NodeId> children = book_.children(id);
  const auto holds = [&](NodeId child) { return truth(child, row); };
  switch (node.op) {
    case Op::is_range:
      return row.frame->is_range(node.slot, row.number);
    case Op::present:
      return is_present(children[0], row);
    case Op::negation:
      return !truth(children[0], row);
    case Op::all:
      return std::all_of(children.begin(), children.end(), holds);
    case Op::any:
      return std::any_of(children.begin(), children.end(), holds);
    case Op::choice:
      return truth(children[truth(children[0], row) ? 1 : 2], row);
    case Op::literal:
    case Op::slot:
    case Op::first: {
      const Value found = value(id, row);
      return found.what == What::truth && found.truth;
    }
    case Op::object:
    case Op::length:
    case Op::join:
    case Op::text:
      return false; // a condition asks for their presence
    default: {
      const Value left = value(children[0], row);
      return verdict(id, left, children.size() > 1 ? value(children[1], row) : Value{});
    }
  }
}

} // namespace rollcall::expr
