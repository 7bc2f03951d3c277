// A recursive descent through RFC 8259, which stops at the first fault or at the value asked for.
#include "json/syntax.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

#include "base/utf8.hpp"

namespace rollcall::json {
namespace {

constexpr std::size_t no_number = std::numeric_limits<std::size_t>::max();

bool is_digit(char sign) noexcept
{
  return sign >= '0' && sign <= '9';
}

bool is_blank(char sign) noexcept
{
  return sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r';
}

std::optional<unsigned> hex_digit(char sign) noexcept
{
  if (is_digit(sign)) return static_cast<unsigned>(sign - '0');
  if (sign >= 'a' && sign <= 'f') return static_cast<unsigned>(sign - 'a') + 10;
  if (sign >= 'A' && sign <= 'F') return static_cast<unsigned>(sign - 'A') + 10;
  return {};
}

// The power of ten of the first digit that is not 0; from_chars does not say whether a number that
// is out of range is too large or too small. Exponents of more than 9 digits need not be exact.
std::int64_t magnitude(std::string_view number) noexcept
{
  const std::size_t exponent_mark = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, exponent_mark);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = std::min(digits.find_first_of("123456789"), digits.size());
  std::int64_t power = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (exponent_mark == std::string_view::npos) return power;
  std::string_view exponent = number.substr(exponent_mark + 1);
  const bool is_negative = exponent.starts_with('-');
  if (is_negative || exponent.starts_with('+')) exponent.remove_prefix(1);
  std::int64_t value = 0;
  for (const char digit : exponent) {
    value = std::min<std::int64_t>(value * 10 + (digit - '0'), 9'999'999'999);
  }
  return power + (is_negative ? -value : value);
}

bool integer_fits(std::string_view token) noexcept
{
  const char* const end = token.data() + token.size();
  if (token.starts_with('-')) {
    std::int64_t value = 0;
    return std::from_chars(token.data(), end, value).ec == std::errc{};
  }
  std::uint64_t value = 0;
  return std::from_chars(token.data(), end, value).ec == std::errc{};
}

bool real_fits(std::string_view token) noexcept
{
  double value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  return result.ec == std::errc{} || magnitude(token) < 0;
}

// Each step returns whether to go on: false at a fault, and at the value that was asked for.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t depth_max, std::size_t wanted)
      : text_{text}, depth_max_{depth_max}, wanted_{wanted}
  {
  }

  bool whole_text()
  {
    skip_blanks();
    if (!value(0)) return false;
    skip_blanks();
    return at_ == text_.size() || expected("the end");
  }

  std::optional<SyntaxFault>& fault() noexcept { return fault_; }
  std::size_t at() const noexcept { return at_; }

 private:
  bool fail(std::string what, ErrorCode code = ErrorCode::malformed)
  {
    fault_ = SyntaxFault{at_, code, std::move(what)};
    return false;
  }

  bool expected(std::string_view what)
  {
    return fail("expected " + std::string{what} + ", found " + sign_in_words(text_.substr(at_)));
  }

  // The sign at hand; NUL, which JSON has nowhere, at the end.
  char sign() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char wanted) noexcept
  {
    if (sign() != wanted) return false;
    ++at_;
    return true;
  }

  void skip_blanks() noexcept
  {
    while (is_blank(sign())) ++at_;
  }

  void skip_digits() noexcept
  {
    while (is_digit(sign())) ++at_;
  }

  bool value(std::size_t depth)
  {
    if (count_++ == wanted_) return false;
    switch (sign()) {
      case '{':
      case '[':
        if (depth >= depth_max_) {
          return fail("nested deeper than " + std::to_string(depth_max_),
                      ErrorCode::limit_exceeded);
        }
        return sign() == '{' ? object(depth + 1) : list(depth + 1);
      case '"':
        return text();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return sign() == '-' || is_digit(sign()) ? number() : expected("a value");
    }
  }

  bool object(std::size_t depth)
  {
    ++at_;
    skip_blanks();
    if (take('}')) return true;
    for (;;) {
      if (sign() != '"') return expected("a name in quotes");
      if (!text()) return false;
      skip_blanks();
      if (!take(':')) return expected("a colon");
      skip_blanks();
      if (!value(depth)) return false;
      skip_blanks();
      if (take('}')) return true;
      if (!take(',')) return expected("a comma or }");
      skip_blanks();
    }
  }

