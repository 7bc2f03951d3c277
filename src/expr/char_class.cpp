// Classes of characters. What is ASCII is settled in a table when the class is read.
#include "expr/char_class.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "base/utf8.hpp"

namespace rollcall::expr {
namespace {

// Reads a class sign by sign.
class Signs {
 public:
  Signs(std::string_view text, Fault& fault) : text_{text}, fault_{fault} {}

  [[nodiscard]] bool is_end() const { return at_ == text_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void skip(std::size_t bytes) { at_ += bytes; }

  bool fail(std::string what, std::size_t from)
  {
    const std::size_t end = std::min(std::max(at_, from + 1), text_.size());
    fault_ = {std::move(what), from, end - from};
    return false;
  }

  // A sign that stands for itself, or behind a backslash.
  bool read_sign(char32_t& sign)
  {
    const std::size_t from = at_;
    const bool is_escaped = rest().front() == '\\';
    if (is_escaped) skip(1);
    if (is_end()) return fail("expected a sign behind the backslash", from);
    const Decoded next = decode_next(rest());
    skip(next.bytes);
    if (!next.is_valid) return fail("expected UTF-8", from);
    sign = next.code_point;
    const char32_t small = sign | 0x20U;
    const bool has_meaning = (small >= 'a' && small <= 'z') || (sign >= '0' && sign <= '9');
    if (is_escaped && has_meaning) {
      return fail("expected \\p{..}, \\s, or a sign that is no letter or digit", from);
    }
    return true;
  }

 private:
  std::string_view text_;
  Fault& fault_;
  std::size_t at_ = 0;
};

// \p{Lu}
bool read_category(Signs& signs, Categories& into)
{
  const std::size_t from = signs.at();
  const std::string_view rest = signs.rest();
  const std::size_t end = rest.find('}');
  if (!rest.starts_with("\\p{") || end == std::string_view::npos) {
    signs.skip(2);
    return signs.fail("expected \\p{..} with a Unicode category in it", from);
  }
  const std::string_view name = rest.substr(3, end - 3);
  signs.skip(end + 1);
  const Categories found = categories_named(name);
  if (found == 0) return signs.fail("expected a Unicode category as L or Lu", from);
  into |= found;
  return true;
}

// a, or a-z. A minus that stands first or last is one.
bool read_range(Signs& signs, char32_t& first, char32_t& last)
{
  const std::size_t from = signs.at();
  if (!signs.read_sign(first)) return false;
  last = first;
  if (!signs.rest().starts_with('-') || signs.rest().size() == 1) return true;
  signs.skip(1);
  if (signs.rest().starts_with("\\s") || signs.rest().starts_with("\\p")) {
    return signs.fail("expected a sign behind '-'", from);
  }
  if (!signs.read_sign(last)) return false;
  if (last < first) return signs.fail("expected a range that goes up", from);
  return true;
}

} // namespace

std::optional<CharClass> CharClass::parse(std::string_view text, Fault& fault)
{
  CharClass parsed;
  Signs signs{text, fault};
  if (text.starts_with('^')) {
    parsed.is_all_but_ = true;
    signs.skip(1);
  }
  if (signs.is_end()) {
    signs.fail("expected a character", 0);
    return std::nullopt;
  }
  while (!signs.is_end()) {
    if (signs.rest().starts_with("\\p")) {
      if (!read_category(signs, parsed.categories_)) return std::nullopt;
    } else if (signs.rest().starts_with("\\s")) {
      signs.skip(2);
      parsed.white_space_ = true;
    } else {
      Range range;
      if (!read_range(signs, range.first, range.last)) return std::nullopt;
      parsed.ranges_.push_back(range);
    }
  }
  for (char32_t sign = 0; sign != 128; ++sign) {
    if (parsed.has_listed(sign)) parsed.ascii_[sign / 64] |= std::uint64_t{1} << sign % 64;
  }
  std::erase_if(parsed.ranges_, [](const Range& range) { return range.last < 128; });
  return parsed;
}

// By what is written, without the table.
bool CharClass::has_listed(char32_t code_point) const noexcept
{
  const bool is_in = std::any_of(ranges_.begin(), ranges_.end(),
                                 [&](const Range& range) {
                                   return code_point >= range.first && code_point <= range.last;
                                 }) ||
                     (categories_ != 0 && (category_of(code_point) & categories_) != 0) ||
                     (white_space_ && is_white_space(code_point));
  return is_in != is_all_but_;
}

bool CharClass::has(char32_t code_point) const noexcept
{
  if (code_point < 128) return (ascii_[code_point / 64] >> code_point % 64 & 1U) != 0;
  return has_listed(code_point);
}

bool CharClass::has_all(std::string_view text) const noexcept
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!has(next.code_point)) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

bool CharClass::has_any(std::string_view text) const noexcept
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (has(next.code_point)) return true;
    text.remove_prefix(next.bytes);
  }
  return false;
}

} // namespace rollcall::expr
