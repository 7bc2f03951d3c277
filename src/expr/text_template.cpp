// Texts with names in them: 'Updated: {row.updated}'. A quote inside quotes is written twice, and
// so is a curly bracket that is meant as such.
#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "expr/compiler.hpp"

namespace rollcall::expr {
namespace {

bool is_dotted_name(std::string_view name)
{
  const auto is_sign = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  };
  return is_plain_name(name.substr(0, name.find('.'))) && name.back() != '.' &&
         name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), is_sign);
}

// Walks a text: signs as they are meant, and what stands in curly brackets.
struct Piece {
  enum class Is : std::uint8_t { sign, name, stray } is = Is::sign;
  char sign = 0;
  std::string_view name = {};
  std::size_t bytes = 1;
};

Piece next_piece(std::string_view rest, bool is_quoted)
{
  const char sign = rest.front();
  const bool is_doubled = rest.size() > 1 && rest[1] == sign;
  if (sign == '\'') return {.sign = sign, .bytes = is_quoted ? 2U : 1U};
  if (sign != '{' && sign != '}') return {.sign = sign};
  if (is_doubled) return {.sign = sign, .bytes = 2};
  const std::size_t end = rest.find_first_of("{}", 1);
  if (sign == '}' || end == std::string_view::npos || rest[end] == '{') {
    return {.is = Piece::Is::stray, .sign = sign};
  }
  return {.is = Piece::Is::name, .name = rest.substr(1, end - 1), .bytes = end + 1};
}

} // namespace

bool Compiler::can_be_shown(const Part& part)
{
  if (!part.is_good) return false;
  switch (part.type) {
    case Type::secret:
    case Type::generated:
      fail(part.place, "a secret is never shown");
      return false;
    case Type::object:
    case Type::integers:
      fail(part.place, mismatch("a text", part.type));
      return false;
    default:
      return true;
  }
}

Compiler::Part Compiler::text(std::string_view inside, Place place, bool is_quoted)
{
  if (inside.size() > text_bytes_max) {
    return fail(place, "longer than " + std::to_string(text_bytes_max) + " bytes");
  }
  if (find_invalid_utf8(inside) != std::string_view::npos) return fail(place, "expected UTF-8");
  std::vector<NodeId> parts;
  std::string literal;
  bool is_good = true;
  for (std::size_t at = 0; at < inside.size();) {
    const Piece piece = next_piece(inside.substr(at), is_quoted);
    const Place piece_place = {place.offset + at, piece.bytes};
    at += piece.bytes;
    if (piece.is == Piece::Is::sign) {
      literal += piece.sign;
      continue;
    }
    if (piece.is == Piece::Is::stray || piece.name.empty() || !is_dotted_name(piece.name)) {
      const char sign = piece.is == Piece::Is::stray ? piece.sign : '{';
      fail(piece_place,
           std::string{"expected {name}, or "}.append(2, sign).append(" for the sign itself"));
      is_good = false;
      continue;
    }
    const Part named = name(piece.name, {piece_place.offset + 1, piece.name.size()});
    is_good = can_be_shown(named) && is_good;
    if (!literal.empty()) parts.push_back(book_.add_text(literal));
    literal.clear();
    parts.push_back(named.node);
  }
  if (!is_good) return bad(place);
  const Place whole = is_quoted ? Place{place.offset - 1, place.length + 2} : place;
  if (parts.empty()) {
    return {.node = book_.add_text(literal), .type = Type::text, .place = whole};
  }
  if (!literal.empty()) parts.push_back(book_.add_text(literal));
  return make(Op::text, Type::text, parts, whole);
}

// A text without names in it, as the items of a list are.
std::optional<std::string> Compiler::plain_text(const SyntaxNode& node)
{
  std::string plain;
  for (std::size_t at = 0; at < node.text.size();) {
    const Piece piece = next_piece(node.text.substr(at), true);
    if (piece.is != Piece::Is::sign) {
      fail({node.offset + 1 + at, piece.bytes}, "expected a text without names in it");
      return std::nullopt;
    }
    plain += piece.sign;
    at += piece.bytes;
  }
  return plain;
}

} // namespace rollcall::expr