  bool list(std::size_t depth)
  {
    ++at_;
    skip_blanks();
    if (take(']')) return true;
    for (;;) {
      if (!value(depth)) return false;
      skip_blanks();
      if (take(']')) return true;
      if (!take(',')) return expected("a comma or ]");
      skip_blanks();
    }
  }

  bool word(std::string_view wanted)
  {
    if (!text_.substr(at_).starts_with(wanted)) return expected("a value");
    at_ += wanted.size();
    return true;
  }

  bool text()
  {
    const std::size_t begin = at_++;
    for (;;) {
      if (at_ == text_.size()) {
        at_ = begin;
        return fail("the text that begins here has no end");
      }
      const char sign = text_[at_];
      if (sign == '"') break;
      if (sign == '\\') {
        if (!escape()) return false;
      } else if (static_cast<unsigned char>(sign) < 0x20) {
        return fail("a text holds " + sign_in_words(text_.substr(at_)) + "; it wants an escape");
      } else if (static_cast<unsigned char>(sign) < 0x80) {
        ++at_;
      } else {
        const Decoded decoded = decode_next(text_.substr(at_));
        if (!decoded.is_valid) return fail("bytes that are not UTF-8");
        at_ += decoded.bytes;
      }
    }
    ++at_;
    return true;
  }

  bool escape()
  {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 2 ||
        std::string_view{"\"\\/bfnrtu"}.find(rest[1]) == std::string_view::npos) {
      return fail("an escape that JSON does not have");
    }
    if (rest[1] != 'u') {
      at_ += 2;
      return true;
    }
    const std::optional<unsigned> unit = code_unit(rest);
    if (!unit) return fail("an escape that JSON does not have");
    if (*unit >= 0xDC00 && *unit < 0xE000) return fail("half of a surrogate pair");
    if (*unit < 0xD800 || *unit >= 0xE000) {
      at_ += 6;
      return true;
    }
    const std::optional<unsigned> second = code_unit(rest.substr(6));
    if (!second || *second < 0xDC00 || *second >= 0xE000) return fail("half of a surrogate pair");
    at_ += 12;
    return true;
  }

  // Of \uXXXX.
  static std::optional<unsigned> code_unit(std::string_view rest) noexcept
  {
    if (rest.size() < 6 || rest[0] != '\\' || rest[1] != 'u') return {};
    unsigned unit = 0;
    for (const char sign : rest.substr(2, 4)) {
      const std::optional<unsigned> digit = hex_digit(sign);
      if (!digit) return {};
      unit = unit * 16 + *digit;
    }
    return unit;
  }

  bool number()
  {
    const std::size_t begin = at_;
    take('-');
    if (!is_digit(sign())) return expected("a digit");
    if (take('0')) {
      if (is_digit(sign())) return fail("a number begins with 0");
    }
    skip_digits();
    bool is_integer = true;
    if (take('.')) {
      is_integer = false;
      if (!is_digit(sign())) return expected("a digit");
      skip_digits();
    }
    if (take('e') || take('E')) {
      is_integer = false;
      if (!take('+')) take('-');
      if (!is_digit(sign())) return expected("a digit");
      skip_digits();
    }
    const std::string_view token = text_.substr(begin, at_ - begin);
    if (is_integer ? integer_fits(token) : real_fits(token)) return true;
    at_ = begin;
    return fail("a number that is too large");
  }

  std::string_view text_;
  std::size_t depth_max_;
  std::size_t wanted_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
  std::optional<SyntaxFault> fault_;
};

} // namespace

std::optional<SyntaxFault> find_fault(std::string_view text, std::size_t depth_max)
{
  Scanner scanner{text, depth_max, no_number};
  if (scanner.whole_text()) return {};
  return std::move(scanner.fault());
}

std::size_t offset_of_value(std::string_view text, std::size_t number)
{
  Scanner scanner{text, no_number, number};
  scanner.whole_text();
  return scanner.at();
}

std::string sign_in_words(std::string_view rest)
{
  if (rest.empty()) return "the end";
  const auto byte = static_cast<unsigned char>(rest.front());
  if (byte == '\n' || byte == '\r') return "the end of the line";
  const Decoded decoded = decode_next(rest);
  if (decoded.is_valid && !is_control(decoded.code_point)) {
    return "'" + std::string{rest.substr(0, decoded.bytes)} + "'";
  }
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string{"the byte 0x"} + digits[byte / 16U] + digits[byte % 16U];
}

} // namespace rollcall::json
